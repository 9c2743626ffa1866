//! Asking the server for contacts.

use super::Puller;
use super::pages::PageSize;
use crate::failure::SyncError;

impl Puller {
    /// Asks the server for the contacts of everybody in which a text occurs, and stores them. Answers the ids of at most
    /// `limit` of them, in the server's order; none for a blank text.
    ///
    /// # Errors
    /// [`SyncError`].
    pub async fn search_contacts(&self, text: &str, limit: u32) -> Result<Vec<String>, SyncError> {
        let text = text.trim();
        if text.is_empty() || limit == 0 {
            return Ok(Vec::new());
        }
        let mut size = PageSize::largest();
        let mut found = loop {
            match self.api.contacts_like(text, size.get().min(limit)).await {
                Err(failure) if size.lower(&failure) => {}
                answer => break answer?,
            }
        };
        found.retain(|contact| self.is_our_contact(contact));
        let ids = found.iter().filter_map(|contact| contact.id.text().map(str::to_owned));
        let ids = ids.take(usize::try_from(limit).unwrap_or(usize::MAX)).collect();
        self.keep_contacts(found).await?;
        Ok(ids)
    }
}
