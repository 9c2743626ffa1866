//! Sending what was decided: one entry at a time, every step committed before the next.
//!
//! A step takes the oldest entry that nothing holds, compares it with the server, commits that it is about to be sent,
//! sends it, and commits what came of it. An entry whose outcome is unknown comes first: what the server shows settles
//! it, at once where it shows that it happened, and otherwise only after the quarantine.
//!
//! An exchange that says something about every entry (no network, no session, a pause asked for) pauses the sender as
//! a whole, so that a long queue does not knock on a closed door once an entry.

mod after;
mod check;
mod due;
mod look;
mod outcome;
mod reconcile;
mod refused_at;
mod rehearse;
mod run;
mod words;

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use cleave_core::outbox::Hold;
use cleave_store::{EntryHead, Store, StoreError};
use cleave_wire::resolution::ResolutionDialect;
use jiff::Timestamp;

pub use rehearse::{Found, Rehearsal};
pub use run::SenderEvent;
pub use words::servers_words;

use crate::api::Api;
use crate::backoff;
use crate::clock::Clock;
use crate::disk::on_disk;
use crate::failure::SyncError;
use crate::pull::Puller;
use reconcile::Watch;

/// So many entries in a row that the server breaks on mean that it is the server.
const MANY_BROKEN: usize = 3;

/// How the sender goes about it.
#[derive(Debug, Clone)]
pub struct SenderSettings {
    /// How long a request that was sent may still take effect. Only after it does a reading that shows nothing count.
    pub quarantine: Duration,
    /// How far apart the two readings are that must agree that nothing happened.
    pub agreement: Duration,
    /// The organisation of the account; a review of another one is never sent. `None` for a person who decides in all.
    pub organization_id: Option<String>,
    /// The form in which choices are written.
    pub dialect: ResolutionDialect,
    /// Draws evenly from 0 to 1, for the jitter of pauses.
    pub jitter: fn() -> f64,
}

impl Default for SenderSettings {
    fn default() -> Self {
        SenderSettings {
            quarantine: Duration::from_secs(360),
            agreement: Duration::from_secs(30),
            organization_id: None,
            dialect: ResolutionDialect::default(),
            jitter: rand::random::<f64>,
        }
    }
}

/// What an exchange told about the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// It answers in its own JSON.
    Online,
    /// It cannot be reached, or something else answers.
    Offline,
    /// It answers, but the session is over.
    SignedOut,
}

/// What a step changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Moved {
    /// Entries with a new state.
    pub op_ids: Vec<String>,
    /// Reviews whose row in the queue, or what is known of them, is another one now.
    pub review_ids: Vec<String>,
    /// Contacts whose records were read anew or changed.
    pub contact_ids: Vec<String>,
    /// What was learnt about the server, if anything.
    pub reach: Option<Reach>,
}

/// Result of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// There was nothing to do. `wait` is how long until there may be; `None` if only a new decision or a person can
    /// bring something.
    Idle {
        /// How long to wait.
        wait: Option<Duration>,
    },
    /// An entry moved.
    Moved(Moved),
}

/// Sends the decisions of one account. One a store.
pub struct Sender {
    api: Api,
    store: Store,
    clock: Arc<dyn Clock>,
    puller: Puller,
    settings: SenderSettings,
    memory: Mutex<Memory>,
    // One mutating request in flight an account.
    working: tokio::sync::Mutex<()>,
}

/// What is true of this process only. Losing it makes the sender wait longer, never shorter.
#[derive(Default)]
struct Memory {
    /// On the monotonic clock.
    paused_until: Option<Duration>,
    /// The end of a pause that the server asked for, on the monotonic clock. Nobody here ends it earlier.
    asked_until: Option<Duration>,
    /// Entries whose outcome is unknown, by operation id.
    watches: HashMap<String, Watch>,
    /// By operation id of a separation that was sent: when its contact was last changed, as its check saw it.
    checked_at: HashMap<String, Option<String>>,
    /// Separations that took effect and whose contacts are still to be read.
    unread: after::Unread,
    /// Entries whose check the server broke on, since it last did not.
    broken_checks: HashSet<String>,
    /// Entries whose send came to nothing that proves anything, since one last did.
    broken_sends: HashSet<String>,
}

/// Told about what has moved, also in the middle of a step.
type Telling<'a> = &'a (dyn Fn(Moved) + Send + Sync);

impl Sender {
    /// Sends what `store` holds to the server of `api`.
    pub fn new(api: Api, store: Store, clock: Arc<dyn Clock>, settings: SenderSettings) -> Sender {
        let (memory, working) = (Mutex::default(), tokio::sync::Mutex::default());
        let organization_id = settings.organization_id.clone();
        let puller = Puller::new(api.clone(), store.clone(), clock.clone(), organization_id);
        Sender { api, store, clock, puller, settings, memory, working }
    }

    /// Takes one entry as far as it goes now.
    ///
    /// # Errors
    /// [`SyncError::Store`] if the disk refuses. An entry that was being sent then is uncertain from the next step on.
    pub async fn step(&self) -> Result<Step, SyncError> {
        self.step_telling(&|_| {}).await
    }

