//! The table `separation`: what was decided about a contact. Written once, with its entry.

use cleave_core::decision::Decision;
use cleave_core::separation::DecidedSeparation;
use rusqlite::Connection;

use super::entry::{json, to_json};
use crate::error::{Result, StoreError};

/// What the payload of an entry holds of a separation.
pub(super) const PAYLOAD: &str = r#"{"kind":"separate"}"#;

/// Keeps what a new entry decides.
pub(super) fn insert(db: &Connection, op_id: &str, decided: &DecidedSeparation) -> Result<()> {
    db.prepare_cached("INSERT INTO separation (op_id, doc) VALUES (?1, ?2)")?
        .execute([op_id, &to_json(decided, "decision")?])?;
    Ok(())
}

/// What an entry decides.
pub(super) fn of(db: &Connection, op_id: &str) -> Result<Decision> {
    let mut statement = db.prepare_cached("SELECT doc FROM separation WHERE op_id = ?1")?;
    let mut rows = statement.query([op_id])?;
    let row = rows.next()?.ok_or(StoreError::Unreadable { what: "decision" })?;
    let decided: DecidedSeparation =
        json(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?, "decision")?;
    Ok(Decision::Separate(Box::new(decided)))
}

#[cfg(test)]
mod tests {
    use super::super::trial::{Trial, decision_on, separation_of};
    use super::super::{Effects, Superseding};
    use crate::error::StoreError;
    use cleave_core::outbox::{Event, Hold, State};

    #[test]
    fn an_entry_has_all_that_was_decided_and_a_list_does_not_read_it() {
        let mut trial = Trial::new();
        let new = separation_of("c1");
        let entry = trial.decide(new.clone());
        trial.reopen();
        assert!(trial.store.entry(&entry.op_id).unwrap().decision == new.decision);
        assert!(trial.store.separation_of("c1").unwrap().unwrap().decision == new.decision);
        let payload: String =
            trial.store.outbox().query_row("SELECT payload FROM entry", [], |row| row.get(0)).unwrap();
        assert_eq!(payload, super::PAYLOAD);
        let listed = trial.store.unsettled().unwrap().pop().unwrap();
        assert_eq!(
            (listed.kind.as_str(), listed.review_id(), &listed.contact_ids),
            ("separate", None, &vec!["c1".to_owned()])
        );
        assert_eq!(listed, trial.store.entry_head(&entry.op_id).unwrap());
    }

    #[test]
    fn what_was_decided_is_neither_deleted_nor_rewritten() {
        let trial = Trial::new();
        trial.decide(separation_of("c1"));
        let db = trial.store.outbox();
        for sql in ["DELETE FROM separation", "UPDATE separation SET doc = '{}'"] {
            assert!(db.execute(sql, []).is_err(), "{sql}");
        }
    }

    #[test]
    fn a_contact_has_one_live_separation_and_a_review_of_the_same_id_is_another_subject() {
        let trial = Trial::new();
        let first = trial.decide(separation_of("7"));
        let review = trial.decide(decision_on("7"));
        let error = trial.store.insert_decision(&separation_of("7"), Superseding::No).unwrap_err();
        assert!(matches!(error, StoreError::LiveDecision { op_id } if op_id == first.op_id));
        let second = trial.store.insert_decision(&separation_of("7"), Superseding::Yes).unwrap();
        assert_eq!(second.superseded.unwrap().op_id, first.op_id);
        assert_eq!(trial.store.entry(&first.op_id).unwrap().state, State::Superseded);
        assert_eq!(trial.store.entry(&review.op_id).unwrap().state, State::Queued(Hold::CancelWindow));
    }

    #[test]
    fn a_separation_waits_for_an_earlier_merge_of_the_contact() {
        let trial = Trial::new();
        let merge = trial.decide(decision_on("r1"));
        let separation = trial.decide(separation_of(&merge.contact_ids[1]));
        assert_eq!(trial.store.take_next(trial.at(60)).unwrap().unwrap().op_id, merge.op_id);
        assert!(trial.store.take_next(trial.at(60)).unwrap().is_none());
        let waits = trial.store.entry(&separation.op_id).unwrap();
        assert_eq!(waits.state, State::Queued(Hold::Dependency));
    }

    #[test]
    fn a_merge_that_dissolves_the_contact_puts_its_separation_before_the_admin() {
        let trial = Trial::new();
        let merge = trial.sending(decision_on("r1"));
        let gone = merge.contact_ids[0].clone();
        let separation = trial.decide(separation_of(&gone));
        let done = Effects { dissolved: Some(gone), ..Effects::at(trial.at(5), "Done.") };
        let cascaded = trial.store.advance(&merge, Event::Confirmed, &done).unwrap().cascaded;
        assert_eq!(cascaded.len(), 1);
        assert_eq!(
            (&cascaded[0].op_id, cascaded[0].state),
            (&separation.op_id, State::Queued(Hold::ReviewNeeded))
        );
        assert_eq!(cascaded[0].reason, "Ann and Anne was merged; the contact that this separates is gone.");
    }
}
