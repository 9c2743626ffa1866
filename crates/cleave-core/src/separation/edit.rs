//! Edits of a plan. Each answers with the edit that takes it back, so that undo is a stack of edits.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::fields::TargetField;
use super::kind::ChildKind;
use super::plan::{DIVIDED, Divider, NewConversationMeta, SeparationPlan};
use super::target::{Assignment, Pair, Target};

/// Which name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum NamePart {
    /// `firstName`.
    First,
    /// `lastName`.
    Last,
}

/// A field that each side may have or lack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum OptionalField {
    /// `email`.
    Email,
    /// `phoneNumber`.
    PhoneNumber,
    /// `dateOfBirth`.
    DateOfBirth,
}

/// One change of a plan. Stored with a draft, for undo after a restart; an edit is added, never renamed.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "edit", rename_all = "camelCase")]
pub enum Edit {
    /// Sets a name of one side, exactly as given.
    Name {
        /// Which name.
        part: NamePart,
        /// Whose.
        side: Target,
        /// The name.
        value: String,
    },
    /// Sets a value of one side, exactly as given; a blank one is none.
    Value {
        /// Which field.
        field: OptionalField,
        /// Whose.
        side: Target,
        /// The value.
        value: Option<String>,
    },
    /// Says who has a field that goes to one side as a whole.
    Target {
        /// Which field.
        field: TargetField,
        /// Whose it is.
        to: Target,
    },
    /// Puts a document on one side. Both or neither can be said, because a plan that was read from a file may say
    /// it; the preview refuses it.
    Document {
        /// Which document.
        id: String,
        /// Which sides have it.
        on: Pair<bool>,
    },
    /// Sets one key of `misc` on both sides; `None` takes it off that side.
    Misc {
        /// The key.
        key: String,
        /// Its values.
        values: Pair<Option<Value>>,
    },
    /// Says where a child goes. A conversation with a divider has no side as a whole: take the divider away first.
    Assign {
        /// Which kind.
        kind: ChildKind,
        /// Which one.
        id: String,
        /// Where it goes.
        to: Assignment,
    },
    /// Cuts a conversation, moves its cut, or takes the cut away, which leaves the conversation undecided.
    Divide {
        /// Which conversation.
        conversation: String,
        /// Where and how; `None` takes the cut away together with its metadata.
        divider: Option<Divider>,
    },
    /// Sets up the conversation that a cut makes.
    Describe {
        /// The conversation that is cut.
        conversation: String,
        /// What to say about the new one; one that says nothing takes the entry away.
        meta: NewConversationMeta,
    },
    /// Several edits as one: all of them, or none.
    Batch {
        /// In the order in which they are made.
        edits: Vec<Edit>,
    },
}

private_debug!(Edit);

/// Why an edit changed nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EditRefused {
    /// The plan has no such child.
    #[error("this plan has no such {}", .0.noun())]
    UnknownChild(ChildKind),
    /// A divided conversation cannot go to one side.
    #[error("a divided conversation has both sides: remove its divider first")]
    Divided,
    /// Only a cut makes a new conversation that could be described.
    #[error("only a divided conversation makes a new one that can be described")]
    NotDivided,
}

impl SeparationPlan {
    /// Applies an edit and answers with the one that takes it back.
    ///
    /// # Errors
    ///
    /// [`EditRefused`]; the plan is then as it was.
    pub fn apply(&mut self, edit: Edit) -> Result<Edit, EditRefused> {
        match edit {
            Edit::Name { part, side, value } => {
                let pair = match part {
                    NamePart::First => &mut self.fields.first_name,
                    NamePart::Last => &mut self.fields.last_name,
                };
                let value = std::mem::replace(pair.of_mut(side), value);
                Ok(Edit::Name { part, side, value })
            }
            Edit::Value { field, side, value } => {
                let pair = match field {
                    OptionalField::Email => &mut self.fields.email,
                    OptionalField::PhoneNumber => &mut self.fields.phone_number,
                    OptionalField::DateOfBirth => &mut self.fields.date_of_birth,
                };
                let value = value.filter(|text| !text.trim().is_empty());
                let value = std::mem::replace(pair.of_mut(side), value);
                Ok(Edit::Value { field, side, value })
            }
            Edit::Target { field, to } => {
                let to = std::mem::replace(self.fields.target_mut(field), to);
                Ok(Edit::Target { field, to })
            }
            Edit::Document { id, on } => {
                let before = Pair {
                    original: self.place(&id, Target::Original, on),
                    new: self.place(&id, Target::New, on),
                };
                Ok(Edit::Document { id, on: before })
            }
            Edit::Misc { key, values } => {
                let Pair { original, new } = values;
                let original = self.set_misc(Target::Original, &key, original);
                let new = self.set_misc(Target::New, &key, new);
                Ok(Edit::Misc { key, values: Pair { original, new } })
            }
            Edit::Assign { kind, id, to } => self.assign(kind, id, to),
            Edit::Divide { conversation, divider } => self.divide(conversation, divider),
            Edit::Describe { conversation, meta } => self.describe(conversation, meta),
            Edit::Batch { edits } => self.apply_all(edits),
        }
    }

