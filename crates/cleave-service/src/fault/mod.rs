//! Faults for tests: what goes wrong between a client and a server, on demand and counted.
//!
//! Nothing here is part of a service unless it was started with [`Config::faults`](crate::Config::faults). A fault
//! names the requests it strikes by method and path; of several that fit, the one added first strikes.

mod strike;
mod wire;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::sync::watch;

use crate::auth::call::StaleReader;

pub(crate) use strike::strike;
pub(crate) use wire::{CutListener, Wire};

/// A fault and the requests it strikes.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Fault {
    /// Only requests with this method, such as `PATCH`; every method when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// Only requests to this path. `*` stands for one segment and a last `**` for any rest.
    pub path: String,
    /// How many fitting requests pass unharmed first.
    #[serde(default)]
    pub skip: u32,
    /// How many are struck after that; without end when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<u32>,
    /// What happens to them.
    pub kind: FaultKind,
}

impl Fault {
    /// A fault that strikes the next request to a path, and no other.
    pub fn once(method: &str, path: &str, kind: FaultKind) -> Self {
        Fault { method: Some(method.to_owned()), path: path.to_owned(), skip: 0, times: Some(1), kind }
    }
}

/// What happens to a struck request.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "type", deny_unknown_fields)]
pub enum FaultKind {
    /// It waits, before it is carried out or after.
    Delay {
        /// How long, in milliseconds.
        millis: u64,
        /// Carried out first, and only the answer waits.
        #[serde(default)]
        after: bool,
    },
    /// It is not carried out and answered with this status.
    Status {
        /// 100 to 599.
        status: u16,
        /// The JSON body; an error of the usual form when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        body: Option<Value>,
        /// Value of `Retry-After`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        retry_after: Option<String>,
        /// Value of `Location`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        location: Option<String>,
    },
    /// It is not carried out and answered with an HTML page, as a captive portal does.
    Html {
        /// 100 to 599.
        status: u16,
    },
    /// The connection is closed without a byte, and it is not carried out.
    Drop,
    /// It is carried out, and the connection is closed before a byte of the answer.
    LoseAnswer,
    /// It is carried out, and the connection is closed after so many bytes of the answer.
    CutAnswer {
        /// Bytes that get through, head included.
        bytes: u64,
    },
    /// No answer ever comes.
    Hang {
        /// Carried out first.
        #[serde(default)]
        commit: bool,
    },
    /// It reads the state of the moment at which the fault was added.
    StaleRead,
}

struct Armed {
    fault: Fault,
    met: u32,
    struck: u32,
    stale: Option<StaleReader>,
}

/// The fault switches of a running service.
#[derive(Clone)]
pub struct Faults {
    armed: Arc<Mutex<Vec<Armed>>>,
    db: crate::db::Db,
    stopping: watch::Receiver<bool>,
}

impl Faults {
    pub(crate) fn new(db: crate::db::Db, stopping: watch::Receiver<bool>) -> Self {
        Faults { armed: Arc::default(), db, stopping }
    }

    /// Arms a fault.
    ///
    /// # Errors
    /// The words of the database when the state for a stale read cannot be held.
    pub fn add(&self, fault: Fault) -> Result<(), String> {
        let stale = match fault.kind {
            FaultKind::StaleRead => {
                let reader = self.db.frozen_reader().map_err(|error| error.to_string())?;
                Some(StaleReader(Arc::new(Mutex::new(reader))))
            }
            _ => None,
        };
        self.lock().push(Armed { fault, met: 0, struck: 0, stale });
        Ok(())
    }

    /// Disarms every fault.
    pub fn clear(&self) {
        self.lock().clear();
    }

    /// The armed faults, each with how many requests it has struck.
    pub fn list(&self) -> Vec<(Fault, u32)> {
        self.lock().iter().map(|armed| (armed.fault.clone(), armed.struck)).collect()
    }

    /// The fault that strikes a request, counted as struck.
    fn next(&self, method: &str, path: &str) -> Option<(FaultKind, Option<StaleReader>)> {
        for armed in self.lock().iter_mut() {
            let fault = &armed.fault;
            let same_method =
                fault.method.as_deref().is_none_or(|wanted| wanted.eq_ignore_ascii_case(method));
            if !same_method || !fits(&fault.path, path) {
                continue;
            }
            armed.met += 1;
            if armed.met > fault.skip && fault.times.is_none_or(|times| armed.struck < times) {
                armed.struck += 1;
                return Some((fault.kind.clone(), armed.stale.clone()));
            }
        }
        None
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Armed>> {
        self.armed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn fits(pattern: &str, path: &str) -> bool {
    let (mut wanted, mut segments) = (pattern.split('/'), path.split('/'));
    loop {
        match (wanted.next(), segments.next()) {
            (Some("**"), _) | (None, None) => return true,
            (Some("*"), Some(_)) => {}
            (Some(want), Some(segment)) if want == segment => {}
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests;
