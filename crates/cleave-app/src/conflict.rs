//! What a decision that needs a person is compared with.

use std::sync::Arc;

use cleave_core::decision::Decision;
use cleave_core::separation::DecidedSeparation;
use cleave_store::{Entry, sync_state};
use jiff::Timestamp;

use crate::active::Active;
use crate::ipc::{Anew, AppError, ConflictView, ErrorCode};
use crate::review::{Loaded, kept};
use crate::separation::caps::{ID, within};
use crate::view::conflict::{Compared, review, separation};
use crate::view::names::Names;
use crate::{App, Inner, settings};

impl App {
    /// When it was decided, now, and what was decided. The server is asked first; where it does not answer within
    /// [`crate::AppConfig::review_budget`], what is stored here stands for "now", and `readAt` is `None`.
    ///
    /// # Errors
    /// `NoAccount`, `NotFound`, `Storage`. That the server does not answer, or has nothing any more, is no error.
    pub async fn conflict(&self, op_id: &str) -> Result<ConflictView, AppError> {
        within(op_id, ID, "The id of the operation")?;
        let shown = self.outbox_entry(op_id).await?;
        let active = self.inner.active()?;
        let id = op_id.to_owned();
        let entry = active.disk(move |store| store.entry(&id)).await?;
        let (compared, read_at) = match &entry.decision {
            Decision::Merge { .. } | Decision::KeepSeparate { .. } => {
                self.inner.compare_review(&active, &entry).await?
            }
            Decision::Separate(decided) => {
                self.inner.compare_separation(&active, &entry.subject, decided).await?
            }
            Decision::Settings(decided) => {
                let read = match &active.net {
                    Some(net) => self.inner.in_time(self.inner.read_settings(&active, net)).await,
                    None => None,
                };
                let read_at =
                    read.as_ref().filter(|read| read.is_ok()).map(|_| self.inner.config.clock.now());
                let now = active.disk(|store| store.read_settings()).await?;
                let rows = settings::conflict_rows(decided, now.as_ref().map(|now| &now.settings));
                (Compared { rows, also: Vec::new(), anew: Some(Anew::Settings) }, read_at)
            }
        };
        Ok(ConflictView {
            op_id: entry.op_id.clone(),
            headline: shown.reason,
            rows: compared.rows,
            also: compared.also,
            read_at: read_at.map(|at| at.to_string()),
            anew: compared.anew.filter(|_| shown.can_edit),
        })
    }
}

impl Inner {
    /// What comes of a reading, or `None` where it takes too long.
    async fn in_time<T>(&self, reading: impl Future<Output = T>) -> Option<T> {
        tokio::time::timeout(self.config.review_budget, reading).await.ok()
    }

    async fn compare_review(
        &self,
        active: &Active,
        entry: &Entry,
    ) -> Result<(Compared, Option<Timestamp>), AppError> {
        let read = match &active.net {
            Some(net) => self.in_time(net.puller.pull_review(&entry.subject)).await,
            None => None,
        };
        let read = read.map(|read| read.map_err(AppError::from));
        // That the review is not there is an answer too.
        let missing = matches!(&read, Some(Err(error)) if error.code == ErrorCode::NotFound);
        let gone = read.and_then(Result::ok);
        let read_at = (missing || gone.is_some()).then(|| self.config.clock.now());
        let id = entry.subject.clone();
        let loaded = active.disk(move |store| Loaded::read(store, &id)).await?;
        let now = loaded.as_ref().map(|loaded| review::Now {
            cached: &loaded.cached,
            names: &loaded.names,
            gone: gone.unwrap_or_default(),
        });
        Ok((review::compare(entry, now, missing), read_at))
    }

    async fn compare_separation(
        self: &Arc<Self>,
        active: &Arc<Active>,
        contact_id: &str,
        decided: &DecidedSeparation,
    ) -> Result<(Compared, Option<Timestamp>), AppError> {
        let read = self.in_time(self.read_to_end(active, contact_id)).await;
        let missing = matches!(&read, Some(Err(error)) if error.code == ErrorCode::NotFound);
        let read_at = (missing || matches!(read, Some(Ok(())))).then(|| self.config.clock.now());
        let id = contact_id.to_owned();
        let (cached, names) = active
            .disk(move |store| Ok((store.subject(&id)?, Names(kept(store, sync_state::NAMES)?))))
            .await?;
        let now = cached.filter(|cached| !missing && cached.read_at.is_some()).map(|cached| cached.subject);
        Ok((separation::compare(decided, now.as_ref(), missing, &names), read_at))
    }
}
