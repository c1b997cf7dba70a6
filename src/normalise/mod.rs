//! Raw records into the catalogue: each field's many spellings into one form. Pure functions over text.

pub mod channels;
pub mod code;
pub mod duration;
pub mod fee;
pub mod legal;
pub mod level;
pub mod markup;
pub mod null;
pub mod results;
pub mod steps;

#[cfg(test)]
mod catalogues;
