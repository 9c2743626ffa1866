//! One review: from the cache at once, and as the server has it now where it answers in time.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use cleave_core::decision::Decision;
use cleave_core::outbox::State;
use cleave_core::reconcile::basis_of;
use cleave_store::{
    CachedReview, Children, Course, Entry, Local, QueueRow, Store, StoreError, may_have_been_sent, sync_state,
};
use cleave_sync::SyncError;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::active::{Active, Net};
use crate::feed::{Touched, shown};
use crate::ipc::{
    AppError, CascadeView, Connection, DecisionInput, ErrorCode, FieldPick, Problem, ReviewView,
};
use crate::view::entry::can_edit;
use crate::view::merge::plan_of;
use crate::view::names::Names;
use crate::view::review::{Shown, view};
use crate::view::row::pair;
use crate::view::side_name;
use crate::{App, Inner};

impl App {
    /// A review, side by side, with the preview of its merge.
    ///
    /// While the server can be reached, the review, both contacts and their child records are read again first; where
    /// that takes longer than [`crate::AppConfig::review_budget`] the cache answers, `readAt` says how old it is, and
    /// the stream tells the review once the reading is through.
    ///
    /// # Errors
    /// `NoAccount`; `NotFound`, `Unreachable` and the like where the cache does not have it either; `Storage`.
    pub async fn review(&self, review_id: &str) -> Result<ReviewView, AppError> {
        let active = self.inner.active()?;
        let failure = self.inner.refresh(&active, review_id).await.err();
        let id = review_id.to_owned();
        let Some(loaded) = active.disk(move |store| Loaded::read(store, &id)).await? else {
            return Err(failure.unwrap_or_else(not_here));
        };
        let (decided, earlier) = (loaded.decided(), loaded.earlier());
        let decision = loaded
            .decision
            .as_ref()
            .filter(|(entry, _)| !matches!(entry.state, State::Withdrawn | State::Superseded))
            .map(|(entry, course)| shown(&active, entry, course));
        Ok(view(Shown {
            cached: loaded.cached,
            source_children: loaded.source_children,
            candidate_children: loaded.candidate_children,
            cascades: loaded.cascades,
            rules: loaded.rules,
            names: loaded.names,
            decision,
            decided,
            earlier,
        }))
    }
}

/// A review that neither the cache nor the server has.
pub(crate) fn not_here() -> AppError {
    AppError::new(ErrorCode::NotFound, "This review is not there.")
        .hint("It may have been resolved and removed.")
}

/// Everything that showing or deciding a review touches, read at once.
pub(crate) struct Loaded {
    pub cached: CachedReview,
    pub source_children: Children,
    pub candidate_children: Children,
    pub cascades: Vec<CascadeView>,
    pub rules: BTreeMap<String, Value>,
    pub names: Names,
    /// The latest decision about it here, with its course.
    pub decision: Option<(Entry, Course)>,
}

impl Loaded {
    /// Reads it; `None` where the cache does not have the review.
    pub fn read(store: &Store, review_id: &str) -> Result<Option<Self>, StoreError> {
        let Some(cached) = store.review(review_id)? else { return Ok(None) };
        let source_id = cached.review.source.id.clone();
        let decision = match store.entry_about(review_id)? {
            Some(entry) => {
                let course = store.course(&entry)?;
                Some((entry, course))
            }
            None => None,
        };
        Ok(Some(Loaded {
            source_children: store.children(&source_id)?,
            candidate_children: store.children(&cached.review.candidate.id)?,
            cascades: cascades(&store.open_reviews_of(&source_id)?, review_id),
            rules: kept(store, sync_state::CONFLICT_RULES)?,
            names: Names(kept(store, sync_state::NAMES)?),
            decision,
            cached,
        }))
    }

    /// What was decided, where it can be decided anew: the picks are the choices that the plan does not make by itself.
    fn decided(&self) -> Option<DecisionInput> {
        let (entry, _) = self.decision.as_ref()?;
        if entry.state.is_final() || !can_edit(entry.kind, entry.state) {
            return None;
        }
        match &entry.decision {
            Decision::KeepSeparate { note } => Some(DecisionInput::KeepSeparate { note: note.clone() }),
            Decision::Merge { choices, note } => {
                let plan = plan_of(&self.cached.review, &BTreeMap::new(), &self.rules);
                let own = plan.fields.iter().filter(|field| field.choosable).filter_map(|field| {
                    let side = *choices.get(&field.path).filter(|side| **side != field.choice)?;
                    Some(FieldPick { path: field.path.to_string(), side: side_name(side) })
                });
                Some(DecisionInput::Merge { picks: own.collect(), note: note.clone() })
            }
            Decision::Separate(_) | Decision::Settings(_) => None,
        }
    }

    /// What a decision now should say about the one before it: that it was sent, and may have been done.
    pub fn earlier(&self) -> Option<Problem> {
        let (entry, course) = self.decision.as_ref()?;
        let lost = may_have_been_sent(&course.attempts);
        (entry.state == State::NeedsPerson && lost).then(|| Problem {
            field: None,
            blocking: false,
            message:
                "Your earlier decision was sent, and may have been done. If it was, this one comes too late \
                      and is shown as a conflict."
                    .to_owned(),
        })
    }
}

