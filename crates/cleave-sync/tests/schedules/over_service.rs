//! Schedules over the real service with its fault switches: fewer, because it has a database of its own.
//!
//! The service has no ledger. A merge or a keep-separate is told by its mark, a separation by the contacts that are there
//! more than before.

use std::sync::Arc;
use std::time::{Duration, Instant};

use cleave_core::outbox::State;
use cleave_service::{Config, Fault, FaultKind, Running, Seed, Service, World as Generated};
use cleave_store::{QueueQuery, Superseding};
use cleave_sync::{
    Api, Clock, HeldTokens, Limits, ManualClock, Origin, Puller, Sender, SenderSettings, Step, Tokens,
    connect,
};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

use crate::bench::{scratch, start};
use crate::decisions::{Kind, decide_on};
use crate::dice::Dice;
use crate::{asked, bench};

const SCHEDULES: u64 = 60;
/// Schedules that one service is used for.
const A_SERVICE: u64 = 20;

/// What may happen to the request that decides.
fn fault(dice: &mut Dice) -> FaultKind {
    match dice.below(9) {
        0 => FaultKind::LoseAnswer,
        1 => FaultKind::CutAnswer { bytes: dice.below(200).into() },
        2 => FaultKind::Drop,
        3 => FaultKind::Hang { commit: true },
        4 => FaultKind::Hang { commit: false },
        5 => FaultKind::Html { status: dice.pick(&[200, 502, 504, 511]) },
        6 => status(dice.pick(&[500, 503, 408]), None),
        7 => status(429, Some("7")),
        _ => status(dice.pick(&[301, 302, 307]), None),
    }
}

fn status(status: u16, retry_after: Option<&str>) -> FaultKind {
    FaultKind::Status { status, body: None, retry_after: retry_after.map(str::to_owned), location: None }
}

struct There {
    running: Running,
    tokens: Arc<HeldTokens>,
    api: Api,
}

