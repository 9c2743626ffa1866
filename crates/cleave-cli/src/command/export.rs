//! `outbox export`: a decision as the request that carries it out, or with its whole record as a file.

use std::path::PathBuf;

use clap::{ArgGroup, Args};
use cleave_app::App;
use cleave_app::ipc::{AppError, ErrorCode};

use crate::args::Json;
use crate::exit::{Failure, Outcome};
use crate::print;
use crate::shape::{self, EXPORTED};

/// Show the body of the documented request that carries a decision out, or write down all that is known.
///
/// Prints the body as JSON; that of a separation is what `separate --plan` takes. With --record or --all prints an
/// ExportedFile instead: the file has every attempt, every change of the state and what was observed, for its owner only, and holds data of contacts. A
/// file that is there already is left alone.
#[derive(Debug, Args)]
#[command(after_long_help = shape::help("ExportedFile", &[EXPORTED], &[0, 1, 2, 4]))]
#[command(group = ArgGroup::new("what").required(true).args(["op_id", "all"]))]
pub(crate) struct ExportArgs {
    /// Its operation id.
    pub op_id: Option<String>,
    /// Write the decision with its whole record into this new file.
    #[arg(long, value_name = "FILE", conflicts_with = "all")]
    pub record: Option<PathBuf>,
    /// Write every decision that is not settled, and every draft, into this new file.
    #[arg(long, value_name = "FILE")]
    pub all: Option<PathBuf>,
    #[command(flatten)]
    pub json: Json,
}

pub(crate) async fn run(app: &App, args: ExportArgs) -> Result<Outcome, Failure> {
    let exported = match (&args.op_id, &args.record, &args.all) {
        (_, _, Some(file)) => {
            let account = app.in_use();
            let account =
                account.ok_or_else(|| AppError::new(ErrorCode::NoAccount, "No account is in use."))?;
            app.export_work_as(&account.id, file).await?
        }
        (Some(op_id), Some(file), None) => app.export_entry_as(op_id, file).await?,
        (op_id, None, None) | (op_id @ None, Some(_), None) => {
            let request = app.exported_request(op_id.as_deref().unwrap_or_default()).await?;
            // It is JSON in any case.
            print::out(Json { json: true }, &request, |_| Ok(()))?;
            return Ok(Outcome::Done);
        }
    };
    print::out(args.json, &exported, |out| {
        let noun = if exported.entries == 1 { "decision" } else { "decisions" };
        writeln!(out, "{} {noun}: {}", exported.entries, exported.path)
    })?;
    Ok(Outcome::Done)
}
