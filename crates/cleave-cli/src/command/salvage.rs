//! `outbox salvage`: carrying over what can be read of a damaged outbox.

use clap::Args;
use cleave_app::App;
use cleave_app::ipc::{AppError, ErrorCode};

use crate::args::Json;
use crate::exit::{Failure, Outcome};
use crate::print;
use crate::shape::{self, SALVAGED};

/// Carry over what can be read of a damaged outbox; the damaged file is kept.
///
/// Prints a SalvagedView. Nothing is sent by itself that may have been sent before.
#[derive(Debug, Args)]
#[command(after_long_help = shape::help("SalvagedView", &[SALVAGED], &[0, 1, 2, 3, 4]))]
pub(crate) struct SalvageArgs {
    /// Id of the account; the one that would be in use if it is left out.
    #[arg(long, value_name = "ID")]
    pub account: Option<String>,
    #[command(flatten)]
    pub json: Json,
}

pub(crate) async fn run(app: &App, args: SalvageArgs) -> Result<Outcome, Failure> {
    app.writable()?;
    let damaged = app.files().damaged.map(|damaged| damaged.account_id);
    let id = args.account.or(damaged).ok_or_else(|| {
        AppError::new(ErrorCode::NotFound, "No damaged outbox is known of.")
            .hint("Name another account with --account.")
    })?;
    let salvaged = app.salvage(&id).await?;
    print::out(args.json, &salvaged, |out| {
        writeln!(out, "{} decisions and {} drafts were carried over.", salvaged.entries, salvaged.drafts)?;
        if salvaged.lost_rows > 0 {
            writeln!(out, "{} rows could not be read.", salvaged.lost_rows)?;
        }
        if salvaged.needs_person > 0 {
            writeln!(out, "{} decisions need you: see `cleave-cli outbox`.", salvaged.needs_person)?;
        }
        writeln!(out, "The damaged file is kept as {}.", salvaged.kept_as)
    })?;
    Ok(if salvaged.needs_person > 0 { Outcome::NeedsPerson } else { Outcome::Done })
}
