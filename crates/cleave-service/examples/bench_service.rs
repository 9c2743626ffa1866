//! How fast the service answers on loopback, by route: `cargo run -p cleave-service --release --example
//! bench_service -- --contacts 100000`.
//!
//! Prints how long the world took to make, then the median, the 95th percentile and the slowest answer of each route
//! in milliseconds, over one connection, one request after the other, paths drawn by a fixed seed. With `--check` it
//! ends with 1 when a list, get or pending route is slower than 20 ms at the 95th percentile. The other routes have no
//! goal: they are measured, marked and never fail.

use std::error::Error;
use std::io::Write;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use cleave_service::{Config, Running, Seed, Service, World};
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};

const SAMPLES: usize = 400;
const WARM_UP: usize = 20;
const GOAL: Duration = Duration::from_millis(20);

#[tokio::main]
async fn main() -> Result<ExitCode, Box<dyn Error>> {
    let args: Vec<String> = std::env::args().collect();
    let after = |name: &str| args.iter().skip_while(|arg| *arg != name).nth(1);
    let contacts: u32 = after("--contacts").map_or(Ok(100_000), |text| text.parse())?;
    let check = args.iter().any(|arg| arg == "--check");

    rustls::crypto::ring::default_provider().install_default().map_err(|_| "the TLS provider is taken")?;
    let mut out = std::io::stdout().lock();
    let began = Instant::now();
    let world = World::Seed(Seed { number: 1, contacts });
    let running = Service::start(Config { world, ..Config::default() }).await?;
    writeln!(out, "{contacts} contacts made in {:.1} s (seed 1)", began.elapsed().as_secs_f64())?;

    let client = Client::sign_in(&running).await?;
    let known = Known::of(&client).await?;
    writeln!(out, "{} reviews wait; {SAMPLES} requests a route", known.reviews)?;
    writeln!(out, "{:<26}{:>9}{:>9}{:>9}  (ms)", "route", "p50", "p95", "max")?;
    let mut missed = false;
    for (route, goal) in ROUTES {
        let mut times = client.measure(route, &known, contacts).await?;
        times.sort_unstable();
        let at = |percent: usize| times[(times.len() - 1) * percent / 100];
        let ms = |time: Duration| time.as_secs_f64() * 1000.0;
        let mark = match goal {
            Some(goal) if at(95) > goal => "  slower than the goal",
            Some(_) => "",
            None => "  no goal",
        };
        writeln!(out, "{route:<26}{:>9.2}{:>9.2}{:>9.2}{mark}", ms(at(50)), ms(at(95)), ms(at(100)))?;
        missed |= goal.is_some_and(|goal| at(95) > goal);
    }
    running.shutdown().await;
    if check && missed {
        writeln!(out, "slower than {} ms at the 95th percentile", GOAL.as_millis())?;
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}

/// What is measured, and the slowest 95th percentile it may have.
const ROUTES: [(&str, Option<Duration>); 9] = [
    ("contacts, first page", Some(GOAL)),
    ("contacts, any page", Some(GOAL)),
    ("contacts, search", None),
    ("contact", Some(GOAL)),
    ("reviews, first page", Some(GOAL)),
    ("reviews, any page", Some(GOAL)),
    ("review", Some(GOAL)),
    ("pending of a contact", Some(GOAL)),
    ("separation data", None),
];

/// Ids to ask for.
struct Known {
    contacts: Vec<String>,
    review_ids: Vec<String>,
    reviews: u64,
}

impl Known {
    async fn of(client: &Client) -> Result<Known, Box<dyn Error>> {
        let queue = client.get("/api/contacts/dedup-reviews?size=200").await?;
        let list = client.get("/api/contacts?ownerFilter=all&size=200&page=2").await?;
        let ids = |list: &Value, key: &str| -> Vec<String> {
            let items = list["data"].as_array().into_iter().flatten();
            items.filter_map(|item| item[key].as_str()).map(str::to_owned).collect()
        };
        let mut contacts = ids(&list, "_id");
        contacts.extend(ids(&queue, "sourceContactId"));
        Ok(Known {
            contacts,
            review_ids: ids(&queue, "_id"),
            reviews: queue["total"].as_u64().unwrap_or_default(),
        })
    }
}

/// One connection that is signed in.
struct Client {
    http: reqwest::Client,
    url: String,
    token: String,
}

impl Client {
    async fn sign_in(running: &Running) -> Result<Client, Box<dyn Error>> {
        let http = reqwest::Client::builder().build()?;
        let body = json!({"email": running.credentials.email, "password": running.credentials.password});
        let login = http.post(format!("{}/api/auth/login", running.url)).json(&body).send().await?;
        let login: Value = login.error_for_status()?.json().await?;
        let token = login["token"].as_str().unwrap_or_default().to_owned();
        Ok(Client { http, url: running.url.clone(), token })
    }

    async fn get(&self, path: &str) -> Result<Value, Box<dyn Error>> {
        let answer = self.http.get(format!("{}{path}", self.url)).bearer_auth(&self.token).send().await?;
        Ok(answer.error_for_status()?.json().await?)
    }

    async fn measure(
        &self,
        route: &str,
        known: &Known,
        contacts: u32,
    ) -> Result<Vec<Duration>, Box<dyn Error>> {
        let mut chance = ChaCha8Rng::seed_from_u64(1);
        let mut times = Vec::with_capacity(SAMPLES);
        for sample in 0..WARM_UP + SAMPLES {
            let path = path(route, known, contacts, &mut chance)?;
            let began = Instant::now();
            self.get(&path).await?;
            if sample >= WARM_UP {
                times.push(began.elapsed());
            }
        }
        Ok(times)
    }
}

fn path(
    route: &str,
    known: &Known,
    contacts: u32,
    chance: &mut ChaCha8Rng,
) -> Result<String, Box<dyn Error>> {
    let contact = known.contacts.choose(chance).ok_or("no contact")?;
    let review = known.review_ids.choose(chance).ok_or("no review")?;
    let typed =
        ["jan", "müller", "c", "416", "an ha", "example", "0142", "zz"].choose(chance).ok_or("nothing")?;
    Ok(match route {
        "contacts, first page" => "/api/contacts?ownerFilter=all&size=50".to_owned(),
        "contacts, any page" => {
            format!(
                "/api/contacts?ownerFilter=all&size=50&page={}",
                chance.random_range(1..=contacts.div_ceil(50))
            )
        }
        "contacts, search" => format!("/api/contacts?ownerFilter=all&size=50&search={typed}"),
        "contact" => format!("/api/contacts/{contact}"),
        "reviews, first page" => "/api/contacts/dedup-reviews?size=50".to_owned(),
        "reviews, any page" => {
            let last = u32::try_from(known.reviews.div_ceil(50)).unwrap_or(1).max(1);
            format!("/api/contacts/dedup-reviews?size=50&page={}", chance.random_range(1..=last))
        }
        "review" => format!("/api/contacts/dedup-reviews/{review}"),
        "pending of a contact" => format!("/api/contacts/{contact}/dedup-reviews/pending"),
        _ => format!("/api/contacts/{contact}/separation-data"),
    })
}
