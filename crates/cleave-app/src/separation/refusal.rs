//! What the server said against a plan, for as long as the plan is what it was there.

use cleave_core::outbox::State;
use cleave_core::separation::{ChildKind, NamePart, OptionalField, Pair, SeparationPlan, Target};
use cleave_store::Entry;
use cleave_sync::servers_words;

use super::line::Line;

/// A refusal by the server.
pub(crate) struct Refusal {
    /// Where it points.
    pub at: RefusedAt,
    /// The server's own words, where it had any.
    pub words: Option<String>,
    /// The plan that was refused.
    plan: SeparationPlan,
}

/// Where a refusal points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum RefusedAt {
    /// A line, and the side of it that is meant where the server says so.
    Line(Line, Option<Target>),
    /// A child record.
    Child(ChildKind, String),
    /// The plan as a whole, as far as can be told.
    Whole,
}

impl Refusal {
    /// Of a decision that the server refused; `None` for any other.
    pub fn of(entry: &Entry) -> Option<Refusal> {
        let decided = entry.decision.separation().filter(|_| entry.state == State::Refused)?;
        Some(Refusal {
            at: entry.refused_at.as_deref().map_or(RefusedAt::Whole, RefusedAt::of),
            words: servers_words(&entry.reason).map(str::to_owned),
            plan: decided.plan.clone(),
        })
    }

    /// Whether a plan is, at the place that was refused, what it was then.
    pub fn is_of(&self, plan: &SeparationPlan) -> bool {
        match &self.at {
            RefusedAt::Line(line, side) => {
                let mut sides = Target::BOTH.into_iter().filter(|one| side.is_none_or(|side| side == *one));
                sides.all(|side| is_same(line, side, &self.plan, plan))
            }
            RefusedAt::Child(kind, id) => {
                let of_cuts =
                    |plan: &SeparationPlan| (plan.dividers.get(id).cloned(), plan.meta.get(id).cloned());
                self.plan.assignment(*kind, id) == plan.assignment(*kind, id)
                    && (*kind != ChildKind::Conversation || of_cuts(&self.plan) == of_cuts(plan))
            }
            RefusedAt::Whole => self.plan == *plan,
        }
    }
}

impl RefusedAt {
    /// The place of a path as the outbox keeps it: `phoneNumber.new`, `status`, `misc.KEY.new`, `documents.ID.new`,
    /// `contactNotes.ID`.
    fn of(path: &str) -> RefusedAt {
        let child = path.split_once('.').and_then(|(key, id)| {
            let kind = ChildKind::ALL.into_iter().find(|kind| kind.key() == key)?;
            Some(RefusedAt::Child(kind, id.to_owned()))
        });
        let line = || {
            let sided = path.rsplit_once('.').and_then(|(path, word)| {
                let side = Target::BOTH.into_iter().find(|side| side.as_str() == word)?;
                Some((path, Some(side)))
            });
            let (path, side) = sided.unwrap_or((path, None));
            Some(RefusedAt::Line(Line::of(path)?, side))
        };
        child.or_else(line).unwrap_or(RefusedAt::Whole)
    }
}

fn is_same(line: &Line, side: Target, one: &SeparationPlan, other: &SeparationPlan) -> bool {
    fn on<T: PartialEq>(side: Target, one: &Pair<T>, other: &Pair<T>) -> bool {
        one.of(side) == other.of(side)
    }
    let (one, other) = (&one.fields, &other.fields);
    match line {
        Line::Name(NamePart::First) => on(side, &one.first_name, &other.first_name),
        Line::Name(NamePart::Last) => on(side, &one.last_name, &other.last_name),
        Line::Value(OptionalField::Email) => on(side, &one.email, &other.email),
        Line::Value(OptionalField::PhoneNumber) => on(side, &one.phone_number, &other.phone_number),
        Line::Value(OptionalField::DateOfBirth) => on(side, &one.date_of_birth, &other.date_of_birth),
        Line::Whole(field) => one.target(*field) == other.target(*field),
        Line::Misc(key) => one.misc.of(side).get(key) == other.misc.of(side).get(key),
        Line::Document(id) => one.documents.of(side).contains(id) == other.documents.of(side).contains(id),
    }
}

#[cfg(test)]
mod tests {
    use super::super::trial::subject;
    use super::*;
    use cleave_core::separation::{Assignment, Direction, Divider, Edit, TargetField};

    #[test]
    fn the_table_of_places() {
        let line = |path: &str, side| RefusedAt::Line(Line::of(path).unwrap(), side);
        for (path, at) in [
            ("phoneNumber.new", line("phoneNumber", Some(Target::New))),
            ("firstName", line("firstName", None)),
            ("status", line("status", None)),
            ("misc.a.b.original", line("misc.a.b", Some(Target::Original))),
            ("documents.d1.new", line("documents.d1", Some(Target::New))),
            ("contactNotes.n1", RefusedAt::Child(ChildKind::Note, "n1".into())),
            ("conversations.new", RefusedAt::Child(ChildKind::Conversation, "new".into())),
            ("documents", RefusedAt::Whole),
            ("company", RefusedAt::Whole),
            ("", RefusedAt::Whole),
        ] {
            assert_eq!(RefusedAt::of(path), at, "{path}");
        }
    }

    #[test]
    fn it_goes_with_an_edit_of_its_place_and_comes_back_with_the_step_back() {
        let start = SeparationPlan::start(&subject());
        let name = Edit::Name { part: NamePart::First, side: Target::New, value: "Janet".into() };
        let number = Edit::Value {
            field: OptionalField::PhoneNumber,
            side: Target::New,
            value: Some("+14165550199".into()),
        };
        let status = Edit::Target { field: TargetField::Status, to: Target::New };
        let note = Edit::Assign { kind: ChildKind::Note, id: "n1".into(), to: Assignment::New };
        let divider = Divider { message_id: "m2".into(), direction: Direction::BeforeToNew };
        let cut = Edit::Divide { conversation: "sms".into(), divider: Some(divider) };
        let misc = Edit::Misc { key: "tier".into(), values: Pair::default() };
        let edits = [name, number, status, note, cut, misc];
        // Which of the edits is one of the place.
        for (path, of_it) in [
            ("firstName", &[0][..]),
            ("firstName.original", &[]),
            ("phoneNumber.new", &[1]),
            ("status", &[2]),
            ("contactNotes.n1", &[3]),
            ("conversations.sms", &[4]),
            ("misc.tier.original", &[5]),
            ("misc.tier.new", &[]),
            ("documents.d1.new", &[]),
            ("company", &[0, 1, 2, 3, 4, 5]),
        ] {
            let refusal = Refusal { at: RefusedAt::of(path), words: None, plan: start.clone() };
            for (at, edit) in edits.iter().enumerate() {
                let mut plan = start.clone();
                let back = plan.apply(edit.clone()).unwrap();
                assert_eq!(refusal.is_of(&plan), !of_it.contains(&at), "{path} and edit {at}");
                plan.apply(back).unwrap();
                assert!(refusal.is_of(&plan), "{path} and edit {at} taken back");
            }
        }
    }
}
