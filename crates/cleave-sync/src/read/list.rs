//! The records of one kind of a contact, page by page.
//!
//! Pages may repeat records, skip some and never end, and the list may shrink while it is read. What counts is the set of
//! ids seen; the list is complete only where the server said one number throughout, and that many were seen.

use std::collections::HashSet;

use serde_json::Value;

use super::everything::List;
use crate::failure::ReadFailure;

/// Most pages that are followed.
const MOST_PAGES: u64 = 100;

/// The pages of a list as they come in.
#[derive(Default)]
pub(super) struct Pages {
    records: Vec<Value>,
    ids: HashSet<String>,
    totals: HashSet<Option<usize>>,
    passed: usize,
    number: u64,
    ended: bool,
    broken: bool,
}

/// The page to ask for.
#[derive(Clone, Copy)]
pub(super) struct Next {
    /// Its number, from 0.
    pub(super) number: u64,
    /// How many records the pages before it had.
    pub(super) passed: usize,
}

impl Pages {
    /// What to ask for; `None` once the list has ended.
    pub(super) fn next(&self) -> Option<Next> {
        let more = !self.ended && self.number < MOST_PAGES;
        more.then_some(Next { number: self.number, passed: self.passed })
    }

    /// Takes the answer: the records of the page, and how many the server says there are.
    ///
    /// # Errors
    /// That of the first page, or one that concerns all reading; where a later page fails the list is not complete.
    pub(super) fn take(
        &mut self,
        answer: Result<(Vec<Value>, Option<usize>), ReadFailure>,
    ) -> Result<(), ReadFailure> {
        let (shown, total) = match answer {
            Err(failure) if self.number > 0 && !failure.concerns_all() => {
                (self.ended, self.broken) = (true, true);
                return Ok(());
            }
            answer => answer?,
        };
        self.passed += shown.len();
        self.totals.insert(total);
        let before = self.records.len();
        for record in shown {
            // One without an id cannot be told from another: it is taken from the first page only.
            let id = record.get("_id").and_then(Value::as_str).map(str::to_owned);
            if id.map_or(self.number == 0, |id| self.ids.insert(id)) {
                self.records.push(record);
            }
        }
        let all = total.is_some_and(|total| self.records.len() >= total);
        self.ended = all || self.records.len() == before;
        self.number += 1;
        Ok(())
    }

    /// The list that the pages make up.
    pub(super) fn list(self) -> List {
        let cut_short = self.broken;
        let (docs, complete) = self.all();
        List { docs, complete, cut_short }
    }

    /// The records, each once, and whether they are all.
    fn all(self) -> (Vec<Value>, bool) {
        let complete = match self.totals.iter().next() {
            Some(Some(total)) => !self.broken && self.totals.len() == 1 && self.records.len() >= *total,
            _ => false,
        };
        (self.records, complete)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::ReadClass;
    use serde_json::json;

    /// A page: the ids it shows, and the number of records it tells.
    type Page = (&'static [u64], Option<usize>);

    fn docs(ids: &[u64]) -> Vec<Value> {
        ids.iter().map(|id| json!({"_id": id.to_string()})).collect()
    }

    #[test]
    fn the_set_of_ids_counts_however_the_list_is_paged() {
        let cases: [(&str, &[Page], &[u64], bool); 8] = [
            ("one page", &[(&[1, 2], Some(2))], &[1, 2], true),
            ("empty", &[(&[], Some(0))], &[], true),
            ("capped", &[(&[1, 2], Some(3)), (&[3], Some(3))], &[1, 2, 3], true),
            ("repeats", &[(&[1, 2], Some(3)), (&[2, 3], Some(3))], &[1, 2, 3], true),
            ("a gap", &[(&[1], Some(3)), (&[3], Some(3)), (&[], Some(3))], &[1, 3], false),
            ("shrinks", &[(&[1, 2], Some(4)), (&[4], Some(3))], &[1, 2, 4], false),
            ("no total", &[(&[1, 2], None), (&[], None)], &[1, 2], false),
            ("never ends", &[(&[1, 2], Some(9)), (&[1, 2], Some(9)), (&[3], Some(9))], &[1, 2], false),
        ];
        for (name, pages, expected, complete) in cases {
            let mut list = Pages::default();
            while let Some(next) = list.next() {
                let (ids, total) = pages[usize::try_from(next.number).unwrap()];
                list.take(Ok((docs(ids), total))).unwrap();
            }
            assert_eq!(list.all(), (docs(expected), complete), "{name}");
        }
    }

    #[test]
    fn a_list_that_brings_something_new_for_ever_is_left() {
        let mut list = Pages::default();
        while let Some(next) = list.next() {
            assert_eq!(u64::try_from(next.passed).unwrap(), next.number, "where the next page begins");
            list.take(Ok((docs(&[next.number]), Some(1_000_000)))).unwrap();
        }
        let (records, complete) = list.all();
        assert_eq!((records.len() as u64, complete), (MOST_PAGES, false));
    }

    #[test]
    fn a_page_that_fails_leaves_the_list_incomplete_and_the_first_one_fails_it() {
        let failing = |at: u64, class| {
            let mut list = Pages::default();
            while let Some(next) = list.next() {
                let failed = (next.number == at).then(|| ReadFailure::new(class));
                list.take(failed.map_or_else(|| Ok((docs(&[next.number]), Some(3))), Err))?;
            }
            Ok::<_, ReadFailure>(list.all())
        };
        assert_eq!(failing(0, ReadClass::Broken).unwrap_err().class, ReadClass::Broken);
        assert_eq!(failing(1, ReadClass::Broken).unwrap(), (docs(&[0]), false));
        assert_eq!(failing(1, ReadClass::Offline).unwrap_err().class, ReadClass::Offline);
        assert!(failing(3, ReadClass::Broken).unwrap().1);
    }
}
