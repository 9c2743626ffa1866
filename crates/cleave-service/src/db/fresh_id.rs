//! New ids: 24 hex digits from a counter in the database, so that a seed and a history give the same ids again.

use rusqlite::{Connection, Transaction, params};

/// Starts the counter of a new database. The salt tells the ids of two worlds apart.
pub(crate) fn start(tx: &Transaction<'_>, salt: u64) -> rusqlite::Result<()> {
    let mut insert = tx.prepare_cached("INSERT INTO meta (key, value) VALUES (?1, ?2)")?;
    insert.execute(params!["id_salt", salt.cast_signed()])?;
    insert.execute(params!["id_count", 0_i64])?;
    Ok(())
}

/// The next id.
pub(crate) fn next(tx: &Connection) -> rusqlite::Result<String> {
    let salt: i64 =
        tx.prepare_cached("SELECT value FROM meta WHERE key = 'id_salt'")?.query_row([], |row| row.get(0))?;
    let count: i64 = tx
        .prepare_cached("UPDATE meta SET value = value + 1 WHERE key = 'id_count' RETURNING value")?
        .query_row([], |row| row.get(0))?;
    Ok(of(salt.cast_unsigned(), count.cast_unsigned()))
}

/// Distinct for distinct counts: the low 32 bits of the count stand in front, and beyond those the mixed half is a
/// bijection of the count.
fn of(salt: u64, count: u64) -> String {
    let mut mixed =
        count.wrapping_add(salt.wrapping_mul(0x9e37_79b9_7f4a_7c15)).wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^= mixed >> 31;
    format!("{:08x}{mixed:016x}", count & 0xffff_ffff)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn ids_are_distinct_and_look_like_the_servers() {
        let ids: HashSet<String> = (0..5_000).map(|count| of(7, count)).collect();
        assert_eq!(ids.len(), 5_000);
        assert!(ids.iter().all(|id| id.len() == 24 && id.bytes().all(|b| b.is_ascii_hexdigit())));
        assert_ne!(of(7, 1), of(8, 1));
    }
}
