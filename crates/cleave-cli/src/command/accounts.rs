//! `accounts`, `use` and `sign-out`.

use std::io::{self, Write};
use std::time::Duration;

use cleave_app::ipc::{AccountView, AppError, ErrorCode, LeaveHow, PendingWork};

use crate::args::{Json, Place, SignOutArgs, UseArgs};
use crate::exit::{Failure, Outcome};
use crate::{print, setup};

pub(crate) async fn list(place: Place, json: Json) -> Result<Outcome, Failure> {
    let app = setup::read(place).await?.app;
    let (accounts, in_use) = (app.accounts(), app.in_use().map(|account| account.id));
    print::out(json, &accounts, |out| {
        if accounts.is_empty() {
            writeln!(out, "No accounts. Sign in with `cleave-cli connect`.")?;
        }
        accounts.iter().try_for_each(|account| line(out, account, in_use.as_ref() == Some(&account.id)))
    })?;
    Ok(Outcome::Done)
}

pub(crate) async fn switch(place: Place, args: UseArgs) -> Result<Outcome, Failure> {
    let app = setup::open(place, Duration::ZERO).await?.app;
    app.writable()?;
    let account = app.use_account(&args.id).await?;
    print::out(args.json, &account, |out| line(out, &account, true))?;
    Ok(Outcome::Done)
}

pub(crate) async fn sign_out(place: Place, args: SignOutArgs) -> Result<Outcome, Failure> {
    let app = setup::open(place, Duration::ZERO).await?.app;
    let id = args.id.or_else(|| app.in_use().map(|account| account.id));
    let id = id.ok_or_else(|| AppError::new(ErrorCode::NoAccount, "No account is in use."))?;
    app.writable()?;
    let how = match (args.send, args.discard) {
        (true, _) => LeaveHow::Send,
        (_, Some(word)) => LeaveHow::Discard { word },
        _ => LeaveHow::Keep,
    };
    if how == LeaveHow::Keep && !args.keep {
        let work = app.pending_work(&id).await?;
        if let Some(pending) = pending(&work) {
            let usage = AppError::new(ErrorCode::Invalid, format!("Not everything is settled: {pending}."));
            let hint = format!(
                "Say --send to send it first, --keep to leave it here, or --discard {} to withdraw {} that the server cannot have carried out and throw away {}.",
                work.word,
                count(work.discardable, "decision"),
                count(work.drafts, "draft"),
            );
            return Err(Failure::usage(usage.hint(hint)));
        }
    }
    let said = match how {
        LeaveHow::Send => "Signed out. Everything was sent.",
        LeaveHow::Keep => "Signed out. Decisions that were not sent stay here.",
        LeaveHow::Discard { .. } => {
            "Signed out. What the server cannot have carried out is withdrawn, and drafts are thrown away."
        }
    };
    app.sign_out_with(&id, how).await?;
    let accounts = app.accounts();
    print::out(args.json, &accounts, |out| writeln!(out, "{said}"))?;
    Ok(Outcome::Done)
}

/// "1 decision", "2 decisions".
fn count(number: u32, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// What is not settled, in words; `None` where everything is.
fn pending(work: &PendingWork) -> Option<String> {
    let decisions = work.waiting + work.under_way + work.uncertain + work.needs_person;
    let count = |count: u32, what: &str| (count > 0).then(|| format!("{count} {what}"));
    let parts = [
        count(decisions, "in the outbox"),
        count(work.uncertain, "of them with an unknown outcome"),
        count(work.needs_person, "of them that need you"),
        count(work.drafts, "drafts of separations"),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

fn line(out: &mut dyn Write, account: &AccountView, in_use: bool) -> io::Result<()> {
    let mark = if in_use { '*' } else { ' ' };
    let state = if account.signed_in { "" } else { ", signed out" };
    let AccountView { id, person, role, origin, organization, .. } = account;
    writeln!(out, "{mark} {id}  {person} ({role}{state})  {origin}  {organization}")
}
