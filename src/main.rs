//! The command `tinhgon`.

fn main() {}
