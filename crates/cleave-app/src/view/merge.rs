//! The preview of a merge, and what should be known before it.

use cleave_core::field::{EMAIL, FieldPath, PHONE};
use cleave_core::merge::{MergePlan, plan};
use cleave_core::normalise;
use cleave_core::review::Review;
use cleave_core::{contact::Contact, field::Side};
use serde_json::Value;
use std::collections::BTreeMap;

use super::field;
use super::names::Names;
use crate::ipc::{CascadeView, MergePreview, Problem};

/// What happens around a merge, besides its fields.
#[derive(Default)]
pub(crate) struct Around {
    /// Child records that move, if all are known.
    pub moving: Option<u32>,
    /// Other open reviews of the source.
    pub cascades: Vec<CascadeView>,
    /// What should be known of an earlier decision about the same review.
    pub earlier: Option<Problem>,
}

/// The plan of merging a review, with the admin's picks. Contacts of which nothing is known have no values.
pub(crate) fn plan_of(
    review: &Review,
    picks: &BTreeMap<FieldPath, Side>,
    rules: &BTreeMap<String, Value>,
) -> MergePlan {
    let empty = |id: &str| Contact { id: id.to_owned(), ..Contact::default() };
    let (source, candidate) = (&review.source, &review.candidate);
    let (s, c) = (empty(&source.id), empty(&candidate.id));
    plan(source.known().unwrap_or(&s), candidate.known().unwrap_or(&c), picks, rules)
}

/// The plan as the window shows it.
pub(crate) fn preview(plan: &MergePlan, review: &Review, names: &Names, around: Around) -> MergePreview {
    MergePreview {
        fields: plan.fields.iter().map(|planned| field::row(planned, review, names)).collect(),
        survivor_name: plan.survivor_name(),
        survivor_id: plan.survivor_id.clone(),
        moving: around.moving,
        cascades: around.cascades,
        problems: around.earlier.into_iter().chain(problems(plan, review)).collect(),
    }
}

/// What stands in the way of a merge, or should be known before it.
pub(crate) fn problems(plan: &MergePlan, review: &Review) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut say = |field: Option<&str>, blocking: bool, message: String| {
        problems.push(Problem { field: field.map(str::to_owned), blocking, message });
    };
    if review.source.id.is_empty() || review.candidate.id.is_empty() {
        say(None, true, "The server does not say which two contacts this is about.".to_owned());
    } else if review.source.id == review.candidate.id {
        say(None, true, "Both sides are the same contact.".to_owned());
    }
    for (party, word) in [(&review.source, "source"), (&review.candidate, "candidate")] {
        if party.known().is_none() {
            say(None, true, format!("The values of the {word} are not known here. Load the review first."));
        } else if party.contact.is_none() {
            say(
                None,
                false,
                format!(
                    "The {word} is shown as it was when the review was filed; it may have changed since."
                ),
            );
        }
    }
    if let Some(email) = result(plan, EMAIL).filter(|email| !normalise::valid_email(email)) {
        say(Some(EMAIL), false, format!("“{email}” is no valid e-mail address; the server may refuse it."));
    }
    if let Some(phone) =
        result(plan, PHONE).filter(|p| normalise::phone(p, normalise::DEFAULT_REGION).is_none())
    {
        say(Some(PHONE), false, format!("“{phone}” is no valid phone number; the server may refuse it."));
    }
    let choice =
        |path: &str| plan.fields.iter().find(|f| f.path.as_str() == path && f.choosable).map(|f| f.choice);
    if let (Some(pipeline), Some(stage)) = (choice("pipelineId"), choice("pipelineStage"))
        && pipeline != stage
    {
        let message =
            "Pipeline and stage come from different contacts; the stage may not exist in that pipeline.";
        say(Some("pipelineStage"), false, message.to_owned());
    }
    problems
}

fn result<'a>(plan: &'a MergePlan, path: &str) -> Option<&'a str> {
    plan.fields.iter().find(|f| f.path.as_str() == path)?.result.as_deref()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::review::tests::{contact, review_of};

    fn messages(review: &Review, picks: &[(&str, Side)]) -> Vec<(Option<String>, bool)> {
        let picks = picks.iter().map(|(path, side)| (FieldPath::from(*path), *side)).collect();
        let plan = plan_of(review, &picks, &[].into());
        problems(&plan, review).into_iter().map(|p| (p.field, p.blocking)).collect()
    }

    #[test]
    fn a_review_without_its_contacts_cannot_be_merged() {
        let mut review = review_of(contact("s", &[]), contact("c", &[]));
        assert_eq!(messages(&review, &[]), []);
        review.source.contact = None;
        assert_eq!(messages(&review, &[]), [(None, true)]);
        review.source.snapshot = Some(contact("s", &[]));
        assert_eq!(messages(&review, &[]), [(None, false)]);
        review.source.id = "c".into();
        assert_eq!(messages(&review, &[])[0], (None, true));
    }

    #[test]
    fn values_a_server_may_refuse_are_named_at_their_field() {
        let review = review_of(
            contact("s", &[("email", "not an address"), ("pipelineId", "p1"), ("pipelineStage", "a")]),
            contact("c", &[("email", "c@x.com"), ("pipelineId", "p2"), ("pipelineStage", "b")]),
        );
        assert_eq!(messages(&review, &[]), []);
        assert_eq!(messages(&review, &[("email", Side::Source)]), [(Some("email".into()), false)]);
        assert_eq!(
            messages(&review, &[("pipelineId", Side::Source)]),
            [(Some("pipelineStage".into()), false)]
        );
    }
}
