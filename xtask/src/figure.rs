//! A figure as a measurement prints it, and as `cargo xtask bench reliability` reads it again for its table. The
//! measurements include this file, so that both sides share one form.

use std::fmt;
use std::time::Duration;

/// What begins a line that is a figure.
const MARK: &str = "figure";

/// One line of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// The name that the promise has, such as `R2`.
    pub name: String,
    /// What was done.
    pub what: String,
    /// What is promised.
    pub goal: String,
    /// What came of it.
    pub result: String,
    /// What chance followed from, where there was any.
    pub seed: Option<u64>,
    /// How long it took.
    pub took: Duration,
    /// Whether the goal was reached.
    pub held: bool,
}

impl Figure {
    /// The figure of a line that is one.
    pub fn parse(line: &str) -> Option<Figure> {
        let mut parts = line.split('\t');
        let is_one = parts.next().is_some_and(|mark| mark.ends_with(MARK));
        let mut next = || parts.next().map(str::to_owned);
        let (name, what, goal, result) = (next()?, next()?, next()?, next()?);
        let seed = next()?.parse().ok();
        let took = Duration::from_millis(next()?.parse().ok()?);
        let held = next()? == "held";
        is_one.then_some(Figure { name, what, goal, result, seed, took, held })
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Figure { name, what, goal, result, seed, took, held } = self;
        let seed = seed.map_or_else(|| "-".to_owned(), |seed| seed.to_string());
        let (took, held) = (took.as_millis(), if *held { "held" } else { "missed" });
        write!(f, "{MARK}\t{name}\t{what}\t{goal}\t{result}\t{seed}\t{took}\t{held}")
    }
}
