//! The plan: where every part of a contact goes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::fields::FieldSplit;
use super::kind::ChildKind;
use super::subject::Subject;
use super::target::{Assignment, Target};
use crate::readings;

/// Everything an admin decides when separating a contact. Changed by [`super::Edit`]s.
///
/// Two things hold of a plan that was started here and changed by edits: a conversation with a divider is assigned
/// [`readings::DIVIDED_IS_LISTED_AS`], and only a conversation with a divider has an entry in `meta`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SeparationPlan {
    /// The contact that is separated.
    pub contact_id: String,
    /// Its own fields.
    pub fields: FieldSplit,
    /// Every child record by kind and id. All five kinds are there, even empty.
    pub children: BTreeMap<ChildKind, BTreeMap<String, Assignment>>,
    /// Conversations that are cut, by id: one divider each ([`readings::DIVIDERS_A_CONVERSATION`]).
    pub dividers: BTreeMap<String, Divider>,
    /// Set-up of the conversations that cuts make, by the id of the conversation that is cut.
    pub meta: BTreeMap<String, NewConversationMeta>,
}

impl SeparationPlan {
    /// The plan before any decision: every value on the original contact, every child undecided, nothing cut.
    pub fn start(subject: &Subject) -> SeparationPlan {
        let undecided = |kind| {
            let ids = subject.ids(kind).map(|id| (id.to_owned(), Assignment::Undecided));
            (kind, ids.collect())
        };
        SeparationPlan {
            contact_id: subject.contact.id.clone(),
            fields: FieldSplit::start(subject),
            children: ChildKind::ALL.into_iter().map(undecided).collect(),
            dividers: BTreeMap::new(),
            meta: BTreeMap::new(),
        }
    }

    /// Where a child goes; undecided where the plan does not know it.
    pub fn assignment(&self, kind: ChildKind, id: &str) -> Assignment {
        self.children.get(&kind).and_then(|ids| ids.get(id)).copied().unwrap_or_default()
    }

    /// How many children of the plan nobody has decided about.
    pub fn undecided(&self) -> usize {
        let all = self.children.values().flat_map(BTreeMap::values);
        all.filter(|assignment| **assignment == Assignment::Undecided).count()
    }
}

/// Where a conversation is cut (schema `SeparateContactMessageDivider`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Divider {
    /// The message at the cut. [`readings::DIVIDER_MESSAGE_IS_AFTER`] says which half it is in.
    pub message_id: String,
    /// Which half goes where.
    pub direction: Direction,
}

/// Which half of a cut conversation goes where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// What came before the divider stays with the original contact.
    BeforeToOriginal,
    /// What came before the divider goes to the new contact.
    BeforeToNew,
}

impl Direction {
    /// The side of what came before the divider.
    pub fn before(self) -> Target {
        match self {
            Direction::BeforeToOriginal => Target::Original,
            Direction::BeforeToNew => Target::New,
        }
    }
}

/// Set-up of a conversation that a cut makes (schema `SeparateContactNewConversationMeta`).
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NewConversationMeta {
    /// Ids of the users who work on it; `None` leaves it to the server.
    pub assignees: Option<Vec<String>>,
    /// Its status; `None` leaves it to the server.
    pub status: Option<String>,
}

impl NewConversationMeta {
    /// Whether it says nothing, which is the same as no entry.
    pub fn is_empty(&self) -> bool {
        *self == NewConversationMeta::default()
    }
}

private_debug!(SeparationPlan, NewConversationMeta);

/// What a conversation with a divider is assigned.
pub(super) const DIVIDED: Assignment = match readings::DIVIDED_IS_LISTED_AS {
    Target::Original => Assignment::Original,
    Target::New => Assignment::New,
};
