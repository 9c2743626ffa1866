//! One schedule: a few decisions, carried out by the real sender while everything goes wrong that a seed says, until the
//! network has healed and nothing moves any more.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use cleave_core::outbox::{Event, Hold, State};
use cleave_store::{Effects, EntryHead, Superseding};
use cleave_sync::{Clock, ManualClock, SenderSettings, Step};
use tempfile::TempDir;

use crate::bench::{Lab, Process, start};
use crate::decisions::{ByOp, CONTACTS, Kind, ORGANIZATION, Op, REVIEWS, decide, world};
use crate::dice::Dice;
use crate::double::faults::{Faults, Weather};
use crate::double::world::World;
use crate::double::{Known, Ledger};
use crate::judge::{Fault, judge};
use crate::planted::Naive;

/// Steps after which the network heals.
const STORMY_STEPS: u32 = 40;

/// Steps after which a schedule that does not come to rest has failed.
const MOST_STEPS: u32 = 1500;

/// What one schedule came to.
pub struct Played {
    /// Every state of every decision in its order, with the time, the attempts and the words.
    pub trace: Vec<String>,
    pub faults: Vec<Fault>,
    pub decisions: u32,
    pub struck: u32,
    pub requests: u32,
    pub crashes: u32,
    pub is_gentle: bool,
}

/// What is remembered of a decision beside what the outbox has.
#[derive(Debug, Clone, Default)]
pub struct Story {
    /// Retries by a person of what may or may not have happened.
    pub excused: u32,
    pub retried: u32,
    pub by_word: bool,
    /// It was taken back while it waited, and nothing had been left to chance.
    pub taken_back: bool,
    /// How often it had taken effect when it was last seen settled.
    settled_at: Option<u32>,
    /// It took effect after that.
    pub acted_late: bool,
}

pub struct Play<'a> {
    lab: &'a Lab,
    dice: Dice,
    pub clock: Arc<ManualClock>,
    dir: TempDir,
    settings: SenderSettings,
    process: Option<Process>,
    pub ops: Vec<Op>,
    pub story: ByOp<Story>,
    /// Contacts that another admin separated in the same way as was decided, and decisions about settings that another
    /// admin made too.
    pub twins: BTreeSet<String>,
    weather: Weather,
    naive: Option<Naive>,
    seed: u64,
    trace: Vec<String>,
    last: String,
    crashes: u32,
}

/// Which schedules of a seed are played.
#[derive(Debug, Clone, Copy, Default)]
pub struct How {
    /// The weather that is not left to the seed.
    pub weather: Option<Weather>,
    /// A bug that is planted.
    pub naive: Option<Naive>,
}

pub async fn play(lab: &Lab, seed: u64, how: How) -> Played {
    let mut dice = Dice::of(seed, "schedule");
    let naive = how.naive;
    let weather = match how.weather {
        Some(weather) => weather,
        None if dice.chance(25) => Weather::Gusts,
        None => Weather::Storm,
    };
    let quarantine = if naive == Some(Naive::NoQuarantine) { 0 } else { dice.pick(&[40, 120, 360]) };
    let agreement = if naive == Some(Naive::OneReading) { 0 } else { 30 };
    let settings = SenderSettings {
        quarantine: Duration::from_secs(quarantine),
        agreement: Duration::from_secs(agreement),
        jitter: || 1.0,
        ..SenderSettings::default()
    };
    let clock = Arc::new(ManualClock::at(start()));
    let bound = Duration::from_secs(quarantine.max(40));
    let ledger = Ledger::new(world(&mut dice), Faults::new(seed, weather, bound), clock.clone());
    *lab.double.ledger() = ledger;
    lab.sign_in();
    let dir = lab.store_files();
    let process = Process::start(lab, dir.path(), &clock, &settings).await;
    let mut play = Play {
        lab,
        dice,
        clock,
        dir,
        settings,
        process: Some(process),
        ops: Vec::new(),
        story: ByOp::new(),
        twins: BTreeSet::new(),
        weather,
        naive,
        seed,
        trace: Vec::new(),
        last: String::new(),
        crashes: 0,
    };
    let count = play.dice.between(1, 3);
    for _ in 0..count {
        play.decide_something();
    }
    let rested = play.run().await;
    let faults = judge(&play, &lab.double.ledger(), rested);
    let ledger = lab.double.ledger();
    Played {
        trace: play.trace,
        faults,
        decisions: u32::try_from(play.ops.len()).unwrap_or(u32::MAX),
        struck: ledger.struck,
        requests: ledger.requests,
        crashes: play.crashes,
        is_gentle: weather == Weather::Gusts,
    }
}

