//! Reading the outbox.

use cleave_core::decision::About;
use rusqlite::{Connection, params};

use super::about;
use super::attempt::{self, Attempt};
use super::entry::{self, Entry, EntryHead};
use super::evidence::{self, Evidence};
use super::transition::{self, Transition};
use crate::error::Result;
use crate::local::Local;
use crate::store::Store;

/// How many entries want attention.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OutboxCounts {
    /// Entries that are not settled.
    pub unsettled: u32,
    /// Those of them that need a person.
    pub needs_person: u32,
}

impl Store {
    /// One entry, with what was decided.
    ///
    /// # Errors
    /// [`crate::StoreError::NotFound`] if there is none with this operation id.
    pub fn entry(&self, op_id: &str) -> Result<Entry> {
        entry::by_op_id(&self.outbox(), op_id)
    }

    /// Where an entry stands, without what was decided.
    ///
    /// # Errors
    /// [`crate::StoreError::NotFound`] if there is none with this operation id.
    pub fn entry_head(&self, op_id: &str) -> Result<EntryHead> {
        entry::head_by_op_id(&self.outbox(), op_id)
    }

    /// Every entry, newest first.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn entries(&self) -> Result<Vec<EntryHead>> {
        entry::heads(&self.outbox(), "ORDER BY e.seq DESC", [])
    }

    /// Entries that are not settled, oldest first.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn unsettled(&self) -> Result<Vec<EntryHead>> {
        unsettled(&self.outbox())
    }

    /// The latest entry about a review.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn entry_about(&self, review_id: &str) -> Result<Option<Entry>> {
        self.latest(review_id, About::Review)
    }

    /// The latest separation of a contact.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn separation_of(&self, contact_id: &str) -> Result<Option<Entry>> {
        self.latest(contact_id, About::Contact)
    }

    /// The latest change of an organisation's settings.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn settings_change_of(&self, organization_id: &str) -> Result<Option<Entry>> {
        self.latest(organization_id, About::Organization)
    }

    fn latest(&self, subject: &str, of: About) -> Result<Option<Entry>> {
        let clause = format!("WHERE e.subject = ?1 AND {} = ?2 ORDER BY e.seq DESC LIMIT 1", about("e.kind"));
        let db = self.outbox();
        let head = entry::heads(&db, &clause, params![subject, of.as_str()])?.pop();
        head.map(|head| entry::complete(&db, head)).transpose()
    }

    /// Whether an earlier separation of a contact was sent and may have been done, though nothing says so: its answer
    /// was lost, and no person and no later separation that took effect has settled it. Only what was decided before an
    /// entry counts, where one is named.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn may_have_been_separated(&self, contact_id: &str, before: Option<&EntryHead>) -> Result<bool> {
        let db = self.outbox();
        let mut statement = db.prepare_cached(
            "SELECT 1 FROM entry e JOIN attempt a USING (op_id)
             WHERE e.subject = ?1 AND e.kind = 'separate' AND e.seq < ?2 AND a.written = 'maybe_written'
               AND e.state NOT IN ('applied', 'applied_elsewhere')
               AND e.seq > (SELECT coalesce(max(done.seq), 0) FROM entry done
                            WHERE done.subject = ?1 AND done.kind = 'separate' AND done.seq < ?2
                              AND done.state IN ('applied', 'applied_elsewhere'))
               AND NOT EXISTS (SELECT 1 FROM evidence said WHERE said.op_id = e.op_id AND said.kind = 'person')",
        )?;
        Ok(statement.exists(params![contact_id, before.map_or(i64::MAX, |entry| entry.seq)])?)
    }

    /// The attempts of an entry, oldest first.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn attempts(&self, op_id: &str) -> Result<Vec<Attempt>> {
        attempt::of(&self.outbox(), op_id)
    }

    /// The changes of state of an entry, oldest first.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn transitions(&self, op_id: &str) -> Result<Vec<Transition>> {
        transition::of(&self.outbox(), op_id)
    }

    /// What was observed about an entry, oldest first.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn evidence(&self, op_id: &str) -> Result<Vec<Evidence>> {
        evidence::of(&self.outbox(), op_id)
    }

    /// How many entries want attention.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn outbox_counts(&self) -> Result<OutboxCounts> {
        let db = self.outbox();
        let mut statement =
            db.prepare_cached("SELECT state, hold, count(*) FROM entry GROUP BY state, hold")?;
        let mut rows = statement.query([])?;
        let mut counts = OutboxCounts::default();
        while let Some(row) = rows.next()? {
            let state = entry::words(&row.get::<_, String>(0)?, &row.get::<_, String>(1)?)?;
            let count: u32 = row.get(2)?;
            if !state.is_final() {
                counts.unsettled += count;
            }
            if state.needs_person() {
                counts.needs_person += count;
            }
        }
        Ok(counts)
    }
}

/// Entries that are not settled, oldest first.
pub(super) fn unsettled(db: &Connection) -> Result<Vec<EntryHead>> {
    let clause =
        "WHERE e.state NOT IN ('applied', 'applied_elsewhere', 'withdrawn', 'superseded') ORDER BY e.seq";
    entry::heads(db, clause, [])
}

