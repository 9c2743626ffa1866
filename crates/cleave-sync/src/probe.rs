//! Finding out what a server supports, by reading only.

use cleave_core::contact::Contact;
use cleave_store::Support;
use cleave_wire::application::ApplicationListRequest;
use cleave_wire::contact::{ContactDto, PhoneLookupRequest};
use cleave_wire::conversation::ConversationsRequest;
use cleave_wire::message::MessagesRequest;
use cleave_wire::pipeline::PipelineListRequest;
use serde_json::Value;

use crate::api::Api;
use crate::failure::{ReadClass, ReadFailure};
use crate::route::Route;

/// What was found about a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capability {
    /// The route.
    pub route: Route,
    /// Whether the server has it.
    pub support: Support,
}

/// Records to ask about: a 404 says something only about a route whose record exists.
#[derive(Default)]
struct Samples {
    review_id: Option<String>,
    contact_id: Option<String>,
    /// A number that a contact holds: asked about another one, a server may say 404 for that it is free.
    number: Option<String>,
    conversation_id: Option<String>,
}

impl Samples {
    /// Takes note of a conversation that the answer of a route shows.
    fn note(&mut self, route: Route, answer: &Value) {
        let list = match route {
            Route::SeparationData => &answer["data"]["conversations"],
            Route::Conversations => &answer["conversations"],
            _ => return,
        };
        let found = list[0]["_id"].as_str().map(str::to_owned);
        self.conversation_id = self.conversation_id.take().or(found);
    }
}

impl Api {
    /// Asks every route of the table that changes nothing, with records found on the way.
    ///
    /// # Errors
    /// A failure that concerns every route: unreachable, signed out, not the API, or a pause asked for.
    pub async fn probe(&self, organization_id: &str) -> Result<Vec<Capability>, ReadFailure> {
        let one = [("size", "1"), ("page", "1")];
        let reviews = self.get::<Value>(Route::ListReviews, "", &one).await;
        let contacts = self
            .get::<Value>(Route::ListContacts, "", &[("ownerFilter", "all"), ("size", "1"), ("page", "1")])
            .await;
        let first = |list: &Result<Value, ReadFailure>| list.as_ref().ok()?.get("data")?.get(0).cloned();
        let id = |record: &Value, key: &str| {
            let value = record.get(key)?;
            value.as_str().or_else(|| value.get("_id")?.as_str()).map(str::to_owned)
        };
        let (review, contact) = (first(&reviews), first(&contacts));
        let mut samples = Samples {
            review_id: review.as_ref().and_then(|review| id(review, "_id")),
            // Somebody whom a review names is likelier to have records than whoever comes first.
            contact_id: review
                .as_ref()
                .and_then(|review| id(review, "candidateContactId"))
                .or_else(|| contact.as_ref().and_then(|contact| id(contact, "_id"))),
            number: contact.as_ref().and_then(number_of),
            conversation_id: None,
        };
        let mut found = Vec::new();
        for route in Route::all() {
            let support = match route {
                Route::ListReviews => supported(&reviews)?,
                Route::ListContacts => supported(&contacts)?,
                route if route.changes_something() => Support::Untested,
                route => match self.try_route(route, organization_id, &samples).await {
                    Some(answer) => {
                        if let Ok(answer) = &answer {
                            samples.note(route, answer);
                        }
                        supported(&answer)?
                    }
                    None => Support::Untested,
                },
            };
            found.push(Capability { route, support });
        }
        Ok(found)
    }

    /// One harmless question to a route; `None` where there is no record to ask about.
    async fn try_route(
        &self,
        route: Route,
        organization_id: &str,
        samples: &Samples,
    ) -> Option<Result<Value, ReadFailure>> {
        let contact = samples.contact_id.as_deref();
        Some(match route {
            Route::VerifyToken | Route::Users => self.get(route, "", &[]).await,
            Route::Pipelines => self.ask(route, &PipelineListRequest::default()).await,
            Route::GetReview => self.get(route, samples.review_id.as_deref()?, &[]).await,
            Route::Settings => {
                if organization_id.is_empty() {
                    return None;
                }
                self.get(route, organization_id, &[]).await
            }
            Route::Notes => self.get(route, "", &[("contactId", contact?), ("limit", "1")]).await,
            Route::Reminders => self.get(route, "", &[("contactId", contact?)]).await,
            Route::PhoneLookup => {
                let body = PhoneLookupRequest { phone_number: samples.number.clone()?, ..Default::default() };
                self.ask(route, &body).await
            }
            Route::Messages => {
                let conversation_id = samples.conversation_id.clone()?;
                self.ask(route, &MessagesRequest { conversation_id, ..Default::default() }).await
            }
            Route::Conversations => {
                let body = ConversationsRequest { contact_id: contact?.to_owned(), ..Default::default() };
                self.ask(route, &body).await
            }
            Route::Applications => {
                let body = ApplicationListRequest {
                    contact_id: contact?.to_owned(),
                    page: Some(1),
                    size: Some(1),
                    ..Default::default()
                };
                self.ask(route, &body).await
            }
            Route::PendingReviews
            | Route::GetContact
            | Route::SeparationData
            | Route::Documents
            | Route::Protection => self.get(route, contact?, &[]).await,
            Route::Login
            | Route::Refresh
            | Route::Merge
            | Route::KeepSeparate
            | Route::Separate
            | Route::PutSettings
            | Route::ListReviews
            | Route::ListContacts => return None,
        })
    }
}

/// A number that a contact of a list holds.
fn number_of(contact: &Value) -> Option<String> {
    let contact: ContactDto = serde_json::from_value(contact.clone()).ok()?;
    Contact::from(&contact)
        .phones
        .into_iter()
        .map(|phone| phone.value)
        .find(|number| !number.trim().is_empty())
}

/// What an answer says about its route.
fn supported(answer: &Result<Value, ReadFailure>) -> Result<Support, ReadFailure> {
    match answer {
        Ok(_) => Ok(Support::Yes),
        Err(failure) if failure.may_lack_route() => Ok(Support::No),
        Err(failure) if failure.concerns_all() => Err(failure.clone()),
        Err(failure) if failure.class == ReadClass::Refused => Ok(Support::Yes),
        Err(_) => Ok(Support::Untested),
    }
}
