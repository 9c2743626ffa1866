//! A page of the queue, read from the table `review`.

use cleave_core::review::ReviewKind;
use rusqlite::{Row, params_from_iter, types::Value as Sql};

use super::document;
use crate::error::Result;
use crate::local::Local;
use crate::search;
use crate::store::Store;

/// What to show.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum QueueFilter {
    /// Everything that waits for a decision.
    #[default]
    Open,
    /// Phone conflicts that wait for a decision.
    PhoneConflicts,
    /// Fuzzy matches that wait for a decision.
    FuzzyMatches,
    /// Decided here and not settled.
    Decided,
}

/// In which order. Equal rows are ordered by id, so pages do not overlap.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum QueueSort {
    /// Most alike first; without a score last.
    #[default]
    ScoreDown,
    /// Least alike first; without a score first.
    ScoreUp,
    /// Newest first.
    Newest,
    /// Oldest first.
    Oldest,
}

/// Asks for a page.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct QueueQuery {
    /// What to show.
    pub filter: QueueFilter,
    /// In which order.
    pub sort: QueueSort,
    /// Words that must each occur in a name, company, e-mail address or phone number of either contact.
    pub search: String,
    /// Rows to skip.
    pub offset: u32,
    /// Rows to answer with.
    pub limit: u32,
}

/// A search may be a name: it is not printed.
impl std::fmt::Debug for QueueQuery {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "QueueQuery({:?}, {:?}, {}+{})", self.filter, self.sort, self.offset, self.limit)
    }
}

/// One review of the queue.
#[derive(Clone, PartialEq)]
pub struct QueueRow {
    /// The review.
    pub review_id: String,
    /// The contact a merge dissolves; empty where the server named none.
    pub source_id: String,
    /// The contact that survives.
    pub candidate_id: String,
    /// Name of the source.
    pub source_name: String,
    /// Name of the candidate.
    pub candidate_name: String,
    /// Why it was filed.
    pub kind: ReviewKind,
    /// Percent; `None` where the server gave no score.
    pub score: Option<f64>,
    /// Paths in which the two differ, in reading order.
    pub differing: Vec<String>,
    /// RFC 3339, as received.
    pub created_at: Option<String>,
    /// Whether it is open on the server, as far as is known.
    pub open: bool,
    /// What was decided here.
    pub local: Local,
    /// Whether everything of both contacts is here: every field, all records of every kind, all messages.
    pub here: bool,
}

/// Personal data: only ids are printed.
impl std::fmt::Debug for QueueRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "QueueRow({}, open: {}, {:?})", self.review_id, self.open, self.local)
    }
}

/// A page of the queue.
#[derive(Debug, Clone, PartialEq)]
pub struct QueuePage {
    /// The rows.
    pub rows: Vec<QueueRow>,
    /// How many rows all pages have.
    pub total: u32,
}

/// Numbers of the queue.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct QueueCounts {
    /// Reviews that wait for a decision.
    pub open: u32,
    /// Those of them that are phone conflicts.
    pub phone_conflicts: u32,
}

const COLUMNS: &str =
    "r.id, r.source_id, r.candidate_id, r.source_name, r.candidate_name, r.kind, r.score, r.differing,
    r.created_at, r.is_open, r.local,
    EXISTS (SELECT 1 FROM contact_read c WHERE c.contact_id = r.source_id AND c.records = 1 AND c.messages = 1)
    AND EXISTS (SELECT 1 FROM contact_read c WHERE c.contact_id = r.candidate_id AND c.records = 1 AND c.messages = 1)";

const OPEN: &str = "r.is_open = 1 AND r.local = 'open'";

