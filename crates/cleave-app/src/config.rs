//! What an application is started with.

use std::sync::Arc;
use std::time::Duration;

use cleave_sync::{Clock, SystemClock};

use crate::home::Home;
use crate::secrets::Secrets;

/// Environment variable that sets the cancel window, in milliseconds.
pub const CANCEL_WINDOW_VARIABLE: &str = "CLEAVE_CANCEL_WINDOW_MS";

/// Environment variable that sets the quarantine of a decision whose answer was lost, in milliseconds. Shorter than a
/// server may still be at work with a request, it lets a decision be taken for undone that is done a moment later.
pub const QUARANTINE_VARIABLE: &str = "CLEAVE_QUARANTINE_MS";

/// How long a request whose answer was lost may still take effect.
pub const QUARANTINE: Duration = Duration::from_secs(360);

/// Time in which a decision can be taken back before it is sent.
pub const CANCEL_WINDOW: Duration = Duration::from_secs(8);

/// How long a start waits for the process before to let go of its files.
const PATIENCE: Duration = Duration::from_secs(3);

/// Everything [`crate::App::start`] needs to know.
pub struct AppConfig {
    /// Where everything is stored.
    pub home: Home,
    /// What keeps the sessions; see [`crate::secrets::choose`].
    pub secrets: Arc<dyn Secrets>,
    /// Where the time comes from.
    pub clock: Arc<dyn Clock>,
    /// How long a decision waits before it is sent.
    pub cancel_window: Duration,
    /// How long the fate of a decision whose answer was lost is left open before silence counts as "not done".
    pub quarantine: Duration,
    /// How far apart the two readings are that must agree on that.
    pub agreement: Duration,
    /// Time between two rounds of loading reviews.
    pub pull_every: Duration,
    /// Longest time that opening a review waits for the server before it shows what the cache has.
    pub review_budget: Duration,
    /// How long a start waits for the process before to let go of its files; then it only reads.
    pub patience: Duration,
    /// Whether reviews are loaded and decisions sent without being asked: yes in a window, no in a command that ends.
    pub background: bool,
}

impl AppConfig {
    /// The defaults, for a window.
    pub fn new(home: Home, secrets: Arc<dyn Secrets>) -> Self {
        AppConfig {
            home,
            secrets,
            clock: Arc::new(SystemClock::default()),
            cancel_window: asked(CANCEL_WINDOW_VARIABLE, CANCEL_WINDOW),
            quarantine: asked(QUARANTINE_VARIABLE, QUARANTINE),
            agreement: Duration::from_secs(30),
            pull_every: Duration::from_secs(60),
            review_budget: Duration::from_millis(1500),
            patience: PATIENCE,
            background: true,
        }
    }
}

fn asked(variable: &str, otherwise: Duration) -> Duration {
    millis_or(std::env::var(variable).ok().as_deref(), otherwise)
}

/// The variable's value, or the default where it is absent or no number.
fn millis_or(variable: Option<&str>, otherwise: Duration) -> Duration {
    variable.and_then(|text| text.trim().parse().ok()).map_or(otherwise, Duration::from_millis)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nonsense_leaves_the_default_window() {
        for (text, expected) in
            [(None, CANCEL_WINDOW), (Some("x"), CANCEL_WINDOW), (Some("-1"), CANCEL_WINDOW)]
        {
            assert_eq!(millis_or(text, CANCEL_WINDOW), expected);
        }
        assert_eq!(millis_or(Some(" 250 "), CANCEL_WINDOW), Duration::from_millis(250));
        assert_eq!(millis_or(Some("0"), QUARANTINE), Duration::ZERO);
    }
}
