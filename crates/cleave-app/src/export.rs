//! Decisions as a file for the person: everything that is known of them, and no secret.

use std::fs::OpenOptions;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use cleave_core::decision::Decision;
use cleave_core::outbox::State;
use cleave_store::{Attempt, Entry, Evidence, Store, StoreError, Transition, Written};
use cleave_wire::resolution::{ResolutionBody, ResolutionDialect};
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::accounts::Account;
use crate::home::write_atomically;
use crate::ipc::{AppError, ErrorCode, ExportedFile};
use crate::separation::caps::{ID, within};
use crate::switch::unknown;
use crate::{App, blocking};

/// Version of the document's form.
const VERSION: u32 = 1;

/// What the document says about itself.
const ABOUT: &str = "Decisions about duplicate contacts, exported from Cleave. Each entry has what was decided (request: \
    the call of the API that carries it out, where there is one), where it stands (state, hold, reason), every attempt to \
    send it (written: whether the server may have got it; bodyHash: SHA-256 of the body), every change of its state, and \
    what was observed about it (evidence; kind: check, answer, reading or person). drafts are separations that were not \
    decided. Times are UTC. This file holds data of contacts, and no password or token.";

impl App {
    /// Writes every unsettled decision and every draft of an account into a new file in a folder.
    ///
    /// # Errors
    /// `NotFound`; `Storage`, and no file was written.
    pub async fn export_work(&self, id: &str, folder: &Path) -> Result<ExportedFile, AppError> {
        let (document, entries) = self.exported_work(id).await?;
        self.write(Place::Folder(folder.to_owned(), "cleave-decisions"), document, entries).await
    }

    /// [`App::export_work`] into a file of this name, which must not be there yet.
    ///
    /// # Errors
    /// `NotFound`; `Storage`, also where there is such a file, and none was written.
    pub async fn export_work_as(&self, id: &str, file: &Path) -> Result<ExportedFile, AppError> {
        let (document, entries) = self.exported_work(id).await?;
        self.write(Place::File(file.to_owned()), document, entries).await
    }

    /// Writes one decision of the account in use with its whole record into a new file in a folder.
    ///
    /// # Errors
    /// `NoAccount`, `NotFound`; `Storage`, and no file was written.
    pub async fn export_entry(&self, op_id: &str, folder: &Path) -> Result<ExportedFile, AppError> {
        let document = self.exported_entry(op_id).await?;
        self.write(Place::Folder(folder.to_owned(), "cleave-decision"), document, 1).await
    }

    /// [`App::export_entry`] into a file of this name, which must not be there yet.
    ///
    /// # Errors
    /// `NoAccount`, `NotFound`; `Storage`, also where there is such a file, and none was written.
    pub async fn export_entry_as(&self, op_id: &str, file: &Path) -> Result<ExportedFile, AppError> {
        let document = self.exported_entry(op_id).await?;
        self.write(Place::File(file.to_owned()), document, 1).await
    }

    async fn exported_entry(&self, op_id: &str) -> Result<Value, AppError> {
        within(op_id, ID, "The id of the operation")?;
        let active = self.inner.active()?;
        let (id, now, account) = (op_id.to_owned(), self.inner.config.clock.now(), active.account.clone());
        active.disk(move |store| Ok(document(&account, now, vec![entry(store, &id)?], Vec::new()))).await
    }

    /// Every unsettled decision and every draft of an account as the document that [`App::export_work`] writes, and how
    /// many decisions are in it.
    ///
    /// # Errors
    /// `NotFound`, `Storage`.
    pub async fn exported_work(&self, id: &str) -> Result<(Value, u32), AppError> {
        let app = &self.inner;
        let account = app.accounts().find(id).cloned().ok_or_else(unknown)?;
        let in_use = app.in_use().filter(|active| active.account.id == id);
        let store = match in_use {
            Some(active) => active.store.clone(),
            None => app.store(id).await?,
        };
        let now = app.config.clock.now();
        blocking(move || {
            let unsettled = store.unsettled()?;
            let entries =
                unsettled.iter().map(|head| entry(&store, &head.op_id)).collect::<Result<Vec<_>, _>>()?;
            let count = u32::try_from(entries.len()).unwrap_or(u32::MAX);
            Ok((document(&account, now, entries, drafts(&store)?), count))
        })
        .await
    }