impl Store {
    /// A page of the queue, and how many rows there are in all.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn queue_page(&self, query: &QueueQuery) -> Result<QueuePage> {
        let (condition, mut values) = condition(query);
        let mut db = self.cache_reader();
        // One transaction, so that the count and the rows are of one moment.
        let tx = db.transaction()?;
        let total = tx
            .prepare_cached(&format!("SELECT count(*) FROM review r WHERE {condition}"))?
            .query_row(params_from_iter(&values), |row| row.get(0))?;
        values.extend([Sql::from(query.limit), Sql::from(query.offset)]);
        let sql = format!(
            "SELECT {COLUMNS} FROM review r WHERE {condition} ORDER BY {} LIMIT ? OFFSET ?",
            order(query.sort)
        );
        let mut statement = tx.prepare_cached(&sql)?;
        let mut found = statement.query(params_from_iter(&values))?;
        let mut rows = Vec::new();
        while let Some(row) = found.next()? {
            rows.push(read(row)?);
        }
        Ok(QueuePage { rows, total })
    }

    /// The rows of these reviews, as far as they are known, in the order asked for.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn queue_rows(&self, ids: &[String]) -> Result<Vec<QueueRow>> {
        let db = self.cache_reader();
        let mut statement = db.prepare_cached(&format!("SELECT {COLUMNS} FROM review r WHERE r.id = ?1"))?;
        let mut rows = Vec::new();
        for id in ids {
            let mut found = statement.query([id])?;
            if let Some(row) = found.next()? {
                rows.push(read(row)?);
            }
        }
        Ok(rows)
    }

    /// Reviews that are open on the server and that a contact is part of, on either side, the most alike first.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn open_reviews_of(&self, contact_id: &str) -> Result<Vec<QueueRow>> {
        let db = self.cache_reader();
        let mut statement = db.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM review r
             WHERE r.is_open = 1 AND r.key IN (SELECT key FROM review WHERE source_id = ?1
                                               UNION SELECT key FROM review WHERE candidate_id = ?1)
             ORDER BY r.score DESC, r.id"
        ))?;
        let mut found = statement.query([contact_id])?;
        let mut rows = Vec::new();
        while let Some(row) = found.next()? {
            rows.push(read(row)?);
        }
        Ok(rows)
    }

    /// Numbers of the queue.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn queue_counts(&self) -> Result<QueueCounts> {
        let db = self.cache_reader();
        let sql = format!(
            "SELECT count(*), count(*) FILTER (WHERE r.kind = 'phone_conflict') FROM review r WHERE {OPEN}"
        );
        let counts = db
            .prepare_cached(&sql)?
            .query_row([], |row| Ok(QueueCounts { open: row.get(0)?, phone_conflicts: row.get(1)? }))?;
        Ok(counts)
    }
}

/// The condition and its values. Everything a person typed goes by value.
fn condition(query: &QueueQuery) -> (String, Vec<Sql>) {
    let mut condition = match query.filter {
        QueueFilter::Open => OPEN.to_owned(),
        QueueFilter::PhoneConflicts => format!("{OPEN} AND r.kind = 'phone_conflict'"),
        QueueFilter::FuzzyMatches => format!("{OPEN} AND r.kind = 'fuzzy_match'"),
        QueueFilter::Decided => "r.local IN ('queued', 'needs_you')".to_owned(),
    };
    let mut values = Vec::new();
    let wanted = search::wanted(&query.search);
    if !wanted.is_empty() {
        condition.push_str(&format!(" AND {}", search::condition(&wanted, "r.search")));
    }
    values.extend(wanted.into_iter().flatten().map(Sql::from));
    (condition, values)
}

fn order(sort: QueueSort) -> &'static str {
    match sort {
        QueueSort::ScoreDown => "r.score DESC, r.id DESC",
        QueueSort::ScoreUp => "r.score, r.id",
        QueueSort::Newest => "r.created_at DESC, r.id DESC",
        QueueSort::Oldest => "r.created_at, r.id",
    }
}

fn read(row: &Row<'_>) -> Result<QueueRow> {
    let (score, created_at): (f64, String) = (row.get(6)?, row.get(8)?);
    Ok(QueueRow {
        review_id: row.get(0)?,
        source_id: row.get(1)?,
        candidate_id: row.get(2)?,
        source_name: row.get(3)?,
        candidate_name: row.get(4)?,
        kind: ReviewKind::from_word(&row.get::<_, String>(5)?),
        score: (score >= 0.0).then_some(score),
        differing: document(&row.get::<_, String>(7)?, "path")?,
        created_at: (!created_at.is_empty()).then_some(created_at),
        open: row.get(9)?,
        local: Local::from_word(&row.get::<_, String>(10)?),
        here: row.get(11)?,
    })
}

#[cfg(test)]
#[path = "page_tests.rs"]
mod tests;
