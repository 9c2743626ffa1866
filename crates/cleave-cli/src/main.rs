//! Everything headless.
fn main() {}
