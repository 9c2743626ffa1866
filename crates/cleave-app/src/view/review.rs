//! A review as the window shows it, from everything the cache knows about it.

use std::collections::BTreeMap;

use cleave_core::normalise;
use cleave_core::reconcile::basis_of;
use cleave_core::review::{Party, Review, ReviewStatus};
use cleave_store::{CachedReview, Children};
use cleave_wire::protection::ProtectionStatus;
use serde_json::Value;

use super::merge::{Around, plan_of, preview};
use super::names::Names;
use super::{children, row, score};
use crate::ipc::{
    CascadeView, DecisionInput, OutboxEntry, PhoneConflictView, Problem, ProtectionView, ReviewView, SideView,
};

/// What a review is shown with.
pub(crate) struct Shown {
    /// The review.
    pub cached: CachedReview,
    /// Child records of the source.
    pub source_children: Children,
    /// Child records of the candidate.
    pub candidate_children: Children,
    /// Other open reviews of the source.
    pub cascades: Vec<CascadeView>,
    /// Conflict-resolution rules of the organisation.
    pub rules: BTreeMap<String, Value>,
    /// Names behind ids.
    pub names: Names,
    /// The latest decision about it here.
    pub decision: Option<OutboxEntry>,
    /// What that decided, where it can be decided anew.
    pub decided: Option<DecisionInput>,
    /// What should be known of that before deciding anew.
    pub earlier: Option<Problem>,
}

/// The view, with the merge as it would be without any pick.
pub(crate) fn view(shown: Shown) -> ReviewView {
    let Shown {
        cached,
        source_children,
        candidate_children,
        cascades,
        rules,
        names,
        decision,
        decided,
        earlier,
    } = shown;
    let lists =
        [&source_children, &candidate_children].into_iter().flat_map(|children| children.lists.values());
    let read_at = lists.map(|list| list.seen_at).fold(cached.seen_at, Ord::min);
    let review = &cached.review;
    let plan = plan_of(review, &BTreeMap::new(), &rules);
    let around = Around { moving: children::moving(&source_children), cascades, earlier };
    ReviewView {
        review_id: review.id.clone(),
        based_on: basis_of(review),
        kind: row::kind(&review.kind),
        open: cached.open,
        resolved: resolved(review),
        created_at: review.created_at.clone(),
        source: side(&review.source, source_children.protection.as_ref()),
        candidate: side(&review.candidate, candidate_children.protection.as_ref()),
        score: score::score(review),
        phone_conflict: phone_conflict(review),
        children: children::groups(&source_children, &candidate_children),
        preview: preview(&plan, review, &names, around),
        decision,
        decided,
        read_at: Some(read_at.to_string()),
    }
}

/// Name of a side: of the contact as it is known, else its id.
pub(crate) fn name(party: &Party) -> String {
    party.known().map_or_else(|| party.id.clone(), |contact| contact.display_name())
}

/// How the server says a review was resolved, in words.
pub(crate) fn resolved(review: &Review) -> Option<String> {
    let how = match &review.status {
        ReviewStatus::NeedsReview => return None,
        ReviewStatus::Merged => "Merged".to_owned(),
        ReviewStatus::KeptSeparate => "Kept separate".to_owned(),
        ReviewStatus::Other(word) if word.is_empty() => return None,
        ReviewStatus::Other(word) => format!("“{word}”"),
    };
    Some(match &review.resolved_by {
        Some(person) => format!("{how} by {person}"),
        None => how,
    })
}

fn side(party: &Party, protection: Option<&ProtectionStatus>) -> SideView {
    let known = party.known();
    SideView {
        contact_id: party.id.clone(),
        name: name(party),
        created_at: known.and_then(|contact| contact.created_at.clone()),
        updated_at: known.and_then(|contact| contact.updated_at.clone()),
        snapshot_only: party.contact.is_none(),
        protection: protection.filter(|p| p.is_protected.value() == Some(&true)).map(|p| ProtectionView {
            owner: p.owner_name.text().map(str::to_owned),
            until: p.protected_until.text().map(str::to_owned),
        }),
    }
}

fn phone_conflict(review: &Review) -> Option<PhoneConflictView> {
    let phone = review.conflict_phone.as_deref()?;
    let key = |number: &str| normalise::for_field(cleave_core::field::PHONE, number);
    let wanted = key(phone);
    let has = |party: &Party| {
        party
            .known()
            .is_some_and(|contact| contact.all_phones().into_iter().any(|number| key(number) == wanted))
    };
    Some(PhoneConflictView {
        phone: normalise::phone_display(phone),
        source_has_it: has(&review.source),
        candidate_has_it: has(&review.candidate),
    })
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use cleave_core::contact::{Contact, Phone};
    use cleave_core::review::ReviewKind;
    use serde_json::json;

    /// A contact with these values; empty ones are missing.
    pub(crate) fn contact(id: &str, values: &[(&str, &str)]) -> Contact {
        let values = values.iter().map(|(path, value)| ((*path).into(), json!(value))).collect();
        Contact { id: id.into(), values, ..Contact::default() }
    }

    /// An open review of the two.
    pub(crate) fn review_of(source: Contact, candidate: Contact) -> Review {
        let party =
            |contact: Contact| Party { id: contact.id.clone(), contact: Some(contact), snapshot: None };
        Review {
            id: "r".into(),
            organization_id: None,
            source: party(source),
            candidate: party(candidate),
            kind: ReviewKind::FuzzyMatch,
            status: ReviewStatus::NeedsReview,
            score: None,
            breakdown: vec![],
            thresholds: vec![],
            conflict_phone: None,
            resolved_op_id: None,
            resolved_by: None,
            resolved_at: None,
            created_at: None,
            updated_at: None,
        }
    }

    #[test]
    fn a_phone_conflict_says_who_has_the_number_whatever_its_spelling() {
        let mut review = review_of(contact("s", &[]), contact("c", &[]));
        assert_eq!(phone_conflict(&review), None);
        review.conflict_phone = Some("+16175550100".into());
        let number = Phone { value: "(617) 555-0100".into(), is_primary: true };
        review.candidate.contact.as_mut().unwrap().phones = vec![number];
        let view = phone_conflict(&review).unwrap();
        assert_eq!((view.source_has_it, view.candidate_has_it), (false, true));
        assert_eq!(view.phone, "+1 617-555-0100");
    }

    #[test]
    fn a_resolution_is_said_in_words() {
        let mut review = review_of(contact("s", &[]), contact("c", &[]));
        let mut say = |status: &str, by: Option<&str>| {
            review.status = ReviewStatus::from_word(status);
            review.resolved_by = by.map(str::to_owned);
            resolved(&review)
        };
        assert_eq!(say("needs_review", None), None);
        assert_eq!(say("", None), None);
        assert_eq!(say("merged", Some("Ann")).as_deref(), Some("Merged by Ann"));
        assert_eq!(say("kept_separate", None).as_deref(), Some("Kept separate"));
        assert_eq!(say("archived", None).as_deref(), Some("“archived”"));
    }
}
