//! What each step of a procedure does, and which needless steps the text shows.
