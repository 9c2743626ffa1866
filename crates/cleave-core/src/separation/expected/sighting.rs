//! What was seen of a separation whose outcome is unknown, in words for the person who has to judge it.

use std::collections::BTreeSet;
use std::fmt;

use super::{Expected, HalfMark, Inventory, SplitValues};
use crate::separation::fields::FieldSplit;
use crate::separation::kind::ChildKind;
use crate::separation::subject::Subject;
use crate::separation::target::{Pair, Target};

/// Counts of what two contacts show. Holds no value and no id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sighting {
    original: OneSide,
    new: Option<OneSide>,
    planned: Pair<usize>,
}

/// What one contact shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct OneSide {
    /// Records and documents that the plan puts on the original contact.
    stays: usize,
    /// Records and documents that the plan moves.
    moves: usize,
    /// Halves of cut conversations that are as planned.
    halves: usize,
    /// Cut conversations.
    cuts: usize,
    values: Values,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Values {
    /// The same before and after, and so they are.
    AsEver,
    AsBefore,
    AsPlanned,
    Other,
}

impl Expected {
    /// Counts what the original contact and, where one was found, a contact that may be the new one show.
    pub fn sighting(&self, original: &Subject, new: Option<&Subject>) -> Sighting {
        let [stays, moves] = [&self.after.original, &self.after.new];
        let side = |subject: &Subject, side: Target| OneSide {
            stays: stays.count_in(subject),
            moves: moves.count_in(subject),
            halves: self.after.of(side).halves_in(subject, self.after.of(side.other())),
            cuts: self.before.halves.len(),
            values: self.values_of(subject, side),
        };
        Sighting {
            original: side(original, Target::Original),
            new: new.map(|new| side(new, Target::New)),
            planned: Pair { original: stays.count(), new: moves.count() },
        }
    }

    fn values_of(&self, subject: &Subject, side: Target) -> Values {
        let seen = SplitValues::of(&FieldSplit::start(subject), Target::Original);
        let planned = self.after.of(side).values.fits(&seen);
        match (planned, side == Target::Original && self.before.values.fits(&seen)) {
            (true, true) => Values::AsEver,
            (true, false) => Values::AsPlanned,
            (false, true) => Values::AsBefore,
            (false, false) => Values::Other,
        }
    }
}

impl Inventory {
    /// How many records and documents it is.
    fn count(&self) -> usize {
        let children: usize = ChildKind::ALL.into_iter().map(|kind| self.ids(kind).count()).sum();
        children + self.documents.iter().flatten().count()
    }

    /// How many of them a contact has.
    fn count_in(&self, subject: &Subject) -> usize {
        let kinds = ChildKind::ALL.into_iter();
        let children: usize = kinds
            .map(|kind| {
                let seen: BTreeSet<&str> = subject.ids(kind).collect();
                self.ids(kind).filter(|id| seen.contains(id)).count()
            })
            .sum();
        let documents = self.documents.iter().flatten();
        let seen: BTreeSet<&str> = subject.document_ids().collect();
        children + documents.filter(|id| seen.contains(id.as_str())).count()
    }

    /// How many of its halves a contact has, with nothing of the other half in them.
    fn halves_in(&self, subject: &Subject, other: &Inventory) -> usize {
        let is_there = |half: &&HalfMark| {
            let theirs = other.halves.iter().find(|theirs| theirs.cut == half.cut);
            let mut conversations = subject.conversations.iter();
            conversations.any(|one| half.is_in(one) && !theirs.is_some_and(|theirs| theirs.has_end_in(one)))
        };
        self.halves.iter().filter(is_there).count()
    }
}

impl fmt::Display for Sighting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Pair { original: stays, new: moves } = self.planned;
        let at = &self.original;
        write!(
            f,
            "The original contact has {} of the {stays} records that stay and {} of the {moves} that move{}; its values are {}. ",
            at.stays,
            at.moves,
            at.halves(),
            at.values()
        )?;
        match &self.new {
            None => f.write_str("No contact was found that looks like the new one."),
            Some(at) => write!(
                f,
                "A contact that may be the new one has {} of the {moves} records that move and {} of the {stays} that stay{}; its values are {}.",
                at.moves,
                at.stays,
                at.halves(),
                at.values()
            ),
        }
    }
}

impl OneSide {
    fn halves(&self) -> String {
        match self.cuts {
            0 => String::new(),
            cuts => format!(", and {} of {cuts} halves of cut conversations as planned", self.halves),
        }
    }

    fn values(&self) -> &'static str {
        match self.values {
            Values::AsEver => "as they were, which is as planned",
            Values::AsBefore => "as they were before",
            Values::AsPlanned => "as planned",
            Values::Other => "others than planned",
        }
    }
}
