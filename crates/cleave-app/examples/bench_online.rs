//! How soon decisions go out when the server is there again:
//! `cargo run -p cleave-app --release --example bench_online -- [--decisions N] [--down SECONDS]`.
//!
//! Loads the queue of the local API service, stops the service, decides 1,000 reviews without it (merges and
//! keep-separates in turn), lets some time pass, starts the service again, and waits until the outbox is empty.
//! Everything runs as in a window, on the real clock. Clients ask a port before the service that counts what they ask,
//! and ends every connection while the service is gone. Ends with 1 when the first decision is not sent within 5 s, all
//! are not settled within 60 s, or more than one request in five was needless: made while nobody was there, the same
//! change once more, or a review read more often than before it is decided and when it has left the list. Then a few
//! decisions again with a client that is made to try every 20 ms: that one has to be found.

#[path = "../../../xtask/src/figure.rs"]
#[allow(dead_code, reason = "figures are only printed here")]
mod figure;
mod gate;

use std::collections::HashSet;
use std::error::Error;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use cleave_app::home::Home;
use cleave_app::ipc::{
    ConnectRequest, Credential, DecideRequest, DecisionInput, QueueRequest, QueueRow, QueueSort,
};
use cleave_app::secrets::{Memory, Secrets};
use cleave_app::{App, AppConfig, SyncOrder, install_tls};
use cleave_core::outbox::State;
use cleave_service::{Config, DataDir, Running, Seed, Service, World};
use cleave_store::Store;
use figure::Figure;
use gate::{Gate, Seen};
use jiff::Timestamp;

const FIRST: Duration = Duration::from_secs(5);
const ALL: Duration = Duration::from_secs(60);
/// Of all requests, in percent.
const AGAIN: usize = 20;
/// What the world follows from.
const SEED: u64 = 1;
/// Whoever is not done then, is not going to be.
const GIVE_UP: Duration = Duration::from_secs(180);
/// How many decisions the impatient client has, and how long it finds no server.
const IMPATIENT: (usize, u64) = (50, 5);

/// One outage.
struct Outage {
    decisions: usize,
    down: Duration,
    /// The client is made to try again and again.
    impatient: bool,
}

/// What came of it.
struct Measured {
    decided: usize,
    applied: usize,
    /// From the moment the server was back.
    first: Option<Duration>,
    drained: Duration,
    /// Nothing else is in the outbox, and all of it took effect.
    all_there: bool,
    needless: usize,
    requests: usize,
}

impl Measured {
    /// In percent.
    fn again(&self) -> usize {
        100 * self.needless / self.requests.max(1)
    }
}

