//! What the server does with a request, and what other admins do to it.

use cleave_core::outbox::answer::Answer;

use super::protocol::Undoing;
use super::world::{Kind, Mark, Shows, Subject};

/// Whether what was decided is true of the server.
pub fn is_so(kind: Kind, shows: Shows) -> bool {
    match kind {
        Kind::Merge => shows == Shows::Merged,
        Kind::KeepSeparate => shows == Shows::Kept,
        Kind::Guarded | Kind::Unguarded | Kind::Traceless => {
            matches!(shows, Shows::Divided | Shows::DividedEdited)
        }
        Kind::Settings => shows == Shows::Ours,
    }
}

/// What may become of a request that arrives: the server afterwards, its answer, and whether it took effect.
pub fn carry_out(kind: Kind, mark: Mark, now: Subject) -> Vec<(Subject, Answer, bool)> {
    let to = |shows, mark| vec![(Subject { shows, mark }, Answer::Done, true)];
    let refused = |answers: &[Answer]| answers.iter().map(|answer| (now, *answer, false)).collect();
    match (kind, now.shows) {
        (_, Shows::Gone) => refused(&[Answer::NotFound]),
        (Kind::Merge, Shows::Before | Shows::Edited) => to(Shows::Merged, mark),
        (Kind::KeepSeparate, Shows::Before | Shows::Edited) => to(Shows::Kept, mark),
        (Kind::Merge | Kind::KeepSeparate, _) => refused(&[Answer::AlreadyResolved]),
        // The number is taken. Nobody has written down with which status a server says so.
        (Kind::Guarded, Shows::Divided | Shows::DividedEdited) => {
            refused(&[Answer::AlreadyResolved, Answer::Invalid])
        }
        (Kind::Unguarded | Kind::Traceless, Shows::DividedEdited) => to(Shows::DividedEdited, Mark::None),
        (Kind::Guarded | Kind::Unguarded | Kind::Traceless, _) => to(Shows::Divided, Mark::None),
        // The same values once more change nothing.
        (Kind::Settings, Shows::Ours) => vec![(now, Answer::Done, false)],
        // Nobody has written down what a 409 would say here.
        (Kind::Settings, _) => {
            let mut may = to(Shows::Ours, Mark::None);
            may.push((now, Answer::AlreadyResolved, false));
            may
        }
    }
}

/// What another admin may make of it.
pub fn by_others(kind: Kind, now: Subject, undoing: Undoing) -> Vec<Subject> {
    let plain = |shows| Subject { shows, mark: Mark::None };
    let resolved = |shows| [Mark::None, Mark::Stranger].map(|mark| Subject { shows, mark });
    let mut all = Vec::new();
    match now.shows {
        Shows::Gone => return all,
        Shows::Before | Shows::Edited if kind.is_about_review() => {
            all.extend(resolved(Shows::Merged));
            all.extend(resolved(Shows::Kept));
            all.push(plain(Shows::Edited));
        }
        Shows::Before | Shows::Edited | Shows::Restored if kind.is_separation() => {
            all.push(plain(Shows::Edited));
            if now.shows != Shows::Edited {
                all.push(plain(Shows::Divided));
            }
        }
        Shows::Divided => {
            all.push(plain(Shows::DividedEdited));
            match undoing {
                Undoing::Never => {}
                Undoing::Seen => all.push(plain(Shows::Restored)),
                Undoing::Unseen => all.push(plain(Shows::Before)),
            }
        }
        Shows::Before | Shows::Edited | Shows::Ours if kind == Kind::Settings => {
            all.extend([plain(Shows::Edited), plain(Shows::Ours)]);
            if undoing != Undoing::Never {
                all.push(plain(Shows::Before));
            }
        }
        _ => {}
    }
    if kind != Kind::Settings {
        all.push(Subject { shows: Shows::Gone, mark: Mark::None });
    }
    all.retain(|next| *next != now);
    all
}
