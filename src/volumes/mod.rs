//! Dossiers a year per procedure, level and channel: what gives a figure its weight. A missing volume is missing, never zero.
