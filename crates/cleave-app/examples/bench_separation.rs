//! How fast the editor of a separation is with a large contact:
//! `cargo run -p cleave-app --release --example bench_separation -- --seed 1`.
//!
//! A contact with 5,000 child records, one of them a thread of 20,000 messages, lies in the cache; the server is not
//! there. Prints, in milliseconds: opening it from the cache, opening what is open already, moving a divider, small and
//! large edits, taking back, a page of messages, looking for a text, suggestions, and saving the draft. With `--check` it ends with 1 when
//! opening takes more than 300 ms, or an edit or the move of a divider more than 16 ms, in 95 of 100 cases.

mod large;

use std::error::Error;
use std::io::Write;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use cleave_app::home::Home;
use cleave_app::ipc::{
    ChildKind, ChildPlace, ChildRef, ConnectRequest, Credential, SeparationEdit, SeparationSide,
};
use cleave_app::secrets::{Memory, Secrets};
use cleave_app::{App, AppConfig, install_tls};
use cleave_service::{Config, Seed, Service, World};
use cleave_store::Store;
use jiff::Timestamp;
use large::{CONTACT, THREAD};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

const MESSAGES: usize = 20_000;
const OPEN: Duration = Duration::from_millis(300);
const EDIT: Duration = Duration::from_millis(16);