    /// The body of the documented request that carries a decision of the account in use out. For settings it is made with
    /// what the admin saw: the server may hold something else by now.
    ///
    /// # Errors
    /// `NoAccount`, `NotFound`, `Storage`.
    pub async fn exported_request(&self, op_id: &str) -> Result<Value, AppError> {
        within(op_id, ID, "The id of the operation")?;
        let id = op_id.to_owned();
        let entry = self.inner.active()?.disk(move |store| store.entry(&id)).await?;
        Ok(request(&entry)["body"].take())
    }

    async fn write(&self, place: Place, document: Value, entries: u32) -> Result<ExportedFile, AppError> {
        let day = self.inner.config.clock.now().strftime("%Y-%m-%d").to_string();
        let path = blocking(move || {
            let text = serde_json::to_vec_pretty(&document)
                .map_err(|_| AppError::new(ErrorCode::Storage, "The decisions have no text form."))?;
            let written = match &place {
                Place::Folder(folder, name) => written(folder, &format!("{name}-{day}"), &text),
                Place::File(path) => new_file(path, &text).map(|()| path.clone()),
            };
            written.map_err(|error| {
                AppError::new(ErrorCode::Storage, format!("The file cannot be written: {}.", error.kind()))
            })
        })
        .await?;
        Ok(ExportedFile { path: path.display().to_string(), entries })
    }
}

/// Where a document goes.
enum Place {
    /// Into a file of its own in a folder, whose name begins so.
    Folder(PathBuf, &'static str),
    /// Into this file.
    File(PathBuf),
}

/// Writes a file of its own, whole or not at all: the first free name is taken, so that no other file is replaced.
fn written(folder: &Path, name: &str, text: &[u8]) -> std::io::Result<PathBuf> {
    std::fs::create_dir_all(folder)?;
    let names = std::iter::once(name.to_owned()).chain((2_u64..).map(|number| format!("{name}-{number}")));
    for name in names {
        let path = folder.join(format!("{name}.json"));
        match new_file(&path, text) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            outcome => return outcome.map(|()| path),
        }
    }
    Err(ErrorKind::AlreadyExists.into())
}

/// Writes a file that is not there yet, whole or not at all.
fn new_file(path: &Path, text: &[u8]) -> std::io::Result<()> {
    reserve(path)?;
    let outcome = write_atomically(path, text);
    if outcome.is_err() {
        // Only the name was taken. The error that matters is the one at hand.
        drop(std::fs::remove_file(path));
    }
    outcome
}

fn reserve(path: &Path) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}

fn document(account: &Account, now: Timestamp, entries: Vec<Value>, drafts: Vec<Value>) -> Value {
    json!({
        "cleaveExport": VERSION,
        "about": ABOUT,
        "exportedAt": now.to_string(),
        "account": {
            "origin": account.origin,
            "person": account.person,
            "organization": account.organization,
            "role": account.role,
        },
        "entries": entries,
        "drafts": drafts,
    })
}

fn drafts(store: &Store) -> Result<Vec<Value>, StoreError> {
    let mut drafts = Vec::new();
    for head in store.drafts()? {
        let Some(draft) = store.draft(&head.contact_id)? else { continue };
        let plan: Value = serde_json::from_str(&draft.doc).unwrap_or(Value::String(draft.doc));
        drafts.push(json!({
            "contactId": draft.contact_id,
            "title": draft.title,
            "startedAt": draft.started_at.to_string(),
            "savedAt": draft.saved_at.to_string(),
            "plan": plan,
        }));
    }
    Ok(drafts)
}

