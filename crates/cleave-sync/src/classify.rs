//! Sorting every outcome of an exchange into its class. Status and shape decide, never the wording.

use std::time::Duration;

use cleave_core::outbox::answer::Answer;
use cleave_wire::contact::ContactDto;
use cleave_wire::decode::decode_value;
use cleave_wire::error::ProblemForm;
use cleave_wire::review::{DedupReviewDto, MergeResponse};
use cleave_wire::separate::{SeparateContactResponseEnvelope, SeparationOutcome};
use cleave_wire::settings::shown_settings;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::exchange::{Answered, Exchange};
use crate::failure::{ReadClass, ReadFailure};

/// What a reading gave.
pub(crate) fn reading<T: DeserializeOwned>(exchange: &Exchange) -> Result<T, ReadFailure> {
    let answered = match exchange {
        Exchange::NotConnected => return Err(ReadFailure::new(ReadClass::Offline)),
        Exchange::Broken => return Err(ReadFailure::new(ReadClass::Broken)),
        Exchange::Answered(answered) => answered,
    };
    let failure = |class| ReadFailure {
        class,
        status: Some(answered.status),
        words: answered.problem().sentence(),
        retry_after: answered.retry_after,
    };
    if !(200..300).contains(&answered.status) {
        return Err(failure(refused_reading(answered)));
    }
    let Ok(document) = serde_json::from_slice::<Value>(&answered.body) else {
        return Err(failure(ReadClass::NotTheApi));
    };
    if document.get("success") == Some(&Value::Bool(false)) {
        return Err(failure(ReadClass::Refused));
    }
    // The document may hold anybody's data: where it does not fit, none of its words are shown.
    decode_value(document).map_err(|_| ReadFailure { words: None, ..failure(ReadClass::NotTheApi) })
}

fn refused_reading(answered: &Answered) -> ReadClass {
    let is_page = answered.problem().form == ProblemForm::Html;
    match answered.status {
        407 | 511 | 0..=399 => ReadClass::NotTheApi,
        408 | 500 | 502.. => ReadClass::Broken,
        405 | 501 => ReadClass::Unsupported,
        429 => ReadClass::SlowDown,
        _ if is_page => ReadClass::NotTheApi,
        401 => ReadClass::SignedOut,
        403 => ReadClass::Forbidden,
        404 | 410 => ReadClass::NotFound,
        _ => ReadClass::Refused,
    }
}

/// What a change was answered with.
#[derive(Debug, Clone)]
pub struct Sent {
    /// The class.
    pub answer: Answer,
    /// HTTP status, if there was an answer.
    pub status: Option<u16>,
    /// The server's own words, where it did not do what was asked.
    pub words: Option<String>,
    /// How long the server asked to wait, capped.
    pub retry_after: Option<Duration>,
    /// The review after the change, if the answer has it.
    pub review: Option<DedupReviewDto>,
    /// The contact that survived a merge, if the answer has it.
    pub target: Option<ContactDto>,
    /// What a separation made, if the answer says so.
    pub separated: Option<SeparationOutcome>,
    /// The settings after a change of them, if the answer has them, or as they were read back.
    pub settings: Option<Map<String, Value>>,
    /// The path into the request that a refusal names.
    pub field: Option<String>,
}

/// What a believable answer names.
pub(crate) enum Expected<'a> {
    /// To a decision about a review.
    Review {
        id: &'a str,
        /// The word of the review's status afterwards.
        status: &'a str,
        /// The contact that survives, for a merge.
        survivor_id: Option<&'a str>,
    },
    /// To a separation.
    Separation { original_id: &'a str },
    /// To a change of settings.
    Settings,
}