    fn place(&mut self, id: &str, side: Target, on: Pair<bool>) -> bool {
        let ids = self.fields.documents.of_mut(side);
        if *on.of(side) { !ids.insert(id.to_owned()) } else { ids.remove(id) }
    }

    fn set_misc(&mut self, side: Target, key: &str, value: Option<Value>) -> Option<Value> {
        let values = self.fields.misc.of_mut(side);
        match value {
            Some(value) => values.insert(key.to_owned(), value),
            None => values.remove(key),
        }
    }

    fn assign(&mut self, kind: ChildKind, id: String, to: Assignment) -> Result<Edit, EditRefused> {
        if kind == ChildKind::Conversation && self.dividers.contains_key(&id) {
            return Err(EditRefused::Divided);
        }
        let known = self.known(kind, &id)?;
        let before = std::mem::replace(known, to);
        Ok(Edit::Assign { kind, id, to: before })
    }

    fn known(&mut self, kind: ChildKind, id: &str) -> Result<&mut Assignment, EditRefused> {
        let ids = self.children.get_mut(&kind);
        ids.and_then(|ids| ids.get_mut(id)).ok_or(EditRefused::UnknownChild(kind))
    }

    fn divide(&mut self, conversation: String, divider: Option<Divider>) -> Result<Edit, EditRefused> {
        let assigned = self.known(ChildKind::Conversation, &conversation)?;
        let before = *assigned;
        let Some(divider) = divider else {
            let Some(old) = self.dividers.remove(&conversation) else {
                return Ok(Edit::Divide { conversation, divider: None });
            };
            *self.known(ChildKind::Conversation, &conversation)? = Assignment::Undecided;
            let meta = self.meta.remove(&conversation).unwrap_or_default();
            return Ok(Edit::Batch {
                edits: vec![
                    Edit::Divide { conversation: conversation.clone(), divider: Some(old) },
                    Edit::Describe { conversation, meta },
                ],
            });
        };
        *assigned = DIVIDED;
        if let Some(old) = self.dividers.insert(conversation.clone(), divider) {
            return Ok(Edit::Divide { conversation, divider: Some(old) });
        }
        Ok(Edit::Batch {
            edits: vec![
                Edit::Divide { conversation: conversation.clone(), divider: None },
                Edit::Assign { kind: ChildKind::Conversation, id: conversation, to: before },
            ],
        })
    }

    fn describe(&mut self, conversation: String, meta: NewConversationMeta) -> Result<Edit, EditRefused> {
        if !self.dividers.contains_key(&conversation) {
            return Err(EditRefused::NotDivided);
        }
        let before = if meta.is_empty() {
            self.meta.remove(&conversation)
        } else {
            self.meta.insert(conversation.clone(), meta)
        };
        Ok(Edit::Describe { conversation, meta: before.unwrap_or_default() })
    }

    fn apply_all(&mut self, edits: Vec<Edit>) -> Result<Edit, EditRefused> {
        let mut inverses = Vec::with_capacity(edits.len());
        for edit in edits {
            match self.apply(edit) {
                Ok(inverse) => inverses.push(inverse),
                Err(refused) => {
                    while let Some(inverse) = inverses.pop() {
                        self.apply(inverse)?;
                    }
                    return Err(refused);
                }
            }
        }
        inverses.reverse();
        Ok(Edit::Batch { edits: inverses })
    }
}