    /// The same, telling about every commit on the way.
    ///
    /// # Errors
    /// As [`Sender::step`].
    pub async fn step_telling(&self, telling: &(dyn Fn(Moved) + Send + Sync)) -> Result<Step, SyncError> {
        let _alone = self.working.lock().await;
        let now = self.clock.now();
        // A step that was cut short, by an error of the disk or by its caller, left its entry in the middle.
        on_disk(&self.store, move |store| store.recover(now)).await?;
        if let Some(wait) = self.pause_left() {
            return Ok(Step::Idle { wait: Some(wait) });
        }
        let uncertain = on_disk(&self.store, Store::uncertain).await?;
        self.watch(&uncertain);
        if let Some(due) = uncertain.into_iter().find(|entry| self.is_due(&entry.op_id)) {
            let entry = on_disk(&self.store, move |store| store.entry(&due.op_id)).await?;
            return Ok(Step::Moved(self.reconcile(entry, telling).await?));
        }
        match on_disk(&self.store, move |store| store.take_next(now)).await? {
            Some(entry) => Ok(Step::Moved(self.carry_out(entry, telling).await?)),
            None => match self.read_unread().await? {
                Some(moved) => Ok(Step::Moved(moved)),
                None => Ok(Step::Idle { wait: self.next_wait().await? }),
            },
        }
    }

    /// Forgets a pause: the network is back, somebody signed in, or a person asks for another try. One that the
    /// server asked for is kept: it means every request of this client.
    pub fn wake(&self) {
        let mut memory = self.memory();
        memory.paused_until = None;
        for watch in memory.watches.values_mut() {
            watch.read_soon();
        }
        memory.unread.soon();
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Pauses the whole sender.
    fn pause(&self, pause: Duration) {
        self.memory().paused_until = Some(self.clock.monotonic() + pause);
    }

    /// Pauses the whole sender for as long as the server asked, if it did.
    fn pause_as_asked(&self, asked: Option<Duration>) {
        let until = asked.map(|pause| self.clock.monotonic() + pause);
        let mut memory = self.memory();
        memory.asked_until = memory.asked_until.max(until);
    }

    fn pause_left(&self) -> Option<Duration> {
        let memory = self.memory();
        let until = memory.paused_until.max(memory.asked_until)?;
        drop(memory);
        until.checked_sub(self.clock.monotonic()).filter(|left| !left.is_zero())
    }

    /// Notes a check that the server broke on. Answers whether it breaks on many.
    fn breaks_on_checks(&self, op_id: &str) -> bool {
        let broken = &mut self.memory().broken_checks;
        broken.insert(op_id.to_owned());
        broken.len() >= MANY_BROKEN
    }

    /// Notes a send that came to nothing that proves anything. Answers whether many do.
    fn breaks_on_sends(&self, op_id: &str) -> bool {
        let broken = &mut self.memory().broken_sends;
        broken.insert(op_id.to_owned());
        broken.len() >= MANY_BROKEN
    }

    /// How long until an entry may be due.
    async fn next_wait(&self) -> Result<Option<Duration>, StoreError> {
        let due = on_disk(&self.store, Store::next_due).await?;
        let (now, monotonic) = (self.clock.now(), self.clock.monotonic());
        let by_hold = due.map(|due| Duration::try_from(due.duration_since(now)).unwrap_or_default());
        let memory = self.memory();
        let readings = memory.watches.values().map(Watch::next_read).chain(memory.unread.next());
        let by_reading = readings.map(|at| at.saturating_sub(monotonic)).min();
        Ok(by_hold.into_iter().chain(by_reading).min())
    }

    /// When to try again after another failure of this entry.
    fn retry_at(&self, entry: &EntryHead, asked: Option<Duration>) -> (Duration, Timestamp) {
        let pause = backoff::pause(entry.failures, (self.settings.jitter)(), asked);
        (pause, self.clock.now().checked_add(pause).unwrap_or(Timestamp::MAX))
    }

    /// Pauses the sender where a hold says something about every entry. A pause after a failure, or for want of a
    /// right, does so only where it is known to concern `many`: otherwise it may be that one entry.
    fn pause_for(&self, hold: Hold, pause: Duration, many: bool) {
        match hold {
            Hold::Offline | Hold::ServerPaused => self.pause(pause),
            Hold::Backoff if many => self.pause(pause),
            // Until somebody signs in: `wake` ends it.
            Hold::Auth if many => self.pause(Duration::from_secs(3600)),
            Hold::None
            | Hold::Backoff
            | Hold::Auth
            | Hold::CancelWindow
            | Hold::WrongAccount
            | Hold::Dependency
            | Hold::ReviewNeeded => {}
        }
    }
}

impl Moved {
    /// One entry and its review.
    fn of(entry: &EntryHead) -> Moved {
        let review_ids = entry.review_id().map(str::to_owned).into_iter().collect();
        Moved { op_ids: vec![entry.op_id.clone()], review_ids, ..Moved::default() }
    }

    fn add(&mut self, other: Moved) {
        for (mine, theirs) in [
            (&mut self.op_ids, other.op_ids),
            (&mut self.review_ids, other.review_ids),
            (&mut self.contact_ids, other.contact_ids),
        ] {
            for id in theirs {
                if !mine.contains(&id) {
                    mine.push(id);
                }
            }
        }
        self.reach = other.reach.or(self.reach);
    }
}

/// Decisions and tokens lie behind it: only the server is printed.
impl std::fmt::Debug for Sender {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Sender({})", self.api.origin())
    }
}
