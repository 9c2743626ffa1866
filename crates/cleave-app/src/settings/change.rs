//! Changing the settings: the look and the real thing are one function, which stops early for `dryRun`.

use std::time::Duration;

use cleave_core::decision::Decision;
use cleave_core::settings::{DecidedSettings, SettingsProblem};
use cleave_store::{Entry, NewEntry, Store, StoreError, Superseding};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value};

use super::{based_on, show, waiting};
use crate::App;
use crate::feed::Touched;
use crate::ipc::{AppError, EntryLink, ErrorCode, SettingsAnswer, SettingsIssue, SettingsRequest};

/// Longest configuration, in bytes. The largest sound one is a fraction of it.
const LONGEST: usize = 256 * 1024;

impl App {
    /// Saves a change of the settings; with `dryRun`, only says what would change.
    ///
    /// When this answers with an entry, the change is on the disk. A second call with the same `opId` saves nothing and
    /// answers with the first change as it stands now. One that waits in the outbox is replaced by a later one, which takes
    /// over every key that it does not name itself; one that may be on its way is not. Where something is wrong
    /// (`issues`), or nothing would change, nothing is saved.
    ///
    /// # Errors
    /// `NoAccount`; `NotFound`: the settings were never read; `Stale`: they are not what `basedOn` was made from;
    /// `TooLate`: a change of them is on its way; `Invalid`: the id of the operation, also where it names another
    /// decision, or `wanted` where it is no JSON object; `Storage`. Nothing is saved then.
    pub async fn change_settings(&self, request: SettingsRequest) -> Result<SettingsAnswer, AppError> {
        let app = &self.inner;
        let active = app.active()?;
        if uuid::Uuid::parse_str(&request.op_id).is_err() {
            return Err(AppError::new(ErrorCode::Invalid, "The id of the operation is no UUID.").at("opId"));
        }
        let wanted = wanted(&request.wanted)?;
        let (organization, times) =
            (active.account.organization.clone(), (app.config.clock.now(), app.config.cancel_window));
        let done =
            active.disk_with(move |store| change(store, &organization, &request, &wanted, times)).await?;
        let Done { issues, changes, replaces, note, saved } = done;
        let answer = SettingsAnswer { issues, changes, replaces, note, entry: None, screen: None };
        let Some(saved) = saved else { return Ok(answer) };
        if let Some(net) = &active.net {
            net.send_wanted.notify_one();
        }
        let entries = saved.superseded.into_iter().chain([saved.op_id.clone()]).collect();
        // The change is on the disk: that it could not be read back for the screen is no failure of it.
        let screen = app
            .tell(Touched { entries, ..Touched::default() })
            .await
            .inspect_err(|error| tracing::warn!(code = ?error.code, "a saved change could not be shown"))
            .ok();
        let entry = self.outbox_entry(&saved.op_id).await.ok();
        Ok(SettingsAnswer { entry, screen, ..answer })
    }
}

/// What came of it.
#[derive(Default)]
struct Done {
    issues: Vec<SettingsIssue>,
    changes: Vec<crate::ipc::SettingsChange>,
    replaces: Option<EntryLink>,
    note: Option<String>,
    saved: Option<Saved>,
}

struct Saved {
    op_id: String,
    superseded: Option<String>,
}

fn wanted(text: &str) -> Result<Map<String, Value>, AppError> {
    let invalid = |message: &str| AppError::new(ErrorCode::Invalid, message).at("wanted");
    if text.len() > LONGEST {
        return Err(invalid("The settings are larger than any that make sense."));
    }
    match serde_json::from_str(text) {
        Ok(Value::Object(wanted)) => Ok(wanted),
        _ => Err(invalid("The settings are no JSON object.")),
    }
}

