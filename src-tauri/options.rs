//! The command line of the window.

use std::path::PathBuf;

use clap::Parser;

/// Decide about duplicate contacts: merge, keep separate, or separate one into two.
#[derive(Debug, Parser)]
#[command(name = "cleave", version)]
pub struct Options {
    /// Folder for everything Cleave stores; several can live side by side
    #[arg(long, value_name = "DIR", env = cleave_app::home::HOME_VARIABLE)]
    pub home: Option<PathBuf>,
}

#[cfg(test)]
mod tests {
    use super::Options;
    use clap::{CommandFactory, Parser};

    #[test]
    fn the_command_line_is_sound() {
        Options::command().debug_assert();
        let options = Options::try_parse_from(["cleave", "--home", "here"]).unwrap();
        assert_eq!(options.home.as_deref(), Some(std::path::Path::new("here")));
        assert!(Options::try_parse_from(["cleave", "--home"]).is_err());
    }
}
