//! Looking for contacts: in the cache, and on the server where it answers in time.

use std::collections::BTreeMap;
use std::sync::Arc;

use cleave_core::contact::Contact;
use cleave_core::field;
use cleave_core::normalise::phone_display;
use cleave_store::{Store, StoreError};

use crate::App;
use crate::active::Active;
use crate::ipc::{AppError, Connection, ContactHit, ContactSearch, ContactsFound, ErrorCode};
use crate::separation::caps::{FIND, within};

/// Most contacts of an answer.
const MOST: u32 = 100;

impl App {
    /// Looks for contacts, those with a draft of a separation first. Without a text, lists those with a draft.
    ///
    /// The server is asked as well, and waited for as long as for a review; without it the cache answers alone.
    ///
    /// # Errors
    /// `NoAccount`; `Invalid` where the limit is not 1 to 100 or the text too long; `Storage`.
    pub async fn contacts(&self, request: ContactSearch) -> Result<ContactsFound, AppError> {
        if !(1..=MOST).contains(&request.limit) {
            let message = format!("1 to {MOST} contacts can be asked for.");
            return Err(AppError::new(ErrorCode::Invalid, message).at("limit"));
        }
        within(&request.text, FIND, "What is looked for").map_err(|error| error.at("text"))?;
        let active = self.inner.active()?;
        let (text, limit) = (request.text.trim().to_owned(), request.limit);
        let from_server = self.ask(&active, &text, limit).await;
        let asked = from_server.is_some();
        active
            .disk(move |store| {
                let drafts = drafts(store)?;
                let found = if text.is_empty() {
                    drafts.keys().cloned().collect()
                } else {
                    found(store, &text, limit, from_server.unwrap_or_default())?
                };
                let mut hits = Vec::with_capacity(found.len());
                for id in found {
                    hits.extend(hit(store, &id, drafts.get(&id))?);
                }
                // Stable: in the order of the search otherwise.
                if text.is_empty() {
                    hits.sort_by(|a, b| b.draft_at.cmp(&a.draft_at));
                } else {
                    hits.sort_by_key(|hit| hit.draft_at.is_none());
                }
                let most = usize::try_from(limit).unwrap_or(usize::MAX);
                let more = hits.len() > most;
                hits.truncate(most);
                Ok(ContactsFound { contacts: hits, from_server: asked, more })
            })
            .await
    }

    /// The ids that the server finds; `None` where it was not asked, or did not answer in time. What it answers late is
    /// cached all the same, unless something else is looked for by then.
    async fn ask(&self, active: &Arc<Active>, text: &str, limit: u32) -> Option<Vec<String>> {
        if text.is_empty() || active.status().connection == Connection::Offline {
            return None;
        }
        active.net.as_ref()?;
        let (searcher, text) = (Arc::clone(active), text.to_owned());
        let (tell, told) = tokio::sync::oneshot::channel();
        active.search(async move {
            if let Some(net) = &searcher.net {
                drop(tell.send(net.puller.search_contacts(&text, limit.saturating_add(1)).await));
            }
        });
        match tokio::time::timeout(self.inner.config.review_budget, told).await {
            Ok(Ok(Ok(ids))) => Some(ids),
            Ok(Ok(Err(error))) => {
                active.change(|status| status.failed(&error));
                None
            }
            _ => None,
        }
    }
}

/// A draft of a separation: when it was saved, and the name it had then.
type Drafts = BTreeMap<String, (String, String)>;

fn drafts(store: &Store) -> Result<Drafts, StoreError> {
    let drafts = store.drafts()?.into_iter();
    Ok(drafts.map(|draft| (draft.contact_id, (draft.saved_at.to_string(), draft.title))).collect())
}

/// What the cache finds, best match first, then what only the server found.
fn found(store: &Store, text: &str, limit: u32, server: Vec<String>) -> Result<Vec<String>, StoreError> {
    let cached = store.search_contacts(text, limit.saturating_add(1))?;
    let mut found: Vec<String> =
        cached.iter().filter_map(|cached| cached.contact.id.text().map(str::to_owned)).collect();
    for id in server {
        if !found.contains(&id) {
            found.push(id);
        }
    }
    Ok(found)
}

/// A contact in a line; a draft of one that the cache lacks has at least its name.
fn hit(store: &Store, id: &str, draft: Option<&(String, String)>) -> Result<Option<ContactHit>, StoreError> {
    let draft_at = draft.map(|(at, _)| at.clone());
    let Some(cached) = store.contact(id)? else {
        return Ok(draft.map(|(at, title)| ContactHit {
            contact_id: id.to_owned(),
            name: title.clone(),
            email: String::new(),
            phone: String::new(),
            phones: 0,
            draft_at: Some(at.clone()),
        }));
    };
    let contact = Contact::from(&cached.contact);
    Ok(Some(ContactHit {
        contact_id: id.to_owned(),
        name: contact.display_name(),
        email: contact.text(field::EMAIL).unwrap_or_default(),
        phone: contact.primary_phone().map(phone_display).unwrap_or_default(),
        phones: u32::try_from(contact.all_phones().len()).unwrap_or(u32::MAX),
        draft_at,
    }))
}
