//! Sides and kinds, for the window and from it.

use cleave_core::separation::{ChildKind as CoreKind, ChildPreview, ChildSide, Target};

use crate::ipc::{ChildKind, ChildPlace, ChildPlaceView, ChildRef, SeparationSide};

/// The side, for the window.
pub(crate) fn side(target: Target) -> SeparationSide {
    match target {
        Target::Original => SeparationSide::Original,
        Target::New => SeparationSide::New,
    }
}

/// The side, from the window.
pub(crate) fn target(side: SeparationSide) -> Target {
    match side {
        SeparationSide::Original => Target::Original,
        SeparationSide::New => Target::New,
    }
}

/// The kind, for the window.
pub(crate) fn kind_view(kind: CoreKind) -> ChildKind {
    match kind {
        CoreKind::Conversation => ChildKind::Conversation,
        CoreKind::Application => ChildKind::Application,
        CoreKind::Note => ChildKind::Note,
        CoreKind::Reminder => ChildKind::Reminder,
        CoreKind::TrainingSnapshot => ChildKind::TrainingSnapshot,
    }
}

/// The kind, from the window; a document is no child record.
pub(crate) fn kind(kind: ChildKind) -> Option<CoreKind> {
    CoreKind::ALL.into_iter().find(|core| kind_view(*core) == kind)
}

/// A child record by kind and id.
pub(crate) fn child(kind: CoreKind, id: &str) -> ChildRef {
    ChildRef { kind: kind_view(kind), id: id.to_owned() }
}

/// Where a child record is.
pub(crate) fn place(child: &ChildPreview) -> ChildPlaceView {
    let place = match child.side {
        ChildSide::Undecided => ChildPlace::Undecided,
        ChildSide::Original => ChildPlace::Original,
        ChildSide::New => ChildPlace::New,
        ChildSide::Cut => ChildPlace::Cut,
    };
    ChildPlaceView { kind: kind_view(child.kind), id: child.id.clone(), place }
}

/// One of a kind, and several of it.
pub(crate) fn nouns(kind: CoreKind) -> (&'static str, &'static str) {
    match kind {
        CoreKind::Conversation => ("conversation", "conversations"),
        CoreKind::Application => ("application", "applications"),
        CoreKind::Note => ("note", "notes"),
        CoreKind::Reminder => ("reminder", "reminders"),
        CoreKind::TrainingSnapshot => ("training snapshot", "training snapshots"),
    }
}

/// So many of a kind, with the number first.
pub(crate) fn counted(count: usize, (one, several): (&str, &str)) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sides_and_kinds_lead_back() {
        for one in Target::BOTH {
            assert_eq!(target(side(one)), one);
        }
        for one in CoreKind::ALL {
            assert_eq!(kind(kind_view(one)), Some(one));
            assert_eq!(nouns(one).0, one.noun());
        }
        assert_eq!(kind(ChildKind::Document), None);
        assert_eq!(
            (counted(1, ("note", "notes")), counted(0, ("note", "notes"))),
            ("1 note".into(), "0 notes".into())
        );
    }
}
