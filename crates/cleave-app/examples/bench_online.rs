//! How soon decisions go out when the server is there again:
//! `cargo run -p cleave-app --release --example bench_online -- [--decisions N] [--down SECONDS]`.
//!
//! Loads the queue of the local API service, stops the service, decides 1,000 reviews without it (merges and
//! keep-separates in turn), lets some time pass, starts the service again at the same address, and waits until the outbox
//! is empty. Everything runs as in a window, on the real clock. Ends with 1 when the first decision is not sent within
//! 5 s, all are not settled within 60 s, or more than one request in five was sent again.

#[path = "../../../xtask/src/figure.rs"]
#[allow(dead_code, reason = "figures are only printed here")]
mod figure;

use std::collections::HashSet;
use std::error::Error;
use std::io::Write;
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
use jiff::Timestamp;

const FIRST: Duration = Duration::from_secs(5);
const ALL: Duration = Duration::from_secs(60);
/// Of all requests that change something, in percent.
const AGAIN: usize = 20;
/// What the world follows from.
const SEED: u64 = 1;
/// Whoever is not done then, is not going to be.
const GIVE_UP: Duration = Duration::from_secs(180);

#[tokio::main]
async fn main() -> Result<ExitCode, Box<dyn Error>> {
    let args: Vec<String> = std::env::args().collect();
    let after = |name: &str| args.iter().skip_while(|arg| *arg != name).nth(1);
    let decisions: usize = after("--decisions").map_or(Ok(1_000), |text| text.parse())?;
    let down: u64 = after("--down").map_or(Ok(15), |text| text.parse())?;
    install_tls();
    let dir = tempfile::tempdir()?;
    let home = Home::open(dir.path().join("home"))?;
    let secrets: Arc<dyn Secrets> = Arc::new(Memory::new("A bench."));
    let config = || AppConfig {
        cancel_window: Duration::ZERO,
        // Nobody waits for a server that is known to be gone.
        review_budget: Duration::from_millis(1),
        ..AppConfig::new(home.clone(), Arc::clone(&secrets))
    };

    let data = dir.path().join("service");
    let service = serve(&data, 0, decisions).await?;
    let (url, port) = (service.url.clone(), service.url.rsplit(':').next().unwrap_or_default().parse()?);
    let (email, password) = (service.credentials.email.clone(), service.credentials.password.clone());
    let account = {
        let app = App::start(AppConfig { background: false, ..config() }).await?;
        let credential = Credential::Password { email, password };
        let account = app.connect(ConnectRequest { url, credential }, false).await?;
        app.sync(SyncOrder { pull: true, ..SyncOrder::default() }).await?;
        app.shutdown().await?;
        account
    };
    service.shutdown().await;

    let app = App::start(config()).await?;
    let began = Instant::now();
    let decided = decide(&app, decisions).await?;
    let deciding = began.elapsed();
    tokio::time::sleep(Duration::from_secs(down).saturating_sub(deciding)).await;

    let service = serve(&data, port, decisions).await?;
    let (back, back_at) = (Instant::now(), Timestamp::now());
    let store = Store::open_or_read(&home.account(&account.id), back_at)?;
    while store.outbox_counts()?.unsettled > 0 && back.elapsed() < GIVE_UP {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let drained = back.elapsed();
    app.shutdown().await?;
    service.shutdown().await;
    report(&store, decided, back_at, drained)
}

/// The same world each time; at the port where it was before.
async fn serve(data: &std::path::Path, port: u16, decisions: usize) -> Result<Running, Box<dyn Error>> {
    // About so many contacts have a review of their own.
    let contacts = u32::try_from(decisions * 16)?;
    let config = Config {
        data: DataDir::Dir(data.to_owned()),
        world: World::Seed(Seed { number: SEED, contacts }),
        port,
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

fn report(
    store: &Store,
    decided: usize,
    back_at: Timestamp,
    drained: Duration,
) -> Result<ExitCode, Box<dyn Error>> {
    let entries = store.entries()?;
    let applied = entries.iter().filter(|entry| entry.state == State::Applied).count();
    let (mut attempts, mut first) = (0, None);
    for entry in &entries {
        let made = store.attempts(&entry.op_id)?;
        attempts += made.len();
        let since = made.iter().filter(|attempt| attempt.at >= back_at).map(|attempt| attempt.at).min();
        first = [first, since].into_iter().flatten().min();
    }
    let first = first.and_then(|first| Duration::try_from(first.duration_since(back_at)).ok());
    let seconds = |time: Option<Duration>| {
        time.map_or("never".to_owned(), |time| format!("{:.1} s", time.as_secs_f64()))
    };
    let again = 100 * attempts.saturating_sub(decided) / attempts.max(1);
    let all_there = applied == decided && entries.len() == decided;
    let rows = [
        (
            "first send after the server is back",
            "5 s",
            seconds(first),
            first.is_some_and(|first| first <= FIRST),
        ),
        ("all settled after the server is back", "60 s", seconds(Some(drained)), drained <= ALL && all_there),
        ("requests that were sent again", "20 %", format!("{again} % of {attempts}"), again <= AGAIN),
    ];
    let mut out = std::io::stdout().lock();
    let mut missed = false;
    for (what, goal, result, held) in rows {
        let figure = Figure {
            name: "R8".to_owned(),
            what: format!("{decided} decisions, {applied} applied: {what}"),
            goal: goal.to_owned(),
            result,
            seed: Some(SEED),
            took: drained,
            held,
        };
        writeln!(out, "{figure}")?;
        missed |= !held;
    }
    Ok(if missed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
