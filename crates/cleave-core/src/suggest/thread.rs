//! A conversation as the rules have read it: once, message by message.

use super::cut;
use super::evidence::{Clue, EvidenceKind};
use super::language::{self, Language};
use super::name::Who;
use super::people::People;
use super::rule::{self, Mark, Voice};
use super::text::Text;
use crate::separation::{Conversation, MessageHead, Target};

/// What the rules found in a conversation.
pub(super) struct Thread<'a> {
    pub conversation: &'a Conversation,
    /// One for each message.
    pub lines: Vec<Line>,
}

/// What the rules found in a message.
pub(super) struct Line {
    /// Seconds since 1970; `None` where the time does not parse.
    pub instant: Option<i64>,
    pub marks: Vec<Mark>,
    /// Words of a handed-over number or of a wrong person.
    pub phrase: Option<cut::phrase::Found>,
    /// Of the contact's messages, where it can be told.
    pub language: Option<Language>,
}

impl<'a> Thread<'a> {
    pub fn read(conversation: &'a Conversation, people: &People) -> Thread<'a> {
        let lines = conversation.messages.iter().flatten().map(|message| line(message, people)).collect();
        Thread { conversation, lines }
    }

    pub fn message(&self, at: usize) -> Option<&'a MessageHead> {
        self.conversation.messages.as_deref()?.get(at)
    }

    /// A clue from a mark of a message; `None` for a foreign name.
    pub fn clue(&self, at: usize, mark: &Mark) -> Option<Clue<'a>> {
        let Who::Side(side) = mark.who else { return None };
        let message = self.message(at)?;
        Some(Clue {
            kind: mark.kind,
            side,
            weight: mark.weight,
            text: message.text.as_deref()?,
            place: mark.place.clone(),
            message_id: Some(&message.id),
        })
    }

    /// A clue that is a message as a whole.
    pub fn whole(&self, at: usize, kind: EvidenceKind, side: Target, weight: f64) -> Option<Clue<'a>> {
        let message = self.message(at)?;
        let text = message.text.as_deref().unwrap_or_default();
        Some(Clue { kind, side, weight, text, place: 0..0, message_id: Some(&message.id) })
    }

    /// Every clue of its messages, the oldest first.
    pub fn clues(&self) -> impl Iterator<Item = Clue<'a>> {
        let marks = self
            .lines
            .iter()
            .enumerate()
            .flat_map(|(at, line)| line.marks.iter().map(move |mark| (at, mark)));
        marks.filter_map(|(at, mark)| self.clue(at, mark))
    }
}

fn line(message: &MessageHead, people: &People) -> Line {
    let text = Text::read(message.text.as_deref().unwrap_or_default());
    let voice = Voice::of(message.inbound);
    let theirs = voice != Voice::Colleague;
    Line {
        instant: message.created_at.as_deref().and_then(seconds),
        marks: rule::marks(&text, voice, people),
        phrase: if theirs { cut::phrase::find(&text) } else { None },
        language: if theirs { language::guess(&text) } else { None },
    }
}

/// Seconds since 1970 of an RFC 3339 time.
pub(super) fn seconds(at: &str) -> Option<i64> {
    at.parse::<jiff::Timestamp>().ok().map(jiff::Timestamp::as_second)
}
