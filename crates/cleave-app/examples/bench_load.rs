//! How fast views and decisions are over much data, and how much memory they take:
//! `cargo run -p cleave-app --release --example bench_load -- [--long]`.
//!
//! 10,000 reviews in the cache, 1,000 decisions that wait and a contact with 1,000 records; with `--long` 100,000, 10,000
//! and 5,000. Another process of this program lays them there; this one opens them as a window would, without a server,
//! and asks for every view. Ends with 1 when a decision takes more than 50 ms or a view more than 100 ms in 95 of 100
//! cases, or the process more than 300 MB at any time. There is no session and nothing goes on in the background, so the
//! memory is that of what is kept and shown, not of sending or loading. How long the window takes to come up is measured
//! with the window itself, by `cargo xtask bench start`.

#[path = "../../../xtask/src/figure.rs"]
#[allow(dead_code, reason = "figures are only printed here")]
mod figure;
mod large;

use std::error::Error;
use std::io::Write;
use std::process::{Command, ExitCode};
use std::sync::Arc;
use std::time::{Duration, Instant};

use cleave_app::home::Home;
use cleave_app::ipc::{
    ConnectRequest, ContactSearch, Credential, DecideRequest, DecisionInput, HistoryRequest, QueueFilter,
    QueueRequest, QueueSort,
};
use cleave_app::secrets::{Memory, Secrets};
use cleave_app::{App, AppConfig, install_tls};
use cleave_core::decision::Decision;
use cleave_core::outbox::{Event, Hold};
use cleave_service::{Config, Seed, Service, World};
use cleave_store::{Effects, NewEntry, Store, Superseding};
use figure::Figure;
use jiff::{SignedDuration, Timestamp};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use serde_json::{Value, json};

const SEED: u64 = 1;
const SAVED: Duration = Duration::from_millis(50);
const VIEW: Duration = Duration::from_millis(100);
/// In KiB, as the system counts it.
const MEMORY: u64 = 300 * 1024;

/// Set, it is the folder that this process fills.
const FOLDER: &str = "CLEAVE_BENCH_FOLDER";

/// How much there is.
#[derive(Clone, Copy)]
struct Sizes {
    reviews: usize,
    pending: usize,
    records: usize,
}

const REDUCED: Sizes = Sizes { reviews: 10_000, pending: 1_000, records: 1_000 };
const FULL: Sizes = Sizes { reviews: 100_000, pending: 10_000, records: 5_000 };

/// Decisions that are settled, as a share of those that wait.
const SETTLED: usize = 5;

#[tokio::main]
async fn main() -> Result<ExitCode, Box<dyn Error>> {
    let sizes = if std::env::args().any(|arg| arg == "--long") { FULL } else { REDUCED };
    install_tls();
    let secrets: Arc<dyn Secrets> = Arc::new(Memory::new("A bench."));
    if let Some(folder) = std::env::var_os(FOLDER) {
        fill(&Home::open(folder)?, secrets, sizes).await?;
        return Ok(ExitCode::SUCCESS);
    }
    let dir = tempfile::tempdir()?;
    let mut filling = Command::new(std::env::current_exe()?);
    filling.args(std::env::args().skip(1)).env(FOLDER, dir.path());
    if !filling.status()?.success() {
        return Err("the data could not be laid there".into());
    }

    let began = Instant::now();
    let config = AppConfig {
        background: false,
        // Nobody waits for a server that is known to be gone.
        review_budget: Duration::from_millis(1),
        ..AppConfig::new(Home::open(dir.path())?, secrets)
    };
    let app = App::start(config).await?;
    let mut figures = Figures::default();
    measure(&app, sizes, &mut figures).await?;
    app.shutdown().await?;
    figures.report(sizes, began.elapsed())
}

