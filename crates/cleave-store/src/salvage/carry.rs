//! Carrying rows over into a new file, in one transaction.

use std::collections::{BTreeMap, BTreeSet};

use cleave_core::outbox::State;
use jiff::Timestamp;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::SalvagedTable;
use super::found::{Cells, Found, Rows, TABLES};
use super::judge::{self, Verdict};
use crate::connection::begin;
use crate::error::{Result, StoreError};
use crate::outbox;
use crate::time::millis;

/// What was carried over.
pub(super) struct Carried {
    pub tables: Vec<SalvagedTable>,
    pub uncertain: u64,
    pub needs_person: u64,
}

/// Rows saved and lost of a table.
#[derive(Default, Clone, Copy)]
struct Count {
    saved: u64,
    lost: u64,
}

type Counts = BTreeMap<&'static str, Count>;

/// Carries everything over that is usable. Fails only if the new file cannot be written.
pub(super) fn over(fresh: &mut Connection, found: &Found, now: Timestamp) -> Result<Carried> {
    let mut counts: Counts = TABLES.iter().map(|(table, _)| (*table, Count::default())).collect();
    let (mut uncertain, mut needs_person) = (0, 0);
    let tx = begin(fresh)?;
    let mut saved = BTreeSet::new();
    for (op_id, row) in in_order(found) {
        let earlier = counts.clone();
        tx.execute_batch("SAVEPOINT one")?;
        match entry(&tx, found, op_id, row, now, &mut counts) {
            Ok(state) => {
                uncertain += u64::from(state == Some(State::Uncertain));
                needs_person += u64::from(state == Some(State::NeedsPerson));
                saved.insert(op_id);
            }
            Err(error) if concerns_the_disk(&error) => return Err(error),
            Err(_) => {
                tx.execute_batch("ROLLBACK TO one")?;
                counts = earlier;
            }
        }
        tx.execute_batch("RELEASE one")?;
    }
    drafts(&tx, found, &mut counts)?;
    tx.commit()?;
    Ok(Carried { tables: report(found, &saved, &counts), uncertain, needs_person })
}

/// The entries in the order of the decisions.
fn in_order(found: &Found) -> Vec<(&str, &Cells)> {
    let rows = found.tables.get("entry").map(|rows| &rows.by_owner);
    let mut entries: Vec<_> = rows
        .into_iter()
        .flatten()
        .filter_map(|(op_id, rows)| {
            rows.first_key_value().map(|(seq, cells)| (seq.clone(), op_id.as_str(), cells))
        })
        .collect();
    entries.sort_by(|one, other| one.0.cmp(&other.0));
    entries.into_iter().map(|(_, op_id, cells)| (op_id, cells)).collect()
}

/// Carries one entry over with all that belongs to it. Answers the state it was given, if that is another than it had.
fn entry(
    db: &Connection,
    found: &Found,
    op_id: &str,
    row: &Cells,
    now: Timestamp,
    counts: &mut Counts,
) -> Result<Option<State>> {
    let verdict = judge::judge(found, op_id, row).ok_or(StoreError::Unreadable { what: "state" })?;
    make_way(db, row, &verdict, now)?;
    put(db, "entry", row, counts)?;
    for table in ["touch", "attempt", "evidence", "transition", "separation"] {
        for (_, cells) in found.of(table, op_id) {
            if let Err(error) = put(db, table, cells, counts)
                && concerns_the_disk(&error)
            {
                return Err(error);
            }
        }
    }
    let mut given = None;
    if verdict.changed || verdict.revision != revision(row) {
        give(db, op_id, row, verdict.state, verdict.revision, now)?;
        given = Some(verdict.state);
    }
    if verdict.attempt_missing {
        outbox::begin_lost_attempt(db, op_id, now)?;
    }
    let lost = [
        ("transition", verdict.transitions_lost),
        ("attempt", verdict.attempts_lost),
        ("touch", verdict.touches_lost),
    ];
    for (table, lost) in lost {
        counts.entry(table).or_default().lost += lost;
    }
    // It must be readable as every entry is.
    outbox::read_whole(db, op_id)?;
    Ok(given)
}

