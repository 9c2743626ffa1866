//! What changed underneath a draft, in words.

use cleave_core::contact::Contact;
use cleave_core::separation::{Assignment, ChildKind, Drift, Subject, Target};

use super::cards::{record_title, title};
use super::label;
use super::side::{child, nouns};
use crate::ipc::DriftView;
use crate::separation::line::Line;
use crate::view::field::readable;
use crate::view::names::Names;

/// Most changes that are told one by one.
const MOST: usize = 200;

/// Every change, with its child record or line where that is there.
pub(crate) fn words(drift: &[Drift], now: &Subject, names: &Names) -> Vec<DriftView> {
    let mut told: Vec<DriftView> = drift.iter().take(MOST).map(|one| view(one, now, names)).collect();
    if let Some(more) = drift.len().checked_sub(MOST).filter(|more| *more > 0) {
        told.push(DriftView { message: format!("{more} more changes like these."), child: None, path: None });
    }
    told
}

fn view(drift: &Drift, now: &Subject, names: &Names) -> DriftView {
    let about = |kind: ChildKind, id: &str, message: String| DriftView {
        message,
        child: Some(child(kind, id)),
        path: None,
    };
    let gone = |message: String| DriftView { message, child: None, path: None };
    let line = |path: String, message: String| DriftView { message, child: None, path: Some(path) };
    match drift {
        Drift::ChildAppeared { kind, id } => {
            let what = called(now, *kind, id);
            about(*kind, id, format!("New since you began: {what}. Say whose it is."))
        }
        Drift::ChildVanished { kind, was, .. } => {
            let noun = nouns(*kind).0;
            let was = match was {
                Assignment::Undecided => "nobody had decided about it",
                Assignment::Original => "it was to stay",
                Assignment::New => "it was to go to the new contact",
            };
            gone(format!("A {noun} is gone; {was}."))
        }
        Drift::ChildChanged { kind, id } => about(
            *kind,
            id,
            format!("Changed since you began: {}. Where it goes stands.", called(now, *kind, id)),
        ),
        Drift::DividerDropped { conversation } => {
            let message = match now.conversation(conversation) {
                Some(there) => format!(
                    "The message at the cut of {} is gone. Say again whose the conversation is.",
                    title(there)
                ),
                None => return gone("A conversation that was cut is gone.".to_owned()),
            };
            about(ChildKind::Conversation, conversation, message)
        }
        Drift::ValueChanged { path, followed } => {
            let path = path.as_str();
            let value = value(&now.contact, path)
                .map_or_else(|| "nothing".to_owned(), |text| readable(path, &text, names));
            let then = match followed.as_slice() {
                [] => "",
                [Target::Original] => " The original contact has it.",
                [Target::New] => " The new contact has it.",
                _ => " Both contacts have it.",
            };
            let message = format!("{} is now {value}.{then}", label::field(path));
            DriftView { message, child: None, path: Line::of(path).map(|line| line.path()) }
        }
        Drift::DocumentAppeared { id } => {
            let name = now.documents.iter().flatten().find(|document| document.id == *id);
            let name = name.map_or("", |document| document.filename.as_str());
            let path = Line::Document(id.clone()).path();
            line(path, format!("A new document: {name}. It stays with the original contact."))
        }
        Drift::DocumentVanished { .. } => gone("A document is gone.".to_owned()),
    }
}

/// What a record is called.
pub(crate) fn called(now: &Subject, kind: ChildKind, id: &str) -> String {
    let noun = nouns(kind).0;
    if kind == ChildKind::Conversation {
        return now.conversation(id).map_or_else(|| noun.to_owned(), title);
    }
    let found = now.children(kind).iter().find(|child| child.id == id);
    found.map_or_else(|| noun.to_owned(), |child| format!("{noun} “{}”", record_title(child)))
}

/// The value, or those within it.
pub(crate) fn value(contact: &Contact, path: &str) -> Option<String> {
    let within = format!("{path}.");
    let parts = contact.values.keys().filter(|at| at.as_str().starts_with(&within));
    let parts: Vec<String> = parts.filter_map(|at| contact.text(at.as_str())).collect();
    contact.text(path).or_else(|| (!parts.is_empty()).then(|| parts.join(", ")))
}
