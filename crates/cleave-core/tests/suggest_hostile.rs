//! Suggestions on what nobody would write: no failure, bounded work, exact quotes.

use std::time::{Duration, Instant};

use cleave_core::contact::Contact;
use cleave_core::field;
use cleave_core::separation::{Conversation, MessageHead, SeparationPlan, Subject};
use cleave_core::suggest::{Evidence, MAX_QUOTE_BYTES, People, hypothesis, suggest};
use proptest::prelude::*;

fn subject(texts: impl IntoIterator<Item = String>) -> Subject {
    let message = |(at, text): (usize, String)| MessageHead {
        id: format!("m{at:06}"),
        created_at: Some(format!(
            "20{:02}-03-{:02}T{:02}:00:00Z",
            10 + at / 5000 % 80,
            1 + at / 24 % 28,
            at % 24
        )),
        inbound: [Some(true), Some(false), None][at % 3],
        text: Some(text),
    };
    let mut conversation = Conversation { id: "t".into(), ..Conversation::default() };
    conversation.read(texts.into_iter().enumerate().map(message).collect());
    Subject {
        contact: Contact {
            id: "c".into(),
            values: [(field::FIRST_NAME.into(), "Jane".into()), (field::LAST_NAME.into(), "Doe".into())]
                .into(),
            ..Contact::default()
        },
        conversations: vec![conversation],
        ..Subject::default()
    }
}

fn named(subject: &Subject, first: &str, last: &str) -> People {
    let mut plan = SeparationPlan::start(subject);
    plan.fields.first_name.new = first.to_owned();
    plan.fields.last_name.new = last.to_owned();
    People::of(subject, &plan)
}

/// What is promised of a release build. A debug build is many times slower and has other tests beside it.
const SECOND: Duration = Duration::from_secs(if cfg!(debug_assertions) { 20 } else { 1 });
/// As many as are promised in a release build; fewer in a debug build.
const MESSAGES: usize = if cfg!(debug_assertions) { 5_000 } else { 50_000 };

#[test]
#[allow(clippy::disallowed_methods, reason = "the test looks at the clock, core does not")]
fn many_messages_take_a_second() {
    let lines = [
        "Hi Janet, your papers are ready.",
        "Thanks, Jane",
        "This is Janet, is it still free?",
        "Ich habe die neue Nummer +1 416 555 0100",
    ];
    let subject = subject((0..MESSAGES).map(|at| format!("{} {at}", lines[at % lines.len()])));
    let start = Instant::now();
    let found = suggest(&subject, &named(&subject, "Janet", ""));
    assert!(start.elapsed() < SECOND, "{:?}", start.elapsed());
    assert!(found.cuts.len() <= 3);
}

#[test]
#[allow(clippy::disallowed_methods, reason = "the test looks at the clock, core does not")]
fn a_megabyte_in_each_message_is_not_chewed() {
    let pieces = [
        "Hi Janet ",
        "a@b.c ",
        "@@@@",
        "1234567890 ",
        "Ää\u{300}🙂\u{5d0}\u{202e}",
        "my my sister ",
        "\n\n--",
        "this is this is ",
        "'’'",
    ];
    let subject = subject(pieces.iter().map(|piece| piece.repeat(1_000_000 / piece.len())));
    let start = Instant::now();
    let people = named(&subject, &"Janet ".repeat(100_000), &"x".repeat(1_000_000));
    let found = suggest(&subject, &people);
    hypothesis(&subject);
    assert!(start.elapsed() < SECOND, "{:?}", start.elapsed());
    assert!(found.children.len() <= 1);
}

fn check(subject: &Subject, evidence: &Evidence) {
    assert!(evidence.quote.len() <= MAX_QUOTE_BYTES);
    if let Some(id) = &evidence.message_id {
        let messages = subject.conversations.iter().flat_map(|one| one.messages.iter().flatten());
        let message = messages.into_iter().find(|message| message.id == *id);
        let text = message.and_then(|message| message.text.as_deref());
        assert!(text.is_some_and(|text| text.contains(&evidence.quote)));
    }
}

proptest! {
    #[test]
    fn quotes_are_exact_and_the_same_question_has_the_same_answer(
        texts in prop::collection::vec(
            ("(Hi |This is |Thanks, |Hallo |wrong number |my sister |not |\n|\\PC{0,12}){0,4}", "(Janet|Jane|Jane's|Doe|Priya Shah|田中|)", "\\PC{0,20}"),
            0..12,
        ),
        new in "(Janet|Janet Doe|田中|Jane|)",
    ) {
        let subject = subject(texts.into_iter().map(|(a, b, c)| format!("{a}{b}{c}")));
        let people = named(&subject, &new, "");
        let found = suggest(&subject, &people);
        let sides = found.children.iter().flat_map(|one| &one.evidence);
        let cuts = found.cuts.iter().flat_map(|one| &one.evidence);
        let guess = people.guess().into_iter().flat_map(|one| &one.evidence);
        for evidence in sides.chain(cuts).chain(guess) {
            check(&subject, evidence);
        }
        for one in &found.children {
            prop_assert!((0.5..1.0).contains(&one.confidence) && !one.evidence.is_empty());
        }
        for cut in &found.cuts {
            prop_assert!((0.0..=1.0).contains(&cut.score) && cut.before > 0 && cut.after > 0);
        }
        prop_assert_eq!(suggest(&subject, &named(&subject, &new, "")), found);
    }
}