#[tokio::main]
async fn main() -> Result<ExitCode, Box<dyn Error>> {
    let args: Vec<String> = std::env::args().collect();
    let after = |name: &str| args.iter().skip_while(|arg| *arg != name).nth(1);
    let decisions: usize = after("--decisions").map_or(Ok(1_000), |text| text.parse())?;
    let down: u64 = after("--down").map_or(Ok(15), |text| text.parse())?;
    install_tls();
    let began = Instant::now();
    let outage = Outage { decisions, down: Duration::from_secs(down), impatient: false };
    let held = report(&play(outage).await?, began.elapsed())?;
    let began = Instant::now();
    let (decisions, down) = IMPATIENT;
    let outage = Outage { decisions, down: Duration::from_secs(down), impatient: true };
    let found = report_planted(&play(outage).await?, began.elapsed())?;
    Ok(if held && found { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn play(outage: Outage) -> Result<Measured, Box<dyn Error>> {
    let Outage { decisions, down, impatient } = outage;
    let dir = tempfile::tempdir()?;
    let home = Home::open(dir.path().join("home"))?;
    let secrets: Arc<dyn Secrets> = Arc::new(Memory::new("A bench."));
    let config = || AppConfig {
        cancel_window: Duration::ZERO,
        // Nobody waits for a server that is known to be gone.
        review_budget: Duration::from_millis(1),
        ..AppConfig::new(home.clone(), Arc::clone(&secrets))
    };

    let gate = Gate::open().await?;
    let data = dir.path().join("service");
    let service = serve(&data, decisions).await?;
    gate.server(Some(port_of(&service)?));
    let (email, password) = (service.credentials.email.clone(), service.credentials.password.clone());
    let account = {
        let app = App::start(AppConfig { background: false, ..config() }).await?;
        let credential = Credential::Password { email, password };
        let account = app.connect(ConnectRequest { url: gate.url(), credential }, false).await?;
        app.sync(SyncOrder { pull: true, ..SyncOrder::default() }).await?;
        app.shutdown().await?;
        account
    };
    gate.server(None);
    service.shutdown().await;
    gate.take();

    let app = App::start(config()).await?;
    let until = Instant::now() + down;
    let decided = decide(&app, decisions).await?;
    while impatient && Instant::now() < until {
        app.sync_now().await?;
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    tokio::time::sleep(until.saturating_duration_since(Instant::now())).await;

    let service = serve(&data, decisions).await?;
    gate.server(Some(port_of(&service)?));
    let (back, back_at) = (Instant::now(), Timestamp::now());
    let store = Store::open_or_read(&home.account(&account.id), back_at)?;
    while store.outbox_counts()?.unsettled > 0 && back.elapsed() < GIVE_UP {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let drained = back.elapsed();
    let seen = gate.take();
    app.shutdown().await?;
    service.shutdown().await;

    let entries = store.entries()?;
    let applied = entries.iter().filter(|entry| entry.state == State::Applied).count();
    let mut first = None;
    for entry in &entries {
        let made = store.attempts(&entry.op_id)?;
        let since = made.iter().filter(|attempt| attempt.at >= back_at).map(|attempt| attempt.at).min();
        first = [first, since].into_iter().flatten().min();
    }
    Ok(Measured {
        decided,
        applied,
        first: first.and_then(|first| Duration::try_from(first.duration_since(back_at)).ok()),
        drained,
        all_there: applied == decided && entries.len() == decided,
        needless: needless(&seen),
        requests: seen.knocks + seen.requests.values().sum::<usize>(),
    })
}

/// Requests that would not have been needed: while nobody was there, and beyond what a decision about a review takes: one
/// reading before, one change, one reading when it has left the list. Lists and contacts may change, and are read as often
/// as that.
fn needless(seen: &Seen) -> usize {
    let of_reviews = seen.requests.iter().filter(|(request, _)| request.contains("/dedup-reviews/"));
    let beyond = |(request, count): (&String, &usize)| {
        let needed = if request.starts_with("GET ") { 2 } else { 1 };
        count.saturating_sub(needed)
    };
    seen.knocks + of_reviews.map(beyond).sum::<usize>()
}

fn port_of(service: &Running) -> Result<u16, Box<dyn Error>> {
    Ok(service.url.rsplit(':').next().unwrap_or_default().parse()?)
}

/// The same world each time.
async fn serve(data: &Path, decisions: usize) -> Result<Running, Box<dyn Error>> {
    // About so many contacts have a review of their own.
    let contacts = u32::try_from(decisions * 16)?;
    let config = Config {
        data: DataDir::Dir(data.to_owned()),
        world: World::Seed(Seed { number: SEED, contacts }),
        ..Config::default()
    };
    Ok(Service::start(config).await?)
}

/// Decides about so many reviews that share no contact. Answers how many there were.
async fn decide(app: &App, decisions: usize) -> Result<usize, Box<dyn Error>> {
    let (mut taken, mut decided) = (HashSet::new(), 0);
    let mut offset = 0;
    while decided < decisions {
        let request = QueueRequest { sort: QueueSort::Oldest, offset, limit: 500, ..QueueRequest::default() };
        let rows: Vec<QueueRow> = app.queue(request).await?.rows;
        if rows.is_empty() {
            break;
        }
        let before = decided;
        let page = rows.len();
        for row in rows {
            if decided == decisions || taken.contains(&row.source_id) || taken.contains(&row.candidate_id) {
                continue;
            }
            let decision = if decided.is_multiple_of(2) {
                DecisionInput::Merge { picks: Vec::new(), note: None }
            } else {
                DecisionInput::KeepSeparate { note: None }
            };
            let based_on = app.review(&row.review_id).await?.based_on;
            let request = DecideRequest {
                op_id: format!("00000000-0000-4000-8000-{decided:012}"),
                review_id: row.review_id,
                based_on,
                decision,
                dry_run: false,
            };
            // A merge that a person has to look at first is passed over.
            if app.decide(request).await.is_ok() {
                taken.extend([row.source_id, row.candidate_id]);
                decided += 1;
            }
        }
        // What was decided has left the list.
        offset += u32::try_from(page - (decided - before).min(page))?;
    }
    Ok(decided)
}

/// Prints the figures. Answers whether all goals were reached.
fn report(measured: &Measured, took: Duration) -> Result<bool, Box<dyn Error>> {
    let Measured { decided, applied, first, drained, all_there, needless, requests } = *measured;
    let seconds = |time: Duration| format!("{:.1} s", time.as_secs_f64());
    let soon = first.map_or("never".to_owned(), seconds);
    let again = format!("{} %: {needless} of {requests} requests", measured.again());
    let rows = [
        ("first send after the server is back", "5 s", soon, first.is_some_and(|first| first <= FIRST)),
        ("all settled after the server is back", "60 s", seconds(drained), drained <= ALL && all_there),
        ("needless requests, as the server sees them", "20 %", again, measured.again() <= AGAIN),
    ];
    let mut all_held = true;
    for (what, goal, result, held) in rows {
        print(format!("{decided} decisions, {applied} applied: {what}"), goal, result, took, held)?;
        all_held &= held;
    }
    Ok(all_held)
}

/// Prints whether the impatient client was found.
fn report_planted(measured: &Measured, took: Duration) -> Result<bool, Box<dyn Error>> {
    let found = measured.again() > AGAIN;
    let what = format!("planted: a client that tries every 20 ms, {} decisions", measured.decided);
    let again = format!("{} %: {} of {} requests", measured.again(), measured.needless, measured.requests);
    print(what, "found", again, took, found)?;
    Ok(found)
}

fn print(what: String, goal: &str, result: String, took: Duration, held: bool) -> Result<(), Box<dyn Error>> {
    let (name, goal, seed) = ("R8".to_owned(), goal.to_owned(), Some(SEED));
    writeln!(std::io::stdout().lock(), "{}", Figure { name, what, goal, result, seed, took, held })?;
    Ok(())
}
