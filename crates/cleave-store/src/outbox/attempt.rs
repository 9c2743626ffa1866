//! The table `attempt`: every send.
//!
//! An attempt is born [`Written::MaybeWritten`], before a byte leaves. Only the process that made it, and saw how it
//! ended, says otherwise; what a crash leaves behind stays what it is.

use std::collections::HashMap;

use jiff::Timestamp;
use rusqlite::{Connection, params};

use super::entry::to_json;
use crate::error::{Result, StoreError};
use crate::time::{instant, millis};

/// Whether the server may have got the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// It may have.
    MaybeWritten,
    /// The connection was never made: it has not.
    Unsent,
    /// It has, and its answer tells what became of it.
    Answered,
}

impl Written {
    fn as_str(self) -> &'static str {
        match self {
            Written::MaybeWritten => "maybe_written",
            Written::Unsent => "unsent",
            Written::Answered => "answered",
        }
    }

    /// An unknown word is read as the case that promises least.
    fn from_word(word: &str) -> Self {
        match word {
            "unsent" => Written::Unsent,
            "answered" => Written::Answered,
            _ => Written::MaybeWritten,
        }
    }
}

/// One send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// 1 for the first.
    pub number: u32,
    /// When it was committed to.
    pub at: Timestamp,
    /// When its end was seen; `None` if nobody saw it.
    pub ended_at: Option<Timestamp>,
    /// Whether the server may have got it.
    pub written: Written,
    /// SHA-256 of the body, in hex.
    pub body_hash: String,
    /// HTTP status, if there was an answer.
    pub status: Option<u16>,
    /// What came of it, in words.
    pub outcome: String,
}

/// Whether one of the attempts may have reached the server without an answer having said what became of it. Only where
/// none has is it certain that the decision was not carried out from here.
pub fn may_have_been_sent(attempts: &[Attempt]) -> bool {
    attempts.iter().any(|attempt| attempt.written == Written::MaybeWritten)
}

/// How the last attempt ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttemptEnd {
    /// Whether the server may have got it.
    pub written: Written,
    /// HTTP status, if there was an answer.
    pub status: Option<u16>,
    /// What came of it, in words.
    pub outcome: String,
}

/// Records that an attempt is about to be made.
pub(super) fn begin(db: &Connection, op_id: &str, body_hash: &str, at: Timestamp) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO attempt (op_id, number, written, body_hash, at, outcome)
         SELECT ?1, 1 + coalesce(max(number), 0), 'maybe_written', ?2, ?3, '' FROM attempt WHERE op_id = ?1",
    )?
    .execute(params![op_id, body_hash, millis(at)])?;
    Ok(())
}

/// Records how the last attempt ended. One whose end was recorded before cannot end again.
pub(super) fn end(db: &Connection, op_id: &str, end: &AttemptEnd, at: Timestamp) -> Result<()> {
    let changed = db
        .prepare_cached(
            "UPDATE attempt SET written = ?2, status = ?3, outcome = ?4, ended_at = ?5
             WHERE op_id = ?1 AND ended_at IS NULL
               AND number = (SELECT max(number) FROM attempt WHERE op_id = ?1)",
        )?
        .execute(params![op_id, end.written.as_str(), end.status, end.outcome, millis(at)])?;
    if changed == 1 { Ok(()) } else { Err(StoreError::AttemptMismatch) }
}

/// The attempts of an entry, oldest first.
pub(super) fn of(db: &Connection, op_id: &str) -> Result<Vec<Attempt>> {
    Ok(of_all(db, &[op_id])?.remove(op_id).unwrap_or_default())
}

/// The attempts of several entries by operation id, oldest first. One without any is not there.
pub(super) fn of_all(db: &Connection, op_ids: &[&str]) -> Result<HashMap<String, Vec<Attempt>>> {
    let mut statement = db.prepare_cached(
        "SELECT op_id, number, at, ended_at, written, body_hash, status, outcome
           FROM json_each(?1) asked CROSS JOIN attempt ON attempt.op_id = asked.value ORDER BY op_id, number",
    )?;
    let mut rows = statement.query([to_json(&op_ids, "list of entries")?])?;
    let mut attempts: HashMap<String, Vec<Attempt>> = HashMap::new();
    while let Some(row) = rows.next()? {
        attempts.entry(row.get(0)?).or_default().push(Attempt {
            number: row.get(1)?,
            at: instant(row.get(2)?),
            ended_at: row.get::<_, Option<i64>>(3)?.map(instant),
            written: Written::from_word(&row.get::<_, String>(4)?),
            body_hash: row.get(5)?,
            status: row.get(6)?,
            outcome: row.get(7)?,
        });
    }
    Ok(attempts)
}
