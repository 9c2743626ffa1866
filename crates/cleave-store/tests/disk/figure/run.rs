//! Running the session: in a child, where it tells each step after the store has answered, and here, to know what must
//! be found after each.

use std::io::Write;
use std::path::{Path, PathBuf};

use cleave_store::planted::{self, Fault};
use cleave_store::{Result, Store, StoreError};

use super::session::{SHORT, Step, afterwards, at, long};
use super::told;

/// The folder of the child's store; that it is set makes a process the child.
pub const FOLDER: &str = "CLEAVE_DISK_FOLDER";
/// Which session it runs: `short`, `long`, or `held` for the short one, after which it goes on until it is killed.
pub const SESSION: &str = "CLEAVE_DISK_SESSION";
/// The word for the session that does not end.
pub const HELD: &str = "held";
/// The fault that is planted in it.
pub const FAULT: &str = "CLEAVE_DISK_FAULT";
/// More files than a process opens before it gets to its own.
const OPENS: usize = 64;
/// How many times a step that failed is tried again.
const TRIES: usize = 3;

/// Which session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// Every kind of step once.
    Short,
    /// With large writes in between.
    Long,
}

impl Length {
    /// Its steps.
    pub fn steps(self) -> Vec<Step> {
        match self {
            Length::Short => SHORT.to_vec(),
            Length::Long => long(),
        }
    }

    /// Its word in the environment.
    pub fn word(self) -> &'static str {
        match self {
            Length::Short => "short",
            Length::Long => "long",
        }
    }
}

/// The word of a fault in the environment.
pub fn fault_word(fault: Fault) -> &'static str {
    match fault {
        Fault::NoSync => "no-sync",
        Fault::AnswerBeforeCommit => "answer-before-commit",
        Fault::LostAttempt => "lost-attempt",
        Fault::SwallowedError => "swallowed-error",
    }
}

/// The child: runs the session in a thread of its own, so that its calls of the system are counted from one. Answers
/// whether this process is one.
pub fn is_child() -> bool {
    let Some(folder) = std::env::var_os(FOLDER).map(PathBuf::from) else { return false };
    let word = std::env::var(FAULT).unwrap_or_default();
    let faults = [Fault::NoSync, Fault::AnswerBeforeCommit, Fault::LostAttempt, Fault::SwallowedError];
    if let Some(fault) = faults.into_iter().find(|fault| fault_word(*fault) == word) {
        planted::plant(fault);
    }
    let session_word = std::env::var(SESSION).unwrap_or_default();
    let length = if session_word == "long" { Length::Long } else { Length::Short };
    let hold = session_word == HELD;
    let child = std::thread::spawn(move || session(&folder, &length.steps(), hold));
    let code = if child.join().is_ok() { 0 } else { 101 };
    std::process::exit(code);
}

/// One write a line, so that it stands in order among the other calls of the system.
fn say(line: &str) {
    let _ = std::io::stderr().write_all(format!("step: {line}\n").as_bytes());
}

fn session(folder: &Path, steps: &[Step], hold: bool) {
    // Calls are counted in each thread, and the first thread opens libraries: the files of the store come after those.
    for _ in 0..OPENS {
        drop(std::fs::File::open("/dev/null"));
    }
    let mut store = None;
    'steps: for (number, step) in steps.iter().enumerate() {
        for _ in 0..TRIES {
            let before = store.as_ref().and_then(|store| told::all(store).ok());
            match take(&mut store, folder, *step, number) {
                Ok(()) => {
                    say(&format!("saved {number}"));
                    continue 'steps;
                }
                Err(error) => say(&format!("failed {number} {}", kind(&error))),
            }
            let after = store.as_ref().and_then(|store| told::all(store).ok());
            if before.is_some() && after.is_some() && before != after {
                say(&format!("moved {number}"));
            }
        }
        say(&format!("stopped {number}"));
        break;
    }
    if hold {
        say("holding");
        loop {
            std::thread::park();
        }
    }
    drop(store);
    say("ended");
}

fn take(store: &mut Option<Store>, folder: &Path, step: Step, number: usize) -> Result<()> {
    match step {
        Step::Open => {
            *store = None;
            *store = Some(Store::open(folder, at(number))?);
            Ok(())
        }
        Step::Call(call) => match store {
            Some(store) => call(store, at(number)),
            None => Err(StoreError::NotFound),
        },
    }
}

fn kind(error: &StoreError) -> &'static str {
    match error {
        StoreError::Full => "full",
        StoreError::ReadOnly => "read-only",
        StoreError::Io(_) => "io",
        StoreError::Damaged(_) => "damaged",
        StoreError::Sqlite(_) => "sqlite",
        _ => "other",
    }
}

/// What is told after each step and a restart. The first is of before the first step: nothing.
pub fn expected(length: Length) -> Vec<String> {
    let steps = length.steps();
    let folder = super::scratch();
    let (mut store, mut expected) = (None, Vec::new());
    for done in 0..=steps.len() {
        if done > 0 {
            take(&mut store, &folder.path().join("store"), steps[done - 1], done - 1).unwrap();
        }
        let copy = super::scratch();
        if store.is_some() {
            // Between two calls nothing is being written.
            for name in ["outbox.db", "outbox.db-wal"] {
                std::fs::copy(folder.path().join("store").join(name), copy.path().join(name)).unwrap();
            }
        }
        let restarted = Store::open(copy.path(), afterwards()).unwrap();
        expected.push(told::all(&restarted).unwrap());
    }
    expected
}
