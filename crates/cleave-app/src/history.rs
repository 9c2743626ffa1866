//! What was decided and settled, page by page.

use cleave_core::decision::DecisionKind;
use cleave_store::HistoryQuery;

use crate::App;
use crate::feed::shown;
use crate::ipc::{AppError, ErrorCode, HistoryPage, HistoryRequest};
use crate::separation::caps::{FIND, within};

/// Most entries of a page.
const MOST: u32 = 200;

impl App {
    /// A page of settled decisions, newest first.
    ///
    /// # Errors
    /// `NoAccount`; `Invalid` where the limit is not 1 to 200, or the kind or the page is none; `Storage`.
    pub async fn history(&self, request: HistoryRequest) -> Result<HistoryPage, AppError> {
        let active = self.inner.active()?;
        let invalid = |message: String, field: &str| AppError::new(ErrorCode::Invalid, message).at(field);
        if !(1..=MOST).contains(&request.limit) {
            return Err(invalid(format!("A page has 1 to {MOST} entries."), "limit"));
        }
        within(&request.text, FIND, "What is looked for").map_err(|error| error.at("text"))?;
        let kind = request.kind.as_deref().map(|word| {
            DecisionKind::from_word(word)
                .ok_or_else(|| invalid("There is no such kind of decision.".to_owned(), "kind"))
        });
        let after = request.after.as_deref().map(|after| {
            after.parse::<i64>().map_err(|_| invalid("There is no such page.".to_owned(), "after"))
        });
        let query = HistoryQuery {
            text: request.text,
            kind: kind.transpose()?,
            different: request.different,
            after_seq: after.transpose()?,
            // One more tells whether there is a next page.
            limit: request.limit.saturating_add(1),
        };
        let mut read = active
            .disk(move |store| {
                let heads = store.history(&query)?;
                let courses = store.courses(&heads)?;
                Ok(courses.into_iter().zip(heads).collect::<Vec<_>>())
            })
            .await?;
        let more = read.len() > usize::try_from(request.limit).unwrap_or(usize::MAX);
        if more {
            read.pop();
        }
        let next = read.last().filter(|_| more).map(|(_, head)| head.seq.to_string());
        let entries = read.iter().map(|(course, head)| shown(&active, head, course)).collect();
        Ok(HistoryPage { entries, next })
    }
}
