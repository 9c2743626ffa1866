//! How a service is started: where its data lies, what fills an empty database, whom it listens to.

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::time::Duration;

use crate::clock::Clock;

/// Where the service keeps its database, its signing secret and its demo credentials.
#[derive(Debug, Clone)]
pub enum DataDir {
    /// A directory, made when missing, that outlives the service.
    Dir(PathBuf),
    /// A directory of its own that is removed on shutdown.
    Temp,
}

/// What fills a database that holds no world yet. A database that has one is left as it is.
#[derive(Debug, Clone)]
pub enum World {
    /// A generated organisation.
    Seed(Seed),
    /// The contacts of a CSV file, with generated children; see [`crate::import`] for the headers it knows.
    Csv {
        /// The file.
        path: PathBuf,
        /// Seed of the generated children.
        number: u64,
    },
    /// Users, pipelines and default settings, and no contact.
    Empty,
}

/// A generated world: the same seed gives the same ids, contacts, children and reviews.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seed {
    /// Names the world.
    pub number: u64,
    /// Contacts of the main organisation, duplicates included. At most [`Seed::MOST`].
    pub contacts: u32,
}

impl Seed {
    /// The largest world that is generated.
    pub const MOST: u32 = 200_000;
}

impl Default for Seed {
    /// The sandbox: 600 contacts.
    fn default() -> Self {
        Seed { number: 1, contacts: 600 }
    }
}

/// Everything [`crate::Service::start`] needs to know.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where data is kept.
    pub data: DataDir,
    /// Remove what the data directory holds of an earlier service, then fill it anew.
    pub reset: bool,
    /// What fills an empty database.
    pub world: World,
    /// Address to listen on. Loopback unless told otherwise: the demo credentials protect nothing on a network.
    pub bind: IpAddr,
    /// Port to listen on; 0 takes a free one.
    pub port: u16,
    /// Where the service gets the time from.
    pub clock: Clock,
    /// Password of the demo users of a new database; made at random and kept in the data directory when absent.
    pub password: Option<String>,
    /// How long an access token is good for.
    pub token_lifetime: Duration,
    /// How long a refresh token is good for; each is good for one use.
    pub refresh_lifetime: Duration,
    /// Most review ids in one bulk call; more are refused with 400.
    pub bulk_cap: usize,
    /// Largest request body in bytes; a larger one is refused with 413.
    pub body_cap: usize,
    /// Whether faults can be switched on, by [`crate::Running::faults`] and under `/__faults`. For tests only.
    pub faults: bool,
}

impl Default for Config {
    fn default() -> Self {
        Config {
            data: DataDir::Temp,
            reset: false,
            world: World::Seed(Seed::default()),
            bind: IpAddr::V4(Ipv4Addr::LOCALHOST),
            port: 0,
            clock: Clock::System,
            password: None,
            token_lifetime: Duration::from_secs(12 * 3600),
            refresh_lifetime: Duration::from_secs(30 * 24 * 3600),
            bulk_cap: 100,
            body_cap: 4 * 1024 * 1024,
            faults: false,
        }
    }
}