/// Of two entries about the same subject that are both not settled, the earlier was replaced: a decision is only taken
/// while none is live.
fn make_way(db: &Connection, row: &Cells, verdict: &Verdict, now: Timestamp) -> Result<()> {
    if verdict.state.is_final() {
        return Ok(());
    }
    let (Some(subject), Some(kind)) = (row.get("subject"), row.get("kind")) else { return Ok(()) };
    let mut statement = db.prepare_cached(&format!(
        "SELECT op_id, state, hold, revision FROM entry WHERE subject = ?1 AND {} = {}
           AND state NOT IN ('applied', 'applied_elsewhere', 'withdrawn', 'superseded')",
        outbox::about("kind"),
        outbox::about("?2")
    ))?;
    let earlier = statement
        .query_map([subject, kind], |row| {
            let cells = ["state", "hold", "revision"].into_iter().zip(1..);
            let cells = cells.map(|(name, at)| Ok((name.to_owned(), row.get(at)?)));
            Ok((row.get::<_, String>(0)?, cells.collect::<rusqlite::Result<Cells>>()?))
        })?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    for (op_id, cells) in earlier {
        give(db, &op_id, &cells, State::Superseded, revision(&cells), now)?;
    }
    Ok(())
}

/// Gives an entry a state, with a transition that says so.
fn give(db: &Connection, op_id: &str, row: &Cells, state: State, from: i64, now: Timestamp) -> Result<()> {
    let reason = judge::reason(state);
    db.prepare_cached(
        "UPDATE entry SET state = ?2, hold = ?3, reason = ?4, changed_at = ?5, not_before = NULL, revision = ?6 + 1
         WHERE op_id = ?1",
    )?
    .execute((op_id, state.as_str(), state.hold().as_str(), reason, millis(now), from))?;
    db.prepare_cached(
        "INSERT INTO transition (op_id, at, from_state, from_hold, to_state, to_hold, reason, revision)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8 + 1)",
    )?
    .execute((
        op_id,
        millis(now),
        row.get("state"),
        row.get("hold"),
        state.as_str(),
        state.hold().as_str(),
        reason,
        from,
    ))?;
    Ok(())
}

fn drafts(db: &Connection, found: &Found, counts: &mut Counts) -> Result<()> {
    let rows = found.tables.get("draft").map(|rows| &rows.by_owner);
    for cells in rows.into_iter().flatten().flat_map(|(_, rows)| rows.values()) {
        match put(db, "draft", cells, counts) {
            Err(error) if concerns_the_disk(&error) => return Err(error),
            // Counted below.
            _ => {}
        }
    }
    Ok(())
}

/// Writes a row with those of its columns that the table has. The numbers of rows are given anew, but for the order of
/// the decisions.
fn put(db: &Connection, table: &'static str, cells: &Cells, counts: &mut Counts) -> Result<()> {
    let columns: Vec<String> = db
        .prepare_cached("SELECT name FROM pragma_table_info(?1)")?
        .query_map([table], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let (names, values): (Vec<&str>, Vec<&Value>) = columns
        .iter()
        .filter(|name| name.as_str() != "id")
        .filter_map(|name| Some((name.as_str(), cells.get(name)?)))
        .unzip();
    let places = vec!["?"; names.len()].join(", ");
    db.prepare_cached(&format!("INSERT INTO {table} ({}) VALUES ({places})", names.join(", ")))?
        .execute(params_from_iter(values))?;
    counts.entry(table).or_default().saved += 1;
    Ok(())
}

fn revision(row: &Cells) -> i64 {
    match row.get("revision") {
        Some(Value::Integer(revision)) => *revision,
        _ => 0,
    }
}

/// Whether it is the new file that failed, and not the row.
fn concerns_the_disk(error: &StoreError) -> bool {
    matches!(error, StoreError::Full | StoreError::ReadOnly | StoreError::Io(_))
}

/// Rows read that were not saved are lost, and so are those that others name.
fn report(found: &Found, saved: &BTreeSet<&str>, counts: &Counts) -> Vec<SalvagedTable> {
    let none = Rows::default();
    TABLES
        .into_iter()
        .map(|(name, _)| {
            let rows = found.tables.get(name).unwrap_or(&none);
            let count = counts.get(name).copied().unwrap_or_default();
            let read: u64 = rows.by_owner.values().map(|rows| rows.len() as u64).sum();
            let lost = match name {
                "entry" => named(found).saturating_sub(saved.len() as u64),
                _ => read.saturating_sub(count.saved) + count.lost,
            };
            SalvagedTable { name, saved: count.saved, lost, whole: rows.whole }
        })
        .collect()
}

/// How many entries there were, by everything that names one.
fn named(found: &Found) -> u64 {
    let owners: BTreeSet<&String> = found
        .tables
        .iter()
        .filter(|(table, _)| **table != "draft")
        .flat_map(|(_, rows)| rows.by_owner.keys())
        .collect();
    let ever = found.entries_ever.and_then(|ever| u64::try_from(ever).ok()).unwrap_or(0);
    // A number beyond all reason is damage itself.
    if ever < owners.len() as u64 + 1_000_000 { ever.max(owners.len() as u64) } else { owners.len() as u64 }
}
