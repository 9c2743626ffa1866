//! Finds and scores duplicates under fuzzy-merge settings. Pure compute: no file, socket, clock or randomness.
//!
//! [`Base`] holds the contacts as columns of normalised values; [`scan()`] compares every contact with its
//! candidates; [`Finder`] does the same for one new contact; [`explain()`] shows what a score is made of.
//! The steps are one module each: look up ([`lookup`]), compare ([`compare`]), score ([`score`](mod@score)),
//! band ([`band`](mod@band)).
//!
//! Promised: the same pairs and scores for any number of threads and any order of the contacts; scores from 0
//! to 100 and equal from both sides; a cost that stays near `n log n` even where one value is shared by
//! everyone; what a limit cut off is counted, never silent.
//!
//! What a scan compared can be judged again without comparing: [`whatif`] moves weights and thresholds, [`advise`](mod@advise)
//! searches for those that fit people's decisions, [`calibrate`](mod@calibrate) for those of a server.

pub mod advise;
pub mod band;
pub mod calibrate;
pub mod compare;
pub mod lookup;
pub mod score;
pub mod whatif;

mod base;
mod candidates;
mod column;
mod explain;
mod intern;
mod nicknames;
mod pairs;
mod plan;
mod progress;
mod scan;
mod search;
mod sound;
mod traits;

pub use advise::{Advice, Change, advise};
pub use band::{Band, band};
pub use base::{Base, BaseBuilder};
pub use calibrate::{Calibration, Reported, calibrate};
pub use candidates::{Candidate, Candidates, Finder};
pub use column::MAX_FURTHER;
pub use compare::{Agreement, MISSING_BYTE, SIMILARITY_STEPS};
pub use explain::{Explanation, FieldEvidence, explain};
pub use lookup::CommonValue;
pub use pairs::{Pairs, Pattern, PatternId, ScoredPair};
pub use plan::MatchError;
pub use progress::{NoProgress, Progress};
pub use scan::{Scan, scan};
pub use score::{DEFAULT_MISSING, LEAST_EVIDENCE, Missing, score, score_of_bytes};
pub use whatif::{Counts, Decided, WhatIf};
