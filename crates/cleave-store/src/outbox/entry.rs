//! The table `entry`: one row a decision.
//!
//! A list reads heads: what was decided, and what was seen then, may be megabytes for a separation and is read only of
//! one entry at a time.

use std::ops::Deref;

use cleave_core::decision::{Decision, DecisionKind, PAYLOAD_VERSION};
use cleave_core::outbox::State;
use cleave_core::separation::Receipt;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Params, Row};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::separation;
use crate::error::{Result, StoreError};
use crate::time::instant;

/// Where a decision stands, without what was decided.
#[derive(Clone, PartialEq)]
pub struct EntryHead {
    /// Order of the decisions, independent of any clock.
    pub seq: i64,
    /// The operation id, made by whoever decided.
    pub op_id: String,
    /// What kind of decision it is.
    pub kind: DecisionKind,
    /// What it is about: the review, the contact that is separated, or the organisation whose settings change.
    pub subject: String,
    /// Names of the pair, for people.
    pub title: String,
    /// What the admin wrote about it.
    pub note: Option<String>,
    /// Contacts that it changes or depends on: the source, then the candidate, or the one that is separated. An id is
    /// empty where the server named none.
    pub contact_ids: Vec<String>,
    /// Fields in which the server did something else.
    pub differences: Vec<Difference>,
    /// What became of a separation, beside what was predicted of it.
    pub receipt: Option<Receipt>,
    /// Where the server's refusal points, such as `phoneNumber.new`.
    pub refused_at: Option<String>,
    /// Where it stands.
    pub state: State,
    /// One sentence for people: what it waits for, the server's words, or what became of it.
    pub reason: String,
    /// Whether it was a person who said that it was done.
    pub said_done: bool,
    /// How many times something was sent, or may have been.
    pub attempts: u32,
    /// Checks and sends in a row that failed without effect.
    pub failures: u32,
    /// When the hold ends by itself.
    pub not_before: Option<Timestamp>,
    /// Until when it can be taken back without a trace.
    pub cancel_until: Option<Timestamp>,
    /// When it was decided.
    pub decided_at: Timestamp,
    /// When its state last changed.
    pub changed_at: Timestamp,
    /// Counts its changes; part of the compare-and-set.
    pub revision: i64,
}

/// A decision and where it stands. Everything of its [`EntryHead`] is read on it directly.
#[derive(Clone, PartialEq)]
pub struct Entry {
    /// Where it stands.
    pub head: EntryHead,
    /// What was decided.
    pub decision: Decision,
    /// Fingerprint of what the admin saw (`cleave_core::reconcile::basis_of`).
    pub basis: String,
    /// What the admin saw, for the comparison after a conflict; null where nothing was kept.
    pub seen: Value,
    /// Field values that the plan predicted.
    pub predicted: Vec<Predicted>,
}

impl Deref for Entry {
    type Target = EntryHead;

    fn deref(&self) -> &EntryHead {
        &self.head
    }
}

impl EntryHead {
    /// The review it is about, if it is about one.
    pub fn review_id(&self) -> Option<&str> {
        self.kind.is_about_review().then_some(self.subject.as_str())
    }

    /// The contact that a merge dissolves, where its id is known.
    pub fn source_id(&self) -> Option<&str> {
        self.contact_ids.first().map(String::as_str).filter(|id| !id.is_empty())
    }

    /// The contact that survives, where its id is known.
    pub fn candidate_id(&self) -> Option<&str> {
        self.contact_ids.get(1).map(String::as_str).filter(|id| !id.is_empty())
    }
}

/// A field and the value it was predicted to have.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Predicted {
    /// Dotted path.
    pub path: String,
    /// The value as people read it; `None` is missing.
    pub value: Option<String>,
}

/// A field in which the server did something else than predicted.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// Dotted path.
    pub path: String,
    /// What the plan said.
    pub predicted: Option<String>,
    /// What the server holds.
    pub actual: Option<String>,
}

/// Personal data: only ids and the state are printed.
impl std::fmt::Debug for EntryHead {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Entry({} on {}, {:?}, revision {})", self.op_id, self.subject, self.state, self.revision)
    }
}

/// Personal data: as its head.
impl std::fmt::Debug for Entry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.head.fmt(f)
    }
}

/// Personal data: only the path is printed.
impl std::fmt::Debug for Predicted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Predicted({})", self.path)
    }
}

/// Personal data: only the path is printed.
impl std::fmt::Debug for Difference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Difference({})", self.path)
    }
}

const HEAD: &str = "e.seq, e.op_id, e.kind, e.subject, e.title,
    CASE WHEN json_valid(e.payload) THEN e.payload ->> '$.note' END, e.differences, e.receipt, e.refused_at, e.state,
    e.hold, e.reason, e.failures, e.not_before, e.cancel_until, e.decided_at, e.changed_at, e.revision,
    (SELECT count(*) FROM attempt a WHERE a.op_id = e.op_id AND a.written <> 'unsent'),
    (SELECT json_group_array(t.contact_id) FROM (SELECT * FROM touch WHERE op_id = e.op_id ORDER BY position) t),
    (e.state = 'applied' AND EXISTS (SELECT 1 FROM transition said
        WHERE said.op_id = e.op_id AND said.from_state = 'needs_person' AND said.to_state = 'applied'))";

