//! Messages of a conversation, and the two searches (published; the wrapper of the list is inferred).

use serde_json::Number;

use crate::{
    conversation::ChannelType,
    reference::{Identified, Ref},
    user::UserDto,
};

open_enum! {
    /// Which way a message went.
    pub enum MessageDirection {
        /// From the contact.
        Inbound = "inbound",
        /// To the contact.
        Outbound = "outbound",
    }
}

record! {
    /// A message. Its text is in `content` or in `body`.
    #[derive(Default)]
    pub struct MessageDto {
        required {
            /// Opaque id.
            #[serde(rename = "_id")]
            id: String,
        }
        optional {
            /// The conversation it belongs to.
            conversation_id: String,
            /// The contact it belongs to.
            contact_id: String,
            /// The text, in one of two spellings.
            content: String,
            /// The text, in the other spelling.
            body: String,
            /// Which way it went.
            direction: MessageDirection,
            /// The channel it went by.
            channel_type: ChannelType,
            /// The channel's own word for what became of it.
            status: String,
            /// The user who sent it.
            sent_by: Ref<UserDto>,
            /// Whether it was generated.
            #[serde(rename = "isAIGenerated")]
            is_ai_generated: bool,
            /// RFC 3339. The order of a list is not documented: sort by this, then by id.
            created_at: String,
        }
    }
}

impl MessageDto {
    /// The text, whichever of the two spellings holds it.
    pub fn text(&self) -> Option<&str> {
        self.content.text().or(self.body.text())
    }
}

impl Identified for MessageDto {
    fn id(&self) -> Option<&str> {
        Some(&self.id)
    }
}

record! {
    /// Body of `POST /api/conversation/messages`.
    #[derive(Default)]
    pub struct MessagesRequest {
        required {
            /// The conversation.
            conversation_id: String,
        }
    }
}

record! {
    /// Answer with the messages of a conversation, under one of two keys.
    #[derive(Default)]
    pub struct MessagesResponse {
        optional {
            /// The messages, by analogy with `conversations`.
            messages: Vec<MessageDto>,
            /// The messages, by analogy with the other lists.
            data: Vec<MessageDto>,
            /// False makes the answer a failure whatever its status.
            success: bool,
        }
    }
}

impl MessagesResponse {
    /// The messages, whichever key holds them; `None` when neither does, which is not the same as no messages.
    pub fn into_messages(self) -> Option<Vec<MessageDto>> {
        self.messages.into_value().or(self.data.into_value())
    }
}

record! {
    /// A message that a search found.
    #[derive(Default)]
    pub struct MessageMatch {
        required {
            /// The message.
            message_id: String,
        }
        optional {
            /// Its text; only the search across a contact gives it.
            body: String,
            /// RFC 3339.
            created_at: String,
        }
    }
}

record! {
    /// Answer of `GET /api/conversation/{conversationId}/messages/search`.
    #[derive(Default)]
    pub struct ConversationSearchResponse {
        required {
            /// What was found.
            matches: Vec<MessageMatch>,
        }
        optional {
            /// How many there are in all.
            total: Number,
            /// Whether the limit cut some off.
            truncated: bool,
        }
    }
}

record! {
    /// What a search found in one conversation of a contact.
    #[derive(Default)]
    pub struct ConversationMatches {
        required {
            /// The conversation.
            conversation_id: String,
            /// What was found in it.
            matches: Vec<MessageMatch>,
        }
        optional {
            /// Its channel.
            channel_type: ChannelType,
            /// The other side's number or address.
            channel_identifier: String,
        }
    }
}

record! {
    /// Answer of `GET /api/conversation/contact/{contactId}/messages/search`.
    #[derive(Default)]
    pub struct ContactSearchResponse {
        required {
            /// What was found, by conversation.
            results: Vec<ConversationMatches>,
        }
        optional {
            /// How many messages there are in all.
            total: Number,
            /// Whether the limit cut some off.
            truncated: bool,
        }
    }
}
