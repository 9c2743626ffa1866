//! What can be read of a damaged file: every row of every table that some way of asking still gives.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::types::Value;
use rusqlite::{Connection, Row};

use crate::connection;

/// How far past a row that cannot be read is looked for one that can.
const FARTHEST: i64 = 1 << 20;

/// The tables, parents first, each with the column that names its row among those of the same entry.
pub(super) const TABLES: [(&str, &str); 7] = [
    ("entry", "seq"),
    ("touch", "position"),
    ("attempt", "number"),
    ("evidence", "id"),
    ("transition", "revision"),
    ("separation", "op_id"),
    ("draft", "contact_id"),
];

/// A row, by column.
pub(super) type Cells = BTreeMap<String, Value>;

/// The rows of a table.
#[derive(Default)]
pub(super) struct Rows {
    /// By entry (of a draft: by contact), then by the column that tells them apart.
    pub by_owner: BTreeMap<String, BTreeMap<Key, Cells>>,
    /// Whether the table was read from one end to the other.
    pub whole: bool,
}

/// Tells rows of one owner apart, in their order.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    Number(i64),
    Text(String),
}

/// All of it.
pub(super) struct Found {
    pub readable: bool,
    pub tables: BTreeMap<&'static str, Rows>,
    /// How many entries there ever were, if that can be read: none is ever deleted.
    pub entries_ever: Option<i64>,
}

impl Found {
    /// Not even the list of tables.
    pub fn nothing() -> Self {
        Found { readable: false, tables: BTreeMap::new(), entries_ever: None }
    }

    /// Asks every table from both ends, past what cannot be read, and by each entry that is known of.
    pub fn read(db: &Connection) -> Self {
        let mut tables: BTreeMap<&'static str, Rows> = BTreeMap::new();
        let mut readable = false;
        // The first version had neither.
        let first = connection::schema_version(db).is_ok_and(|version| version == 1);
        for (table, key) in TABLES {
            let mut rows =
                Rows { whole: first && ["separation", "draft"].contains(&table), ..Rows::default() };
            if exists(db, table) {
                readable = true;
                rows.whole = true;
                read_table(db, table, key, &mut rows);
            }
            tables.insert(table, rows);
        }
        let known: BTreeSet<String> = tables
            .iter()
            .filter(|(table, _)| **table != "draft")
            .flat_map(|(_, rows)| rows.by_owner.keys().cloned())
            .collect();
        for (table, key) in TABLES.into_iter().filter(|(table, _)| *table != "draft") {
            let Some(rows) = tables.get_mut(table).filter(|rows| !rows.whole) else { continue };
            for op_id in &known {
                let sql = format!("SELECT * FROM {table} WHERE op_id = ?1");
                take(db, &sql, [op_id.as_str()], table, key, rows);
            }
        }
        let entries_ever =
            db.query_row("SELECT seq FROM sqlite_sequence WHERE name = 'entry'", [], |row| row.get(0)).ok();
        Found { readable, tables, entries_ever }
    }

    /// The rows of a table that belong to an entry, in their order.
    pub fn of<'a>(&'a self, table: &str, op_id: &str) -> impl Iterator<Item = (&'a Key, &'a Cells)> {
        self.tables.get(table).and_then(|rows| rows.by_owner.get(op_id)).into_iter().flatten()
    }
}

fn exists(db: &Connection, table: &str) -> bool {
    db.query_row("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1", [table], |_| Ok(()))
        .is_ok()
}

fn read_table(db: &Connection, table: &'static str, key: &str, rows: &mut Rows) {
    match table {
        // No row number: from both ends of the key.
        "touch" | "attempt" => {
            for order in ["ASC", "DESC"] {
                let sql = format!("SELECT * FROM {table} ORDER BY op_id {order}, {key} {order}");
                let whole = take(db, &sql, [], table, key, rows);
                rows.whole &= whole;
            }
        }
        _ => {
            let sql = format!("SELECT rowid AS salvage_row, * FROM {table} NOT INDEXED ORDER BY rowid DESC");
            rows.whole = take(db, &sql, [], table, key, rows);
            if !rows.whole {
                climb(db, table, key, rows);
            }
        }
    }
}

/// Goes up by row number, past every stretch that cannot be read.
fn climb(db: &Connection, table: &'static str, key: &str, rows: &mut Rows) {
    let sql = format!(
        "SELECT rowid AS salvage_row, * FROM {table} NOT INDEXED WHERE rowid > ?1 ORDER BY rowid LIMIT 1"
    );
    let mut look = |after: i64| next(db, &sql, after, table, key, rows);
    let mut after = i64::MIN;
    loop {
        match look(after) {
            Ok(Some(row)) => after = row,
            Ok(None) => return,
            Err(()) => match past(after.max(0), &mut look) {
                Some(further) => after = further,
                None => return,
            },
        }
    }
}

/// The nearest row number after which something can be read again: found in doubling steps, then by halves.
fn past(from: i64, look: &mut impl FnMut(i64) -> Result<Option<i64>, ()>) -> Option<i64> {
    let (mut bad, mut step) = (from, 1_i64);
    let mut good = loop {
        let at = from.checked_add(step).filter(|_| step <= FARTHEST)?;
        if look(at).is_ok() {
            break at;
        }
        (bad, step) = (at, step * 2);
    };
    while good - bad > 1 {
        let middle = bad + (good - bad) / 2;
        if look(middle).is_ok() { good = middle } else { bad = middle }
    }
    Some(good)
}

fn next(
    db: &Connection,
    sql: &str,
    after: i64,
    table: &'static str,
    key: &str,
    rows: &mut Rows,
) -> Result<Option<i64>, ()> {
    let mut statement = db.prepare_cached(sql).map_err(drop)?;
    let mut found = statement.query([after]).map_err(drop)?;
    let Some(row) = found.next().map_err(drop)? else { return Ok(None) };
    let at: i64 = row.get("salvage_row").map_err(drop)?;
    keep(row, table, key, rows);
    Ok(Some(at))
}

/// Takes every row that a question gives. Answers whether it gave all of them.
fn take(
    db: &Connection,
    sql: &str,
    params: impl rusqlite::Params,
    table: &'static str,
    key: &str,
    rows: &mut Rows,
) -> bool {
    let Ok(mut statement) = db.prepare(sql) else { return false };
    let Ok(mut found) = statement.query(params) else { return false };
    loop {
        match found.next() {
            Ok(Some(row)) => keep(row, table, key, rows),
            Ok(None) => return true,
            Err(_) => return false,
        }
    }
}

/// Keeps a row under its owner. The same row found twice counts once; of two that differ, the first stays.
fn keep(row: &Row<'_>, table: &'static str, key: &str, rows: &mut Rows) {
    let names: Vec<String> = row.as_ref().column_names().into_iter().map(str::to_owned).collect();
    let mut cells = Cells::new();
    for (at, name) in names.into_iter().enumerate().filter(|(_, name)| name != "salvage_row") {
        // Text that is no text.
        let Ok(value) = row.get::<_, Value>(at) else { return rows.whole = false };
        cells.insert(name, value);
    }
    let owner = if table == "draft" { "contact_id" } else { "op_id" };
    let (Some(Value::Text(owner)), Some(key)) = (cells.get(owner), cells.get(key).and_then(as_key)) else {
        return rows.whole = false;
    };
    rows.by_owner.entry(owner.clone()).or_default().entry(key).or_insert(cells);
}

fn as_key(value: &Value) -> Option<Key> {
    match value {
        Value::Integer(number) => Some(Key::Number(*number)),
        Value::Text(text) => Some(Key::Text(text.clone())),
        _ => None,
    }
}
