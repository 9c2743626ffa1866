//! A contact with 5,000 children, one of them a thread of 20,000 messages: moving a divider shows its preview at once.

use std::time::{Duration, Instant};

use cleave_core::separation::{
    Assignment, Child, ChildKind, Conversation, Direction, Divider, Edit, MessageHead, SeparationPlan,
    Subject, preview,
};

const MESSAGES: usize = 20_000;

/// What one move may take: an optimised build keeps up with a pointer, an unoptimised one is given ten times as long.
const PATIENCE: Duration = Duration::from_millis(if cfg!(debug_assertions) { 160 } else { 16 });

fn subject() -> Subject {
    let mut thread = Conversation { id: "thread".into(), ..Conversation::default() };
    let head = |at: usize| MessageHead {
        id: format!("64f0a1b2c3d4e5f6a7{at:06}"),
        created_at: Some(format!("2026-03-01T{:02}:{:02}:{:02}Z", at / 3600, at / 60 % 60, at % 60)),
        inbound: Some(at.is_multiple_of(2)),
        text: Some("Is it still available?".into()),
    };
    thread.read((0..MESSAGES).map(head).collect());
    let short = |at| Conversation { id: format!("k{at}"), message_count: Some(4), ..Conversation::default() };
    let note = |at| Child {
        id: format!("n{at}"),
        kind: ChildKind::Note,
        title: "called".into(),
        detail: String::new(),
        at: None,
        facts: [].into(),
    };
    Subject {
        conversations: std::iter::once(thread).chain((0..1_999).map(short)).collect(),
        notes: (0..3_000).map(note).collect(),
        ..Subject::default()
    }
}

#[test]
fn a_divider_moves_through_twenty_thousand_messages_without_delay() {
    let subject = subject();
    let mut plan = SeparationPlan::start(&subject);
    let all = ChildKind::ALL.into_iter().flat_map(|kind| subject.ids(kind).map(move |id| (kind, id)));
    let assign =
        |(kind, id): (ChildKind, &str)| Edit::Assign { kind, id: id.to_owned(), to: Assignment::New };
    plan.apply(Edit::Batch { edits: all.map(assign).collect() }).unwrap();
    let mut quickest = Duration::MAX;
    for at in (1..MESSAGES).step_by(MESSAGES / 10) {
        let message_id = format!("64f0a1b2c3d4e5f6a7{at:06}");
        let divider = Divider { message_id, direction: Direction::BeforeToOriginal };
        #[allow(clippy::disallowed_methods, reason = "the test looks at the clock, core does not")]
        let start = Instant::now();
        plan.apply(Edit::Divide { conversation: "thread".into(), divider: Some(divider) }).unwrap();
        let preview = preview(&subject, &plan);
        quickest = quickest.min(start.elapsed());
        let reassigned = 1_999 * 4 + MESSAGES - at;
        assert_eq!(preview.summary.messages_reassigned, u64::try_from(reassigned).ok());
    }
    println!("moving a divider in {MESSAGES} messages beside 4,999 children: {quickest:?}");
    assert!(quickest <= PATIENCE, "{quickest:?}");
}