impl Play<'_> {
    pub fn is_gentle(&self) -> bool {
        self.weather == Weather::Gusts
    }

    pub fn process(&self) -> &Process {
        self.process.as_ref().expect("it runs, but for the moment of a restart")
    }

    fn world(&self) -> Arc<World> {
        self.lab.double.ledger().world()
    }

    /// A decision about something, in the place of an earlier one about it where that can still be taken back.
    fn decide_something(&mut self) {
        let kinds = [
            Kind::Merge,
            Kind::KeepSeparate,
            Kind::Guarded,
            Kind::Guarded,
            Kind::Unguarded,
            Kind::Unguarded,
            Kind::Traceless,
            Kind::Settings,
        ];
        // Of what may be sent again, what is said too early is soon made good.
        let kinds = if self.weather == Weather::Fog { &kinds[3..] } else { &kinds[..] };
        let kind = self.dice.pick(kinds);
        let subject = match kind {
            Kind::Settings => ORGANIZATION,
            _ => self.dice.pick(if kind.is_about_review() { &REVIEWS } else { &CONTACTS }),
        };
        // With one fault a decision at most, nothing else is in its way either.
        if self.is_gentle() && self.ops.iter().any(|op| self.shares(op, subject)) {
            return;
        }
        let id = format!("s{}-{}", self.seed, self.ops.len());
        let Some((op, new)) = decide(&self.world(), kind, subject, &id, self.clock.now(), &mut self.dice)
        else {
            return;
        };
        let earlier = self.process().store.unsettled().expect("the outbox is read");
        let earlier = earlier.into_iter().find(|entry| entry.subject == subject);
        let Ok(inserted) = self.process().store.insert_decision(&new, Superseding::Yes) else { return };
        if let (Some(_), Some(earlier)) = (inserted.superseded, earlier) {
            self.takes_back(&earlier);
        }
        if !op.request.is_null() {
            let (op_id, subject, request) = (op.id.clone(), op.subject.clone(), op.request.clone());
            self.lab.double.ledger().known.push(Known { op_id, subject, request });
        }
        self.story.insert(op.id.clone(), Story::default());
        self.ops.push(op);
    }

    fn shares(&self, op: &Op, subject: &str) -> bool {
        let world = self.world();
        let contacts = |subject: &str| match world.reviews.get(subject) {
            Some(review) => vec![review.source.clone(), review.candidate.clone()],
            None => vec![subject.to_owned()],
        };
        let ours = contacts(subject);
        contacts(&op.subject).iter().any(|id| ours.contains(id))
    }

    /// Steps, until nothing is left to do with the network healed. Answers whether that came about.
    async fn run(&mut self) -> bool {
        for turn in 0..MOST_STEPS {
            if turn == STORMY_STEPS {
                self.heal();
            }
            let next_late = self.lab.double.ledger().tick();
            self.note();
            if turn < STORMY_STEPS && self.weather == Weather::Storm && self.people() {
                self.note();
            }
            let step = self.step(turn < STORMY_STEPS).await;
            if let Some(naive) = self.naive {
                naive.meddle(self);
            }
            let Some(Step::Idle { wait }) = step else { continue };
            let fair = self.lab.double.ledger().faults.weather == Weather::Fair;
            let signs_in = self.signs_in();
            match (wait, next_late) {
                (None, None) if signs_in => {}
                (None, None) if fair => {
                    self.note();
                    return true;
                }
                (None, None) if self.weather == Weather::Gusts => self.heal(),
                (None, None) => self.clock.advance(Duration::from_secs(60)),
                (wait, late) => {
                    let late = late.map(|due| due.saturating_sub(self.clock.monotonic()));
                    let pause = wait.into_iter().chain(late).min().unwrap_or_default();
                    self.clock.advance(pause.max(Duration::from_millis(1)));
                }
            }
        }
        false
    }

    fn heal(&mut self) {
        self.lab.double.ledger().faults.weather = Weather::Fair;
    }

    /// A session that has ended is begun anew once somebody looks.
    fn signs_in(&mut self) -> bool {
        let held = self.process().store.release(Hold::Auth, self.clock.now()).expect("the outbox is written");
        if held.is_empty() {
            return false;
        }
        self.process().sender.wake();
        true
    }

    /// One step of the sender, which may be cut short by the end of its process: when a request arrives, or when
    /// something was just committed. What connects then may also be refused.
    async fn step(&mut self, stormy: bool) -> Option<Step> {
        let stormy = stormy && self.weather == Weather::Storm;
        let ends_at = if stormy && self.dice.chance(6) { self.dice.between(1, 4) } else { 0 };
        let shuts = stormy && self.dice.chance(8);
        let told = AtomicU32::new(0);
        let (door, store, double) = (&self.lab.door, &self.process().store, &self.lab.double);
        let crash = &double.crash;
        double.ledger().turn += 1;
        let telling = |moved: cleave_sync::Moved| {
            let nth = told.fetch_add(1, Ordering::Relaxed) + 1;
            if nth == ends_at {
                double.ledger().is_deaf = true;
                crash.notify_one();
            }
            let sending = |id: &String| store.entry_head(id).is_ok_and(|entry| entry.state == State::Sending);
            if shuts && moved.op_ids.iter().any(sending) {
                door.shut();
            }
        };
        let step = tokio::select! {
            biased;
            () = crash.notified() => None,
            step = self.process().sender.step_telling(&telling) => Some(step.expect("the disk works")),
        };
        self.lab.door.open_again().await;
        if step.is_none() {
            self.restart().await;
        }
        step
    }

    async fn restart(&mut self) {
        self.crashes += 1;
        self.lab.double.ledger().is_deaf = true;
        // The old process is gone before the new one opens its files.
        self.process = None;
        self.process = Some(Process::start(self.lab, self.dir.path(), &self.clock, &self.settings).await);
        self.lab.double.ledger().is_deaf = false;
    }

    pub fn entries(&self) -> Vec<(Op, EntryHead)> {
        self.ops.iter().map(|op| (op.clone(), self.process().entry(&op.id))).collect()
    }

    /// Writes down where everything stands, and what took effect though it was settled when this was last done.
    fn note(&mut self) {
        let entries = self.process().store.entries().expect("the outbox is read");
        let mut line = String::new();
        for op in &self.ops {
            let entry = entries.iter().find(|entry| entry.op_id == op.id).expect("the entry is there");
            let effects = self.lab.double.ledger().effects(&op.id);
            let (state, attempts, reason) = (entry.state, entry.attempts, &entry.reason);
            line += &format!("| {:?} {} {state:?} {attempts} {effects} {reason} ", op.kind, op.subject);
            let Some(story) = self.story.get_mut(&op.id) else { continue };
            story.acted_late |= story.settled_at.is_some_and(|before| effects > before);
            story.settled_at = state.is_final().then_some(effects);
        }
        if self.last != line {
            let now = self.clock.monotonic().as_millis();
            self.trace.push(format!("{now} {line}"));
            self.last = line;
        }
    }

    /// What the admin and the others do in the midst of it. Answers whether they did anything.
    fn people(&mut self) -> bool {
        let (other, decides, acts) = (self.dice.chance(6), self.dice.chance(4), self.dice.chance(15));
        if other {
            self.another_admin();
        }
        if decides && self.ops.len() < 5 {
            self.decide_something();
        }
        if acts && !self.ops.is_empty() {
            let op = self.dice.pick(&self.ops);
            let entry = self.process().entry(&op.id);
            match self.dice.below(5) {
                0 if self.process().store.withdraw(&op.id, self.clock.now()).is_ok() => {
                    self.takes_back(&entry)
                }
                1..=3 if entry.state.needs_person() => self.retry(&op, &entry),
                4 if entry.state == State::NeedsPerson && entry.attempts > 0 => {
                    let marked = self.process().store.mark_applied(&op.id, "I looked", self.clock.now());
                    if marked.is_ok()
                        && let Some(story) = self.story.get_mut(&op.id)
                    {
                        story.by_word = true;
                    }
                }
                _ => {}
            }
        }
        other || decides || acts
    }

    /// Of what waits, taking back means that it did not happen and will not; but not of what a person had sent again.
    fn takes_back(&mut self, before: &EntryHead) {
        if let Some(story) = self.story.get_mut(&before.op_id) {
            let given_up = story.retried > 0 && before.attempts > 0;
            story.taken_back = matches!(before.state, State::Queued(_)) && !given_up;
        }
    }

    fn retry(&mut self, op: &Op, entry: &EntryHead) {
        if self.process().store.retry(&op.id, self.clock.now()).is_err() {
            return;
        }
        let promised = entry.reason.starts_with(NOT_HAPPENED);
        if let Some(story) = self.story.get_mut(&op.id) {
            story.retried += 1;
            story.excused += u32::from(entry.state == State::NeedsPerson && entry.attempts > 0 && !promised);
        }
    }

    fn another_admin(&mut self) {
        let op = self.dice.pick(&self.ops.iter().cloned().map(Some).chain([None]).collect::<Vec<_>>());
        let Some(op) = op else { return };
        let (what, merges) = (self.dice.below(4), self.dice.chance(50));
        let mark = self.dice.chance(50).then_some("a stranger's");
        let mut ledger = self.lab.double.ledger();
        if op.kind == Kind::Settings {
            let changed = ledger.change(|world| {
                let other = serde_json::json!({"candidateLimit": 70 + world.changes});
                let body = match what {
                    0 => &op.request,
                    1 => &other,
                    _ => &serde_json::json!({"lookupTriggerFields": ["email"]}),
                };
                world.put_settings(body);
                what == 0
            });
            if changed {
                self.twins.insert(op.id);
            }
            return;
        }
        let separated = ledger.change(|world| match what {
            0 if op.kind.is_about_review() => {
                let resolution = serde_json::json!({"resolution": {"cleaveOpId": mark}});
                world.resolve(&op.subject, merges, &resolution);
                false
            }
            0 | 1 if !op.kind.is_about_review() => world.separate(&op.subject, &op.request).status == 200,
            2 => {
                let (id, at) = match world.reviews.get(&op.subject) {
                    Some(review) => (review.candidate.clone(), world.changes + 1),
                    None => (op.subject.clone(), world.changes + 1),
                };
                world.changes = at;
                if let Some(contact) = world.contacts.get_mut(&id) {
                    contact.values.insert("lastName", format!("Roe{at}"));
                    contact.changed = at;
                }
                false
            }
            _ => false,
        });
        if separated {
            self.twins.insert(op.subject);
        }
    }

    /// What a planted bug does with an entry.
    pub fn advance(&self, entry: &EntryHead, event: Event) {
        let effects = Effects::at(self.clock.now(), "Planted.");
        let _ = self.process().store.advance(entry, event, &effects);
    }
}

/// How the sender says that a separation did not happen.
pub const NOT_HAPPENED: &str = "It seems not to have happened";