async fn measure(app: &App, sizes: Sizes, figures: &mut Figures) -> Result<(), Box<dyn Error>> {
    let mut chance = StdRng::seed_from_u64(SEED);
    let middle = u32::try_from(sizes.reviews / 2)?;
    for _ in 0..20 {
        figures.view("open", app.open(drop)).await?;
    }
    let filters = [
        (QueueFilter::Open, "open"),
        (QueueFilter::PhoneConflicts, "phone conflicts"),
        (QueueFilter::FuzzyMatches, "fuzzy matches"),
        (QueueFilter::Decided, "decided"),
    ];
    let sorts = [
        (QueueSort::ScoreDown, "most alike"),
        (QueueSort::ScoreUp, "least alike"),
        (QueueSort::Newest, "newest"),
        (QueueSort::Oldest, "oldest"),
    ];
    for (filter, filtered) in filters {
        for (sort, sorted) in sorts {
            for (search, searched) in [("", ""), ("an", ", by name"), ("416", ", by digits")] {
                let what = format!("queue: {filtered}, {sorted}{searched}");
                for at in 0..10 {
                    let offset = if at % 2 == 0 { 0 } else { middle };
                    let search = search.to_owned();
                    let request = QueueRequest { filter, sort, search, offset, limit: 100 };
                    figures.view(&what, app.queue(request)).await?;
                }
            }
        }
    }
    for _ in 0..200 {
        let id = review_id(chance.random_range(0..sizes.reviews));
        figures.view("review", app.review(&id)).await?;
        let id = op_id(chance.random_range(0..sizes.pending));
        figures.view("outbox entry", app.outbox_entry(&id)).await?;
    }
    for _ in 0..20 {
        figures.view("outbox", app.outbox()).await?;
        let request =
            HistoryRequest { text: String::new(), kind: None, different: false, after: None, limit: 50 };
        let found = HistoryRequest { text: "an 7".into(), ..request.clone() };
        figures.view("history", app.history(request)).await?;
        figures.view("history, by name", app.history(found)).await?;
        for (what, text) in [("contacts", ""), ("contacts, by name", "an"), ("contacts, by number", "416555")]
        {
            figures.view(what, app.contacts(ContactSearch { text: text.into(), limit: 50 })).await?;
        }
    }
    for _ in 0..20 {
        app.separation_discard(large::CONTACT).await?;
        figures.view("separation", app.separation(large::CONTACT)).await?;
    }
    for at in 0..100 {
        // Those after the ones that are decided.
        let review_id = review_id(sizes.pending + sizes.pending / SETTLED + at);
        let based_on = app.review(&review_id).await?.based_on;
        let decision = if at % 2 == 0 {
            DecisionInput::Merge { picks: Vec::new(), note: None }
        } else {
            DecisionInput::KeepSeparate { note: None }
        };
        let op_id = op_id(sizes.reviews + at);
        let request = DecideRequest { op_id, review_id, based_on, decision, dry_run: false };
        figures.time("decision saved", SAVED, app.decide(request)).await?;
    }
    Ok(())
}

/// How long things took, by what they are.
#[derive(Default)]
struct Figures(Vec<(String, Duration, Vec<Duration>)>);

impl Figures {
    async fn view<T, E>(&mut self, what: &str, work: impl Future<Output = Result<T, E>>) -> Result<(), E> {
        self.time(what, VIEW, work).await
    }

    async fn time<T, E>(
        &mut self,
        what: &str,
        goal: Duration,
        work: impl Future<Output = Result<T, E>>,
    ) -> Result<(), E> {
        let start = Instant::now();
        work.await?;
        let took = start.elapsed();
        match self.0.iter_mut().find(|(known, _, _)| known == what) {
            Some((_, _, times)) => times.push(took),
            None => self.0.push((what.to_owned(), goal, vec![took])),
        }
        Ok(())
    }

