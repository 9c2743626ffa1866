//! Conversations (published).

use serde_json::{Number, Value};

use crate::{
    contact::ContactDto,
    message::MessageDto,
    reference::{Identified, Ref},
    user::UserDto,
};

open_enum! {
    /// How the two sides talk. Only `sms` is published as a value; the others are inferred.
    pub enum ChannelType {
        /// Text messages.
        Sms = "sms",
        /// E-mail.
        Email = "email",
        /// WhatsApp.
        Whatsapp = "whatsapp",
        /// A chat on a web page.
        Webchat = "webchat",
        /// Telephone.
        Call = "call",
    }
}

record! {
    /// A conversation.
    #[derive(Default)]
    pub struct ConversationDto {
        required {
            /// Opaque id.
            #[serde(rename = "_id")]
            id: String,
        }
        optional {
            /// Whose conversation it is.
            contact_id: Ref<ContactDto>,
            /// The organisation.
            organization_id: String,
            /// The user who holds it.
            user_id: Ref<UserDto>,
            /// Who works on it.
            assignees: Vec<Ref<UserDto>>,
            /// How the two sides talk.
            channel_type: ChannelType,
            /// The other side's number or address on that channel.
            channel_identifier: String,
            /// The last message: its id, its text or the message itself.
            latest_message: Ref<MessageDto>,
            /// RFC 3339.
            last_message_time: String,
            /// Whether it is closed.
            is_resolved: bool,
            /// RFC 3339.
            resolved_at: String,
            /// Subject line, for channels that have one.
            subject: String,
            /// Who takes part, in a form that is not published.
            participants: Value,
            /// Whether nothing was sent yet.
            is_draft: bool,
            /// Messages in it.
            message_count: Number,
            /// RFC 3339.
            created_at: String,
            /// RFC 3339.
            updated_at: String,
        }
    }
}

impl Identified for ConversationDto {
    fn id(&self) -> Option<&str> {
        Some(&self.id)
    }
}

record! {
    /// Body of `POST /api/conversation/all`.
    #[derive(Default)]
    pub struct ConversationsRequest {
        required {
            /// Whose conversations.
            contact_id: String,
        }
        omittable {
            /// Only this channel. Left out it means `sms`, and the rest stay hidden.
            channel_type: ChannelType,
        }
    }
}

record! {
    /// Answer of `POST /api/conversation/all`.
    #[derive(Default)]
    pub struct ConversationsResponse {
        required {
            /// The conversations on the channel asked for.
            conversations: Vec<ConversationDto>,
        }
    }
}
