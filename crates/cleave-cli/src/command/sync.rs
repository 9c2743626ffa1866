//! `sync`: load the queue, send what waits.

use std::time::Duration;

use cleave_app::SyncOrder;

use crate::args::{Place, SyncArgs};
use crate::exit::{Failure, Outcome};
use crate::{print, setup};

pub(crate) async fn run(place: Place, args: SyncArgs) -> Result<Outcome, Failure> {
    let quarantine = args.quarantine.map(Duration::from_secs_f64);
    let app = setup::open_with_quarantine(place, quarantine).await?.app;
    let order = SyncOrder {
        pull: true,
        until_idle: args.until_idle,
        window: args.cancel_window.map(Duration::from_secs_f64),
    };
    let changes = app.sync(order).await?;
    print::out(args.json, &changes, |out| {
        let counts = &changes.counts;
        writeln!(out, "{} reviews wait for a decision.", counts.queue)?;
        for entry in &changes.outbox {
            super::decide::line(out, entry)?;
        }
        match (counts.outbox, counts.needs_person) {
            (0, _) => writeln!(out, "Nothing waits in the outbox."),
            (waiting, 0) => writeln!(out, "{waiting} decisions wait in the outbox."),
            (waiting, person) => writeln!(out, "{waiting} decisions wait in the outbox; {person} need you."),
        }
    })?;
    Ok(Outcome::left(&changes.counts))
}