    /// Prints a line for each thing, then the figures.
    fn report(&mut self, sizes: Sizes, took: Duration) -> Result<ExitCode, Box<dyn Error>> {
        let mut out = std::io::stdout().lock();
        let Sizes { reviews, pending, records } = sizes;
        let much = format!("{reviews} reviews, {pending} waiting, {records} records of a contact");
        let mut slowest = [("", Duration::ZERO, VIEW), ("", Duration::ZERO, SAVED)];
        for (what, goal, times) in &mut self.0 {
            times.sort();
            let at = |share: usize| times.get((times.len() * share / 100).min(times.len() - 1)).copied();
            let [middle, most, worst] =
                [at(50), at(95), times.last().copied()].map(Option::unwrap_or_default);
            let late = if most > *goal { "  too slow" } else { "" };
            writeln!(
                out,
                "{what:<48} p50 {:>7.1} p95 {:>7.1} worst {:>7.1} ms{late}",
                ms(middle),
                ms(most),
                ms(worst)
            )?;
            for slow in slowest.iter_mut().filter(|slow| slow.2 == *goal && slow.1 <= most) {
                (slow.0, slow.1) = (what.as_str(), most);
            }
        }
        let mut missed = false;
        let mut print = |what: String, goal: String, result: String, held: bool| {
            missed |= !held;
            let what = format!("{much}: {what}");
            let figure = Figure { name: "R15".into(), what, goal, result, seed: Some(SEED), took, held };
            writeln!(out, "{figure}")
        };
        for ((what, most, goal), kind) in slowest.into_iter().zip(["the slowest view", "a decision"]) {
            let result = format!("{:.1} ms ({what})", ms(most));
            print(format!("{kind}, p95"), format!("{} ms", goal.as_millis()), result, most <= goal)?;
        }
        match peak() {
            Some(peak) => {
                let result = format!("{} MB", peak / 1024);
                print(
                    "memory of the process, without a session".into(),
                    "300 MB".into(),
                    result,
                    peak <= MEMORY,
                )?;
            }
            None => print(
                "memory of the process, without a session".into(),
                "300 MB".into(),
                "not told here".into(),
                true,
            )?,
        }
        Ok(if missed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
    }
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// The most memory that this process had, in KiB, where the system tells.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}

/// Signs in once, so that there is an account, and lays everything into its store.
async fn fill(home: &Home, secrets: Arc<dyn Secrets>, sizes: Sizes) -> Result<(), Box<dyn Error>> {
    let world = World::Seed(Seed { number: SEED, contacts: 20 });
    let service = Service::start(Config { world, ..Config::default() }).await?;
    let app = App::start(AppConfig { background: false, ..AppConfig::new(home.clone(), secrets) }).await?;
    let (email, password) = (service.credentials.email.clone(), service.credentials.password.clone());
    let credential = Credential::Password { email, password };
    let account = app.connect(ConnectRequest { url: service.url.clone(), credential }, false).await?;
    app.shutdown().await?;
    drop(app);
    service.shutdown().await;

    let now: Timestamp = "2026-11-20T12:00:00Z".parse()?;
    let store = Store::open(&home.account(&account.id), now)?;
    let mut chance = StdRng::seed_from_u64(SEED);
    let mut batch = Vec::new();
    for at in 0..sizes.reviews {
        batch.push(serde_json::from_value(review(at, now, &mut chance))?);
        if batch.len() == 500 || at + 1 == sizes.reviews {
            store.put_reviews(&batch, now)?;
            batch.clear();
        }
    }
    large::put(&store, sizes.records, 4 * sizes.records, now, &mut chance)?;
    let settled = sizes.pending / SETTLED;
    for at in 0..sizes.pending + settled {
        let new = NewEntry {
            op_id: op_id(at),
            subject: review_id(at),
            decision: Decision::KeepSeparate { note: None },
            basis: String::new(),
            seen: Value::Null,
            title: format!("Ann {at} and Anne {at}"),
            contact_ids: vec![format!("source-{at}"), format!("candidate-{at}")],
            predicted: Vec::new(),
            decided_at: now,
            cancel_until: now,
            from_draft: false,
        };
        let mut entry = store.insert_decision(&new, Superseding::No)?.entry;
        let steps = [Event::Hold(Hold::None), Event::Check, Event::AlreadySo];
        for event in steps.into_iter().filter(|_| at >= sizes.pending) {
            entry = store.advance(&entry, event, &Effects::at(now, "Measured."))?.entry;
        }
    }
    Ok(())
}

fn review_id(at: usize) -> String {
    format!("review-{at}")
}

fn op_id(at: usize) -> String {
    format!("00000000-0000-4000-8000-{at:012}")
}

/// A pair that resembles each other, both sides with what a contact usually has.
fn review(at: usize, now: Timestamp, chance: &mut StdRng) -> Value {
    const NAMES: [&str; 8] = ["Anna", "Bernd", "Chandra", "Dana", "Emre", "Fatima", "Georg", "Hana"];
    let first = NAMES[chance.random_range(0..NAMES.len())];
    let last = format!("{}{}", NAMES[chance.random_range(0..NAMES.len())], at % 997);
    let hours = i64::try_from(at).unwrap_or_default();
    let when = now.checked_sub(SignedDuration::from_hours(hours % 20_000)).unwrap_or(now).to_string();
    let side = |id: String, first: &str, number: u32| {
        json!({"_id": id, "firstName": first, "lastName": last, "email": format!("{first}.{last}@example.com"),
            "phoneNumber": format!("+1416{number:07}"), "status": "Contacted", "city": "Toronto",
            "dateOfBirth": "1990-04-01", "createdAt": when, "updatedAt": when})
    };
    let kind = if at.is_multiple_of(5) { "phone_conflict" } else { "fuzzy_match" };
    let number = chance.random_range(2_000_000..10_000_000);
    json!({"_id": review_id(at), "status": "needs_review", "reviewSource": kind,
        "score": chance.random_range(60..100),
        "sourceContactId": side(format!("source-{at}"), first, number),
        "candidateContactId": side(format!("candidate-{at}"), &format!("{first}e"), number + 1),
        "createdAt": when, "updatedAt": when})
}
