//! A child record while it is weighed.

use super::evidence::Clue;
use super::people::People;
use super::record::{self, Fact};
use super::thread::{Thread, seconds};
use super::weigh::Scale;
use crate::separation::{Child, ChildKind, Conversation, Target, phone_key};

/// From here on a child's side is believed enough to say something about others.
const BELIEVED: f64 = 0.8;

/// A child record with what has been found of it.
pub(super) struct Case<'a> {
    pub kind: ChildKind,
    pub id: &'a str,
    /// Which of the threads it is, for a conversation.
    pub thread: Option<usize>,
    /// When it was, seconds since 1970; for a conversation the middle message.
    pub at: Option<i64>,
    /// Its number or address: as written, and as compared.
    pub point: Option<(&'a str, String)>,
    /// The colleagues who made it or work on it.
    pub colleagues: Vec<&'a str>,
    pub scale: Scale<'a>,
    /// Two people share it, as far as can be seen.
    pub shared: bool,
}

impl<'a> Case<'a> {
    pub fn conversation(number: usize, thread: &Thread<'a>, shared: bool, people: &People) -> Case<'a> {
        let conversation: &'a Conversation = thread.conversation;
        let middle = thread.lines.get(thread.lines.len() / 2).and_then(|line| line.instant);
        let last = conversation.last_message_at.as_deref();
        let mut case = Case {
            kind: ChildKind::Conversation,
            id: &conversation.id,
            thread: Some(number),
            at: middle.or_else(|| last.and_then(seconds)),
            point: conversation.channel_identifier.as_deref().and_then(point),
            colleagues: conversation.assignees.iter().map(String::as_str).collect(),
            scale: Scale::default(),
            shared,
        };
        record::heading(conversation, people)
            .into_iter()
            .chain(thread.clues())
            .for_each(|clue| case.scale.add(clue));
        case
    }

    pub fn record(child: &'a Child, people: &People) -> Case<'a> {
        let facts = |wanted: &'static [Fact]| {
            let facts = child.facts.iter().filter(move |(key, _)| wanted.contains(&Fact::of(key)));
            facts.map(|(_, value)| value.as_str())
        };
        let mut case = Case {
            kind: child.kind,
            id: &child.id,
            thread: None,
            at: child.at.as_deref().and_then(seconds),
            point: facts(&[Fact::Phone, Fact::Email]).find_map(point),
            colleagues: facts(&[Fact::Author]).collect(),
            scale: Scale::default(),
            shared: false,
        };
        record::clues(child, people).into_iter().for_each(|clue| case.scale.add(clue));
        case
    }

    /// The side, once it is believed.
    pub fn believed(&self) -> Option<Target> {
        let (side, sure) = self.scale.verdict()?;
        (!self.shared && sure >= BELIEVED).then_some(side)
    }

    pub fn add(&mut self, clue: Option<Clue<'a>>) {
        if let Some(clue) = clue {
            self.scale.add(clue);
        }
    }
}

fn point(raw: &str) -> Option<(&str, String)> {
    let key = if raw.contains('@') { crate::normalise::email(raw) } else { phone_key(raw) };
    (!key.is_empty()).then_some((raw, key))
}