/// Sorts the outcome of a change.
pub(crate) fn change(exchange: &Exchange, expected: &Expected<'_>) -> Sent {
    let answered = match exchange {
        Exchange::NotConnected => return Sent::of(Answer::NotConnected),
        Exchange::Broken => return Sent::of(Answer::Broken),
        Exchange::Answered(answered) => answered,
    };
    let with_words = |answer| {
        let problem = answered.problem();
        Sent {
            status: Some(answered.status),
            words: problem.sentence(),
            field: problem.field,
            retry_after: answered.retry_after,
            ..Sent::of(answer)
        }
    };
    if !(200..300).contains(&answered.status) {
        return with_words(refused_change(answered));
    }
    let done = match expected {
        Expected::Review { id, status, survivor_id } => resolved(&answered.body, id, status, *survivor_id)
            .map(|done| Sent {
                review: done.data.into_value(),
                target: done.target_contact.into_value(),
                ..Sent::of(Answer::Done)
            }),
        Expected::Separation { original_id } => separated(&answered.body, original_id)
            .map(|done| Sent { separated: Some(done), ..Sent::of(Answer::Done) }),
        Expected::Settings => {
            changed_settings(&answered.body).map(|settings| Sent { settings, ..Sent::of(Answer::Done) })
        }
    };
    match done {
        Some(done) => Sent { status: Some(answered.status), ..done },
        None => with_words(Answer::NotBelievable),
    }
}

impl Sent {
    fn of(answer: Answer) -> Sent {
        Sent {
            answer,
            status: None,
            words: None,
            retry_after: None,
            review: None,
            target: None,
            separated: None,
            settings: None,
            field: None,
        }
    }
}

/// Success, about the right records. What the answer does not name cannot be wrong.
fn resolved(body: &[u8], review_id: &str, status: &str, survivor_id: Option<&str>) -> Option<MergeResponse> {
    let done: MergeResponse = cleave_wire::decode(body).ok()?;
    let right = |named: Option<&str>, wanted: &str| named.is_none_or(|named| named == wanted);
    let review = done.data.value();
    let survivor = done.target_contact.value();
    let fits = done.success
        && right(review.and_then(|review| review.id.text()), review_id)
        && right(review.and_then(|review| review.status.value()).map(|s| s.as_str()), status)
        && survivor_id.is_none_or(|id| right(survivor.and_then(|contact| contact.id.text()), id));
    fits.then_some(done)
}

/// Success, of our contact, with another one made.
fn separated(body: &[u8], original_id: &str) -> Option<SeparationOutcome> {
    let done: SeparateContactResponseEnvelope = cleave_wire::decode(body).ok()?;
    let made = done.data.new_contact_id.trim();
    let fits = done.success
        && done.data.original_contact_id == original_id
        && !made.is_empty()
        && done.data.new_contact_id != original_id;
    fits.then_some(done.data)
}

/// An object that does not say that it failed: the contract requires nothing of this answer. Only the settings
/// themselves prove anything, so it answers those that are shown, if any are.
fn changed_settings(body: &[u8]) -> Option<Option<Map<String, Value>>> {
    let answer: Value = serde_json::from_slice(body).ok()?;
    let failed = answer.get("success").is_some_and(|success| *success != Value::Bool(true));
    (answer.is_object() && !failed).then(|| shown_settings(&answer).cloned())
}

