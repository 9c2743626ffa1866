//! `outbox conflict`: a decision that needs a person, beside what the server has now.

use clap::Args;
use cleave_app::App;

use crate::args::Json;
use crate::exit::{Failure, Outcome};
use crate::print;
use crate::shape::{self, CONFLICT};

/// Which decision to compare.
///
/// Prints a ConflictView. The server is asked first; readAt is null where only what is stored here could be compared.
#[derive(Debug, Args)]
#[command(after_long_help = shape::help("ConflictView", &[CONFLICT], &[0, 1, 2, 3, 4, 5]))]
pub(crate) struct ConflictArgs {
    /// Its operation id.
    pub op_id: String,
    #[command(flatten)]
    pub json: Json,
}

/// The exit code is that of the decision, as of `outbox show`.
pub(crate) async fn run(app: &App, args: ConflictArgs) -> Result<Outcome, Failure> {
    let view = app.conflict(&args.op_id).await?;
    print::out(args.json, &view, |out| {
        writeln!(out, "{}", view.headline)?;
        for sentence in &view.also {
            writeln!(out, "{sentence}")?;
        }
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let rows: Vec<Vec<String>> = view
            .rows
            .iter()
            .map(|row| {
                let mark = if row.changed { "*" } else { "" };
                vec![
                    mark.to_owned(),
                    row.label.clone(),
                    text(&row.when_decided),
                    text(&row.now),
                    text(&row.mine),
                ]
            })
            .collect();
        print::table(out, &["", "FIELD", "WHEN DECIDED", "NOW", "DECIDED"], &rows)?;
        match &view.read_at {
            Some(at) => writeln!(out, "Read from the server at {at}."),
            None => writeln!(out, "The server did not answer: “now” is what was read before."),
        }
    })?;
    Ok(Outcome::of(&app.outbox_entry(&args.op_id).await?))
}
