//! Both contacts line by line.

use std::collections::BTreeSet;

use cleave_core::contact::text_of;
use cleave_core::field;
use cleave_core::readings;
use cleave_core::separation::{
    FieldSplit, NamePart, OptionalField, Pair, SeparationPlan, Subject, Target, TargetField,
};
use serde_json::Value;

use super::label;
use super::options::Options;
use crate::ipc::{LineKind, SplitLine, SplitOption, SplitValue};
use crate::separation::line::{Line, OWN};
use crate::view::field::readable;
use crate::view::names::Names;

/// Every line, in reading order, without problems.
pub(super) fn lines(
    subject: &Subject,
    plan: &SeparationPlan,
    names: &Names,
    options: &Options,
) -> Vec<SplitLine> {
    let start = FieldSplit::start(subject);
    let shown = Shown { subject, plan, names, options };
    let own = OWN.into_iter().map(|line| shown.own(&line, &start));
    let whole = TargetField::ALL.into_iter().filter_map(|field| shown.whole(field));
    let misc = &plan.fields.misc;
    let keys: BTreeSet<&String> = subject
        .misc
        .iter()
        .flatten()
        .map(|(key, _)| key)
        .chain(misc.original.keys())
        .chain(misc.new.keys())
        .collect();
    let misc = keys.into_iter().map(|key| shown.misc(key));
    let documents = subject.documents.iter().flatten().map(|document| {
        let name = if document.filename.trim().is_empty() { &document.id } else { &document.filename };
        shown.document(&document.id, name)
    });
    own.chain(whole).chain(misc).chain(documents).collect()
}

struct Shown<'a> {
    subject: &'a Subject,
    plan: &'a SeparationPlan,
    names: &'a Names,
    options: &'a Options,
}

impl Shown<'_> {
    fn own(&self, line: &Line, start: &FieldSplit) -> SplitLine {
        let fields = &self.plan.fields;
        let path = line.path();
        let some = |name: &String| Some(name.clone()).filter(|name| !name.is_empty());
        let texts = |pair: &Pair<String>| Pair { original: some(&pair.original), new: some(&pair.new) };
        let (now, sides, options): (Option<String>, Pair<Option<String>>, &[SplitOption]) = match line {
            Line::Name(NamePart::First) => {
                (some(&start.first_name.original), texts(&fields.first_name), &self.options.first_names)
            }
            Line::Name(NamePart::Last) => {
                (some(&start.last_name.original), texts(&fields.last_name), &self.options.last_names)
            }
            Line::Value(OptionalField::Email) => {
                (start.email.original.clone(), fields.email.clone(), &self.options.emails)
            }
            Line::Value(OptionalField::PhoneNumber) => {
                (start.phone_number.original.clone(), fields.phone_number.clone(), &self.options.phones)
            }
            _ => (start.date_of_birth.original.clone(), fields.date_of_birth.clone(), &[]),
        };
        let value = |text: &Option<String>| {
            let text = text.clone().unwrap_or_default();
            SplitValue {
                shown: readable(&path, &text, self.names),
                text,
                server_decides: false,
                problems: Vec::new(),
            }
        };
        SplitLine {
            label: label::field(&path),
            kind: if matches!(line, Line::Name(_)) { LineKind::Name } else { LineKind::Value },
            now: now.map(|now| readable(&path, &now, self.names)),
            original: value(&sides.original),
            new: value(&sides.new),
            both: path != field::PHONE,
            editable: true,
            options: options.to_vec(),
            path,
        }
    }

    /// A value that goes to one side; nothing where the contact has none.
    fn whole(&self, target: TargetField) -> Option<SplitLine> {
        let path = Line::Whole(target).path();
        let text = self.whole_text(&path)?;
        let to = self.plan.fields.target(target);
        let value = |side: Target| match side == to {
            true => SplitValue { text: text.clone(), shown: text.clone(), ..SplitValue::default() },
            false => SplitValue { server_decides: readings::TARGET_LEAVES_DEFAULT, ..SplitValue::default() },
        };
        Some(SplitLine {
            label: label::field(&path),
            kind: LineKind::Whole,
            now: Some(text.clone()),
            original: value(Target::Original),
            new: value(Target::New),
            both: false,
            editable: false,
            options: Vec::new(),
            path,
        })
    }

    /// The value as people read it; of one that is an object, the values in it.
    fn whole_text(&self, path: &str) -> Option<String> {
        let contact = &self.subject.contact;
        let within = format!("{path}.");
        let parts = contact.values.iter().filter(|(at, _)| at.as_str().starts_with(&within));
        let parts: Vec<String> = parts.filter_map(|(_, value)| text_of(value)).collect();
        let inner = (!parts.is_empty()).then(|| parts.join(", "));
        contact.text(path).map(|text| readable(path, &text, self.names)).or(inner)
    }

    fn misc(&self, key: &str) -> SplitLine {
        let path = Line::Misc(key.to_owned()).path();
        let misc = &self.plan.fields.misc;
        let now = self.subject.misc.iter().flatten().find(|(known, _)| *known == key).map(|(_, value)| value);
        let kinds = now.or_else(|| misc.original.get(key)).or_else(|| misc.new.get(key));
        let value = |value: Option<&Value>| {
            let text = value.map(|value| {
                value.as_str().map_or_else(|| text_of(value).unwrap_or_default(), str::to_owned)
            });
            let text = text.unwrap_or_default();
            SplitValue { shown: readable(&path, &text, self.names), text, ..SplitValue::default() }
        };
        SplitLine {
            label: label::field(&path),
            kind: LineKind::Misc,
            now: now.and_then(text_of).map(|now| readable(&path, &now, self.names)),
            original: value(misc.original.get(key)),
            new: value(misc.new.get(key)),
            both: true,
            editable: kinds.is_some_and(|value| value.is_string() || value.is_number()),
            options: Vec::new(),
            path: path.clone(),
        }
    }

    fn document(&self, id: &str, name: &str) -> SplitLine {
        let on = &self.plan.fields.documents;
        let value = |there: bool| {
            let text = if there { name } else { "" };
            SplitValue { text: text.to_owned(), shown: text.to_owned(), ..SplitValue::default() }
        };
        SplitLine {
            path: Line::Document(id.to_owned()).path(),
            label: "Document".to_owned(),
            kind: LineKind::Document,
            now: Some(name.to_owned()),
            original: value(on.original.contains(id)),
            new: value(on.new.contains(id)),
            both: false,
            editable: false,
            options: Vec::new(),
        }
    }
}
