//! The stored form of a draft.

use std::sync::Arc;

use cleave_core::separation::{DecidedSeparation, Edit, SeparationPlan, Subject};
use serde::{Deserialize, Serialize};

use super::draft::Draft;
use crate::ipc::{AppError, ErrorCode};

/// Version of the stored form. A later one is added beside it, none is ever changed.
const VERSION: u32 = 1;

/// Most edits of the way back that are stored; a step may be thousands of them.
const STORED_EDITS: usize = 20_000;

/// What a draft is stored as.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Kept {
    /// The plan.
    pub plan: SeparationPlan,
    /// The contact it was made for, by [`Subject::kept_for`] it.
    pub subject: Subject,
    /// The last steps, the latest last.
    pub undo: Vec<Edit>,
    /// Steps that were taken back.
    pub redo: Vec<Edit>,
    /// The decision that the plan was taken from.
    pub entry: Option<String>,
}

#[derive(Serialize)]
struct Written<'a> {
    version: u32,
    #[serde(flatten)]
    kept: &'a Kept,
}

#[derive(Deserialize)]
struct Versioned {
    version: u32,
}

impl Kept {
    /// What a decision has of a draft: it goes on from there.
    pub fn of_entry(op_id: &str, decided: &DecidedSeparation) -> Kept {
        Kept {
            plan: decided.plan.clone(),
            subject: decided.subject.clone(),
            undo: Vec::new(),
            redo: Vec::new(),
            entry: Some(op_id.to_owned()),
        }
    }

    /// The stored form, as JSON.
    ///
    /// # Errors
    /// `Storage` when it does not fit into JSON, which none that can be made does.
    pub fn write(&self) -> Result<String, AppError> {
        serde_json::to_string(&Written { version: VERSION, kept: self })
            .map_err(|_| AppError::new(ErrorCode::Storage, "The draft has no stored form."))
    }

    /// Reads what [`Kept::write`] wrote.
    ///
    /// # Errors
    /// `Storage`, in words, for a form of a later version and for anything else. What is stored stays as it is.
    pub fn read(stored: &str) -> Result<Kept, AppError> {
        let unreadable = || {
            AppError::new(
                ErrorCode::Storage,
                "The draft of this separation cannot be read. It is left as it is.",
            )
            .hint("Discard it to begin anew.")
        };
        let version = serde_json::from_str::<Versioned>(stored).map_err(|_| unreadable())?.version;
        match version {
            VERSION => serde_json::from_str(stored).map_err(|_| unreadable()),
            0 => Err(unreadable()),
            newer => {
                let message = format!(
                    "The draft of this separation was written by a newer version of the app (form {newer}). It is \
                     left as it is."
                );
                Err(AppError::new(ErrorCode::Storage, message).hint("Open it with the newer version."))
            }
        }
    }
}

/// What is to be stored of a draft, taken while it stands still.
pub(crate) struct Snapshot {
    plan: SeparationPlan,
    subject: Arc<Subject>,
    undo: Vec<Edit>,
    redo: Vec<Edit>,
    entry: Option<String>,
}

impl Snapshot {
    /// Of a draft. The oldest steps are left out where there are too many.
    pub fn of(draft: &Draft) -> Snapshot {
        Snapshot {
            plan: draft.plan.clone(),
            subject: Arc::clone(&draft.subject),
            undo: latest(&draft.undo),
            redo: latest(&draft.redo),
            entry: draft.entry.clone(),
        }
    }

    /// What is stored. Takes its time with a large contact.
    pub fn keep(self) -> Kept {
        let Snapshot { plan, subject, undo, redo, entry } = self;
        Kept { subject: subject.kept_for(&plan), plan, undo, redo, entry }
    }
}

/// The latest steps that are [`STORED_EDITS`] edits together.
fn latest(steps: &[Edit]) -> Vec<Edit> {
    let mut left = STORED_EDITS;
    let fitting = steps.iter().rev().take_while(|step| {
        let size = size(step);
        let fits = size <= left;
        left = left.saturating_sub(size);
        fits
    });
    let from = steps.len() - fitting.count();
    steps.get(from..).unwrap_or_default().to_vec()
}

fn size(edit: &Edit) -> usize {
    match edit {
        Edit::Batch { edits } => edits.iter().map(size).sum::<usize>().max(1),
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cleave_core::separation::{NamePart, Target};

    fn name(value: &str) -> Edit {
        Edit::Name { part: NamePart::First, side: Target::New, value: value.into() }
    }

    fn kept() -> Kept {
        let subject = Subject::default();
        let plan = SeparationPlan::start(&subject);
        Kept { plan, subject, undo: vec![name("a"), name("b")], redo: vec![], entry: Some("op".into()) }
    }

    #[test]
    fn what_is_written_is_read_and_other_forms_are_refused() {
        let stored = kept().write().unwrap();
        assert!(stored.starts_with(r#"{"version":1,"plan":{"contactId":"#), "{stored}");
        let read = Kept::read(&stored).unwrap();
        assert!(read.plan == kept().plan && read.subject == kept().subject && read.undo == kept().undo);
        assert_eq!(read.entry.as_deref(), Some("op"));
        for (text, words) in [
            ("", "cannot be read"),
            ("{}", "cannot be read"),
            (r#"{"version":0}"#, "cannot be read"),
            (r#"{"version":1,"plan":{}}"#, "cannot be read"),
            (r#"{"version":2}"#, "newer version"),
        ] {
            let error = Kept::read(text).err().unwrap();
            assert!(error.message.contains(words), "{text}: {}", error.message);
        }
    }

    /// The outbox of the second schema that every later version has to open.
    #[test]
    fn the_draft_of_a_saved_outbox_is_read() {
        let db = rusqlite::Connection::open_in_memory().unwrap();
        let outbox = include_str!("../../../cleave-store/tests/fixtures/outbox_v2.sql");
        db.execute_batch(outbox).unwrap();
        let doc: String = db.query_row("SELECT doc FROM draft", [], |row| row.get(0)).unwrap();
        let kept = Kept::read(&doc).unwrap();
        assert_eq!((kept.subject.contact.id.as_str(), kept.subject.notes.len()), ("p4", 2));
        assert_eq!((kept.undo.len(), kept.redo.len(), kept.entry), (1, 0, None));
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&doc).unwrap()["undo"],
            serde_json::json!(kept.undo)
        );
    }

    #[test]
    fn only_so_much_of_the_way_back_is_stored() {
        let large = Edit::Batch { edits: vec![name("x"); STORED_EDITS - 1] };
        assert_eq!(latest(&[name("a"), large.clone(), name("b")]).len(), 2);
        assert_eq!(latest(&[name("a"), large.clone(), large]).len(), 1);
        assert_eq!(latest(&[Edit::Batch { edits: vec![name("x"); STORED_EDITS + 1] }]).len(), 0);
    }
}
