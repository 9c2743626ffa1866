//! A cut conversation and its two halves.

use super::plan::Divider;
use super::subject::{Conversation, MessageHead};
use super::target::{Pair, Target};
use crate::readings;

/// What comes of a conversation that is cut.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CutPreview {
    /// The conversation; its id stays with [`readings::CUT_KEEPS_ID_ON`].
    pub conversation_id: String,
    /// The half of each contact.
    pub halves: Pair<Half>,
}

/// One half of a cut conversation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Half {
    /// How many messages it has.
    pub count: u64,
    /// The oldest message; `None` in an empty half.
    pub first: Option<MessageMark>,
    /// The newest message; `None` in an empty half.
    pub last: Option<MessageMark>,
}

/// A message, by its id and time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageMark {
    /// The server's opaque id.
    pub id: String,
    /// RFC 3339.
    pub at: Option<String>,
}

/// The messages on both sides of a divider; `None` when its message is not among those that were read.
pub(super) fn halves<'a>(
    conversation: &'a Conversation,
    divider: &Divider,
) -> Option<Pair<&'a [MessageHead]>> {
    let messages = conversation.messages.as_deref()?;
    let at = messages.iter().position(|message| message.id == divider.message_id)?;
    let at = if readings::DIVIDER_MESSAGE_IS_AFTER { at } else { at + 1 };
    let (before, after) = messages.split_at(at);
    Some(match divider.direction.before() {
        Target::Original => Pair { original: before, new: after },
        Target::New => Pair { original: after, new: before },
    })
}

/// The counts and ends of both halves; `None` as [`halves`].
pub(super) fn preview(conversation: &Conversation, divider: &Divider) -> Option<CutPreview> {
    let Pair { original, new } = halves(conversation, divider)?;
    let halves = Pair { original: half(original), new: half(new) };
    Some(CutPreview { conversation_id: conversation.id.clone(), halves })
}

fn half(messages: &[MessageHead]) -> Half {
    let mark = |message: &MessageHead| MessageMark { id: message.id.clone(), at: message.created_at.clone() };
    Half {
        count: u64::try_from(messages.len()).unwrap_or(u64::MAX),
        first: messages.first().map(mark),
        last: messages.last().map(mark),
    }
}

#[cfg(test)]
mod tests {
    use super::super::plan::Direction;
    use super::super::samples;
    use super::*;

    #[test]
    fn the_divider_message_is_in_the_later_half() {
        let conversation = samples::conversation("sms", 5);
        let cases = [
            (Direction::BeforeToOriginal, 2, Some((2, 3, "sms-2"))),
            (Direction::BeforeToNew, 2, Some((3, 2, "sms-0"))),
            (Direction::BeforeToOriginal, 0, Some((0, 5, "sms-0"))),
            (Direction::BeforeToNew, 4, Some((1, 4, "sms-0"))),
            (Direction::BeforeToNew, 9, None),
        ];
        for (direction, at, expected) in cases {
            let cut = preview(&conversation, &Divider { message_id: format!("sms-{at}"), direction });
            let seen = cut.as_ref().map(|cut| {
                let first = cut.halves.new.first.as_ref().map_or("", |mark| mark.id.as_str());
                (cut.halves.original.count, cut.halves.new.count, first)
            });
            assert_eq!(seen, expected, "{direction:?} at {at}");
        }
        let unread = Conversation { messages: None, ..conversation };
        let divider = Divider { message_id: "sms-2".into(), direction: Direction::BeforeToNew };
        assert_eq!(preview(&unread, &divider), None);
    }
}
