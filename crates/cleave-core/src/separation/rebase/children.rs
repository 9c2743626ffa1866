//! Children and dividers of a plan that is carried over.

use std::collections::BTreeMap;

use super::Drift;
use crate::separation::kind::ChildKind;
use crate::separation::plan::SeparationPlan;
use crate::separation::subject::{Child, Conversation, Subject};
use crate::separation::target::Assignment;

pub(super) fn rebase(plan: &mut SeparationPlan, old: &Subject, new: &Subject, drift: &mut Vec<Drift>) {
    for kind in ChildKind::ALL {
        let (before, after) = (records(old, kind), records(new, kind));
        for (id, record) in &after {
            match before.get(id) {
                None => drift.push(Drift::ChildAppeared { kind, id: (*id).to_owned() }),
                Some(was) if was.differs(record) => {
                    drift.push(Drift::ChildChanged { kind, id: (*id).to_owned() })
                }
                Some(_) => continue,
            }
        }
        let ids = plan.children.entry(kind).or_default();
        for id in before.keys().filter(|id| !after.contains_key(*id)) {
            let was = ids.remove(*id).unwrap_or_default();
            drift.push(Drift::ChildVanished { kind, id: (*id).to_owned(), was });
            if kind == ChildKind::Conversation && plan.dividers.remove(*id).is_some() {
                plan.meta.remove(*id);
                drift.push(Drift::DividerDropped { conversation: (*id).to_owned() });
            }
        }
        for id in after.keys().filter(|id| !before.contains_key(*id)) {
            ids.entry((*id).to_owned()).or_insert(Assignment::Undecided);
        }
    }
    for conversation in &new.conversations {
        drop_lost_divider(plan, old, conversation, drift);
    }
}

/// A divider whose message was there and is not any more has no place. One that never had a place is the preview's to
/// name.
fn drop_lost_divider(plan: &mut SeparationPlan, old: &Subject, now: &Conversation, drift: &mut Vec<Drift>) {
    let Some(divider) = plan.dividers.get(&now.id) else { return };
    let has = |conversation: &Conversation| {
        let messages = conversation.messages.as_ref();
        messages.map(|messages| messages.iter().any(|message| message.id == divider.message_id))
    };
    if has(now) == Some(false) && old.conversation(&now.id).and_then(has) == Some(true) {
        plan.dividers.remove(&now.id);
        plan.meta.remove(&now.id);
        if let Some(ids) = plan.children.get_mut(&ChildKind::Conversation) {
            ids.insert(now.id.clone(), Assignment::Undecided);
        }
        drift.push(Drift::DividerDropped { conversation: now.id.clone() });
    }
}

/// A child as it reads.
enum Record<'a> {
    Conversation(&'a Conversation),
    Other(&'a Child),
}

impl Record<'_> {
    /// Whether it reads differently. Messages that were not read at one of the two times prove nothing.
    fn differs(&self, now: &Record<'_>) -> bool {
        match (self, now) {
            (Record::Conversation(was), Record::Conversation(now)) => {
                let both_read = was.messages.is_some() && now.messages.is_some();
                heads(was) != heads(now) || (both_read && was.messages != now.messages)
            }
            (Record::Other(was), Record::Other(now)) => was != now,
            _ => true,
        }
    }
}

/// A conversation without its messages.
fn heads(conversation: &Conversation) -> Conversation {
    let Conversation { id, channel_type, channel_identifier, subject, .. } = conversation;
    Conversation {
        id: id.clone(),
        channel_type: channel_type.clone(),
        channel_identifier: channel_identifier.clone(),
        subject: subject.clone(),
        assignees: conversation.assignees.clone(),
        status: conversation.status.clone(),
        last_message_at: conversation.last_message_at.clone(),
        message_count: conversation.message_count,
        messages: None,
    }
}

fn records(subject: &Subject, kind: ChildKind) -> BTreeMap<&str, Record<'_>> {
    if kind == ChildKind::Conversation {
        let all = subject.conversations.iter();
        return all.map(|one| (one.id.as_str(), Record::Conversation(one))).collect();
    }
    subject.children(kind).iter().map(|child| (child.id.as_str(), Record::Other(child))).collect()
}
