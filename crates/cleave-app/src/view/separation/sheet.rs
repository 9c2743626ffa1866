//! The last sheet: what a separation does and what cannot be taken back, in words.

use cleave_core::separation::{
    ChildKind, ChildSide, CutPreview, Preview, ProblemCode, SeparationPlan, Severity, Subject, Target,
    TargetField,
};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::cards;
use super::label;
use super::side::{counted, nouns};
use crate::ipc::SeparationSheet;
use crate::view::field::readable;
use crate::view::names::Names;
use crate::view::row::{into, pair};

/// Names of the contact as it is, and of both contacts afterwards.
pub(crate) struct People {
    pub now: String,
    pub original: String,
    pub new: String,
}

impl People {
    /// Of a plan with its preview.
    pub fn of(subject: &Subject, preview: &Preview) -> People {
        let name = |side: Target| {
            let contact = &preview.contacts.of(side).contact;
            let name = contact.display_name();
            if name.is_empty() { "the new contact".to_owned() } else { name }
        };
        People {
            now: subject.contact.display_name(),
            original: name(Target::Original),
            new: name(Target::New),
        }
    }

    /// `Jane Doe → Jane Doe and Janet Doe`.
    pub fn title(&self) -> String {
        into(&self.now, &pair(&self.original, &self.new))
    }
}

/// The sheet of a plan with its preview.
pub(crate) fn sheet(
    subject: &Subject,
    plan: &SeparationPlan,
    preview: &Preview,
    names: &Names,
) -> SeparationSheet {
    let people = People::of(subject, preview);
    let mut happens = vec![made(plan, &people, names)];
    happens.extend(moving(preview, &people));
    happens.extend(preview.cuts.iter().filter_map(|cut| divided(subject, plan, cut, &people)));
    let documents = plan.fields.documents.new.len();
    if documents > 0 {
        happens.push(moves(documents, ("document", "documents"), &people.new));
    }
    happens.extend(targets(subject, plan, &people));
    happens.extend(staying(preview, plan, &people));
    SeparationSheet {
        title: people.title(),
        happens,
        irrevocable: irrevocable(preview),
        warnings: warnings(preview, &people, names),
    }
}

/// Says before everything else that an earlier separation of the contact may have been done.
pub(crate) fn warn_of_earlier(sheet: &mut SeparationSheet) {
    sheet.warnings.insert(0, EARLIER.to_owned());
}

const EARLIER: &str = "An earlier separation of this contact was sent and may have been done. Look at the contact first: \
                       sending this may make another new contact.";

fn made(plan: &SeparationPlan, people: &People, names: &Names) -> String {
    let fields = &plan.fields;
    let values = [
        ("phoneNumber", &fields.phone_number.new, "the number "),
        ("email", &fields.email.new, ""),
        ("dateOfBirth", &fields.date_of_birth.new, "born "),
    ];
    let values = values.into_iter().filter_map(|(path, value, before)| {
        value.as_ref().map(|value| format!("{before}{}", readable(path, value, names)))
    });
    let values: Vec<String> = values.collect();
    let with = if values.is_empty() { String::new() } else { format!(", with {}", values.join(", ")) };
    format!("A new contact is made: {}{with}.", people.new)
}

fn moves(count: usize, nouns: (&str, &str), to: &str) -> String {
    let verb = if count == 1 { "moves" } else { "move" };
    format!("{} {verb} to {to}.", counted(count, nouns))
}

fn moving(preview: &Preview, people: &People) -> Vec<String> {
    let count = |kind| preview.ids(kind, Target::New).count();
    let kinds = ChildKind::ALL.into_iter().map(|kind| (kind, count(kind))).filter(|(_, count)| *count > 0);
    kinds.map(|(kind, count)| moves(count, nouns(kind), &people.new)).collect()
}

/// `Messages from 9 July 2026 on of SMS +1 … go to Janet Doe (81); the 131 before stay with Jane Doe.`
fn divided(subject: &Subject, plan: &SeparationPlan, cut: &CutPreview, people: &People) -> Option<String> {
    let conversation = subject.conversation(&cut.conversation_id)?;
    let before = plan.dividers.get(&cut.conversation_id)?.direction.before();
    let (earlier, later) = (cut.halves.of(before), cut.halves.of(before.other()));
    let from = later.first.as_ref().and_then(|mark| mark.at.as_deref()).and_then(day);
    let from = from.map_or_else(|| "later messages".to_owned(), |day| format!("messages from {day} on"));
    let title = cards::title(conversation);
    Some(match before {
        Target::Original => format!(
            "Of {title}, {from} go to {} ({}); the {} before them stay with {}.",
            people.new, later.count, earlier.count, people.original
        ),
        Target::New => format!(
            "Of {title}, {from} stay with {} ({}); the {} before them go to {}.",
            people.original, later.count, earlier.count, people.new
        ),
    })
}

/// The day of a time, where this machine is.
fn day(at: &str) -> Option<String> {
    let at: Timestamp = at.parse().ok()?;
    Some(at.to_zoned(TimeZone::system()).strftime("%-d %B %Y").to_string())
}