fn change(
    store: &Store,
    organization: &str,
    request: &SettingsRequest,
    wanted: &Map<String, Value>,
    (now, window): (Timestamp, Duration),
) -> Result<Done, AppError> {
    if !request.dry_run
        && let Some(done) = decided_before(store, organization, request, wanted)?
    {
        return Ok(done);
    }
    let read = store.read_settings()?;
    let earlier = waiting::replaceable(store, organization)?;
    if based_on(read.as_ref()) != request.based_on {
        return Err(AppError::new(ErrorCode::Stale, "The settings have changed since you looked at them.")
            .hint("Look at them again; nothing was saved."));
    }
    let read = read.ok_or_else(|| {
        AppError::new(ErrorCode::NotFound, "The settings of this organisation were never read.")
            .hint("They are read as soon as the server can be reached.")
    })?;
    let (seen, wanted) = match earlier.as_ref().and_then(|earlier| earlier.decision.settings()) {
        Some(change) => waiting::laid_over(change, read.settings, wanted.clone()),
        None => (read.settings, wanted.clone()),
    };
    let decided = match DecidedSettings::of(seen, &wanted) {
        Ok(decided) => decided,
        Err(problems) => {
            return Ok(Done { issues: problems.iter().map(issue).collect(), ..Done::default() });
        }
    };
    if decided.is_empty() {
        let issues = earlier.iter().map(waiting::nothing_left).collect();
        return Ok(Done { issues, ..Done::default() });
    }
    let note = earlier.as_ref().map(|earlier| waiting::note(store, earlier)).transpose()?.flatten();
    let replaces = earlier.as_ref().map(|earlier| waiting::link(earlier));
    let done = Done { changes: show::changes(&decided), replaces, note, ..Done::default() };
    if request.dry_run {
        return Ok(done);
    }
    let entry = NewEntry {
        op_id: request.op_id.clone(),
        subject: organization.to_owned(),
        basis: request.based_on.clone(),
        title: show::title(&decided),
        // What the admin saw is kept whole, in the decision.
        seen: Value::Null,
        decision: Decision::Settings(Box::new(decided)),
        contact_ids: Vec::new(),
        predicted: Vec::new(),
        decided_at: now,
        cancel_until: SignedDuration::try_from(window)
            .ok()
            .and_then(|window| now.checked_add(window).ok())
            .unwrap_or(now),
        from_draft: false,
    };
    let inserted = store.insert_decision(&entry, Superseding::Yes)?;
    if !inserted.fresh {
        is_the_same(&inserted.entry, organization, &wanted)?;
    }
    // By now it may have been settled, and then nothing was replaced.
    let replaces = inserted.superseded.as_ref().map(waiting::link);
    let note = done.note.filter(|_| replaces.is_some());
    let superseded = inserted.superseded.map(|entry| entry.op_id);
    let saved = Some(Saved { op_id: inserted.entry.head.op_id, superseded });
    Ok(Done { replaces, note, saved, ..done })
}

/// The answer to a second call with the same id: the first change.
fn decided_before(
    store: &Store,
    organization: &str,
    request: &SettingsRequest,
    wanted: &Map<String, Value>,
) -> Result<Option<Done>, AppError> {
    let entry = match store.entry(&request.op_id) {
        Ok(entry) => entry,
        Err(StoreError::NotFound) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    is_the_same(&entry, organization, wanted)?;
    let changes = entry.decision.settings().map(show::changes).unwrap_or_default();
    Ok(Some(Done {
        changes,
        saved: Some(Saved { op_id: entry.head.op_id, superseded: None }),
        ..Done::default()
    }))
}

/// Refuses an id that was used for something else: whoever asks would take that decision for the one asked for.
fn is_the_same(entry: &Entry, organization: &str, wanted: &Map<String, Value>) -> Result<(), AppError> {
    let same = entry.decision.settings().is_some_and(|decided| waiting::has(decided, wanted));
    if same && entry.subject == organization {
        return Ok(());
    }
    Err(AppError::new(ErrorCode::Invalid, "The id of the operation was used for another decision.")
        .at("opId"))
}

fn issue(problem: &SettingsProblem) -> SettingsIssue {
    SettingsIssue { field: problem.field.clone(), message: format!("{problem}.") }
}
