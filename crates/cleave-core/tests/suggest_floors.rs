//! The suggestions hold their goals on a reduced run of the measured worlds.

#[path = "../examples/suggestions/measure.rs"]
#[allow(dead_code, reason = "the command prints more than is held here")]
mod measure;
#[path = "../examples/suggestions/phrases.rs"]
mod phrases;
#[path = "../examples/suggestions/world.rs"]
mod world;

use measure::{measure, percent};

#[test]
fn sides_cuts_and_confidence_hold_their_goals() {
    // Another seed than the command's default.
    let figures = measure(77, 300);
    assert!(figures.telling > 2000 && figures.shared > 300, "the worlds have something to tell");
    let right = percent(figures.telling_right, figures.telling);
    assert!(right >= 90.0, "right side among children with evidence: {right:.1} %");
    let among = percent(figures.among, figures.shared);
    assert!(among >= 80.0, "true cut among the three: {among:.1} %");
    let false_cuts = percent(figures.false_cuts, figures.whole_threads);
    assert!(false_cuts <= 3.0, "conversations of one person taken to be shared: {false_cuts:.1} %");
    for (count, right, sum) in figures.bins {
        // Never much surer than right, as far as a bin says something.
        let (mean, right) = (sum * 100.0 / count.max(1) as f64, percent(right, count));
        assert!(count < 60 || right >= mean - 10.0, "{mean:.0} % sure and {right:.0} % right of {count}");
    }
}
