//! The table `entry`: one row a decision.

use cleave_core::decision::{Decision, PAYLOAD_VERSION};
use cleave_core::outbox::State;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Params, Row};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::error::{Result, StoreError};
use crate::time::instant;

/// A decision and where it stands.
#[derive(Clone, PartialEq)]
pub struct Entry {
    /// Order of the decisions, independent of any clock.
    pub seq: i64,
    /// The operation id, made by whoever decided.
    pub op_id: String,
    /// What it is about: the review, or the contact that is separated.
    pub subject: String,
    /// Names of the pair, for people.
    pub title: String,
    /// What was decided.
    pub decision: Decision,
    /// Fingerprint of what the admin saw (`cleave_core::reconcile::basis_of`).
    pub basis: String,
    /// What the admin saw, for the comparison after a conflict; null where nothing was kept.
    pub seen: Value,
    /// Contacts that it changes or depends on: the source, then the candidate, or the one that is separated. An id is
    /// empty where the server named none.
    pub contact_ids: Vec<String>,
    /// Field values that the plan predicted.
    pub predicted: Vec<Predicted>,
    /// Fields in which the server did something else.
    pub differences: Vec<Difference>,
    /// Where it stands.
    pub state: State,
    /// One sentence for people: what it waits for, the server's words, or what became of it.
    pub reason: String,
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

impl Entry {
    /// The review it is about, if it is about one.
    pub fn review_id(&self) -> Option<&str> {
        self.decision.kind().is_about_review().then_some(self.subject.as_str())
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
impl std::fmt::Debug for Entry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Entry({} on {}, {:?}, revision {})", self.op_id, self.subject, self.state, self.revision)
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

const COLUMNS: &str = "e.seq, e.op_id, e.subject, e.title, e.payload, e.payload_version, e.basis, e.seen, e.predicted,
    e.differences, e.state, e.hold, e.reason, e.failures, e.not_before, e.cancel_until, e.decided_at, e.changed_at,
    e.revision,
    (SELECT count(*) FROM attempt a WHERE a.op_id = e.op_id AND a.written <> 'unsent'),
    (SELECT json_group_array(t.contact_id) FROM (SELECT * FROM touch WHERE op_id = e.op_id ORDER BY position) t)";

/// Entries by a clause over `entry e`, such as `WHERE e.seq > ?1 ORDER BY e.seq`.
pub(super) fn select(db: &Connection, clause: &str, params: impl Params) -> Result<Vec<Entry>> {
    let mut statement = db.prepare_cached(&format!("SELECT {COLUMNS} FROM entry e {clause}"))?;
    let mut rows = statement.query(params)?;
    let mut entries = Vec::new();
    while let Some(row) = rows.next()? {
        entries.push(read(row)?);
    }
    Ok(entries)
}

/// The entry with this operation id, or [`StoreError::NotFound`].
pub(super) fn by_op_id(db: &Connection, op_id: &str) -> Result<Entry> {
    select(db, "WHERE e.op_id = ?1", [op_id])?.pop().ok_or(StoreError::NotFound)
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

fn read(row: &Row<'_>) -> Result<Entry> {
    let version: u32 = row.get(5)?;
    if version > PAYLOAD_VERSION {
        return Err(StoreError::Unreadable { what: "decision" });
    }
    let text = |at: usize| -> Result<String> { Ok(row.get(at)?) };
    let time = |at: usize| -> Result<Option<Timestamp>> { Ok(row.get::<_, Option<i64>>(at)?.map(instant)) };
    Ok(Entry {
        seq: row.get(0)?,
        op_id: row.get(1)?,
        subject: row.get(2)?,
        title: row.get(3)?,
        decision: json(&text(4)?, "decision")?,
        basis: row.get(6)?,
        seen: json(&text(7)?, "view")?,
        contact_ids: json(&text(20)?, "list of contacts")?,
        predicted: json(&text(8)?, "prediction")?,
        differences: json(&text(9)?, "difference")?,
        state: words(&text(10)?, &text(11)?)?,
        reason: row.get(12)?,
        attempts: row.get(19)?,
        failures: row.get(13)?,
        not_before: time(14)?,
        cancel_until: time(15)?,
        decided_at: instant(row.get(16)?),
        changed_at: instant(row.get(17)?),
        revision: row.get(18)?,
    })
}

fn json<T: serde::de::DeserializeOwned>(text: &str, what: &'static str) -> Result<T> {
    serde_json::from_str(text).map_err(|_| StoreError::Unreadable { what })
}
