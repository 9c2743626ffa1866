//! What an entry has gone through and what goes before it: beside its head, all that a list shows of it.
//!
//! Entries that share a contact or a review go in order. The rule stands here once: for the sender, which asks whether
//! anything goes first, and for people, who are told what.

use std::collections::HashMap;

use cleave_core::decision::DecisionKind;
use cleave_core::outbox::State;
use rusqlite::Connection;

use super::about;
use super::attempt::{self, Attempt};
use super::entry::{self, EntryHead, to_json};
use crate::error::{Result, StoreError};
use crate::store::Store;

/// An entry that goes before another one.
#[derive(Clone, PartialEq, Eq)]
pub struct Ahead {
    /// Its operation id.
    pub op_id: String,
    /// What kind of decision it is.
    pub kind: DecisionKind,
    /// Names of the pair, for people.
    pub title: String,
}

/// Personal data: only the id is printed.
impl std::fmt::Debug for Ahead {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Ahead({})", self.op_id)
    }
}

/// What an entry has gone through, and what it waits for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Course {
    /// Its attempts, oldest first.
    pub attempts: Vec<Attempt>,
    /// The entries that go first, oldest first; none where it is not queued.
    pub ahead: Vec<Ahead>,
}

impl Store {
    /// The course of one entry.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn course(&self, entry: &EntryHead) -> Result<Course> {
        Ok(self.courses(std::slice::from_ref(entry))?.pop().unwrap_or_default())
    }

    /// The courses of several entries, in their order.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn courses(&self, entries: &[EntryHead]) -> Result<Vec<Course>> {
        let db = self.outbox();
        let queued = entries.iter().filter(|entry| matches!(entry.state, State::Queued(_)));
        let queued: Vec<&str> = queued.map(|entry| entry.op_id.as_str()).collect();
        let mut ahead = if queued.is_empty() { HashMap::new() } else { ahead_of(&db, &queued)? };
        let all: Vec<&str> = entries.iter().map(|entry| entry.op_id.as_str()).collect();
        let mut attempts = attempt::of_all(&db, &all)?;
        let course = |entry: &EntryHead| Course {
            attempts: attempts.remove(&entry.op_id).unwrap_or_default(),
            ahead: ahead.remove(&entry.op_id).unwrap_or_default(),
        };
        Ok(entries.iter().map(course).collect())
    }
}

/// By operation id: the other entries that share a contact or the subject and come first. These are earlier ones that
/// may still take effect, and later ones that may be on their way. The second happens where the earlier one was refused,
/// let the later one pass, and was then tried again by a person.
pub(super) fn ahead_of(db: &Connection, op_ids: &[&str]) -> Result<HashMap<String, Vec<Ahead>>> {
    let comes_first =
        "(o.seq < e.seq AND o.state NOT IN ('applied', 'applied_elsewhere', 'withdrawn', 'superseded')
                OR o.seq > e.seq AND o.state IN ('sending', 'uncertain'))";
    let mut statement = db.prepare_cached(&format!(
        "WITH asked AS MATERIALIZED (SELECT value AS op_id FROM json_each(?1))
         SELECT e.op_id, o.seq, o.op_id, o.kind, o.title, o.state, o.hold
           FROM asked CROSS JOIN touch mine USING (op_id) CROSS JOIN touch other USING (contact_id)
             CROSS JOIN entry e ON e.op_id = mine.op_id CROSS JOIN entry o ON o.op_id = other.op_id
          WHERE mine.contact_id <> '' AND {comes_first}
         UNION
         SELECT e.op_id, o.seq, o.op_id, o.kind, o.title, o.state, o.hold
           FROM asked CROSS JOIN entry e USING (op_id) CROSS JOIN entry o ON o.subject = e.subject
          WHERE {} = {} AND {comes_first}
         ORDER BY 2",
        about("o.kind"),
        about("e.kind"),
    ))?;
    let mut rows = statement.query([to_json(&op_ids, "list of entries")?])?;
    let mut ahead: HashMap<String, Vec<Ahead>> = HashMap::new();
    while let Some(row) = rows.next()? {
        let word = |at: usize| row.get::<_, String>(at);
        if !entry::words(&word(5)?, &word(6)?)?.holds_up_others() {
            continue;
        }
        let kind = DecisionKind::from_word(&word(3)?).ok_or(StoreError::Unreadable { what: "decision" })?;
        ahead.entry(word(0)?).or_default().push(Ahead { op_id: word(2)?, kind, title: word(4)? });
    }
    Ok(ahead)
}

