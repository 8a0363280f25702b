//! The program `upwards`.

fn main() {}