impl There {
    async fn start(number: u64) -> There {
        let config = Config {
            world: Generated::Seed(Seed { number, contacts: 120 }),
            password: Some("correct horse".into()),
            faults: true,
            ..Config::default()
        };
        let running = Service::start(config).await.unwrap();
        let origin = Origin::parse(&running.url).unwrap();
        let password = SecretString::from(running.credentials.password.clone());
        let signed_in = connect::sign_in(&origin, &running.credentials.email, &password).await.unwrap();
        let tokens = Arc::new(HeldTokens::new(signed_in.session));
        let held: Arc<dyn Tokens> = tokens.clone();
        let limits = Limits { change: Duration::from_millis(400), ..Limits::default() };
        let api = Api::with_limits(origin, held, limits).unwrap();
        There { running, tokens, api }
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
}

/// One decision with one or two faults. Answers what is wrong in the end, and whether a person is asked needlessly.
async fn play(there: &There, seed: u64) -> (Option<String>, bool) {
    let mut dice = Dice::of(seed, "service");
    let dir = scratch();
    let clock = Arc::new(ManualClock::at(start()));
    let store = bench::open(dir.path(), &clock).await;
    let settings =
        SenderSettings { quarantine: Duration::from_secs(40), jitter: || 1.0, ..SenderSettings::default() };
    let puller = Puller::new(there.api.clone(), store.clone(), clock.clone(), None);
    let kind = dice.pick(&[Kind::Merge, Kind::KeepSeparate, Kind::Guarded, Kind::Unguarded]);
    let id = format!("v{seed}");
    let (subject, new) = if kind.is_about_review() {
        puller.pull_all(|_| {}).await.unwrap();
        let query = QueueQuery { limit: 100, ..QueueQuery::default() };
        let rows = store.queue_page(&query).unwrap().rows;
        let review_id = dice.pick(&rows).review_id;
        puller.pull_review(&review_id).await.unwrap();
        let seen = store.review(&review_id).unwrap().unwrap().review;
        (review_id, decide_on(kind, Some(&seen), None, &id, clock.now(), &mut dice).unwrap().1)
    } else {
        let list = there.get("/api/contacts?ownerFilter=all&size=100").await;
        let ids: Vec<&str> =
            list["data"].as_array().unwrap().iter().filter_map(|one| one["_id"].as_str()).collect();
        let contact_id = dice.pick(&ids).to_owned();
        puller.pull_separation(&contact_id, |_| {}).await.unwrap();
        let seen = store.subject(&contact_id).unwrap().unwrap().subject;
        let Some((_, new)) = decide_on(kind, None, Some(&seen), &id, clock.now(), &mut dice) else {
            return (None, false);
        };
        (contact_id, new)
    };
    drop(puller);
    let before = there.contacts().await;
    store.insert_decision(&new, Superseding::No).unwrap();
    let faults = dice.between(1, 2);
    let path = match kind {
        Kind::Merge => "/api/contacts/dedup-reviews/*/merge",
        Kind::KeepSeparate => "/api/contacts/dedup-reviews/*/keep-separate",
        _ => "/api/contacts/*/separate",
    };
    let method = if kind.is_about_review() { "PATCH" } else { "POST" };
    let switches = there.running.faults().unwrap();
    for _ in 0..faults {
        switches.add(Fault::once(method, path, fault(&mut dice))).unwrap();
    }
    let mut sender = Sender::new(there.api.clone(), store.clone(), clock.clone(), settings.clone());
    let mut store = store;
    for _ in 0..400 {
        if dice.chance(3) {
            drop((sender, store));
            store = bench::open(dir.path(), &clock).await;
            sender = Sender::new(there.api.clone(), store.clone(), clock.clone(), settings.clone());
        }
        match sender.step().await.unwrap() {
            Step::Moved(_) => {}
            Step::Idle { wait: Some(wait) } => clock.advance(wait.max(Duration::from_millis(1))),
            Step::Idle { wait: None } => break,
        }
    }
    switches.clear();
    let entry = store.entry_head(&id).unwrap();
    let settled = entry.state.is_final() || entry.state.needs_person();
    let effects = if kind.is_about_review() {
        let review = there.get(&format!("/api/contacts/dedup-reviews/{subject}")).await;
        u64::from(review["data"]["resolution"]["cleaveOpId"] == id.as_str())
    } else {
        there.contacts().await - before
    };
    let most = 1;
    let fits = match entry.state {
        State::Applied => effects == 1,
        State::NeedsPerson => kind.is_unguarded() || effects <= most,
        _ => effects == 0,
    };
    let wrong = !settled || effects > most || !fits;
    let story = format!("seed {seed}, {kind:?}: {:?} with {effects} effects: {}", entry.state, entry.reason);
    let needless = faults == 1 && !kind.is_unguarded() && entry.state.needs_person();
    (wrong.then_some(story.clone()), needless)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_real_service_loses_doubles_and_misreports_nothing() {
    let (first, count) = (asked("CLEAVE_SEED", 1), asked("CLEAVE_SERVICE_SCHEDULES", SCHEDULES));
    let started = Instant::now();
    let (mut wrong, mut needless) = (Vec::new(), 0);
    for at in (0..count).step_by(usize::try_from(A_SERVICE).unwrap()) {
        let there = There::start(first + at).await;
        for seed in first + at..first + count.min(at + A_SERVICE) {
            let (story, asks) = play(&there, seed).await;
            wrong.extend(story);
            needless += u32::from(asks);
        }
        there.running.shutdown().await;
    }
    println!(
        "R2 over the service: {count} schedules from seed {first} in {:.0} s: {} lost, doubled or misreported, {needless} needless questions",
        started.elapsed().as_secs_f64(),
        wrong.len(),
    );
    assert!(wrong.is_empty() && needless == 0, "{}", wrong.join("\n"));
}
