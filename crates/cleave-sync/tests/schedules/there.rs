//! The real service, and one decision about something of it.
//!
//! The service has no ledger. A merge or a keep-separate is told by its mark, a separation by the contacts that are there
//! more than before, a change of settings by the settings.

use std::sync::Arc;
use std::time::Duration;

use cleave_core::decision::Decision;
use cleave_core::outbox::State;
use cleave_core::settings::SettingsShown;
use cleave_service::{Config, Running, Seed, Service, World};
use cleave_store::{EntryHead, QueueQuery, Store, Superseding};
use cleave_sync::{
    Api, Clock, HeldTokens, Limits, ManualClock, Moved, Origin, Puller, Sender, SenderSettings, Step, Tokens,
    connect,
};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value};
use tempfile::TempDir;

use crate::bench;
use crate::decisions::{Kind, decide_on, decide_settings};
use crate::dice::Dice;
use crate::schedule::NOT_HAPPENED;

pub struct There {
    pub running: Running,
    tokens: Arc<HeldTokens>,
    api: Api,
    organization: String,
}

/// A decision that is saved, and whoever sends it.
pub struct Decided {
    pub kind: Kind,
    pub id: String,
    subject: String,
    store: Store,
    sender: Sender,
    clock: Arc<ManualClock>,
    dir: TempDir,
    /// How many contacts there were.
    before: u64,
}

impl There {
    /// The world of this number, for clients that wait so long for what becomes of a change. They ask another address,
    /// where one is given.
    pub async fn start(number: u64, patience: Duration, by_way_of: Option<&dyn Fn(&str) -> String>) -> There {
        let config = Config {
            world: World::Seed(Seed { number, contacts: 120 }),
            password: Some("correct horse".into()),
            faults: true,
            ..Config::default()
        };
        let running = Service::start(config).await.unwrap();
        let address = by_way_of.map_or_else(|| running.url.clone(), |other| other(&running.url));
        let origin = Origin::parse(&address).unwrap();
        let password = SecretString::from(running.credentials.password.clone());
        let signed_in = connect::sign_in(&origin, &running.credentials.email, &password).await.unwrap();
        let organization = signed_in.person.organization_id;
        let tokens = Arc::new(HeldTokens::new(signed_in.session));
        let held: Arc<dyn Tokens> = tokens.clone();
        let limits = Limits { change: patience, ..Limits::default() };
        let api = Api::with_limits(origin, held, limits).unwrap();
        There { running, tokens, api, organization }
    }

    async fn get(&self, path: &str) -> Value {
        let token = self.tokens.session().unwrap().token;
        let request = reqwest::Client::new().get(format!("{}{path}", self.running.url));
        let answer = request.bearer_auth(token.expose_secret()).send().await.unwrap();
        serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap()
    }

    async fn contacts(&self) -> u64 {
        self.get("/api/contacts?ownerFilter=all&size=1").await["total"].as_u64().unwrap()
    }

    /// Saves a decision of this kind about something that it is about to read; `None` where it cannot be made.
    pub async fn decide(&self, kind: Kind, id: &str, dice: &mut Dice) -> Option<Decided> {
        let dir = bench::scratch();
        let clock = Arc::new(ManualClock::at(bench::start()));
        let store = bench::open(dir.path(), &clock).await;
        let puller = Puller::new(self.api.clone(), store.clone(), clock.clone(), None);
        let (subject, new) = if kind == Kind::Settings {
            let seen = self.settings().await;
            // Another one than there is.
            let limit = 1 + u32::try_from(seen["candidateLimit"].as_u64().unwrap()).unwrap() % 100;
            let organization = &self.organization;
            (organization.clone(), decide_settings(&seen, organization, limit, id, clock.now(), dice)?.1)
        } else if kind.is_about_review() {
            puller.pull_all(|_| {}).await.unwrap();
            let query = QueueQuery { limit: 100, ..QueueQuery::default() };
            let review_id = dice.pick(&store.queue_page(&query).unwrap().rows).review_id;
            puller.pull_review(&review_id).await.unwrap();
            let seen = store.review(&review_id).unwrap().unwrap().review;
            (review_id, decide_on(kind, Some(&seen), None, id, clock.now(), dice)?.1)
        } else {
            let list = self.get("/api/contacts?ownerFilter=all&size=100").await;
            let listed = list["data"].as_array().unwrap();
            let ids: Vec<&str> = listed.iter().filter_map(|one| one["_id"].as_str()).collect();
            let contact_id = dice.pick(&ids).to_owned();
            puller.pull_separation(&contact_id, |_| {}).await.unwrap();
            let seen = store.subject(&contact_id).unwrap().unwrap().subject;
            (contact_id, decide_on(kind, None, Some(&seen), id, clock.now(), dice)?.1)
        };
        let before = self.contacts().await;
        store.insert_decision(&new, Superseding::No).unwrap();
        let (id, sender) = (id.to_owned(), self.sender(&store, &clock));
        Some(Decided { kind, id, subject, store, sender, clock, dir, before })
    }

