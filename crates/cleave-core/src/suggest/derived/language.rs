//! A thread in the language that only one of the two writes.

use crate::separation::{Pair, Target};
use crate::suggest::case::Case;
use crate::suggest::evidence::{Clue, EvidenceKind};
use crate::suggest::language::LANGUAGES;
use crate::suggest::thread::Thread;

/// Both write, and only one of them this language.
const WEIGHT: f64 = 1.6;
/// Only the other's language is known, and it is another.
const WEIGHT_OTHERS: f64 = 0.8;
/// Fewer messages in a language are a quotation or an accident.
const LEAST: u32 = 2;

type Counts = [u32; LANGUAGES];

pub(super) fn clues<'a>(cases: &[Case<'a>], threads: &[Thread<'a>]) -> Vec<Option<Clue<'a>>> {
    let written: Vec<Counts> = threads.iter().map(count).collect();
    let mut sides: Pair<Counts> = Pair::default();
    for case in cases {
        if let (Some(thread), Some(side)) = (case.thread, case.believed()) {
            shift(sides.of_mut(side), &written[thread], u32::saturating_add);
        }
    }
    let clue = |case: &Case<'a>| {
        let (thread, own) = (threads.get(case.thread?)?, &written[case.thread?]);
        let mut others = sides;
        if let Some(side) = case.believed() {
            shift(others.of_mut(side), own, u32::saturating_sub);
        }
        let main = (0..LANGUAGES).max_by_key(|language| own[*language]).filter(|main| own[*main] >= LEAST)?;
        let (side, weight) = side(main, &others)?;
        let line =
            thread.lines.iter().position(|line| line.language.is_some_and(|one| one as usize == main))?;
        thread.whole(line, EvidenceKind::Language, side, weight)
    };
    cases.iter().map(|case| if case.shared { None } else { clue(case) }).collect()
}

fn count(thread: &Thread<'_>) -> Counts {
    let mut counts = [0; LANGUAGES];
    for language in thread.lines.iter().filter_map(|line| line.language) {
        counts[language as usize] += 1;
    }
    counts
}

fn shift(counts: &mut Counts, by: &Counts, change: fn(u32, u32) -> u32) {
    for (count, by) in counts.iter_mut().zip(by) {
        *count = change(*count, *by);
    }
}

fn side(language: usize, sides: &Pair<Counts>) -> Option<(Target, f64)> {
    let has = |side: Target| sides.of(side)[language] >= LEAST;
    let writes = |side: Target| sides.of(side).iter().any(|count| *count >= LEAST);
    let (first, second) = (Target::Original, Target::New);
    match (has(first), has(second)) {
        (true, false) if writes(second) => Some((first, WEIGHT)),
        (false, true) if writes(first) => Some((second, WEIGHT)),
        (false, false) if writes(first) && !writes(second) => Some((second, WEIGHT_OTHERS)),
        (false, false) if writes(second) && !writes(first) => Some((first, WEIGHT_OTHERS)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_of_who_writes_what() {
        let counts = |english, german| {
            let mut counts = [0; LANGUAGES];
            (counts[0], counts[1]) = (english, german);
            counts
        };
        let cases = [
            (1, counts(5, 0), counts(0, 4), Some((Target::New, WEIGHT))),
            (0, counts(5, 0), counts(0, 4), Some((Target::Original, WEIGHT))),
            (1, counts(5, 3), counts(0, 4), None),
            (1, counts(5, 0), counts(0, 0), Some((Target::New, WEIGHT_OTHERS))),
            (0, counts(5, 0), counts(0, 0), None),
            (2, counts(5, 0), counts(0, 4), None),
        ];
        for (language, original, new, expected) in cases {
            assert_eq!(side(language, &Pair { original, new }), expected, "{language} {original:?} {new:?}");
        }
    }
}
