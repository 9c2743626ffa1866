//! What is settled, page by page, the latest decision first.

use cleave_core::decision::DecisionKind;
use rusqlite::params;

use super::entry::{self, EntryHead};
use crate::error::Result;
use crate::search;
use crate::store::Store;

/// Asks for a page of settled entries.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct HistoryQuery {
    /// Words that must each occur in the title; empty for all.
    pub text: String,
    /// Only one kind.
    pub kind: Option<DecisionKind>,
    /// Only those in which the server did something else than predicted.
    pub different: bool,
    /// `seq` of the last entry of the page before; `None` for the first page.
    pub after_seq: Option<i64>,
    /// At most so many.
    pub limit: u32,
}

/// A search may be a name: it is not printed.
impl std::fmt::Debug for HistoryQuery {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "HistoryQuery({:?}, different: {}, {:?}+{})",
            self.kind, self.different, self.after_seq, self.limit
        )
    }
}

impl Store {
    /// A page of settled entries, in the order of the decisions, the latest first.
    ///
    /// An entry keeps its place, so pages neither overlap nor leave one out that was settled when the first was read.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn history(&self, query: &HistoryQuery) -> Result<Vec<EntryHead>> {
        let wanted = search::wanted(&query.text);
        let db = self.outbox();
        let mut statement = db.prepare_cached(
            "SELECT op_id, title FROM entry INDEXED BY entry_settled
             WHERE state IN ('applied', 'applied_elsewhere', 'withdrawn', 'superseded')
               AND seq < ?1 AND (?2 IS NULL OR kind = ?2)
               AND (?3 = 0 OR differences <> '[]' OR receipt_differs = 1)
             ORDER BY seq DESC",
        )?;
        let before = query.after_seq.unwrap_or(i64::MAX);
        let mut rows =
            statement.query(params![before, query.kind.map(DecisionKind::as_str), query.different])?;
        let limit = usize::try_from(query.limit).unwrap_or(usize::MAX);
        let mut page = Vec::new();
        while page.len() < limit {
            let Some(row) = rows.next()? else { break };
            if wanted.is_empty() || search::occurs(&wanted, &search::folded(&row.get::<_, String>(1)?)) {
                page.push(entry::head_by_op_id(&db, &row.get::<_, String>(0)?)?);
            }
        }
        Ok(page)
    }
}
