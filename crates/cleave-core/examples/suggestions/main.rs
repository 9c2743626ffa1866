//! Measures the suggestions of a separation on worlds with known truth.
//!
//! `cargo run --release -p cleave-core --example suggestions -- [--seed N] [--worlds N] [--missed N]`
//!
//! The worlds are made by a generator of their own; how far it is independent of the finder, and where it is simpler
//! than life, stands in the headers of `world.rs` and `phrases.rs`. `--missed N` prints the first N children whose
//! telling evidence did not lead to the right side.

mod measure;
mod phrases;
mod world;

use std::io::{self, Write};

use measure::{measure, percent};

fn main() -> io::Result<()> {
    let arguments: Vec<String> = std::env::args().collect();
    let option = |name: &str, default: usize| -> usize {
        let at = arguments.iter().position(|argument| argument == name);
        at.and_then(|at| arguments.get(at + 1)).and_then(|value| value.parse().ok()).unwrap_or(default)
    };
    let (seed, worlds) = (option("--seed", 2212), option("--worlds", 2000));
    let figures = measure(seed as u64, worlds);
    let out = &mut io::stdout().lock();
    let f = &figures;
    writeln!(
        out,
        "{worlds} worlds of seed {seed}: {} children of one person, {} shared conversations",
        f.children, f.shared
    )?;
    let line = |part, whole| format!("{:5.1} %  ({part} of {whole})", percent(part, whole));
    writeln!(
        out,
        "right side among children with evidence (goal 90 %)  {}",
        line(f.telling_right, f.telling)
    )?;
    writeln!(out, "right side among all suggestions                     {}", line(f.right, f.proposed))?;
    writeln!(out, "coverage: children with a suggestion                 {}", line(f.proposed, f.children))?;
    writeln!(out, "true cut among the three offered (goal 80 %)         {}", line(f.among, f.shared))?;
    writeln!(out, "true cut offered first                               {}", line(f.first, f.shared))?;
    writeln!(out, "shared conversations seen to be shared               {}", line(f.offered, f.shared))?;
    writeln!(
        out,
        "conversations of one person taken to be shared       {}",
        line(f.false_cuts, f.whole_threads)
    )?;
    writeln!(out, "confidence   suggestions   mean confidence   right")?;
    for (at, (count, right, sum)) in f.bins.iter().enumerate() {
        let mean = if *count == 0 { 0.0 } else { sum * 100.0 / *count as f64 };
        let (from, to) = (50 + at * 10, 60 + at * 10);
        writeln!(out, "{from:3} to {to:3} %  {count:11}  {mean:14.1} %  {:5.1} %", percent(*right, *count))?;
    }
    for missed in f.missed.iter().take(option("--missed", 0)) {
        writeln!(out, "missed: {missed}")?;
    }
    Ok(())
}
