//! A contact out of a row.

use cleave_core::normalise;
use serde_json::{Map, Value, json};

use super::headers::{Column, Headers};
use crate::clock::{millis_of, stamp};
use crate::db::organization::DEFAULT_STATUS;
use crate::rule::phones;
use crate::seed::Draft;
use crate::world::Base;

/// The contact of a row. Dates are brought to ISO form where they parse and kept as they are where they do not;
/// without a date of creation the contact is from now.
pub(super) fn draft(base: &Base, headers: &Headers, fields: &[String]) -> Draft {
    let pipeline = base.pipelines.first().unwrap_or(&Value::Null);
    let mut contact = json!({
        "firstName": null, "lastName": null, "phoneNumber": null, "secondaryPhoneNumber": [], "email": null,
        "dateOfBirth": null, "company": null,
        "address": {"streetAddress": null, "city": null, "state": null, "postalCode": null, "country": null},
        "status": DEFAULT_STATUS, "source": "import",
        "pipelineId": pipeline["_id"], "pipelineStage": pipeline["stages"][0]["_id"],
        "userId": base.users[0], "createdBy": base.users[0], "assignees": [base.users[0]],
        "outreachConfigId": null,
    });
    let (mut numbers, mut misc) = (Vec::new(), Map::new());
    let (mut created, mut updated) = (None, None);
    for (column, value) in headers.0.iter().zip(fields) {
        let value = value.trim();
        if value.is_empty() {
            continue;
        }
        match column {
            Column::Field(key) => contact[*key] = json!(value),
            Column::FullName => full_name(&mut contact, value),
            Column::Phone => numbers.push(number(value)),
            Column::Address(key) => contact["address"][*key] = json!(value),
            Column::Born => {
                contact["dateOfBirth"] = json!(normalise::date(value).unwrap_or_else(|| value.to_owned()))
            }
            Column::Created => created = moment(value),
            Column::Updated => updated = moment(value),
            Column::Misc(name) => {
                misc.insert(name.clone(), json!(value));
            }
        }
    }
    let created = created.unwrap_or(base.now);
    contact["phoneNumber"] = phones::as_list(&phones::distinct(numbers));
    contact["misc"] = Value::Object(misc);
    contact["createdAt"] = json!(stamp(created));
    contact["updatedAt"] = json!(stamp(updated.unwrap_or(created)));
    Draft { document: contact, created }
}

fn number(value: &str) -> String {
    normalise::phone(value, normalise::DEFAULT_REGION).unwrap_or_else(|| value.to_owned())
}

/// The last word is the last name. A column for either name of its own wins.
fn full_name(contact: &mut Value, value: &str) {
    let (first, last) = value.rsplit_once(' ').unwrap_or((value, ""));
    for (key, part) in [("firstName", first), ("lastName", last)] {
        if contact[key].is_null() && !part.trim().is_empty() {
            contact[key] = json!(part.trim());
        }
    }
}

fn moment(value: &str) -> Option<i64> {
    millis_of(value).or_else(|| millis_of(&normalise::date(value)?))
}
