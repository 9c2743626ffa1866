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

#[cfg(test)]
mod tests {
    use super::super::trial::{Trial, decision_on, separation_of};
    use super::super::{Difference, Evidence};
    use super::*;
    use cleave_core::separation::{Receipt, ReceiptItem, ReceiptLine};

    fn seqs(entries: &[EntryHead]) -> Vec<i64> {
        entries.iter().map(|entry| entry.seq).collect()
    }

    fn all() -> HistoryQuery {
        HistoryQuery { limit: 100, ..HistoryQuery::default() }
    }

    #[test]
    fn pages_are_stable_and_hold_only_what_is_settled() {
        let trial = Trial::new();
        let mut settled = Vec::new();
        for number in 0..25 {
            let entry = trial.decide(decision_on(&format!("r{number}")));
            if number % 3 != 0 {
                trial.store.withdraw(&entry.op_id, trial.at(1)).unwrap();
                settled.insert(0, entry.seq);
            }
        }
        assert_eq!(seqs(&trial.store.history(&all()).unwrap()), settled);
        let (mut paged, mut after_seq) = (Vec::new(), None);
        loop {
            let page = trial.store.history(&HistoryQuery { after_seq, limit: 4, ..all() }).unwrap();
            // What is settled meanwhile shifts no page.
            let newer = trial.decide(decision_on("newer"));
            trial.store.withdraw(&newer.op_id, trial.at(2)).unwrap();
            let Some(last) = page.last() else { break };
            after_seq = Some(last.seq);
            paged.extend(seqs(&page));
        }
        assert_eq!(paged, settled);
    }

    #[test]
    fn they_are_filtered_by_words_kind_and_difference() {
        let trial = Trial::new();
        let mut merge = decision_on("r1");
        merge.title = "José and Jose".into();
        let merge = trial.applied(merge);
        let plain = trial.applied(separation_of("c1"));
        let other = trial.applied(separation_of("c2"));
        let seen = Evidence { at: trial.at(9), kind: "reading".into(), detail: String::new() };
        let email = Difference { path: "email".into(), predicted: None, actual: None };
        trial.store.record_differences(&merge, &[email], &seen).unwrap();
        let receipt = |same| {
            let item = ReceiptItem::Counter { name: "notesMoved".into() };
            let line = ReceiptLine { item, predicted: None, actual: None, same };
            Receipt { counters: vec![line], ..Receipt::default() }
        };
        trial.store.record_receipt(&plain, &receipt(true), &seen).unwrap();
        trial.store.record_receipt(&other, &receipt(false), &seen).unwrap();
        let separate = Some(DecisionKind::Separate);
        for (query, found) in [
            (all(), vec![&other, &plain, &merge]),
            (HistoryQuery { different: true, ..all() }, vec![&other, &merge]),
            (HistoryQuery { kind: separate, ..all() }, vec![&other, &plain]),
            (HistoryQuery { kind: separate, different: true, ..all() }, vec![&other]),
            (HistoryQuery { text: "JOSE".into(), ..all() }, vec![&merge]),
            (HistoryQuery { text: "janet jane".into(), ..all() }, vec![&other, &plain]),
            (HistoryQuery { text: "janet".into(), limit: 1, ..all() }, vec![&other]),
            (HistoryQuery { text: "nobody".into(), ..all() }, vec![]),
            (HistoryQuery { limit: 0, ..all() }, vec![]),
        ] {
            let seqs_found: Vec<i64> = found.iter().map(|entry| entry.seq).collect();
            assert_eq!(seqs(&trial.store.history(&query).unwrap()), seqs_found, "{query:?}");
        }
    }
}
