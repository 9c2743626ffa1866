//! A double of the service that keeps a ledger of what took effect: a world in memory behind real HTTP, with faults that
//! follow from a seed.
//!
//! Its semantics are held equal to those of the real service by `alike`. What it adds is what no real server tells: how
//! often each decision took effect, and when.

pub mod change;
pub mod faults;
pub mod http;
pub mod world;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use cleave_sync::{Clock, ManualClock};
use serde_json::{Value, json};
use tokio::sync::Notify;

use faults::{Faults, Struck};
use http::{Reply, Request};
use world::{Answer, World};

use crate::door::Door;

/// The session is renewed whatever else goes wrong.
const REFRESH: &str = "/api/auth/refresh";

/// Of one decision.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Account {
    /// How often it took effect.
    pub effects: u32,
}

/// A separation that may arrive, by its contact and its request, or a change of settings by the limit that it wants:
/// nothing in them names the operation.
pub struct Known {
    pub op_id: String,
    pub subject: String,
    pub request: Value,
}

/// A request that is still on its way.
struct Late {
    request: Request,
    /// It arrives at this time, or before so many more requests with this key are answered.
    due: Duration,
    before: Option<(String, u32)>,
}

/// One schedule's server.
pub struct Ledger {
    pub accounts: HashMap<String, Account>,
    pub known: Vec<Known>,
    pub faults: Faults,
    /// Every state there was, with the time from which it was there.
    history: Vec<(Duration, Arc<World>)>,
    late: Vec<Late>,
    clock: Arc<ManualClock>,
    met: HashMap<String, u32>,
    renewed: u32,
    /// The step of the sender that is being taken.
    pub turn: u32,
    /// The process that asks has ended: what it had still put on the wire is not heard.
    pub is_deaf: bool,
    pub struck: u32,
    pub requests: u32,
}

impl Ledger {
    pub fn new(world: World, faults: Faults, clock: Arc<ManualClock>) -> Ledger {
        Ledger {
            accounts: HashMap::new(),
            known: Vec::new(),
            faults,
            history: vec![(Duration::ZERO, Arc::new(world))],
            late: Vec::new(),
            clock,
            met: HashMap::new(),
            renewed: 0,
            turn: 0,
            is_deaf: false,
            struck: 0,
            requests: 0,
        }
    }

    pub fn world(&self) -> Arc<World> {
        self.history.last().map(|(_, world)| world.clone()).unwrap_or_default()
    }

    /// What a replica shows that is so far behind.
    fn world_before(&self, lag: Duration) -> Arc<World> {
        let then = self.clock.monotonic().checked_sub(lag);
        let mut past = self.history.iter().rev().filter(|(since, _)| then.is_some_and(|then| *since <= then));
        let first = self.history.first();
        past.next().or(first).map(|(_, world)| world.clone()).unwrap_or_default()
    }

    /// Changes the world, by whatever hand.
    pub fn change<T>(&mut self, change: impl FnOnce(&mut World) -> T) -> T {
        let mut next = (*self.world()).clone();
        let done = change(&mut next);
        let now = self.clock.monotonic();
        self.history.push((now, Arc::new(next)));
        done
    }

    pub fn effects(&self, op_id: &str) -> u32 {
        self.accounts.get(op_id).map_or(0, |account| account.effects)
    }

    /// Requests whose time has come arrive. Answers when the next one does.
    pub fn tick(&mut self) -> Option<Duration> {
        let now = self.clock.monotonic();
        while let Some(at) = self.late.iter().position(|late| late.due <= now) {
            let late = self.late.remove(at);
            self.carry_out(&late.request);
        }
        self.late.iter().map(|late| late.due).min()
    }

    fn carry_out(&mut self, request: &Request) -> Answer {
        let (id, action) = request.change().unwrap_or_default();
        let body = &request.body;
        let answer = self.change(|world| match action {
            "separate" => world.separate(id, body),
            "settings" => world.put_settings(body),
            _ => world.resolve(id, action == "merge", body),
        });
        if answer.status == 200
            && let Some(op_id) = self.operation(request)
        {
            self.accounts.entry(op_id).or_default().effects += 1;
        }
        answer
    }

    /// The operation of a change.
    fn operation(&self, request: &Request) -> Option<String> {
        let (id, action) = request.change()?;
        if action == "settings" {
            let limit = &request.body["candidateLimit"];
            let fits = |known: &&Known| known.subject == id && known.request["candidateLimit"] == *limit;
            return self.known.iter().find(fits).map(|known| known.op_id.clone());
        }
        if action != "separate" {
            return request.body["resolution"]["cleaveOpId"].as_str().map(str::to_owned);
        }
        let fits = |known: &&Known| known.subject == id && known.request == request.body;
        self.known.iter().find(fits).map(|known| known.op_id.clone())
    }

