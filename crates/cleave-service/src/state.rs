//! What every request shares.

use std::time::Duration;

use crate::auth::token::Keys;
use crate::clock::Clock;
use crate::db::Db;
use crate::fault::Faults;

/// The running service as its operations see it.
pub(crate) struct State {
    /// The database.
    pub(crate) db: Db,
    /// What signs tokens.
    pub(crate) keys: Keys,
    /// The time.
    pub(crate) clock: Clock,
    /// How long a refresh token is good for.
    pub(crate) refresh_lifetime: Duration,
    /// Most review ids in one bulk call.
    pub(crate) bulk_cap: usize,
    /// Largest request body in bytes.
    pub(crate) body_cap: usize,
    /// The fault switches; none unless the service was started with them.
    pub(crate) faults: Option<Faults>,
}
