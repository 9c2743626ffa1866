//! Looking for a text in a conversation.

use std::sync::Arc;

use super::caps::{self, FIND};
use super::desk::lock;
use super::edit::opened;
use super::messages::read;
use crate::ipc::AppError;
use crate::{App, blocking};

impl App {
    /// Positions of the messages of a conversation that hold a text, whatever its case. Nothing is in no message.
    ///
    /// # Errors
    /// As [`App::separation_messages`].
    pub async fn separation_find(
        &self,
        contact_id: &str,
        conversation_id: &str,
        text: &str,
    ) -> Result<Vec<u32>, AppError> {
        caps::within(text, FIND, "What is looked for").map_err(|error| error.at("text"))?;
        let active = self.inner.active()?;
        let subject = Arc::clone(&lock(&*opened(&active, contact_id)?).subject);
        let (id, wanted) = (conversation_id.to_owned(), text.trim().to_lowercase());
        blocking(move || {
            let messages = read(&subject, &id)?;
            if wanted.is_empty() {
                return Ok(Vec::new());
            }
            let holds = |text: &str| text.to_lowercase().contains(&wanted);
            let found =
                (0u32..).zip(messages).filter(|(_, message)| message.text.as_deref().is_some_and(holds));
            Ok(found.map(|(position, _)| position).collect())
        })
        .await
    }
}