#[tokio::main]
async fn main() -> Result<ExitCode, Box<dyn Error>> {
    let args: Vec<String> = std::env::args().collect();
    let after = |name: &str| args.iter().skip_while(|arg| *arg != name).nth(1);
    let seed: u64 = after("--seed").map_or(Ok(1), |text| text.parse())?;
    let check = args.iter().any(|arg| arg == "--check");
    let mut chance = StdRng::seed_from_u64(seed);
    install_tls();
    let dir = tempfile::tempdir()?;
    let secrets: Arc<dyn Secrets> = Arc::new(Memory::new("A bench."));
    fill(&Home::open(dir.path())?, &secrets, &mut chance).await?;

    let config =
        AppConfig { background: false, ..AppConfig::new(Home::open(dir.path())?, Arc::clone(&secrets)) };
    let app = App::start(config).await?;
    let mut figures = Figures::default();
    for _ in 0..20 {
        app.separation_discard(CONTACT).await?;
        figures.time("open from the cache", Some(OPEN), app.separation(CONTACT)).await?;
    }
    let view = app.separation(CONTACT).await?;
    for _ in 0..20 {
        figures.time("open what is open", Some(OPEN), app.separation(CONTACT)).await?;
    }
    let middle = app.separation_messages(CONTACT, THREAD, 10_000, 1).await?.messages.remove(0).id;
    let divide = SeparationEdit::Divide {
        conversation_id: THREAD.into(),
        message_id: middle,
        before: SeparationSide::Original,
    };
    figures.edit(&app, "cut a thread", divide).await?;
    for _ in 0..200 {
        let by = chance.random_range(-500..500);
        let edit = SeparationEdit::MoveDivider { conversation_id: THREAD.into(), by };
        figures.edit(&app, "move a divider", edit).await?;
    }
    for at in 0..200_usize {
        let text = format!("Janet {at}");
        let edit = SeparationEdit::Set { path: "firstName".into(), side: SeparationSide::New, text };
        figures.edit(&app, "type a value", edit).await?;
        let text = format!("+1416555{:04}", chance.random_range(100..200));
        let edit = SeparationEdit::Set { path: "phoneNumber".into(), side: SeparationSide::New, text };
        figures.edit(&app, "type a number", edit).await?;
        let card = view.cards.get(chance.random_range(0..view.cards.len())).ok_or("no card")?;
        let children = vec![ChildRef { kind: card.kind, id: card.id.clone() }];
        let edit = SeparationEdit::Assign { children, to: ChildPlace::New };
        figures.edit(&app, "assign one record", edit).await?;
    }
    for to in [ChildPlace::Original, ChildPlace::New, ChildPlace::Undecided].into_iter().cycle().take(60) {
        let notes = view.cards.iter().filter(|card| card.kind == ChildKind::Note);
        let children = notes.map(|card| ChildRef { kind: card.kind, id: card.id.clone() }).collect();
        figures.edit(&app, "assign 2,000 records", SeparationEdit::Assign { children, to }).await?;
    }
    for _ in 0..60 {
        figures.time("take a step back", Some(EDIT), app.separation_undo(CONTACT)).await?;
    }
    for _ in 0..50 {
        let from = chance.random_range(0..20_000);
        figures
            .time("a page of messages", Some(EDIT), app.separation_messages(CONTACT, THREAD, from, 200))
            .await?;
        figures.time("look for a text", None, app.separation_find(CONTACT, THREAD, "tomorrow 77")).await?;
    }
    for _ in 0..5 {
        figures.time("suggestions", None, app.separation_suggestions(CONTACT)).await?;
        figures.time("cuts of the thread", None, app.separation_cuts(CONTACT, THREAD)).await?;
    }
    app.shutdown().await?;
    drop(app);
    for at in 0..10 {
        let config =
            AppConfig { background: false, ..AppConfig::new(Home::open(dir.path())?, Arc::clone(&secrets)) };
        let app = App::start(config).await?;
        figures.time("open from a saved draft", Some(OPEN), app.separation(CONTACT)).await?;
        let text = format!("Joan {at}");
        let edit = SeparationEdit::Set { path: "firstName".into(), side: SeparationSide::New, text };
        app.separation_edit(CONTACT, vec![edit]).await?;
        // Besides saving it ends what runs, of which there is nothing.
        figures.time("save a draft", None, app.shutdown()).await?;
    }

    let mut out = std::io::stdout().lock();
    writeln!(out, "seed {seed}: 5,000 child records, a thread of 20,000 messages")?;
    writeln!(out, "{:<24}{:>8}{:>8}{:>8}{:>8}", "ms", "p50", "p95", "worst", "goal")?;
    let missed = figures.print(&mut out)?;
    Ok(if check && missed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// How long things took, by what they are.
#[derive(Default)]
struct Figures(Vec<(&'static str, Option<Duration>, Vec<Duration>)>);

impl Figures {
    async fn time<T, E>(
        &mut self,
        what: &'static str,
        goal: Option<Duration>,
        work: impl Future<Output = Result<T, E>>,
    ) -> Result<(), E> {
        let start = Instant::now();
        work.await?;
        let took = start.elapsed();
        match self.0.iter_mut().find(|(known, _, _)| *known == what) {
            Some((_, _, times)) => times.push(took),
            None => self.0.push((what, goal, vec![took])),
        }
        Ok(())
    }

    async fn edit(
        &mut self,
        app: &App,
        what: &'static str,
        edit: SeparationEdit,
    ) -> Result<(), cleave_app::ipc::AppError> {
        self.time(what, Some(EDIT), app.separation_edit(CONTACT, vec![edit])).await
    }

    /// Prints every line; answers whether a goal was missed.
    fn print(&mut self, out: &mut impl Write) -> std::io::Result<bool> {
        let mut missed = false;
        for (what, goal, times) in &mut self.0 {
            times.sort();
            let at = |share: usize| times.get((times.len() * share / 100).min(times.len() - 1)).copied();
            let ms = |time: Option<Duration>| time.unwrap_or_default().as_secs_f64() * 1000.0;
            let goal_text = goal.map_or_else(String::new, |goal| format!("{}", goal.as_millis()));
            let line = [at(50), at(95), times.last().copied()].map(ms);
            writeln!(out, "{what:<24}{:>8.1}{:>8.1}{:>8.1}{goal_text:>8}", line[0], line[1], line[2])?;
            missed |= goal.is_some_and(|goal| at(95).is_some_and(|time| time > goal));
        }
        Ok(missed)
    }
}

/// Signs in once, so that there is an account, and lays the contact into its cache.
async fn fill(home: &Home, secrets: &Arc<dyn Secrets>, chance: &mut StdRng) -> Result<(), Box<dyn Error>> {
    let world = World::Seed(Seed { number: 1, contacts: 20 });
    let service = Service::start(Config { world, ..Config::default() }).await?;
    let config = AppConfig { background: false, ..AppConfig::new(home.clone(), Arc::clone(secrets)) };
    let app = App::start(config).await?;
    let (email, password) = (service.credentials.email.clone(), service.credentials.password.clone());
    let credential = Credential::Password { email, password };
    let account = app.connect(ConnectRequest { url: service.url.clone(), credential }, false).await?;
    app.shutdown().await?;
    drop(app);
    service.shutdown().await;

    let now: Timestamp = "2026-11-20T12:00:00Z".parse()?;
    let store = Store::open(&home.account(&account.id), now)?;
    large::put(&store, 5_000, MESSAGES, now, chance)
}
