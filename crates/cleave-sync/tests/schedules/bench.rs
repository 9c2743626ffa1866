//! The product under test: the real outbox in real files, the real client and sender, on a clock that is moved by hand.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use cleave_store::{EntryHead, Store};
use cleave_sync::{
    Api, Clock, HeldTokens, Limits, ManualClock, Origin, Sender, SenderSettings, Session, Tokens,
};
use jiff::Timestamp;
use secrecy::SecretString;
use tempfile::TempDir;

use crate::door::Door;
use crate::double::Double;

pub const START: &str = "2026-03-01T09:00:00Z";

pub fn start() -> Timestamp {
    START.parse().expect("a time")
}

/// What schedules of one thread share: a client, the port it asks, and an empty store to copy.
pub struct Lab {
    pub door: Door,
    pub double: Double,
    pub api: Api,
    tokens: Arc<HeldTokens>,
    template: TempDir,
}

/// Where files are in memory, where the system has such a place: what is tried here is no power cut.
pub fn scratch() -> TempDir {
    let memory = Path::new("/dev/shm");
    let made = if memory.is_dir() { TempDir::new_in(memory) } else { TempDir::new() };
    made.or_else(|_| TempDir::new()).expect("a folder")
}

fn session() -> Session {
    Session { token: SecretString::from("token"), refresh: Some(SecretString::from("refresh")) }
}

impl Lab {
    pub async fn new(double: Double, number: u16) -> Lab {
        let process = u16::try_from(std::process::id() % 6000).expect("a small number");
        let door = double.door(process * 2 + number * 97).await;
        let tokens = Arc::new(HeldTokens::new(session()));
        let held: Arc<dyn Tokens> = tokens.clone();
        let origin = Origin::parse(&format!("http://127.0.0.1:{}", door.port)).expect("an origin");
        let api = Api::with_limits(origin, held, Limits::default()).expect("a client");
        let template = scratch();
        drop(Store::open(template.path(), start()).expect("an empty store"));
        Lab { door, double, api, tokens, template }
    }

    /// An empty store of its own.
    pub fn store_files(&self) -> TempDir {
        let dir = scratch();
        let files = std::fs::read_dir(self.template.path()).expect("the empty store");
        for file in files {
            let file: PathBuf = file.expect("a file").path();
            std::fs::copy(&file, dir.path().join(file.file_name().expect("a name"))).expect("a copy");
        }
        dir
    }

    pub fn sign_in(&self) {
        self.tokens.renewed(session());
    }
}

/// One process.
pub struct Process {
    pub store: Store,
    pub sender: Sender,
}

impl Process {
    pub async fn start(
        lab: &Lab,
        dir: &Path,
        clock: &Arc<ManualClock>,
        settings: &SenderSettings,
    ) -> Process {
        let store = open(dir, clock).await;
        let sender = Sender::new(lab.api.clone(), store.clone(), clock.clone(), settings.clone());
        Process { store, sender }
    }

    pub fn entry(&self, op_id: &str) -> EntryHead {
        self.store.entry_head(op_id).expect("the entry is there")
    }
}

/// Opens what is in the files. Whoever had them open may still be about to let go.
pub async fn open(dir: &Path, clock: &Arc<ManualClock>) -> Store {
    let mut store = Store::open(dir, clock.now());
    for _ in 0..2000 {
        if store.is_ok() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(2)).await;
        store = Store::open(dir, clock.now());
    }
    store.expect("the store opens")
}
