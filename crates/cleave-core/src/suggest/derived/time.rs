//! A record of the hours, or of the era, in which one of the two was in touch.

use crate::separation::Target;
use crate::suggest::case::Case;
use crate::suggest::evidence::{Clue, EvidenceKind};
use crate::suggest::name::Who;
use crate::suggest::thread::Thread;

const HOUR: i64 = 3600;
/// Nearer than this is the same occasion.
const OCCASION: i64 = 4 * HOUR;
/// Farther than this is another occasion.
const NEAR: i64 = 48 * HOUR;
const WEIGHT_OCCASION: f64 = 1.3;
const WEIGHT_NEAR: f64 = 0.8;
/// One of the two came after the other, and the record is of that one's time.
const WEIGHT_ERA: f64 = 0.9;
/// The share of early or late strays that an era forgives.
const STRAYS: usize = 10;
/// An era of fewer moments says nothing.
const LEAST: usize = 3;
/// What a message must say of its person to be a moment.
const SURE: f64 = 1.2;

/// A time at which one of the two was in touch.
struct Moment<'a> {
    at: i64,
    side: Target,
    /// The case it is of.
    case: usize,
    clue: Clue<'a>,
}

pub(super) fn clues<'a>(cases: &[Case<'a>], threads: &[Thread<'a>]) -> Vec<Option<Clue<'a>>> {
    let moments = moments(cases, threads);
    let eras = eras(&moments);
    let clue = |(number, case): (usize, &Case<'a>)| {
        if case.shared {
            return None;
        }
        let at = case.at?;
        near(at, number, &moments).or_else(|| era(at, number, eras, &moments))
    };
    cases.iter().enumerate().map(clue).collect()
}

fn moments<'a>(cases: &[Case<'a>], threads: &[Thread<'a>]) -> Vec<Moment<'a>> {
    let mut moments = Vec::new();
    for (number, case) in cases.iter().enumerate() {
        match case.thread.and_then(|thread| threads.get(thread)) {
            Some(thread) => {
                for (line, found) in thread.lines.iter().enumerate() {
                    let sure =
                        found.marks.iter().find(|mark| mark.weight >= SURE && mark.who != Who::Foreign);
                    if let (Some(at), Some(clue)) =
                        (found.instant, sure.and_then(|mark| thread.clue(line, mark)))
                    {
                        moments.push(Moment { at, side: clue.side, case: number, clue });
                    }
                }
            }
            None => {
                if let (Some(at), Some(side)) = (case.at, case.believed())
                    && let Some(clue) = case.scale.strongest(side)
                {
                    moments.push(Moment { at, side, case: number, clue: clue.clone() });
                }
            }
        }
    }
    moments.sort_by_key(|moment| moment.at);
    moments
}

fn clue<'a>(moment: &Moment<'a>, weight: f64) -> Clue<'a> {
    Clue { kind: EvidenceKind::Time, weight, ..moment.clue.clone() }
}

/// The nearest moment of another record; nothing where the two people are as near as each other.
fn near<'a>(at: i64, own: usize, moments: &[Moment<'a>]) -> Option<Clue<'a>> {
    let from = moments.partition_point(|moment| moment.at < at.saturating_sub(NEAR));
    let to = moments.partition_point(|moment| moment.at <= at.saturating_add(NEAR));
    let middle = moments.partition_point(|moment| moment.at < at).clamp(from, to);
    let before = moments[from..middle].iter().rev().take(LOOKED_AT);
    let after = moments[middle..to].iter().take(LOOKED_AT);
    let around: Vec<&Moment<'a>> = before.chain(after).filter(|moment| moment.case != own).collect();
    let away = |moment: &&&Moment<'a>| moment.at.abs_diff(at);
    let nearest = around.iter().min_by_key(away)?;
    let other = around.iter().filter(|moment| moment.side != nearest.side).min_by_key(away);
    let distance = nearest.at.abs_diff(at);
    if other
        .is_some_and(|other| other.at.abs_diff(at) < distance.saturating_mul(3).max(OCCASION.unsigned_abs()))
    {
        return None;
    }
    Some(clue(nearest, if distance <= OCCASION.unsigned_abs() { WEIGHT_OCCASION } else { WEIGHT_NEAR }))
}

/// How many moments are looked at on each side of a time, so that a dense thread stays cheap.
const LOOKED_AT: usize = 24;

/// Who came first, until when, and from when on the other.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Eras {
    first: Target,
    until: i64,
    since: i64,
}

fn eras(moments: &[Moment<'_>]) -> Option<Eras> {
    let of = |side: Target| -> Vec<i64> { moments.iter().filter(|m| m.side == side).map(|m| m.at).collect() };
    let (original, new) = (of(Target::Original), of(Target::New));
    if original.len() < LEAST || new.len() < LEAST {
        return None;
    }
    let apart = |first: Target, early: &[i64], late: &[i64]| {
        let until = early[early.len() - 1 - early.len() / STRAYS];
        let since = late[late.len() / STRAYS];
        (until < since).then_some(Eras { first, until, since })
    };
    apart(Target::Original, &original, &new).or_else(|| apart(Target::New, &new, &original))
}

fn era<'a>(at: i64, own: usize, eras: Option<Eras>, moments: &[Moment<'a>]) -> Option<Clue<'a>> {
    let eras = eras?;
    let side = if at <= eras.until {
        eras.first
    } else if at >= eras.since {
        eras.first.other()
    } else {
        return None;
    };
    let after = moments.partition_point(|moment| moment.at < at);
    let (before, after) = moments.split_at(after);
    let known = |moment: &&Moment<'a>| moment.side == side && moment.case != own;
    let nearest = before
        .iter()
        .rev()
        .take(LOOKED_AT)
        .find(known)
        .or_else(|| after.iter().take(LOOKED_AT).find(known))?;
    Some(clue(nearest, WEIGHT_ERA))
}

#[cfg(test)]
mod tests {
    use super::super::samples::{cases, note, sides};
    use super::*;

    #[test]
    fn a_table_of_times() {
        let fact = ("category", "");
        let day = 24;
        let notes = [
            note("Jane asked", 0, fact),
            note("call back", 1, fact),
            note("Jane paid", 10 * day, fact),
            note("Jane wrote", 20 * day, fact),
            note("invoice", 15 * day, fact),
            note("Janet came", 100 * day, fact),
            note("Janet paid", 120 * day, fact),
            note("Janet left", 140 * day, fact),
            note("offer", 130 * day, fact),
            note("between", 60 * day, fact),
            note("both", 20 * day + 1, fact),
        ];
        let found = clues(&cases(&notes), &[]);
        let unnamed: Vec<_> = [1, 4, 8, 9, 10].into_iter().map(|at| found[at].clone()).collect();
        assert_eq!(sides(&unnamed), "OON.O");
    }

    #[test]
    fn two_people_at_the_same_hour_tell_nothing() {
        let fact = ("category", "");
        let notes = [note("Jane asked", 0, fact), note("call back", 1, fact), note("Janet asked", 2, fact)];
        assert_eq!(sides(&clues(&cases(&notes), &[])[1..2]), ".");
    }
}
