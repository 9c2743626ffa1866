//! What children whose side is believed say about the others. Each rule answers with at most one clue for a child.

pub(super) mod colleague;
pub(super) mod language;
pub(super) mod same_number;
pub(super) mod time;

use super::case::Case;
use super::thread::Thread;

/// Adds what follows from what is believed by now. Nothing found here is taken as a ground for more.
pub(super) fn add<'a>(cases: &mut [Case<'a>], threads: &[Thread<'a>]) {
    let by_number = same_number::clues(cases);
    let by_language = language::clues(cases, threads);
    let by_time = time::clues(cases, threads);
    let by_colleague = colleague::clues(cases);
    let all = by_number.into_iter().zip(by_language).zip(by_time).zip(by_colleague);
    for (case, (((number, language), time), colleague)) in cases.iter_mut().zip(all) {
        for clue in [number, language, time, colleague] {
            case.add(clue);
        }
    }
}

#[cfg(test)]
pub(super) mod samples {
    use super::*;
    use crate::separation::{Child, ChildKind};
    use crate::suggest::people::People;

    /// A note, with the time in hours after a day in March and one more field.
    pub fn note(text: &str, hour: i64, fact: (&str, &str)) -> Child {
        let at = jiff::Timestamp::from_second(1_772_000_000 + hour * 3600).unwrap().to_string();
        Child {
            id: text.to_owned(),
            kind: ChildKind::Note,
            title: String::new(),
            detail: text.to_owned(),
            at: Some(at),
            facts: [(fact.0.to_owned(), fact.1.to_owned())].into(),
        }
    }

    pub fn cases(notes: &[Child]) -> Vec<Case<'_>> {
        let people = People::named_for_tests("Jane Doe", "Janet Miller");
        notes.iter().map(|note| Case::record(note, &people)).collect()
    }

    /// `O`, `N` or `.` for each clue.
    pub fn sides(clues: &[Option<crate::suggest::evidence::Clue<'_>>]) -> String {
        clues
            .iter()
            .map(|clue| clue.as_ref().map_or(".", |clue| if clue.side.as_str() == "new" { "N" } else { "O" }))
            .collect()
    }
}
