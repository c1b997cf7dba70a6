//! Whether two requests ask for the same paper, a variant of it, or different papers; groups and families.
