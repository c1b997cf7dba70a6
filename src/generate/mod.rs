//! Synthetic catalogues and known changes, for scale and audit tests. Seeded; no clock.
