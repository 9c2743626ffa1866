//! Moves decisions and data over HTTP; classifies answers; reconciles; retries.
//!
//! # What it promises
//!
//! * The client follows no redirect, repeats nothing by itself, keeps no cookie, sends no referer, bounds every body
//!   after decompression, and never puts an address into an error. The token goes to its own origin and nowhere else.
//! * A change is sent on a connection of its own over HTTP/1.1, with the bytes whose hash was committed before.
//! * Every answer to a change falls into one class of `cleave_core::outbox::answer`; what follows is decided there.
//! * A decision whose outcome is unknown is settled by what the server shows: evidence that it happened counts at
//!   once, evidence that it did not only after a quarantine and two readings that agree. What the server itself would not
//!   refuse a second time is then a person's to decide.
//! * What the server does not support is found by reading only, and said in words ([`Route::without`]).
//!
//! # What it does not do yet
//!
//! A round reads the whole list of reviews; contacts are read again a few at a time.

mod api;
mod backoff;
mod claims;
mod classify;
mod clock;
pub mod connect;
mod disk;
mod exchange;
mod failure;
mod mutation;
mod origin;
mod probe;
pub mod pull;
mod read;
mod route;
pub mod sender;
mod session;
mod tls;

pub use api::{Api, Limits, SetupError};
pub use classify::Sent;
pub use clock::{Clock, ManualClock, SystemClock};
pub use connect::{ConnectFailure, Person, SignedIn};
pub use disk::on_disk;
pub use failure::{ReadClass, ReadFailure, SyncError};
pub use origin::{Origin, OriginProblem};
pub use probe::Capability;
pub use pull::{Progress, Pulled, PulledContact, Puller, Refreshed, ReviewToTake, TakeOrder, Taken};
pub use read::Named;
pub use route::{Grade, Route};
pub use sender::{Found, Moved, Reach, Rehearsal, Sender, SenderEvent, SenderSettings, Step, servers_words};
pub use session::{HeldTokens, Session, Tokens};
pub use tls::install_tls;
