//! `accounts`, `use` and `sign-out`.

use std::io::{self, Write};
use std::time::Duration;

use cleave_app::ipc::{AccountView, AppError, ErrorCode};

use crate::args::{Json, Place, SignOutArgs, UseArgs};
use crate::exit::{Failure, Outcome};
use crate::{print, setup};

pub(crate) async fn list(place: Place, json: Json) -> Result<Outcome, Failure> {
    let app = setup::open(place, Duration::ZERO).await?.app;
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
    let account = app.use_account(&args.id).await?;
    print::out(args.json, &account, |out| line(out, &account, true))?;
    Ok(Outcome::Done)
}

pub(crate) async fn sign_out(place: Place, args: SignOutArgs) -> Result<Outcome, Failure> {
    let app = setup::open(place, Duration::ZERO).await?.app;
    let id = args.id.or_else(|| app.in_use().map(|account| account.id));
    let id = id.ok_or_else(|| AppError::new(ErrorCode::NoAccount, "No account is in use."))?;
    app.sign_out(&id).await?;
    let accounts = app.accounts();
    print::out(args.json, &accounts, |out| {
        writeln!(out, "Signed out. Decisions that were not sent stay here.")
    })?;
    Ok(Outcome::Done)
}

fn line(out: &mut dyn Write, account: &AccountView, in_use: bool) -> io::Result<()> {
    let mark = if in_use { '*' } else { ' ' };
    let state = if account.signed_in { "" } else { ", signed out" };
    let AccountView { id, person, role, origin, organization, .. } = account;
    writeln!(out, "{mark} {id}  {person} ({role}{state})  {origin}  {organization}")
}
