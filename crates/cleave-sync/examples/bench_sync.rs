//! How fast a round is read and how fast the queue answers: `cargo run -p cleave-sync --release --example bench_sync
//! -- --contacts 10000`.
//!
//! Starts the local API service with a generated world (seed 1) and prints, in milliseconds: the first round into an
//! empty cache, a second one that finds nothing new, and pages and searches of the queue in the store. With `--check`
//! it ends with 1 when the first round takes more than two seconds or a page more than 100 ms.

use std::error::Error;
use std::io::Write;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use cleave_service::{Config, Seed, Service, World};
use cleave_store::{QueueQuery, Store};
use cleave_sync::{Api, Clock, HeldTokens, Origin, Puller, SystemClock, connect};
use secrecy::SecretString;

const ROUND: Duration = Duration::from_secs(2);
const PAGE: Duration = Duration::from_millis(100);

#[tokio::main]
async fn main() -> Result<ExitCode, Box<dyn Error>> {
    let args: Vec<String> = std::env::args().collect();
    let after = |name: &str| args.iter().skip_while(|arg| *arg != name).nth(1);
    let contacts: u32 = after("--contacts").map_or(Ok(10_000), |text| text.parse())?;
    let check = args.iter().any(|arg| arg == "--check");
    let mut out = std::io::stdout().lock();

    let world = World::Seed(Seed { number: 1, contacts });
    let service = Service::start(Config { world, ..Config::default() }).await?;
    let origin = Origin::parse(&service.url)?;
    let password = SecretString::from(service.credentials.password.clone());
    let signed_in = connect::sign_in(&origin, &service.credentials.email, &password).await?;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock::default());
    let dir = tempfile::tempdir()?;
    let store = Store::open(dir.path(), clock.now())?;
    let api = Api::new(origin, Arc::new(HeldTokens::new(signed_in.session)))?;
    let puller = Puller::new(api, store.clone(), clock, Some(signed_in.person.organization_id));

    let mut missed = false;
    for name in ["first round", "second round"] {
        let began = Instant::now();
        let pulled = puller.pull_all(|_| {}).await?;
        let took = began.elapsed();
        writeln!(
            out,
            "{name:<16}{:>9.0} ms  {} reviews, {} changed",
            ms(took),
            pulled.seen,
            pulled.changed.len()
        )?;
        missed |= took > ROUND;
    }
    let middle = store.queue_counts()?.open / 2;
    for (name, search, offset) in [
        ("first page", "", 0),
        ("page in the middle", "", middle),
        ("search by name", "an", 0),
        ("search by digits", "416", 0),
    ] {
        let query = QueueQuery { search: search.to_owned(), offset, limit: 100, ..QueueQuery::default() };
        let began = Instant::now();
        let page = store.queue_page(&query)?;
        let took = began.elapsed();
        writeln!(out, "{name:<20}{:>7.1} ms  {} of {}", ms(took), page.rows.len(), page.total)?;
        missed |= took > PAGE;
    }
    service.shutdown().await;
    Ok(if check && missed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
