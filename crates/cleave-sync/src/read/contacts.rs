//! Finding contacts: by words, and by the number they hold.

use cleave_core::contact::Contact;
use cleave_core::separation::phone_key;
use cleave_wire::contact::{ContactDto, ContactListResponse, PhoneLookupRequest, PhoneLookupResponse};

use crate::api::Api;
use crate::failure::{ReadClass, ReadFailure};
use crate::route::Route;

/// Contacts that are looked at for one that holds a number.
const FOUND: u32 = 20;

/// Who holds a number.
pub(crate) enum Holder {
    /// This contact.
    Contact(String),
    /// Nobody.
    Nobody,
    /// The server does not say.
    Unknown,
}

impl Api {
    /// The first contacts of everybody that the server finds for a text.
    ///
    /// # Errors
    /// [`ReadFailure`].
    pub(crate) async fn contacts_like(&self, text: &str, size: u32) -> Result<Vec<ContactDto>, ReadFailure> {
        let size = size.to_string();
        let query = [("ownerFilter", "all"), ("search", text), ("page", "1"), ("size", size.as_str())];
        let answer: ContactListResponse = self.get(Route::ListContacts, "", &query).await?;
        Ok(answer.data)
    }

    /// Who holds a number: by the route for it, and where the server lacks that or says nothing, by the list of
    /// contacts.
    ///
    /// # Errors
    /// [`ReadFailure`] of any other kind.
    pub(crate) async fn holder(&self, number: &str) -> Result<Holder, ReadFailure> {
        let body = PhoneLookupRequest { phone_number: number.to_owned(), ..Default::default() };
        match self.ask::<PhoneLookupResponse>(Route::PhoneLookup, &body).await {
            Ok(answer) if answer.data.is_null() => return Ok(Holder::Nobody),
            Ok(answer) => {
                if let Some(id) = answer.data.value().and_then(|contact| contact.id.text()) {
                    return Ok(Holder::Contact(id.to_owned()));
                }
            }
            // A number that nobody holds may be a 404, too.
            Err(failure) if says_nothing(&failure) => {}
            Err(failure) => return Err(failure),
        }
        let listed = match self.contacts_like(number, FOUND).await {
            Ok(listed) => listed,
            Err(failure) if says_nothing(&failure) => return Ok(Holder::Unknown),
            Err(failure) => return Err(failure),
        };
        let key = phone_key(number);
        let holds =
            |dto: &&ContactDto| Contact::from(*dto).phones.iter().any(|phone| phone_key(&phone.value) == key);
        let holder = listed.iter().find(holds).and_then(|dto| dto.id.text());
        Ok(holder.map_or(Holder::Unknown, |id| Holder::Contact(id.to_owned())))
    }
}

/// Whether a failure is about this question only: nothing is known then, and nothing else is in the way.
fn says_nothing(failure: &ReadFailure) -> bool {
    failure.may_lack_route() || matches!(failure.class, ReadClass::Forbidden | ReadClass::Refused)
}
