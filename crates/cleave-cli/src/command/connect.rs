//! `connect`: sign in, and load the queue.

use std::time::Duration;

use cleave_app::SyncOrder;
use cleave_app::ipc::{AppError, ConnectRequest, Credential, ErrorCode};

use crate::args::{ConnectArgs, Place};
use crate::exit::{Failure, Outcome};
use crate::{print, setup, stdin};

pub(crate) async fn run(place: Place, args: ConnectArgs) -> Result<Outcome, Failure> {
    let setup = setup::open(place, Duration::ZERO).await?;
    if !setup.secrets.lasts() {
        return Err(AppError::new(ErrorCode::Secrets, setup.secrets.describe())
            .hint("A command ends at once: use --passphrase-file, or start a keyring.")
            .into());
    }
    let credential = match args.email {
        Some(email) => Credential::Password { email, password: stdin::secret("password")? },
        None => Credential::Token { token: stdin::secret("token")? },
    };
    let account = setup.app.connect(ConnectRequest { url: args.url, credential }, false).await?;
    // The account is kept by now: a queue that does not load is a later `sync`'s concern.
    let loaded = setup.app.sync(SyncOrder { pull: true, ..SyncOrder::default() }).await;
    let queue = match loaded {
        Ok(changes) => format!("{} reviews wait for a decision.", changes.counts.queue),
        Err(error) => {
            let next = "Load the queue with `cleave-cli sync`.".to_owned();
            Failure::from(error)
                .after("Signed in, but not everything was loaded.", next)
                .tell(args.json.json);
            "The queue is not loaded yet.".to_owned()
        }
    };
    print::out(args.json, &account, |out| {
        writeln!(out, "Signed in as {} ({}) at {}.", account.person, account.role, account.origin)?;
        writeln!(out, "{queue}")?;
        writeln!(out, "{}", setup.app.secrets())
    })?;
    Ok(Outcome::Done)
}