fn entry(store: &Store, op_id: &str) -> Result<Value, StoreError> {
    let stored = store.entry(op_id)?;
    let attempts: Vec<Value> = store.attempts(op_id)?.iter().map(attempt).collect();
    let transitions: Vec<Value> = store.transitions(op_id)?.iter().map(transition).collect();
    let evidence: Vec<Value> = store.evidence(op_id)?.iter().map(observed).collect();
    let differences = stored.differences.iter();
    let differences: Vec<Value> = differences
        .map(|it| json!({"path": it.path, "predicted": it.predicted, "actual": it.actual}))
        .collect();
    Ok(json!({
        "opId": stored.op_id,
        "kind": stored.kind.as_str(),
        "subject": stored.subject,
        "title": stored.title,
        "note": stored.note,
        "contactIds": stored.contact_ids,
        "decidedAt": stored.decided_at.to_string(),
        "changedAt": stored.changed_at.to_string(),
        "request": request(&stored),
        "state": stored.state.as_str(),
        "hold": hold(stored.state),
        "reason": stored.reason,
        "attempts": attempts,
        "transitions": transitions,
        "evidence": evidence,
        "differences": differences,
    }))
}

/// The documented call that carries the decision out.
fn request(entry: &Entry) -> Value {
    let subject = &entry.subject;
    let (method, path, body) = match &entry.decision {
        Decision::Separate(decided) => {
            ("POST", format!("/api/contacts/{subject}/separate"), decided.request.clone())
        }
        Decision::Settings(decided) => {
            let path = format!("/api/organizations/{subject}/contact-fuzzy-merge-settings");
            ("PUT", path, Value::Object(decided.request(&decided.seen)))
        }
        Decision::Merge { .. } | Decision::KeepSeparate { .. } => {
            let candidate = entry.candidate_id().unwrap_or_default();
            let body =
                ResolutionBody::of(&entry.decision, &entry.op_id, candidate, ResolutionDialect::default());
            let path = format!("/api/contacts/dedup-reviews/{subject}/{}", entry.kind.as_str());
            ("PATCH", path, serde_json::to_value(&body).unwrap_or_default())
        }
    };
    json!({"method": method, "path": path, "body": body})
}

fn hold(state: State) -> Value {
    match state {
        State::Queued(hold) => Value::from(hold.as_str()),
        _ => Value::Null,
    }
}

fn attempt(attempt: &Attempt) -> Value {
    let written = match attempt.written {
        Written::MaybeWritten => "maybe",
        Written::Unsent => "no",
        Written::Answered => "yes, and answered",
    };
    json!({
        "number": attempt.number,
        "at": attempt.at.to_string(),
        "endedAt": attempt.ended_at.map(|at| at.to_string()),
        "written": written,
        "bodyHash": attempt.body_hash,
        "status": attempt.status,
        "outcome": attempt.outcome,
    })
}

fn transition(change: &Transition) -> Value {
    json!({
        "at": change.at.to_string(),
        "from": change.from.as_str(),
        "fromHold": hold(change.from),
        "to": change.to.as_str(),
        "toHold": hold(change.to),
        "reason": change.reason,
    })
}

fn observed(evidence: &Evidence) -> Value {
    json!({"at": evidence.at.to_string(), "kind": evidence.kind, "detail": evidence.detail})
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_other_file_is_replaced_and_only_the_owner_may_look() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("a.json"), "precious").unwrap();
        let names: Vec<PathBuf> = (0..2).map(|_| written(dir.path(), "a", b"{}").unwrap()).collect();
        assert_eq!(names, [dir.path().join("a-2.json"), dir.path().join("a-3.json")]);
        assert_eq!(std::fs::read(dir.path().join("a.json")).unwrap(), b"precious");
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 3, "something is left over");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(std::fs::metadata(&names[0]).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }
}
