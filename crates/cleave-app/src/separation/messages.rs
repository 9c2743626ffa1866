//! Messages of a conversation, page by page.

use std::sync::Arc;

use cleave_core::separation::{MessageHead, Subject};

use super::caps::PAGE;
use super::desk::lock;
use super::edit::opened;
use super::translate::invalid;
use crate::App;
use crate::ipc::{AppError, ErrorCode, MessagePage, MessageView};

impl App {
    /// Messages of a conversation of an open draft, from a position on.
    ///
    /// # Errors
    /// `NoAccount`; `Stale` where no draft of the contact is open; `Invalid` where more than 500 are asked for;
    /// `NotFound` where the messages are not here.
    pub async fn separation_messages(
        &self,
        contact_id: &str,
        conversation_id: &str,
        from: u32,
        count: u32,
    ) -> Result<MessagePage, AppError> {
        if count > PAGE {
            return Err(invalid(&format!("A page has at most {PAGE} messages.")).at("count"));
        }
        let active = self.inner.active()?;
        let subject = Arc::clone(&lock(&*opened(&active, contact_id)?).subject);
        let all = read(&subject, conversation_id)?;
        let index = |position: u32| usize::try_from(position).unwrap_or(usize::MAX);
        let page = all.iter().skip(index(from)).take(index(count)).map(view);
        Ok(MessagePage {
            total: u32::try_from(all.len()).unwrap_or(u32::MAX),
            from,
            messages: page.collect(),
        })
    }
}

/// The messages of a conversation.
///
/// # Errors
/// `NotFound` where they are not here.
pub(super) fn read<'a>(subject: &'a Subject, conversation_id: &str) -> Result<&'a [MessageHead], AppError> {
    let conversation = subject.conversation(conversation_id).ok_or_else(|| {
        AppError::new(ErrorCode::NotFound, "The contact does not have this conversation any more.")
    })?;
    conversation.messages.as_deref().ok_or_else(|| {
        AppError::new(ErrorCode::NotFound, "The messages of this conversation are not here yet.")
            .hint("They are read while the server can be reached.")
    })
}

fn view(message: &MessageHead) -> MessageView {
    MessageView {
        id: message.id.clone(),
        at: message.created_at.clone(),
        inbound: message.inbound,
        text: message.text.clone().unwrap_or_default(),
    }
}
