//! The command line of the window.

use std::path::PathBuf;
use std::time::Duration;

use clap::Parser;

/// Decide about duplicate contacts: merge, keep separate, or separate one into two.
#[derive(Debug, Parser)]
#[command(name = "cleave", version)]
pub struct Options {
    /// Folder for everything Cleave stores; several can live side by side
    #[arg(long, value_name = "DIR", env = cleave_app::HOME_VARIABLE)]
    pub home: Option<PathBuf>,

    /// How long a decision can be taken back before it is sent, in milliseconds
    #[arg(long, value_name = "MS", env = "CLEAVE_CANCEL_WINDOW_MS", default_value_t = 8_000)]
    pub cancel_window_ms: u64,
}

impl Options {
    /// The cancel window as a duration.
    pub fn cancel_window(&self) -> Duration {
        Duration::from_millis(self.cancel_window_ms)
    }
}

#[cfg(test)]
mod tests {
    use super::Options;
    use clap::{CommandFactory, Parser};

    #[test]
    fn the_command_line_is_sound() {
        Options::command().debug_assert();
        let options = Options::try_parse_from(["cleave", "--home", "here", "--cancel-window-ms", "50"]).unwrap();
        assert_eq!(options.home.as_deref(), Some(std::path::Path::new("here")));
        assert_eq!(options.cancel_window().as_millis(), 50);
        assert!(Options::try_parse_from(["cleave", "--cancel-window-ms", "soon"]).is_err());
    }
}
