//! `contacts`: looking for a contact.

use clap::Args;
use cleave_app::ipc::{ContactHit, ContactSearch};

use crate::args::{Json, Place};
use crate::exit::{Failure, Outcome};
use crate::shape::{self, CONTACTS_FOUND};
use crate::{print, setup};

/// Look for contacts, in the cache and on the server.
///
/// Prints ContactsFound, those with a draft of a separation first.
#[derive(Debug, Args)]
#[command(after_long_help = shape::help("ContactsFound", &[CONTACTS_FOUND], &[0, 1, 2, 4]))]
pub(crate) struct ContactsArgs {
    /// Words of a name, an e-mail address, or a part of a number; without, contacts with a draft.
    #[arg(default_value = "")]
    pub text: String,
    /// Most contacts to print.
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=100))]
    pub limit: u32,
    #[command(flatten)]
    pub json: Json,
}

pub(crate) async fn run(place: Place, args: ContactsArgs) -> Result<Outcome, Failure> {
    let app = setup::read(place).await?.app;
    let found = app.contacts(ContactSearch { text: args.text, limit: args.limit }).await?;
    print::out(args.json, &found, |out| {
        let rows: Vec<Vec<String>> = found.contacts.iter().map(row).collect();
        print::table(out, &["CONTACT", "NAME", "E-MAIL", "PHONE", "DRAFT"], &rows)?;
        let more = if found.more { "; there are more" } else { "" };
        let from = if found.from_server { "" } else { " in the cache" };
        writeln!(out, "{} found{from}{more}", found.contacts.len())
    })?;
    Ok(Outcome::Done)
}

fn row(hit: &ContactHit) -> Vec<String> {
    let draft = hit.draft_at.clone().unwrap_or_default();
    vec![hit.contact_id.clone(), hit.name.clone(), hit.email.clone(), hit.phone.clone(), draft]
}
