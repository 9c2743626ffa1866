//! Judging what two contacts show now.
//!
//! Life goes on while a separation is on its way: a message arrives, a colleague writes a note. What came later proves
//! nothing either way, so each state is told by the records that were there when the separation was planned, and by
//! nothing else.

use std::collections::BTreeSet;

use super::{Expected, HalfMark, Inventory, SplitValues};
use crate::compare::{Sameness, compare};
use crate::field;
use crate::readings;
use crate::separation::fields::FieldSplit;
use crate::separation::kind::ChildKind;
use crate::separation::subject::{Conversation, Subject};
use crate::separation::target::Target;

/// What two contacts, read now, say about a separation that may have been sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// Everything is still on the original contact.
    Before,
    /// Everything is where it should be afterwards.
    After,
    /// Neither: a person has to look.
    Neither,
}

impl Expected {
    /// What the original contact and, where one was found, the new one say.
    ///
    /// A contact is as expected if it has every record, half, document and value that it should have, and none that the
    /// other side should. Records and messages that are in neither list came later and count for nothing. A half is
    /// known by its first message, and by as many messages as were planned coming first.
    ///
    /// The conversations that were cut must have been read; documents count only where they are known. A new contact
    /// beside an untouched original is [`Seen::Neither`].
    pub fn compare(&self, original: &Subject, new: Option<&Subject>) -> Seen {
        let nothing = Inventory::default();
        let [stays, goes] = [&self.after.original, &self.after.new];
        match new {
            None if self.before.fits(original, &nothing, true, &self.before) => Seen::Before,
            Some(new)
                if are_a_pair(original, new)
                    && stays.fits(original, goes, keeps_id(Target::Original), &self.before)
                    && goes.fits(new, stays, keeps_id(Target::New), &self.before) =>
            {
                Seen::After
            }
            _ => Seen::Neither,
        }
    }

    /// Whether the original contact alone looks as it should afterwards.
    pub fn has_left_original(&self, original: &Subject) -> bool {
        self.after.original.fits(original, &self.after.new, keeps_id(Target::Original), &self.before)
    }

    /// Whether a separation by this plan can be told from the original contact. If not, a contact that looks like the
    /// new one may have been there before.
    pub fn leaves_trace(&self) -> bool {
        let after = &self.after.original;
        !self.before.halves.is_empty()
            || after.children != self.before.children
            || after.documents != self.before.documents
            || !after.values.fits(&self.before.values)
    }
}

impl Expected {
    /// Whether a contact has the values of the new one.
    pub fn looks_like_new(&self, subject: &Subject) -> bool {
        self.after.new.values.fits(&SplitValues::of(&FieldSplit::start(subject), Target::Original))
    }

    /// Whether a contact has every record and document of the new one and none that stays; halves of cut conversations
    /// left aside.
    pub fn has_records_of_new(&self, subject: &Subject) -> bool {
        let [stays, goes] = [&self.after.original, &self.after.new];
        goes.children_fit(subject, stays) && goes.documents_fit(subject, stays)
    }
}

fn keeps_id(side: Target) -> bool {
    side == readings::CUT_KEEPS_ID_ON
}

/// Two contacts of one organisation.
fn are_a_pair(original: &Subject, new: &Subject) -> bool {
    let organization = |subject: &Subject| subject.contact.organization_id.clone();
    let same = match (organization(original), organization(new)) {
        (Some(one), Some(other)) => one == other,
        _ => true,
    };
    same && original.contact.id != new.contact.id
}

impl Inventory {
    /// Whether a contact has all of this and nothing of `other`. `keeps_ids`: whether halves are under the id of their
    /// conversation. `before` is all there was.
    fn fits(&self, subject: &Subject, other: &Inventory, keeps_ids: bool, before: &Inventory) -> bool {
        self.values.fits(&SplitValues::of(&FieldSplit::start(subject), Target::Original))
            && self.documents_fit(subject, other)
            && self.children_fit(subject, other)
            && self.halves.iter().all(|half| {
                let theirs = other.halves.iter().find(|theirs| theirs.cut == half.cut);
                half.fits(subject, theirs, keeps_ids, before)
            })
    }

    fn documents_fit(&self, subject: &Subject, other: &Inventory) -> bool {
        let (Some(expected), Some(_)) = (&self.documents, &subject.documents) else { return true };
        let seen: BTreeSet<&str> = subject.document_ids().collect();
        let theirs = other.documents.iter().flatten();
        expected.iter().all(|id| seen.contains(id.as_str()))
            && theirs.into_iter().all(|id| !seen.contains(id.as_str()))
    }

    fn children_fit(&self, subject: &Subject, other: &Inventory) -> bool {
        ChildKind::ALL.into_iter().all(|kind| {
            let seen: BTreeSet<&str> = subject.ids(kind).collect();
            self.ids(kind).all(|id| seen.contains(id)) && other.ids(kind).all(|id| !seen.contains(id))
        })
    }

    pub(in crate::separation) fn ids(&self, kind: ChildKind) -> impl Iterator<Item = &str> {
        self.children.get(&kind).into_iter().flatten().map(String::as_str)
    }
}

impl HalfMark {
    fn fits(&self, subject: &Subject, theirs: Option<&HalfMark>, keeps_id: bool, before: &Inventory) -> bool {
        if self.count == 0 && !keeps_id {
            // No message moved, so no conversation was made.
            return true;
        }
        subject.conversations.iter().any(|conversation| {
            let is_old = before.ids(ChildKind::Conversation).any(|id| id == conversation.id);
            let may_be = if keeps_id { conversation.id == self.cut } else { !is_old };
            may_be
                && self.is_in(conversation)
                && !theirs.is_some_and(|theirs| theirs.has_end_in(conversation))
        })
    }

    /// Whether the conversation begins with this half.
    pub(in crate::separation) fn is_in(&self, conversation: &Conversation) -> bool {
        let Some(messages) = &conversation.messages else { return false };
        let id_at = |at: u64| {
            let at = usize::try_from(at).ok()?;
            messages.get(at).map(|message| message.id.as_str())
        };
        match self.count.checked_sub(1) {
            None => true,
            Some(last) => id_at(0) == self.first.as_deref() && id_at(last) == self.last.as_deref(),
        }
    }

    /// Whether the first or the last message of this half is in the conversation.
    pub(in crate::separation) fn has_end_in(&self, conversation: &Conversation) -> bool {
        let ends = [self.first.as_deref(), self.last.as_deref()];
        let mut messages = conversation.messages.iter().flatten();
        messages.any(|message| ends.contains(&Some(message.id.as_str())))
    }
}

impl SplitValues {
    /// Whether the values are the same after normalisation, because servers reformat.
    pub(super) fn fits(&self, seen: &SplitValues) -> bool {
        let pairs = [
            (field::FIRST_NAME, &self.first_name, &seen.first_name),
            (field::LAST_NAME, &self.last_name, &seen.last_name),
            (field::EMAIL, &self.email, &seen.email),
            (field::PHONE, &self.phone_number, &seen.phone_number),
            (field::DATE_OF_BIRTH, &self.date_of_birth, &seen.date_of_birth),
        ];
        pairs.into_iter().all(|(path, expected, seen)| {
            let sameness = compare(&path.into(), expected.as_deref(), seen.as_deref());
            matches!(sameness, Sameness::Equal | Sameness::EqualNormalised | Sameness::BothMissing)
        })
    }
}