fn targets(subject: &Subject, plan: &SeparationPlan, people: &People) -> Vec<String> {
    let has = |path: &str| {
        let within = format!("{path}.");
        subject.contact.text(path).is_some()
            || subject.contact.values.keys().any(|at| at.as_str().starts_with(&within))
    };
    let going: Vec<String> = TargetField::ALL
        .into_iter()
        .filter(|field| plan.fields.target(*field) == Target::New && has(field.path()))
        .map(|field| label::field(field.path()).to_lowercase())
        .collect();
    if going.is_empty() {
        return Vec::new();
    }
    let (list, verb) = (going.join(", "), if going.len() == 1 { "goes" } else { "go" });
    vec![format!("The {list} {verb} to {}; {} gets the organisation's default.", people.new, people.original)]
}

fn staying(preview: &Preview, plan: &SeparationPlan, people: &People) -> Option<String> {
    let count = |kind| {
        let stays = |side| side == ChildSide::Original;
        preview.children.iter().filter(|child| child.kind == kind && stays(child.side)).count()
    };
    let kinds = ChildKind::ALL.into_iter().map(|kind| (count(kind), nouns(kind)));
    let documents = (plan.fields.documents.original.len(), ("document", "documents"));
    let parts: Vec<String> = kinds
        .chain([documents])
        .filter(|(count, _)| *count > 0)
        .map(|(count, nouns)| counted(count, nouns))
        .collect();
    (!parts.is_empty()).then(|| format!("With {} stay {}.", people.original, parts.join(", ")))
}

fn irrevocable(preview: &Preview) -> Vec<String> {
    let mut all = vec![
        "A separation cannot be undone from here. A merge would bring the two together again, but not bring back \
         which value each of them has now."
            .to_owned(),
    ];
    if !preview.cuts.is_empty() {
        let what = if preview.cuts.len() == 1 {
            "The conversation that is cut stays"
        } else {
            "The conversations that are cut stay"
        };
        all.push(format!("{what} cut, even after a merge."));
    }
    all
}

fn warnings(preview: &Preview, people: &People, names: &Names) -> Vec<String> {
    let mut all = vec![preview.guard.why().to_owned()];
    let mut values: Vec<String> = preview
        .unslotted
        .iter()
        .map(|value| {
            let path = value.path.as_str();
            format!("{} {}", label::field(path), readable(path, &value.text, names))
        })
        .collect();
    if values.len() > MOST_VALUES {
        let more = values.len() - MOST_VALUES;
        values.truncate(MOST_VALUES);
        values.push(format!("and {more} more"));
    }
    if !values.is_empty() {
        all.push(format!(
            "These have no place in a separation and stay with {}: {}.",
            people.original,
            values.join(", ")
        ));
    }
    let warned = preview.problems.iter().filter(|problem| problem.severity() == Severity::Warning);
    let mut elsewhere = 0usize;
    for problem in warned {
        match problem.code {
            ProblemCode::Unslotted => {}
            ProblemCode::ThreadElsewhere => elsewhere += 1,
            _ if all.contains(&problem.message) => {}
            _ => all.push(problem.message.clone()),
        }
    }
    if elsewhere > 0 {
        let (what, whose) = match elsewhere {
            1 => ("1 conversation goes".to_owned(), "its"),
            count => (format!("{count} conversations go"), "their"),
        };
        all.push(format!("{what} to a contact that does not have {whose} number or address."));
    }
    all
}

/// Most values without a place that the sheet names.
const MOST_VALUES: usize = 12;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ipc::{ChildKind as Kind, ChildPlace, ChildRef, SeparationEdit, SeparationSide};
    use crate::separation::draft::Draft;
    use crate::separation::trial::subject;

    #[test]
    fn the_sheet_says_what_happens_to_everything() {
        let mut draft = Draft::start(subject(), Names::default());
        let set = |path: &str, text: &str| SeparationEdit::Set {
            path: path.into(),
            side: SeparationSide::New,
            text: text.into(),
        };
        let note = ChildRef { kind: Kind::Note, id: "n1".into() };
        let edits = vec![
            set("firstName", "Janet"),
            set("lastName", "Doe"),
            SeparationEdit::Assign { children: vec![note], to: ChildPlace::New },
            SeparationEdit::Divide {
                conversation_id: "sms".into(),
                message_id: "m2".into(),
                before: SeparationSide::Original,
            },
            SeparationEdit::Give { path: "status".into(), to: SeparationSide::New },
        ];
        draft.change(edits).unwrap();
        let shown = sheet(&draft.subject, &draft.plan, &draft.preview, &Names::default());
        assert_eq!(shown.title, "Jane Doe → Jane Doe and Janet Doe");
        let day = day("2026-03-03T09:00:00Z").unwrap();
        assert!(day.ends_with(" March 2026"), "{day}");
        assert_eq!(
            shown.happens,
            [
                "A new contact is made: Janet Doe.".to_owned(),
                "1 note moves to Janet Doe.".to_owned(),
                format!(
                    "Of SMS +1 416-555-0102, messages from {day} on go to Janet Doe (4); the 2 before them stay with \
                     Jane Doe."
                ),
                "The status goes to Janet Doe; Jane Doe gets the organisation's default.".to_owned(),
            ]
        );
        assert_eq!(shown.irrevocable.len(), 2);
        assert!(shown.warnings[0].contains("nothing would stop the server from separating twice"));
        assert_eq!(
            shown.warnings[1],
            "These have no place in a separation and stay with Jane Doe: Phone (416) 555-0101, Company Acme."
        );
        let elsewhere = "1 conversation goes to a contact that does not have its number or address.";
        assert!(shown.warnings.iter().any(|one| one == elsewhere), "{:?}", shown.warnings);
    }
}
