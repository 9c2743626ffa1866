//! The divider finder by a table of small threads.

use super::*;
use crate::separation::MessageHead;

/// A thread of hours and texts; `>` in front is the contact's.
fn conversation(talk: &[(i64, &str)]) -> Conversation {
    let message = |(at, (hour, text)): (usize, &(i64, &str))| MessageHead {
        id: format!("m{at}"),
        created_at: Some(jiff::Timestamp::from_second(1_772_000_000 + hour * 3600).unwrap().to_string()),
        inbound: Some(text.starts_with('>')),
        text: Some(text.trim_start_matches('>').to_owned()),
    };
    Conversation {
        id: "t".into(),
        messages: Some(talk.iter().enumerate().map(message).collect()),
        ..Conversation::default()
    }
}

#[test]
fn a_table_of_threads() {
    let month = 30 * 24;
    type Case = (&'static str, Vec<(i64, &'static str)>, Option<(usize, Direction)>);
    let cases: Vec<Case> = vec![
        ("nothing at all", vec![], None),
        ("one message", vec![(0, ">Hi")], None),
        (
            "a name after a silence",
            vec![
                (0, ">Hello"),
                (1, "Hi Jane"),
                (4 * month, ">Is it still free?"),
                (4 * month + 1, "Hi Janet, yes"),
            ],
            Some((2, Direction::BeforeToOriginal)),
        ),
        (
            "the new person came first",
            vec![(0, ">This is Janet"), (1, "Hi Janet"), (month, ">Jane here"), (month + 1, "Hi Jane")],
            Some((2, Direction::BeforeToNew)),
        ),
        (
            "wrong person, nobody named",
            vec![
                (0, ">See you"),
                (1, "See you then"),
                (3 * month, "Still coming?"),
                (3 * month + 1, ">You have the wrong number"),
            ],
            Some((2, Direction::BeforeToOriginal)),
        ),
        (
            "another language",
            vec![
                (0, ">Is it still available for the weekend?"),
                (5, ">Yes please, that would be fine for us"),
                (9, ">When can we come to see it?"),
                (2 * month, ">Ich habe die Unterlagen nicht bekommen"),
                (2 * month + 5, ">Können wir das auf den Dienstag legen, bitte"),
                (2 * month + 9, ">Ja, das ist gut, danke"),
            ],
            Some((3, Direction::BeforeToOriginal)),
        ),
    ];
    let people = People::named_for_tests("Jane Doe", "Janet Miller");
    for (name, talk, expected) in cases {
        let conversation = conversation(&talk);
        let offered = cuts(&conversation, &people);
        assert!(offered.len() <= OFFERED);
        let best = offered.first();
        let seen = best.map(|best| (best.before, best.direction));
        assert_eq!(seen, expected, "{name}");
        let Some(best) = best else { continue };
        assert_eq!(best.message_id, format!("m{}", best.before), "{name}");
        assert_eq!(best.before + best.after, talk.len(), "{name}");
        assert!(!best.evidence.is_empty(), "{name}");
        for evidence in offered.iter().flat_map(|cut| &cut.evidence) {
            let quoted =
                conversation.messages.iter().flatten().find(|m| Some(&m.id) == evidence.message_id.as_ref());
            assert!(quoted.unwrap().text.as_ref().unwrap().contains(&evidence.quote), "{name}");
        }
    }
}