    fn sender(&self, store: &Store, clock: &Arc<ManualClock>) -> Sender {
        let quarantine = Duration::from_secs(40);
        let settings = SenderSettings { quarantine, jitter: || 1.0, ..SenderSettings::default() };
        Sender::new(self.api.clone(), store.clone(), clock.clone(), settings)
    }

    async fn settings(&self) -> Map<String, Value> {
        let path = format!("/api/organizations/{}/contact-fuzzy-merge-settings", self.organization);
        self.get(&path).await["data"].as_object().unwrap().clone()
    }

    /// How often a decision took effect; of settings, whether.
    pub async fn effects(&self, decided: &Decided) -> u64 {
        if decided.kind == Kind::Settings {
            let decision = decided.store.entry(&decided.id).unwrap().decision;
            let Decision::Settings(settings) = decision else { panic!("a change of settings") };
            u64::from(settings.shown_by(&self.settings().await) == SettingsShown::Wanted)
        } else if decided.kind.is_about_review() {
            let review = self.get(&format!("/api/contacts/dedup-reviews/{}", decided.subject)).await;
            u64::from(review["data"]["resolution"]["cleaveOpId"] == decided.id.as_str())
        } else {
            self.contacts().await - decided.before
        }
    }
}

impl Decided {
    pub fn entry(&self) -> EntryHead {
        self.store.entry_head(&self.id).unwrap()
    }

    pub fn store(&self) -> &Store {
        &self.store
    }

    pub fn now(&self) -> jiff::Timestamp {
        self.clock.now()
    }

    /// The process ends, and another one opens the same files.
    pub async fn restarted(self, there: &There) -> Decided {
        let Decided { kind, id, subject, store, sender, clock, dir, before } = self;
        drop((sender, store));
        let store = bench::open(dir.path(), &clock).await;
        let sender = there.sender(&store, &clock);
        Decided { kind, id, subject, store, sender, clock, dir, before }
    }

    /// One step, telling about every commit in it.
    pub async fn step_telling(&self, telling: &(dyn Fn(Moved) + Send + Sync)) -> Step {
        self.sender.step_telling(telling).await.unwrap()
    }

    /// One step, or time that passes where there is nothing to do. Answers whether there may be more.
    pub async fn step(&self) -> bool {
        match self.step_telling(&|_| {}).await {
            Step::Moved(_) => true,
            Step::Idle { wait: Some(wait) } => {
                self.clock.advance(wait.max(Duration::from_millis(1)));
                true
            }
            Step::Idle { wait: None } => false,
        }
    }

    /// What is wrong in the end with what the outbox says, when it took effect so often.
    pub fn untrue(&self, effects: u64) -> Option<String> {
        let entry = self.entry();
        let settled = entry.state.is_final() || entry.state.needs_person();
        let fits = match entry.state {
            State::Applied => effects == 1,
            State::NeedsPerson => !entry.reason.starts_with(NOT_HAPPENED) || effects == 0,
            _ => effects == 0,
        };
        let wrong = !settled || effects > 1 || !fits;
        let (kind, state, reason) = (self.kind, entry.state, &entry.reason);
        wrong.then(|| format!("{kind:?}: {state:?} with {effects} effects: {reason}"))
    }
}
