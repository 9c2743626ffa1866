//! The protocol of the outbox, explored exhaustively.
//!
//! Every order in which the parties can act is tried, breadth first, and every promise is checked in every state that
//! can be reached; nothing is drawn at random. A promise that breaks is shown with a shortest way there. Each bug that
//! one might have written instead is planted in turn, and has to be found ([`planted`]).
//!
//! # What is the product's own
//! Every step of an entry is `outbox::step`, also a person's; every answer is read by `outbox::answer::judge`, or of
//! settings by `reconcile::judge_settings`; what reviews, contacts and settings say is said by `reconcile` and `separation::Expected` over real records; who waits for whom is
//! `State::holds_up_others`. A step that the table does not have is itself a violation.
//!
//! # What is modelled
//! - One entry of each kind (merge, keep-separate, a separation that is guarded, unguarded, or unguarded and without a
//!   trace on the original contact, settings), and two entries that are about the same thing, where the second
//!   supersedes the first, or that share a contact, with the cascade of a merge.
//! - The disk: state, attempts and whether they may have been written. A crash at any point leaves only that; so does
//!   an outcome that cannot be written.
//! - Two instances: the second finds the lock taken and only reads; either may crash or start at any time.
//! - The network: a request is lost on the way, arrives and loses its answer, arrives late, is refused before it does
//!   anything, or is answered by something else; every class of answer occurs. At most one request an instance is
//!   waited for; any number may be late.
//! - The server: reviews with a mark or without, contacts that refuse a second number (with 409 or 422) or create
//!   another contact each time, settings that take what they are given.
//! - Readings that show what is, or what was; readings and checks that fail.
//! - Another admin who does the same, the opposite, edits, or deletes, at any moment.
//! - The person: takes back, retries, supersedes, marks as applied, signs in, whenever the table allows it.
//!
//! # What is assumed ("the bounds")
//! - A request arrives within the quarantine or never: the quarantine ends only when none is on its way. Time is not
//!   counted otherwise; every wait takes any time.
//! - The second of two readings shows at least what was true at the first.
//! - Nobody undoes a separation or a change of settings to exactly what it was, before the outcome is known. Of a
//!   separation that holds also without it, where the server shows when a contact was last changed.
//!
//! [`beyond`] drops each of them, and shows what still holds and what does not.
//!
//! - A request is delivered at most once: the client sends it on a fresh connection and repeats nothing by itself.
//! - An answer in the server's JSON is the server's: 400, 401, 403, 404, 409, 413, 415, 422 and 429 mean that this request
//!   did nothing.
//! - Other admins act, a person retries, and an entry is sent, a bounded number of times; [`DEPTH`] raises it.
//!
//! # What is not modelled
//! - Power cuts that lose what was committed, restored backups and damaged files: those are the store's tests.
//! - A change by another admin between the check and the arrival of the request: the API has no version to compare, so
//!   nothing can prevent it.
//! - A reading and the commit of what it says are one step; what could come between looks like a stale reading.
//! - The order of what the sender and the store do around these functions is written down in [`client`]: that the code
//!   of those crates keeps it is for their own tests.

#![allow(clippy::expect_used, clippy::panic, reason = "a test stops where it fails")]
#![allow(clippy::print_stdout, reason = "figures are shown")]
#![allow(clippy::disallowed_methods, reason = "how deep to go is asked for, and how long it took is shown")]

mod beyond;
mod bounds;
mod client;
mod explore;
mod planted;
mod promise;
mod protocol;
mod reading;
mod server;
mod world;

use std::time::Instant;

use explore::{Extent, explore};
use promise::Promise;
use protocol::{Protocol, Setup};

/// Set to 1 or more, it lets others act, a person retry and an entry be sent so many times more often.
const DEPTH: &str = "CLEAVE_MODEL_DEPTH";

/// How much further than in CI.
fn deeper() -> u8 {
    std::env::var(DEPTH).map_or(0, |depth| depth.parse().expect("a small number"))
}

/// Explores everything; every promise of the setup has to hold.
fn holds(name: &str, setup: Setup) -> Extent {
    let started = Instant::now();
    match explore(&Protocol::new(setup)) {
        Ok(extent) => {
            let Extent { states, moves, depth, .. } = extent;
            println!("{name}: {states} states, {moves} moves, {depth} deep, {:.1?}", started.elapsed());
            extent
        }
        Err(found) => panic!("{name} breaks {:?} in {} moves:{}", found.promise, found.length, found.trace),
    }
}

/// Explores until the promise breaks, which it has to; `None` for "every entry comes to rest".
fn breaks(name: &str, setup: Setup, promise: Option<Promise>) {
    let promises = promise.into_iter().collect();
    match explore(&Protocol::new(Setup { promises, ..setup })) {
        Ok(extent) => panic!("{name} goes unnoticed in {} states", extent.states),
        Err(found) => {
            assert_eq!(found.promise, promise, "{name}, in {} moves:{}", found.length, found.trace);
            let broken =
                promise.map_or_else(|| "coming to rest".to_owned(), |promise| format!("{promise:?}"));
            println!("{name} breaks {broken} in {} moves:{}", found.length, found.trace);
        }
    }
}