/// Heads by a clause over `entry e`, such as `WHERE e.seq > ?1 ORDER BY e.seq`.
pub(super) fn heads(db: &Connection, clause: &str, params: impl Params) -> Result<Vec<EntryHead>> {
    let mut statement = db.prepare_cached(&format!("SELECT {HEAD} FROM entry e {clause}"))?;
    let mut rows = statement.query(params)?;
    let mut heads = Vec::new();
    while let Some(row) = rows.next()? {
        heads.push(head(row)?);
    }
    Ok(heads)
}

/// The head of the entry with this operation id, or [`StoreError::NotFound`].
pub(super) fn head_by_op_id(db: &Connection, op_id: &str) -> Result<EntryHead> {
    heads(db, "WHERE e.op_id = ?1", [op_id])?.pop().ok_or(StoreError::NotFound)
}

/// The entry with this operation id, or [`StoreError::NotFound`].
pub(super) fn by_op_id(db: &Connection, op_id: &str) -> Result<Entry> {
    let head = head_by_op_id(db, op_id)?;
    complete(db, head)
}

/// The entry that a head is of.
pub(super) fn complete(db: &Connection, head: EntryHead) -> Result<Entry> {
    let mut statement = db.prepare_cached(
        "SELECT payload_version, payload, basis, seen, predicted FROM entry WHERE op_id = ?1",
    )?;
    let mut rows = statement.query([&head.op_id])?;
    let row = rows.next()?.ok_or(StoreError::NotFound)?;
    if row.get::<_, u32>(0)? > PAYLOAD_VERSION {
        return Err(StoreError::Unreadable { what: "decision" });
    }
    let text = |at: usize| -> Result<String> { Ok(row.get(at)?) };
    let decision = match head.kind {
        DecisionKind::Separate => separation::of(db, &head.op_id)?,
        DecisionKind::Merge | DecisionKind::KeepSeparate | DecisionKind::Settings => {
            json(&text(1)?, "decision")?
        }
    };
    Ok(Entry {
        decision,
        basis: text(2)?,
        seen: json(&text(3)?, "view")?,
        predicted: json(&text(4)?, "prediction")?,
        head,
    })
}

/// State and hold of an entry as words, without the rest of it.
pub(super) fn state_of(db: &Connection, op_id: &str) -> Result<Option<State>> {
    db.prepare_cached("SELECT state, hold FROM entry WHERE op_id = ?1")?
        .query_row([op_id], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))
        .optional()?
        .map(|(state, hold)| words(&state, &hold))
        .transpose()
}

/// The state that two stored words name.
pub(super) fn words(state: &str, hold: &str) -> Result<State> {
    State::from_words(state, hold).ok_or(StoreError::Unreadable { what: "state" })
}

fn head(row: &Row<'_>) -> Result<EntryHead> {
    let text = |at: usize| -> Result<String> { Ok(row.get(at)?) };
    let time = |at: usize| -> Result<Option<Timestamp>> { Ok(row.get::<_, Option<i64>>(at)?.map(instant)) };
    let receipt = row.get::<_, Option<String>>(7)?;
    Ok(EntryHead {
        seq: row.get(0)?,
        op_id: row.get(1)?,
        kind: DecisionKind::from_word(&text(2)?).ok_or(StoreError::Unreadable { what: "decision" })?,
        subject: row.get(3)?,
        title: row.get(4)?,
        note: row.get(5)?,
        contact_ids: json(&text(19)?, "list of contacts")?,
        differences: json(&text(6)?, "difference")?,
        receipt: receipt.map(|text| json(&text, "receipt")).transpose()?,
        refused_at: Some(text(8)?).filter(|path| !path.is_empty()),
        state: words(&text(9)?, &text(10)?)?,
        reason: row.get(11)?,
        said_done: row.get(20)?,
        attempts: row.get(18)?,
        failures: row.get(12)?,
        not_before: time(13)?,
        cancel_until: time(14)?,
        decided_at: instant(row.get(15)?),
        changed_at: instant(row.get(16)?),
        revision: row.get(17)?,
    })
}

/// Stored JSON, back.
pub(super) fn json<T: serde::de::DeserializeOwned>(text: &str, what: &'static str) -> Result<T> {
    serde_json::from_str(text).map_err(|_| StoreError::Unreadable { what })
}

/// What is stored as JSON.
pub(super) fn to_json(value: &impl serde::Serialize, what: &'static str) -> Result<String> {
    serde_json::to_string(value).map_err(|_| StoreError::Unreadable { what })
}