fn refused_change(answered: &Answered) -> Answer {
    let is_page = answered.problem().form == ProblemForm::Html;
    match answered.status {
        302 | 303 => Answer::RedirectedAfter,
        0..=399 => Answer::Redirected,
        407 | 511 => Answer::Intercepted,
        408 | 500.. => Answer::Broken,
        429 => Answer::SlowDown,
        _ if is_page => Answer::Intercepted,
        401 => Answer::SignedOut,
        403 => Answer::Forbidden,
        404 | 405 | 410 => Answer::NotFound,
        409 => Answer::AlreadyResolved,
        _ => Answer::Invalid,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const JSON: &str = "application/json";
    const PAGE: &str = "<!doctype html><title>Sign in to the hotel network</title>";

    fn answered(status: u16, kind: &str, body: &str) -> Exchange {
        Exchange::Answered(Answered {
            status,
            content_type: Some(kind.to_owned()),
            retry_after: None,
            body: body.as_bytes().to_vec(),
        })
    }

    fn changed(exchange: &Exchange) -> Answer {
        change(exchange, &Expected::Review { id: "r", status: "merged", survivor_id: Some("c") }).answer
    }

    #[test]
    fn the_table_of_changes() {
        use Answer as A;
        let cases = [
            (200, JSON, r#"{"success":true}"#, A::Done),
            (
                200,
                JSON,
                r#"{"success":true,"data":{"_id":"r","status":"merged"},"targetContact":{"_id":"c"}}"#,
                A::Done,
            ),
            (200, "text/plain", r#"{"success":true}"#, A::Done),
            (200, JSON, r#"{"success":true,"data":{"_id":"other"}}"#, A::NotBelievable),
            (200, JSON, r#"{"success":true,"data":{"_id":"r","status":"kept_separate"}}"#, A::NotBelievable),
            (200, JSON, r#"{"success":true,"targetContact":{"_id":"s"}}"#, A::NotBelievable),
            (200, JSON, r#"{"success":false,"message":"no"}"#, A::NotBelievable),
            (200, JSON, r#"{"success":"true"}"#, A::NotBelievable),
            (200, JSON, "{}", A::NotBelievable),
            (200, JSON, r#"{"success":tr"#, A::NotBelievable),
            (204, JSON, "", A::NotBelievable),
            (200, "text/html", PAGE, A::NotBelievable),
            (301, JSON, "{}", A::Redirected),
            (302, JSON, "{}", A::RedirectedAfter),
            (303, JSON, "{}", A::RedirectedAfter),
            (307, JSON, "{}", A::Redirected),
            (308, "text/html", PAGE, A::Redirected),
            (400, JSON, r#"{"error":"no"}"#, A::Invalid),
            (400, "text/html", PAGE, A::Intercepted),
            (401, JSON, r#"{"error":"no"}"#, A::SignedOut),
            (401, "text/html", PAGE, A::Intercepted),
            (403, JSON, r#"{"error":"no"}"#, A::Forbidden),
            (404, JSON, r#"{"error":"no"}"#, A::NotFound),
            (404, "text/html", PAGE, A::Intercepted),
            (405, JSON, "", A::NotFound),
            (407, JSON, "{}", A::Intercepted),
            (408, JSON, "{}", A::Broken),
            (409, JSON, r#"{"error":"no"}"#, A::AlreadyResolved),
            (413, JSON, "{}", A::Invalid),
            (415, JSON, "{}", A::Invalid),
            (422, JSON, "{}", A::Invalid),
            (429, JSON, "{}", A::SlowDown),
            (429, "text/html", PAGE, A::SlowDown),
            (500, JSON, "{}", A::Broken),
            (502, "text/html", PAGE, A::Broken),
            (503, JSON, "{}", A::Broken),
            (504, JSON, "{}", A::Broken),
            (511, "text/html", PAGE, A::Intercepted),
            (599, JSON, "{}", A::Broken),
        ];
        for (status, kind, body, expected) in cases {
            assert_eq!(changed(&answered(status, kind, body)), expected, "{status} {kind} {body}");
        }
        assert_eq!(changed(&Exchange::NotConnected), A::NotConnected);
        assert_eq!(changed(&Exchange::Broken), A::Broken);
    }

    #[test]
    fn only_another_contact_made_of_ours_is_a_separation() {
        let answer =
            |body: &str| change(&answered(200, JSON, body), &Expected::Separation { original_id: "c" });
        let done = answer(r#"{"success":true,"data":{"originalContactId":"c","newContactId":"n"}}"#);
        assert_eq!((done.answer, done.separated.unwrap().new_contact_id.as_str()), (Answer::Done, "n"));
        for body in [
            r#"{"success":false,"data":{"originalContactId":"c","newContactId":"n"}}"#,
            r#"{"success":true,"data":{"originalContactId":"x","newContactId":"n"}}"#,
            r#"{"success":true,"data":{"originalContactId":"c","newContactId":"c"}}"#,
            r#"{"success":true,"data":{"originalContactId":"c","newContactId":" "}}"#,
            r#"{"success":true,"data":{"originalContactId":"c"}}"#,
            r#"{"success":true}"#,
            PAGE,
        ] {
            assert_eq!(answer(body).answer, Answer::NotBelievable, "{body}");
        }
        let body = r#"{"error":"taken","data":{"field":"fieldSplit.phoneNumber.new"}}"#;
        let refused = change(&answered(400, JSON, body), &Expected::Separation { original_id: "c" });
        assert_eq!(refused.answer, Answer::Invalid);
        assert_eq!(refused.field.as_deref(), Some("fieldSplit.phoneNumber.new"));
    }

    #[test]
    fn settings_are_believed_as_far_as_they_are_shown() {
        let answer = |body: &str| change(&answered(200, JSON, body), &Expected::Settings);
        let shown = answer(r#"{"success":true,"data":{"candidateLimit":5,"own":1}}"#);
        assert_eq!((shown.answer, shown.settings.map(|settings| settings.len())), (Answer::Done, Some(2)));
        for body in ["{}", r#"{"success":true}"#, r#"{"message":"ok","data":{}}"#, r#"{"data":null}"#] {
            let done = answer(body);
            assert_eq!((done.answer, done.settings), (Answer::Done, None), "{body}");
        }
        for body in [r#"{"success":false}"#, r#"{"success":"true"}"#, "[]", "", r#"{"success":tr"#, PAGE] {
            assert_eq!(answer(body).answer, Answer::NotBelievable, "{body}");
        }
    }

    #[test]
    fn no_status_is_left_without_a_class_and_none_but_success_is_done() {
        for status in 100..=999 {
            for (kind, body) in [(JSON, "{}"), ("text/html", PAGE), ("text/plain", ""), (JSON, "[1,")] {
                assert_ne!(changed(&answered(status, kind, body)), Answer::Done, "{status}");
                if !(200..300).contains(&status) {
                    assert!(reading::<Value>(&answered(status, kind, body)).is_err(), "{status}");
                }
            }
        }
    }

    #[test]
    fn the_table_of_readings() {
        use ReadClass as C;
        let cases = [
            (200, JSON, r#"{"success":false,"message":"no"}"#, C::Refused),
            (200, "text/html", PAGE, C::NotTheApi),
            (200, JSON, "", C::NotTheApi),
            (200, JSON, "[]", C::NotTheApi),
            (302, JSON, "{}", C::NotTheApi),
            (400, JSON, "{}", C::Refused),
            (401, JSON, "{}", C::SignedOut),
            (403, JSON, "{}", C::Forbidden),
            (404, JSON, "{}", C::NotFound),
            (404, "text/html", PAGE, C::NotTheApi),
            (405, JSON, "{}", C::Unsupported),
            (429, JSON, "{}", C::SlowDown),
            (500, JSON, "{}", C::Broken),
            (501, JSON, "{}", C::Unsupported),
            (511, JSON, "{}", C::NotTheApi),
        ];
        for (status, kind, body, expected) in cases {
            let read = reading::<std::collections::BTreeMap<String, Value>>(&answered(status, kind, body));
            assert_eq!(read.unwrap_err().class, expected, "{status} {kind} {body}");
        }
    }

    #[test]
    fn the_servers_words_are_kept_and_a_document_of_another_form_is_not_quoted() {
        let sent = change(
            &answered(400, JSON, r#"{"error":{"code":"x","message":"email is not an address"}}"#),
            &Expected::Review { id: "r", status: "merged", survivor_id: None },
        );
        assert_eq!(sent.words.as_deref(), Some("email is not an address"));
        let failure = reading::<Vec<u32>>(&answered(200, JSON, r#"{"message":"Jane Doe"}"#)).unwrap_err();
        assert_eq!((failure.class, failure.words), (ReadClass::NotTheApi, None));
    }
}
