//! Everything the store tells about its decisions, as one text to compare.

use std::fmt::Write;

use cleave_store::{Result, Store};

/// Reads all of it through the methods that the application reads it with.
pub fn all(store: &Store) -> Result<String> {
    let mut told = String::new();
    for head in store.entries()? {
        let entry = store.entry(&head.op_id)?;
        let decision = serde_json::to_string(&entry.decision).unwrap();
        let predicted =
            serde_json::to_string(&(&entry.predicted, &entry.differences, &entry.receipt)).unwrap();
        writeln!(
            told,
            "{} {} {} {} {:?} {:?} {:?} {} {} {} {:?} {:?} {} {} {} {}\n  {decision} {predicted} {} {}",
            head.seq,
            head.op_id,
            head.subject,
            head.title,
            head.note,
            head.contact_ids,
            head.state,
            head.reason,
            head.attempts,
            head.failures,
            head.not_before,
            head.cancel_until,
            head.decided_at,
            head.changed_at,
            head.revision,
            head.refused_at.as_deref().unwrap_or_default(),
            entry.basis,
            entry.seen,
        )
        .unwrap();
        writeln!(
            told,
            "  {:?}\n  {:?}\n  {:?}",
            store.attempts(&head.op_id)?,
            store.transitions(&head.op_id)?,
            store.evidence(&head.op_id)?
        )
        .unwrap();
    }
    for head in store.drafts()? {
        if let Some(draft) = store.draft(&head.contact_id)? {
            writeln!(
                told,
                "draft {} {} {} {} {}",
                draft.contact_id, draft.title, draft.doc, draft.started_at, draft.saved_at
            )
            .unwrap();
        }
    }
    Ok(told)
}