/// The other open reviews of the source: a merge closes them as kept separate.
fn cascades(open: &[QueueRow], review_id: &str) -> Vec<CascadeView> {
    open.iter()
        .filter(|row| row.review_id != review_id)
        .map(|row| CascadeView {
            review_id: row.review_id.clone(),
            pair: pair(&row.source_name, &row.candidate_name),
            decided_here: matches!(row.local, Local::Queued | Local::NeedsYou),
        })
        .collect()
}

/// A map of the organisation as last read. None was read: it is empty, so no rule applies and no id has a name.
pub(crate) fn kept<T: DeserializeOwned>(
    store: &Store,
    mark: &str,
) -> Result<BTreeMap<String, T>, StoreError> {
    let text = store.sync_state(mark)?;
    Ok(text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
}

impl Inner {
    /// Reads the review and what belongs to it again, as far as the budget goes.
    ///
    /// # Errors
    /// Why the server could not be asked, or did not answer. The cache is as good as before.
    async fn refresh(self: &Arc<Self>, active: &Arc<Active>, review_id: &str) -> Result<(), AppError> {
        let net = active.net()?;
        if active.status().connection == Connection::Offline {
            net.pull_wanted.notify_one();
            return Err(AppError::new(ErrorCode::Unreachable, "The server does not answer at the moment."));
        }
        if !active.is_due(review_id) {
            return Ok(());
        }
        let late = Arc::new(AtomicBool::new(false));
        let reading = {
            let (app, active, id, late) =
                (Arc::clone(self), Arc::clone(active), review_id.to_owned(), Arc::clone(&late));
            tokio::spawn(async move { app.read_again(&active, &id, &late).await })
        };
        match tokio::time::timeout(self.config.review_budget, reading).await {
            Ok(Ok(result)) => result,
            Ok(Err(_)) => Err(AppError::new(ErrorCode::Unreachable, "The reading was broken off.")),
            Err(_) => {
                late.store(true, Ordering::SeqCst);
                Err(AppError::new(ErrorCode::Unreachable, "The server takes its time to answer."))
            }
        }
    }

    async fn read_again(&self, active: &Active, review_id: &str, late: &AtomicBool) -> Result<(), AppError> {
        let net = active.net()?;
        let before = known(active, review_id).await?;
        let read = read_all(active, net, review_id, before.as_ref()).await;
        let changed = match &read {
            Ok(()) => active.change(|status| status.reached(cleave_sync::Reach::Online)),
            Err(SyncError::Read(failure)) if failure.may_lack_route() => false,
            Err(error) => active.change(|status| status.failed(error)),
        };
        active.was_read(review_id);
        let after = known(active, review_id).await?;
        let same = before.map(|b| (b.row, b.basis)) == after.map(|a| (a.row, a.basis));
        if !same || late.load(Ordering::SeqCst) {
            let reviews = vec![review_id.to_owned()];
            self.announce(Touched { reviews, ..Touched::default() }).await;
        } else if changed {
            self.announce(Touched::default()).await;
        }
        Ok(read?)
    }
}

/// What is compared to find out whether reading again changed anything.
struct Known {
    row: Option<QueueRow>,
    basis: String,
    source_id: String,
    candidate_id: String,
}

async fn known(active: &Active, review_id: &str) -> Result<Option<Known>, AppError> {
    let id = review_id.to_owned();
    active
        .disk(move |store| {
            let Some(cached) = store.review(&id)? else { return Ok(None) };
            Ok(Some(Known {
                row: store.queue_rows(std::slice::from_ref(&id))?.pop(),
                basis: basis_of(&cached.review),
                source_id: cached.review.source.id,
                candidate_id: cached.review.candidate.id,
            }))
        })
        .await
}

/// Review, contacts and child records, at the same time where the pair is known already.
async fn read_all(
    active: &Active,
    net: &Net,
    review_id: &str,
    known_before: Option<&Known>,
) -> Result<(), SyncError> {
    let pair = |known: &Known| (known.source_id.clone(), known.candidate_id.clone());
    if let Some((source, candidate)) = known_before.map(pair) {
        let (review, children) =
            tokio::join!(net.puller.pull_review(review_id), children(net, &source, &candidate));
        drop(review?);
        return children;
    }
    net.puller.pull_review(review_id).await?;
    match known(active, review_id).await.ok().flatten().as_ref().map(pair) {
        Some((source, candidate)) => children(net, &source, &candidate).await,
        None => Ok(()),
    }
}

async fn children(net: &Net, source: &str, candidate: &str) -> Result<(), SyncError> {
    let pull = async |id: &str| match id {
        "" => Ok(()),
        id => net.puller.pull_children(id).await.map(drop),
    };
    let (a, b) = tokio::join!(pull(source), pull(candidate));
    a.and(b)
}
