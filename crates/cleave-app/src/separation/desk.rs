//! The drafts of an account that are open, and what is being read for them.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::{Notify, watch};

use super::draft::Draft;
use crate::ipc::AppError;

/// How many drafts stay open; others come back from the disk.
const OPEN: usize = 8;

/// How long a reading of a contact's records counts as current.
const FRESH: Duration = Duration::from_secs(20);

/// A draft that is open, to be changed by one at a time.
pub(crate) type Held = Arc<Mutex<Draft>>;

/// How far a reading of a contact's records is.
#[derive(Debug, Clone)]
pub(crate) enum Reading {
    /// Nothing has come yet.
    Begun,
    /// Something was stored.
    Some,
    /// It is over.
    Ended(Result<(), AppError>),
}

/// The drafts of one account.
#[derive(Default)]
pub(crate) struct Desk {
    drafts: Mutex<HashMap<String, (Held, Instant)>>,
    /// Held while a draft is written or taken off the desk, so that none is written after it became a decision.
    saving: Mutex<()>,
    /// Told when there is something to save.
    pub save_wanted: Notify,
    revision: AtomicU32,
    readings: Mutex<HashMap<String, watch::Receiver<Reading>>>,
    read: Mutex<HashMap<String, (Instant, Option<AppError>)>>,
}

impl Desk {
    /// The open draft of a contact.
    pub fn draft(&self, contact_id: &str) -> Option<Held> {
        let mut drafts = lock(&self.drafts);
        let (held, used) = drafts.get_mut(contact_id)?;
        *used = Instant::now();
        Some(Arc::clone(held))
    }

    /// Opens a draft; one that is open already stays, and is the answer. Of too many open ones the one that was not used
    /// for longest is closed, if it is saved.
    pub fn open(&self, contact_id: &str, mut draft: Draft) -> Held {
        draft.revision = self.next_revision();
        let mut drafts = lock(&self.drafts);
        let opened = (Arc::new(Mutex::new(draft)), Instant::now());
        let held = Arc::clone(&drafts.entry(contact_id.to_owned()).or_insert(opened).0);
        while drafts.len() > OPEN {
            let unused = |(held, _): &(Held, Instant)| {
                Arc::strong_count(held) == 1 && held.try_lock().is_ok_and(|draft| !draft.unsaved)
            };
            let oldest = drafts.iter().filter(|(_, open)| unused(open)).min_by_key(|(_, (_, used))| *used);
            let Some(oldest) = oldest.map(|(id, _)| id.clone()) else { break };
            drafts.remove(&oldest);
        }
        held
    }

    /// Closes a draft; what is on the disk stays.
    pub fn close(&self, contact_id: &str) {
        lock(&self.drafts).remove(contact_id);
    }

    /// Contacts whose draft is not all on the disk.
    pub fn unsaved(&self) -> Vec<String> {
        let drafts: Vec<(String, Held)> =
            lock(&self.drafts).iter().map(|(id, (held, _))| (id.clone(), Arc::clone(held))).collect();
        drafts.into_iter().filter(|(_, held)| lock(held).unsaved).map(|(id, _)| id).collect()
    }

    /// Keeps drafts from being written until the answer is dropped.
    pub fn hold_saving(&self) -> MutexGuard<'_, ()> {
        lock(&self.saving)
    }

    /// A revision that no draft has had.
    pub fn next_revision(&self) -> u32 {
        self.revision.fetch_add(1, Ordering::SeqCst).wrapping_add(1)
    }

    /// The reading of a contact that is under way, or else one that the caller has to do, with what tells of it.
    pub fn reading(&self, contact_id: &str) -> (watch::Receiver<Reading>, Option<watch::Sender<Reading>>) {
        let mut readings = lock(&self.readings);
        if let Some(reading) = readings.get(contact_id).filter(|reading| reading.has_changed().is_ok()) {
            return (reading.clone(), None);
        }
        let (tell, told) = watch::channel(Reading::Begun);
        readings.insert(contact_id.to_owned(), told.clone());
        (told, Some(tell))
    }

    /// Notes that a reading is over, and how.
    pub fn was_read(&self, contact_id: &str, failed: Option<AppError>) {
        lock(&self.readings).remove(contact_id);
        let drafts: HashSet<String> = lock(&self.drafts).keys().cloned().collect();
        let mut read = lock(&self.read);
        // Why the reading of an open one failed is shown for as long as it is open.
        read.retain(|id, (at, _)| at.elapsed() < FRESH || drafts.contains(id));
        read.insert(contact_id.to_owned(), (Instant::now(), failed));
    }

    /// Whether the last reading of a contact is so long ago that opening it reads it again.
    pub fn is_due(&self, contact_id: &str) -> bool {
        lock(&self.read).get(contact_id).is_none_or(|(at, _)| at.elapsed() >= FRESH)
    }

    /// Why the last reading of a contact failed, if it did.
    pub fn failure(&self, contact_id: &str) -> Option<AppError> {
        lock(&self.read).get(contact_id).and_then(|(_, failed)| failed.clone())
    }
}

/// What a thread that panicked left behind is as good as what it began with.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
