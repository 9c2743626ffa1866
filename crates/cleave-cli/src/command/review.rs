//! `review`: one review, side by side.

use cleave_app::ipc::{FieldReason, FieldRow, FieldSameness, MergePreview, ReviewView, SideName, ValueView};
use std::io::{self, Write};

use crate::args::{Place, ReviewArgs};
use crate::exit::{Failure, Outcome};
use crate::{print, setup};

pub(crate) async fn run(place: Place, args: ReviewArgs) -> Result<Outcome, Failure> {
    let app = setup::read(place).await?.app;
    let view = app.review(&args.id).await?;
    print::out(args.json, &view, |out| show(out, &view))?;
    Ok(Outcome::Done)
}

fn show(out: &mut dyn Write, view: &ReviewView) -> io::Result<()> {
    let state = view.resolved.as_deref().unwrap_or(if view.open { "open" } else { "no longer open" });
    writeln!(out, "{} → {}  ({state})", view.source.name, view.candidate.name)?;
    if let Some(score) = &view.score {
        writeln!(out, "Score {:.0}", score.percent)?;
    }
    if let Some(conflict) = &view.phone_conflict {
        writeln!(out, "Both would hold {}", conflict.phone)?;
    }
    for side in [&view.source, &view.candidate] {
        if let Some(protection) = &side.protection {
            let owner = protection.owner.as_deref().unwrap_or("somebody");
            writeln!(out, "{} is protected: {owner} is working with it", side.name)?;
        }
    }
    preview(out, &view.preview)?;
    if let Some(decision) = &view.decision {
        writeln!(out, "Decided here: {}. {}", decision.kind, decision.reason)?;
    }
    Ok(())
}

/// What a merge does.
pub(crate) fn preview(out: &mut dyn Write, preview: &MergePreview) -> io::Result<()> {
    writeln!(out)?;
    let rows: Vec<Vec<String>> = preview.fields.iter().map(row).collect();
    print::table(out, &["FIELD", "", "SOURCE", "CANDIDATE", "AFTER A MERGE", "BECAUSE"], &rows)?;
    writeln!(out, "{} survives ({}).", preview.survivor_name, preview.survivor_id)?;
    if let Some(moving) = preview.moving {
        writeln!(out, "{moving} records of the source move to it.")?;
    }
    for cascade in &preview.cascades {
        writeln!(out, "Closes {} ({}).", cascade.pair, cascade.review_id)?;
    }
    for problem in &preview.problems {
        let mark = if problem.blocking { "Cannot be merged" } else { "Note" };
        writeln!(out, "{mark}: {}", problem.message)?;
    }
    Ok(())
}

fn row(field: &FieldRow) -> Vec<String> {
    let text =
        |value: &ValueView| value.segments.iter().map(|segment| segment.text.as_str()).collect::<String>();
    let sameness = match field.sameness {
        FieldSameness::Equal => "=",
        FieldSameness::EqualNormalised => "≈",
        FieldSameness::Different => "≠",
        FieldSameness::OnlySource => "<",
        FieldSameness::OnlyCandidate => ">",
        FieldSameness::BothMissing => "",
    };
    let side = match field.choice {
        SideName::Source => "source",
        SideName::Candidate => "candidate",
    };
    let because = match &field.reason {
        FieldReason::Picked => format!("picked: {side}"),
        FieldReason::Equal => "same".to_owned(),
        FieldReason::OnlyValue => "only value".to_owned(),
        FieldReason::Rule { rule } => format!("{rule}: {side}"),
        FieldReason::Survivor => "survivor's".to_owned(),
        FieldReason::United => "both kept".to_owned(),
    };
    let result = field.result.clone().unwrap_or_default();
    vec![
        field.path.clone(),
        sameness.to_owned(),
        text(&field.source),
        text(&field.candidate),
        result,
        because,
    ]
}
