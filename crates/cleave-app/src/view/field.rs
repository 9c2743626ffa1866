//! One field of a review: both values in runs, what they were, and whose survives.

use cleave_core::compare::{Sameness, Segment, compare, segments};
use cleave_core::contact::Contact;
use cleave_core::field::{FieldKind as Pointing, FieldPath, SECONDARY_PHONE};
use cleave_core::merge::{FieldPlan, Reason};
use cleave_core::normalise::{FieldKind, phone_display};
use cleave_core::review::{Party, Review};

use super::names::Names;
use super::side_name;
use crate::ipc::{FieldReason, FieldRow, FieldSameness, SegmentView, ValueView};

/// The row of a planned field.
pub(crate) fn row(plan: &FieldPlan, review: &Review, names: &Names) -> FieldRow {
    let path = plan.path.as_str();
    // Where two spellings of one number stand side by side, the spelling is what there is to see.
    let spelled = plan.sameness == Sameness::EqualNormalised;
    let read = |text: &Option<String>| {
        text.as_ref().map(|text| if spelled { text.clone() } else { readable(path, text, names) })
    };
    let (source, candidate) = (read(&plan.source), read(&plan.candidate));
    let (left, right) = match (&source, &candidate) {
        (Some(a), Some(b)) => segments(a, b),
        (a, b) => (whole(a.as_deref()), whole(b.as_deref())),
    };
    FieldRow {
        path: path.to_owned(),
        source: ValueView { segments: runs(left), was: drift(&plan.path, &review.source, names) },
        candidate: ValueView { segments: runs(right), was: drift(&plan.path, &review.candidate, names) },
        sameness: sameness(plan.sameness),
        choice: side_name(plan.choice),
        choosable: plan.choosable,
        reason: reason(&plan.reason),
        result: read(&plan.result),
    }
}

/// A value as people read it: phone numbers are grouped, ids become names where they have one, everything else stays
/// as it is.
pub(crate) fn readable(path: &str, text: &str, names: &Names) -> String {
    if path == SECONDARY_PHONE {
        return text.split(", ").map(phone_display).collect::<Vec<_>>().join(", ");
    }
    match (FieldPath::from(path).kind(), FieldKind::of(path)) {
        (Pointing::Reference | Pointing::List, _) => names.read(text),
        (_, FieldKind::Phone) => phone_display(text),
        _ => text.to_owned(),
    }
}

/// What the value was when the review was filed, if it has changed in more than its writing.
///
/// A snapshot without the field says nothing: servers may keep only part of a contact.
fn drift(path: &FieldPath, party: &Party, names: &Names) -> Option<String> {
    let (now, then): (&Contact, &Contact) = (party.contact.as_ref()?, party.snapshot.as_ref()?);
    let was = then.text(path.as_str())?;
    let changed = !matches!(
        compare(path, Some(&was), now.text(path.as_str()).as_deref()),
        Sameness::Equal | Sameness::EqualNormalised
    );
    changed.then(|| readable(path.as_str(), &was, names))
}

fn whole(text: Option<&str>) -> Vec<Segment> {
    text.map(|text| Segment { text: text.to_owned(), differs: false }).into_iter().collect()
}

fn runs(segments: Vec<Segment>) -> Vec<SegmentView> {
    segments.into_iter().map(|Segment { text, differs }| SegmentView { text, differs }).collect()
}

fn sameness(sameness: Sameness) -> FieldSameness {
    match sameness {
        Sameness::Equal => FieldSameness::Equal,
        Sameness::EqualNormalised => FieldSameness::EqualNormalised,
        Sameness::Different => FieldSameness::Different,
        Sameness::OnlySource => FieldSameness::OnlySource,
        Sameness::OnlyCandidate => FieldSameness::OnlyCandidate,
        Sameness::BothMissing => FieldSameness::BothMissing,
    }
}

fn reason(reason: &Reason) -> FieldReason {
    match reason {
        Reason::Picked => FieldReason::Picked,
        Reason::Equal => FieldReason::Equal,
        Reason::OnlyValue => FieldReason::OnlyValue,
        Reason::Rule(rule) => FieldReason::Rule { rule: rule.clone() },
        Reason::Survivor => FieldReason::Survivor,
        Reason::United => FieldReason::United,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::review::tests::{contact, review_of};
    use cleave_core::merge::plan;

    fn row_of(path: &str, source: &str, candidate: &str) -> FieldRow {
        let review = review_of(contact("s", &[(path, source)]), contact("c", &[(path, candidate)]));
        let (a, b) = (review.source.known().unwrap(), review.candidate.known().unwrap());
        let plan = plan(a, b, &[].into(), &[].into());
        row(plan.fields.iter().find(|f| f.path.as_str() == path).unwrap(), &review, &names())
    }

    fn names() -> Names {
        Names(
            [("u1", "Ann"), ("u2", "Ben"), ("p1", "Sales")].map(|(id, name)| (id.into(), name.into())).into(),
        )
    }

    #[test]
    fn ids_are_read_as_names_where_they_have_one() {
        let pipeline = row_of("pipelineId", "p1", "p2");
        assert_eq!((text(&pipeline.source).as_str(), text(&pipeline.candidate).as_str()), ("Sales", "p2"));
        assert_eq!(pipeline.result.as_deref(), Some("p2"));
        assert_eq!(readable("assignees", "u1, u2, u3", &names()), "Ann, Ben, u3");
        assert_eq!(readable("status", "p1", &names()), "p1");
    }

    fn text(value: &ValueView) -> String {
        value.segments.iter().map(|s| s.text.as_str()).collect()
    }

    #[test]
    fn numbers_are_grouped_unless_their_spelling_is_the_difference() {
        let other = row_of("misc.mobile", "+16175550100", "+16175550199");
        assert_eq!(text(&other.source), "+1 617-555-0100");
        let spelled = row_of("misc.mobile", "+16175550100", "(617) 555-0100");
        assert_eq!(spelled.sameness, FieldSameness::EqualNormalised);
        assert_eq!(text(&spelled.source), "+16175550100");
        assert_eq!(text(&spelled.candidate), "(617) 555-0100");
        assert_eq!(spelled.result.as_deref(), Some("(617) 555-0100"));
    }

    #[test]
    fn one_missing_side_has_no_runs_and_marks_nothing() {
        let row = row_of("status", "New", "");
        assert_eq!(row.sameness, FieldSameness::OnlySource);
        assert_eq!(row.candidate.segments, []);
        assert!(row.source.segments.iter().all(|s| !s.differs));
    }

    #[test]
    fn drift_is_a_change_of_meaning_since_the_filing() {
        let mut review = review_of(
            contact("s", &[("email", "new@x.com"), ("status", "NEW")]),
            contact("c", &[("email", "c@x.com")]),
        );
        review.source.snapshot = Some(contact("s", &[("email", "old@x.com"), ("status", "New")]));
        let was = |path: &str| drift(&FieldPath::from(path), &review.source, &names());
        assert_eq!(was("email").as_deref(), Some("old@x.com"));
        assert_eq!(was("status"), None);
        assert_eq!(was("company"), None);
        assert_eq!(drift(&FieldPath::from("email"), &review.candidate, &names()), None);
    }
}
