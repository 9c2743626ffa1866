//! The phone numbers of both sides. The request has one number a side, and a contact may hold several.
//!
//! Readings: a side's number becomes its primary one. Further numbers of the contact that neither side names stay
//! with the original as secondary ones, so that none is lost; the number that the new contact takes leaves the
//! original altogether. An absent pair leaves all numbers with the original.

use cleave_core::normalise;
use cleave_wire::Maybe;
use cleave_wire::separate::SeparationFieldOriginalNewStringOptional;
use serde_json::{Value, json};

use crate::http::Refusal;
use crate::rule::phones;

/// Writes the numbers of both sides. Whether a number is free in the organisation is the unique index's to say.
pub(super) fn split(
    contact: &Value,
    pair: Option<&SeparationFieldOriginalNewStringOptional>,
    original: &mut Value,
    new: &mut Value,
) -> Result<(), Refusal> {
    new["phoneNumber"] = Value::Null;
    new["secondaryPhoneNumber"] = json!([]);
    let Some(pair) = pair else { return Ok(()) };
    let theirs = checked(contact, "new", &pair.new)?;
    let kept = checked(contact, "original", &pair.original)?;
    let theirs = theirs.flatten();
    if let (Some(kept), Some(theirs)) = (kept.as_ref().and_then(Option::as_ref), &theirs)
        && phones::key(kept) == phones::key(theirs)
    {
        return Err(Refusal::field("fieldSplit.phoneNumber.new", "the original contact keeps this number"));
    }
    let taken = theirs.as_deref().map(phones::key);
    let is_taken = |number: &String| taken.as_deref() == Some(phones::key(number).as_str());
    let mut held = phones::held(contact);
    held.retain(|number| !is_taken(number));
    let mut secondary = phones::secondary(contact);
    if let Some(kept) = kept {
        secondary = phones::distinct(held.into_iter().chain(secondary));
        held = kept.into_iter().collect();
    }
    let keys: Vec<String> = held.iter().map(|number| phones::key(number)).collect();
    secondary.retain(|number| !is_taken(number) && !keys.contains(&phones::key(number)));
    original["phoneNumber"] = phones::as_list(&held);
    original["secondaryPhoneNumber"] = json!(secondary);
    if let Some(theirs) = theirs {
        new["phoneNumber"] = phones::as_list(&[theirs]);
    }
    Ok(())
}

/// `None` where the side is absent, `Some(None)` where it is cleared. A number that the contact does not have yet has
/// to be one that could be dialled, in E.164 form.
fn checked(contact: &Value, side: &str, value: &Maybe<String>) -> Result<Option<Option<String>>, Refusal> {
    let text = match value {
        Maybe::Absent => return Ok(None),
        Maybe::Null => return Ok(Some(None)),
        Maybe::Value(text) if text.trim().is_empty() => return Ok(Some(None)),
        Maybe::Value(text) => text,
    };
    if phones::all(contact).contains(text) {
        return Ok(Some(Some(text.clone())));
    }
    if normalise::valid_e164(text) && normalise::phone(text, normalise::DEFAULT_REGION).is_some() {
        return Ok(Some(Some(text.clone())));
    }
    let field = format!("fieldSplit.phoneNumber.{side}");
    Err(Refusal::field(field, "must be a phone number in E.164 form, such as +14165550100"))
}
