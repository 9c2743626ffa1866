//! The table `draft`: separations that somebody works on, one a contact.
//!
//! A draft goes with [`Store::discard_draft`] or [`Store::discard_unsent`], where the person throws it away or the decision it was taken from has taken
//! effect, or in the transaction that saves the decision it became ([`Store::insert_decision`]). Nothing else removes it.

use jiff::Timestamp;
use rusqlite::{Connection, Row, params};

use crate::error::Result;
use crate::store::Store;
use crate::time::{instant, millis};

/// A draft of a separation.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredDraft {
    /// The contact that is separated.
    pub contact_id: String,
    /// Its name, for people.
    pub title: String,
    /// What was saved, as it was given: `cleave_core` reads it, or says that a newer build wrote it.
    pub doc: String,
    /// When it was first saved.
    pub started_at: Timestamp,
    /// When it was last saved.
    pub saved_at: Timestamp,
}

/// That there is a draft.
#[derive(Clone, PartialEq, Eq)]
pub struct DraftHead {
    /// The contact that is separated.
    pub contact_id: String,
    /// Its name, for people.
    pub title: String,
    /// When it was first saved.
    pub started_at: Timestamp,
    /// When it was last saved.
    pub saved_at: Timestamp,
}

/// Personal data: only the id is printed.
impl std::fmt::Debug for StoredDraft {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "StoredDraft({})", self.contact_id)
    }
}

/// Personal data: only the id is printed.
impl std::fmt::Debug for DraftHead {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "DraftHead({})", self.contact_id)
    }
}

impl Store {
    /// Saves the draft of a contact in the place of the earlier one; on the disk when this answers.
    ///
    /// # Errors
    /// Only those of the file. The earlier one is still there then.
    pub fn put_draft(&self, contact_id: &str, title: &str, doc: &str, now: Timestamp) -> Result<()> {
        self.outbox_to_write()?
            .prepare_cached(
                "INSERT INTO draft (contact_id, title, started_at, saved_at, doc) VALUES (?1, ?2, ?3, ?3, ?4)
                 ON CONFLICT (contact_id) DO UPDATE SET title = ?2, saved_at = ?3, doc = ?4",
            )?
            .execute(params![contact_id, title, millis(now), doc])?;
        Ok(())
    }

    /// The draft of a contact, if there is one.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn draft(&self, contact_id: &str) -> Result<Option<StoredDraft>> {
        let db = self.outbox();
        let mut statement = db.prepare_cached(
            "SELECT contact_id, title, started_at, saved_at, doc FROM draft WHERE contact_id = ?1",
        )?;
        let mut rows = statement.query([contact_id])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let DraftHead { contact_id, title, started_at, saved_at } = head(row)?;
        Ok(Some(StoredDraft { contact_id, title, doc: row.get(4)?, started_at, saved_at }))
    }

    /// Every draft, the one that was saved last first.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn drafts(&self) -> Result<Vec<DraftHead>> {
        let db = self.outbox();
        let mut statement = db.prepare_cached(
            "SELECT contact_id, title, started_at, saved_at FROM draft ORDER BY saved_at DESC, contact_id",
        )?;
        let drafts = statement.query_map([], head)?;
        Ok(drafts.collect::<rusqlite::Result<_>>()?)
    }

    /// Throws a draft away. Answers whether there was one.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn discard_draft(&self, contact_id: &str) -> Result<bool> {
        remove(&*self.outbox_to_write()?, contact_id)
    }
}

fn head(row: &Row<'_>) -> rusqlite::Result<DraftHead> {
    Ok(DraftHead {
        contact_id: row.get(0)?,
        title: row.get(1)?,
        started_at: instant(row.get(2)?),
        saved_at: instant(row.get(3)?),
    })
}

/// Removes the draft of a contact.
pub(super) fn remove(db: &Connection, contact_id: &str) -> Result<bool> {
    let removed = db.prepare_cached("DELETE FROM draft WHERE contact_id = ?1")?.execute([contact_id])?;
    Ok(removed > 0)
}

/// Removes every draft; answers how many there were.
pub(super) fn remove_all(db: &Connection) -> Result<usize> {
    Ok(db.execute("DELETE FROM draft", [])?)
}