    fn answer(&mut self, request: &Request) -> Reply {
        if self.is_deaf {
            return Reply::Close;
        }
        self.requests += 1;
        let key = request.key();
        let met = self.met.entry(key.clone()).or_default();
        *met += 1;
        let nth = *met;
        for late in &mut self.late {
            if let Some((_, left)) = late.before.as_mut().filter(|(awaited, _)| *awaited == key) {
                *left = left.saturating_sub(1);
                if *left == 0 {
                    late.due = Duration::ZERO;
                }
            }
        }
        self.tick();
        let now = self.clock.monotonic();
        let struck = if request.change().is_some() {
            let op_id = self.operation(request);
            self.faults.of_change(&key, nth, op_id.as_deref())
        } else {
            let spared = request.path == REFRESH || request.path.ends_with("protection-status");
            if spared { None } else { self.faults.of_reading(&key, self.turn, now) }
        };
        self.struck += u32::from(struck.is_some());
        match struck {
            None => self.plain(request),
            Some(Struck::Stale(lag)) => {
                let world = self.world_before(lag);
                Reply::of(&read(&world, request))
            }
            Some(Struck::Instead(reply)) => reply,
            Some(Struck::After(reply)) => {
                self.plain(request);
                reply
            }
            Some(Struck::Cut(percent)) => self.plain(request).cut(percent),
            Some(Struck::Late { after, before, reply }) => {
                let before = before.map(|count| (request.key_of_reading(), count));
                self.late.push(Late { request: request.clone(), due: now + after, before });
                reply
            }
        }
    }

    fn plain(&mut self, request: &Request) -> Reply {
        if request.path == REFRESH {
            self.renewed += 1;
            let token = format!("token{}", self.renewed);
            return Reply::of(&Answer {
                status: 200,
                body: json!({"token": token, "refreshToken": "refresh"}),
            });
        }
        if request.change().is_some() {
            return Reply::of(&self.carry_out(request));
        }
        let world = self.world();
        Reply::of(&read(&world, request))
    }
}

/// A reading of a world.
fn read(world: &World, request: &Request) -> Answer {
    let segments: Vec<&str> = request.path.trim_start_matches("/api/").split('/').collect();
    let found = |data: Option<Value>| match data {
        Some(data) => Answer::of(&data),
        None => Answer::refused(404, "Not found"),
    };
    match (request.method.as_str(), segments.as_slice()) {
        ("GET", ["contacts", "dedup-reviews", id]) => found(world.review(id, true)),
        ("GET", ["contacts"]) => {
            let listed = world.search(request.query("search").as_deref().unwrap_or_default());
            let total = listed.len();
            let mut answer = Answer::of(&json!(listed));
            answer.body["total"] = json!(total);
            answer
        }
        ("POST", ["contacts", "phoneNumber"]) => {
            let holder = request.body["phoneNumber"].as_str().and_then(|number| world.holder(number));
            Answer::of(&json!(holder.and_then(|id| world.contact(id))))
        }
        ("GET", ["contacts", id]) => found(world.contact(id)),
        ("GET", ["contacts", id, "separation-data"]) => found(world.separation_data(id)),
        ("GET", ["organizations", _, "contact-fuzzy-merge-settings"]) => Answer::of(&json!(world.settings)),
        ("GET", ["contacts", id, "documents"]) => found(world.documents(id)),
        ("POST", ["conversation", "messages"]) => {
            let id = request.body["conversationId"].as_str().unwrap_or_default();
            match world.messages(id) {
                Some(messages) => {
                    Answer { status: 200, body: json!({"success": true, "messages": messages}) }
                }
                None => Answer::refused(404, "Conversation not found"),
            }
        }
        _ => Answer::refused(404, "No such route"),
    }
}

/// The ledger that is served, and the sign that the process has to end.
#[derive(Clone)]
pub struct Double {
    ledger: Arc<Mutex<Ledger>>,
    pub crash: Arc<Notify>,
}

impl Double {
    pub fn new(ledger: Ledger) -> Double {
        Double { ledger: Arc::new(Mutex::new(ledger)), crash: Arc::default() }
    }

    pub fn ledger(&self) -> MutexGuard<'_, Ledger> {
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Serves it at a port of its own.
    pub async fn door(&self, first: u16) -> Door {
        let double = self.clone();
        Door::open(first, move |stream| drop(tokio::spawn(http::serve(stream, double.clone())))).await
    }
}
