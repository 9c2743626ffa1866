//! What both message searches share: the query and how a text is matched.

use serde_json::Value;

use crate::clock::millis_of;
use crate::db::document::text;
use crate::http::{Params, Refusal};

const DAY: i64 = 24 * 3600 * 1000;

/// A checked search.
pub(super) struct Search {
    needle: String,
    match_case: bool,
    whole_word: bool,
    from: Option<i64>,
    until: Option<i64>,
    /// Most matches in an answer.
    pub(super) limit: usize,
}

impl Search {
    /// Reads `q` (1 to 500 characters), `matchCase`, `wholeWord`, `limit` (1 to 5000, 2000 unless told) and the dates
    /// `fromDate` and `toDate` (UTC, both included).
    pub(super) fn of(params: &Params) -> Result<Search, Refusal> {
        let query = params.required("q")?;
        if query.chars().count() > 500 {
            return Err(Refusal::field("q", "must have from 1 to 500 characters"));
        }
        let match_case = params.flag("matchCase")?;
        let (from, to) = (date(params, "fromDate")?, date(params, "toDate")?);
        Ok(Search {
            needle: folded(query, match_case),
            match_case,
            whole_word: params.flag("wholeWord")?,
            from,
            until: to.map(|to| to + DAY),
            limit: params.number("limit", 1..=5000, 2000)? as usize,
        })
    }

    /// Whether a message is among what is looked for.
    pub(super) fn finds(&self, message: &Value) -> bool {
        let at = millis_of(text(message, "createdAt")).unwrap_or_default();
        if self.from.is_some_and(|from| at < from) || self.until.is_some_and(|until| at >= until) {
            return false;
        }
        let hay = folded(body(message), self.match_case);
        if !self.whole_word {
            return hay.contains(&self.needle);
        }
        let is_edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        hay.match_indices(&self.needle).any(|(at, found)| {
            is_edge(hay[..at].chars().next_back()) && is_edge(hay[at + found.len()..].chars().next())
        })
    }
}

/// The text of a message, in either of its two spellings.
pub(super) fn body(message: &Value) -> &str {
    match text(message, "content") {
        "" => text(message, "body"),
        content => content,
    }
}

fn folded(text: &str, match_case: bool) -> String {
    if match_case { text.to_owned() } else { text.to_lowercase() }
}

fn date(params: &Params, name: &str) -> Result<Option<i64>, Refusal> {
    let Some(text) = params.given(name) else { return Ok(None) };
    let date = (text.len() == 10).then(|| millis_of(text)).flatten();
    date.map(Some).ok_or_else(|| Refusal::field(name, "must be a date of the form YYYY-MM-DD"))
}