#[cfg(test)]
mod tests {
    use super::super::decide::Superseding;
    use super::super::trial::{Trial, separation_of};
    use super::*;
    use crate::error::StoreError;

    /// A form that this build does not know.
    const NEWER: &str = r#"{"version":99,"plan":{"twins":true}, "order":  "kept"}"#;

    #[test]
    fn a_draft_survives_the_process_as_the_text_it_was_whatever_its_form() {
        let mut trial = Trial::new();
        trial.store.put_draft("c1", "Jane", "first", trial.at(1)).unwrap();
        trial.store.put_draft("c1", "Jane Doe", NEWER, trial.at(2)).unwrap();
        trial.reopen();
        let draft = trial.store.draft("c1").unwrap().unwrap();
        let expected = StoredDraft {
            contact_id: "c1".into(),
            title: "Jane Doe".into(),
            doc: NEWER.into(),
            started_at: trial.at(1),
            saved_at: trial.at(2),
        };
        assert_eq!(draft, expected);
        assert_eq!(format!("{draft:?}"), "StoredDraft(c1)");
        assert_eq!(trial.store.draft("c2").unwrap(), None);
    }

    #[test]
    fn only_the_persons_word_removes_one_and_no_other() {
        let trial = Trial::new();
        for (contact, at) in [("c1", 1), ("c2", 3), ("c3", 2)] {
            trial.store.put_draft(contact, "Jane", contact, trial.at(at)).unwrap();
        }
        assert!(trial.store.discard_draft("c2").unwrap());
        assert!(!trial.store.discard_draft("c2").unwrap());
        let left: Vec<_> = trial.store.drafts().unwrap().into_iter().map(|draft| draft.contact_id).collect();
        assert_eq!(left, ["c3", "c1"], "the last saved first");
        trial.store.empty_cache().unwrap();
        assert_eq!(trial.store.drafts().unwrap().len(), 2);
    }

    #[test]
    fn a_draft_goes_with_the_decision_it_became_and_stays_where_that_was_not_saved() {
        let trial = Trial::new();
        let new = separation_of("c1");
        for contact in ["c1", "c2"] {
            trial.store.put_draft(contact, "Jane", contact, trial.at(0)).unwrap();
        }
        trial.decide(new.clone());
        assert_eq!(trial.store.draft("c1").unwrap(), None);
        assert!(trial.store.draft("c2").unwrap().is_some());

        // Taken up again: a second decision that is refused keeps the draft, and so does an answer from the first.
        trial.store.put_draft("c1", "Jane", "again", trial.at(1)).unwrap();
        let refused = trial.store.insert_decision(&separation_of("c1"), Superseding::No).unwrap_err();
        assert!(matches!(refused, StoreError::LiveDecision { .. }));
        assert!(!trial.store.insert_decision(&new, Superseding::No).unwrap().fresh);
        assert_eq!(trial.store.draft("c1").unwrap().unwrap().doc, "again");
        trial.store.insert_decision(&separation_of("c1"), Superseding::Yes).unwrap();
        assert_eq!(trial.store.draft("c1").unwrap(), None);
    }

    #[test]
    fn a_draft_stays_where_the_decision_is_of_another_plan() {
        let trial = Trial::new();
        trial.store.put_draft("c1", "Jane", "precious", trial.at(0)).unwrap();
        trial.decide(crate::NewEntry { from_draft: false, ..separation_of("c1") });
        assert_eq!(trial.store.draft("c1").unwrap().unwrap().doc, "precious");
    }

    #[test]
    fn a_failure_in_the_middle_of_saving_keeps_the_draft_and_saves_nothing() {
        let trial = Trial::new();
        trial.store.put_draft("c1", "Jane", "precious", trial.at(0)).unwrap();
        trial
            .store
            .outbox()
            .execute_batch("CREATE TEMP TRIGGER fails BEFORE INSERT ON transition BEGIN SELECT RAISE(ABORT, 'full'); END")
            .unwrap();
        assert!(trial.store.insert_decision(&separation_of("c1"), Superseding::No).is_err());
        assert_eq!(trial.store.draft("c1").unwrap().unwrap().doc, "precious");
        assert!(trial.store.entries().unwrap().is_empty());
    }
}