/// Where these reviews stand here; [`Local::Open`] for one that nobody decided about.
pub(crate) fn local_of(db: &Connection, review_ids: &[&str]) -> Result<Vec<(String, Local)>> {
    let mut statement = db.prepare_cached(&format!(
        "SELECT op_id FROM entry WHERE subject = ?1 AND {} = 'review' ORDER BY seq DESC LIMIT 1",
        about("kind")
    ))?;
    let mut words = Vec::with_capacity(review_ids.len());
    for id in review_ids {
        let mut rows = statement.query([id])?;
        let op_id = rows.next()?.map(|row| row.get::<_, String>(0)).transpose()?;
        let state = op_id.map(|op_id| entry::state_of(db, &op_id)).transpose()?.flatten();
        words.push(((*id).to_owned(), state.map_or(Local::Open, Local::of)));
    }
    Ok(words)
}

/// Where every review stands that was ever decided about here.
pub(crate) fn local_of_all(db: &Connection) -> Result<Vec<(String, Local)>> {
    let mut statement = db.prepare_cached(&format!(
        "SELECT subject, state, hold FROM entry
         WHERE seq IN (SELECT max(seq) FROM entry WHERE {} = 'review' GROUP BY subject)",
        about("kind")
    ))?;
    let mut rows = statement.query([])?;
    let mut words = Vec::new();
    while let Some(row) = rows.next()? {
        let state = entry::words(&row.get::<_, String>(1)?, &row.get::<_, String>(2)?)?;
        words.push((row.get(0)?, Local::of(state)));
    }
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::super::trial::{Trial, decision_on, separation_of, settings_of};
    use super::super::{Effects, Superseding};
    use super::*;
    use crate::StoreError;
    use cleave_core::outbox::{Event, Hold};

    #[test]
    fn a_review_a_contact_and_an_organisation_of_one_id_are_three_subjects() {
        let trial = Trial::new();
        let review = trial.decide(decision_on("same"));
        let separation = trial.decide(separation_of("same"));
        assert_eq!(trial.store.entry_about("same").unwrap().unwrap().op_id, review.op_id);
        assert_eq!(trial.store.separation_of("same").unwrap().unwrap().op_id, separation.op_id);
        let settings = trial.decide(settings_of("same"));
        assert_eq!(trial.store.settings_change_of("same").unwrap().unwrap(), settings);
        assert_eq!(trial.store.entry_about("same").unwrap().unwrap().op_id, review.op_id);
        assert!(settings.contact_ids.is_empty() && settings.review_id().is_none());
        assert_eq!(trial.store.separation_of("r1").unwrap(), None);
        // Neither waits for the other: they share no contact.
        let at = trial.at(20);
        assert_eq!(trial.store.take_next(at).unwrap().unwrap().op_id, review.op_id);
        assert_eq!(trial.store.take_next(at).unwrap().unwrap().op_id, separation.op_id);
        assert_eq!(trial.store.take_next(at).unwrap().unwrap().op_id, settings.op_id);
        let again = trial.store.insert_decision(&settings_of("same"), Superseding::No).unwrap_err();
        assert!(matches!(again, StoreError::LiveDecision { op_id } if op_id == settings.op_id));
    }

    #[test]
    fn a_separation_whose_answer_was_lost_is_remembered_until_it_is_settled() {
        let trial = Trial::new();
        let remembered = || trial.store.may_have_been_separated("c1", None).unwrap();
        let lost = trial.needs_person(separation_of("c1"));
        assert!(remembered());
        assert!(!trial.store.may_have_been_separated("c1", Some(&lost)).unwrap(), "it is not before itself");
        assert!(!trial.store.may_have_been_separated("c2", None).unwrap());
        let second = trial.store.insert_decision(&separation_of("c1"), Superseding::Yes).unwrap().entry;
        assert!(remembered(), "replaced, and still it may have been done");
        trial.store.withdraw(&second.op_id, trial.at(10)).unwrap();
        assert!(remembered());
        let third = trial.sending(separation_of("c1"));
        trial.store.advance(&third, Event::Confirmed, &Effects::at(trial.at(40), "Done.")).unwrap();
        assert!(!remembered(), "what is there now was read after it");

        let other = trial.needs_person(separation_of("c2"));
        trial.store.mark_not_applied(&other.op_id, "I looked.", trial.at(50)).unwrap();
        assert!(!trial.store.may_have_been_separated("c2", None).unwrap(), "a person looked");
        let unsent = trial.sending(separation_of("c3"));
        let end = super::super::AttemptEnd {
            written: super::super::Written::Unsent,
            status: None,
            outcome: String::new(),
        };
        let effects = Effects { attempt: Some(end), ..Effects::at(trial.at(60), "No network.") };
        trial.store.advance(&unsent, Event::Unsent(Hold::Offline), &effects).unwrap();
        assert!(!trial.store.may_have_been_separated("c3", None).unwrap());
    }

    #[test]
    fn entries_are_found_by_review_and_need() {
        let trial = Trial::new();
        let first = trial.decide(decision_on("r1"));
        trial.store.withdraw(&first.op_id, trial.at(1)).unwrap();
        let second = trial.decide(decision_on("r1"));
        trial.sending(decision_on("r2"));
        assert_eq!(trial.store.entry_about("r1").unwrap().unwrap().op_id, second.op_id);
        assert_eq!(trial.store.entry_about("none").unwrap(), None);
        assert_eq!(trial.store.unsettled().unwrap().len(), 2);
        assert_eq!(trial.store.entries().unwrap().len(), 3);
        assert_eq!(trial.store.outbox_counts().unwrap(), OutboxCounts { unsettled: 2, needs_person: 0 });
    }
}