#[cfg(test)]
mod tests {
    use cleave_core::outbox::{Event, Hold};

    use super::super::advance::Effects;
    use super::super::trial::{Trial, decision_on, separation_of};
    use super::*;

    fn ahead(trial: &Trial, op_id: &str) -> Vec<String> {
        let head = trial.store.entry_head(op_id).unwrap();
        trial.store.course(&head).unwrap().ahead.into_iter().map(|one| one.op_id).collect()
    }

    #[test]
    fn a_list_says_of_each_entry_what_goes_first() {
        let trial = Trial::new();
        let first = trial.decide(decision_on("r1"));
        let mut second = decision_on("r2");
        second.contact_ids = vec![first.contact_ids[1].clone(), "x".into()];
        let second = trial.decide(second);
        let third = trial.decide(separation_of("x"));
        let free = trial.decide(decision_on("r3"));
        let heads = trial.store.unsettled().unwrap();
        let courses = trial.store.courses(&heads).unwrap();
        let told: Vec<(&str, Vec<&str>)> = heads
            .iter()
            .zip(&courses)
            .map(|(head, course)| {
                (head.op_id.as_str(), course.ahead.iter().map(|one| one.op_id.as_str()).collect())
            })
            .collect();
        let expected: [(&str, Vec<&str>); 4] = [
            (&first.op_id, vec![]),
            (&second.op_id, vec![&first.op_id]),
            (&third.op_id, vec![&second.op_id]),
            (&free.op_id, vec![]),
        ];
        assert_eq!(told, expected);
        assert_eq!(
            (courses[1].ahead[0].kind, courses[1].ahead[0].title.as_str()),
            (first.kind, "Ann and Anne")
        );
        trial.store.withdraw(&first.op_id, trial.at(1)).unwrap();
        assert_eq!(ahead(&trial, &second.op_id), [""; 0]);
    }

    #[test]
    fn what_is_told_is_what_the_sender_waits_for() {
        let trial = Trial::new();
        let refused = trial.sending(decision_on("r1"));
        let step = |entry: &EntryHead, event| {
            trial.store.advance(entry, event, &Effects::at(trial.at(5), "")).unwrap().entry
        };
        step(&refused, Event::Rejected);
        let mut later = decision_on("r2");
        later.contact_ids = refused.contact_ids.clone();
        let later = trial.decide(later);
        assert_eq!(ahead(&trial, &later.op_id), [""; 0], "a refusal holds nobody up");
        let held = trial.store.entry_head(&later.op_id).unwrap();
        step(&held, Event::Hold(Hold::ReviewNeeded));
        trial.store.withdraw(&later.op_id, trial.at(6)).unwrap();
        let mut last = decision_on("r3");
        last.contact_ids = refused.contact_ids.clone();
        let last = trial.sending(last);
        trial.store.retry(&refused.op_id, trial.at(7)).unwrap();
        assert_eq!(ahead(&trial, &refused.op_id), [last.op_id.as_str()], "a later one that is on its way");
        let unknown = step(&last, Event::Unknown);
        assert_eq!(ahead(&trial, &refused.op_id), [last.op_id.as_str()]);
        assert_eq!(ahead(&trial, &unknown.op_id), [""; 0], "it does not wait to be sent");
    }
}
