//! A proxy before the real service that spoils the connection by which a change is sent, at every class of byte and with
//! every odd answer: right afterwards the outbox must say no more than is known, and in the end what is so.
//!
//! `CLEAVE_WIRE_KINDS` says how many kinds of decisions meet each row of the table; `CLEAVE_WIRE_RANDOM` how many
//! decisions are spoilt at any byte.

mod fault;
mod proxy;
mod said;

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use cleave_core::outbox::{Event, Hold, State};
use cleave_store::{Effects, Written};

use crate::decisions::Kind;
use crate::dice::Dice;
use crate::door::Door;
use crate::there::{Decided, There};
use crate::{asked, print};
use fault::{At, Class, End, Fault, table};
use proxy::Proxy;
use said::Said;

/// Kinds of decisions that each row of the table is met by, where nobody says how many.
const KINDS: u64 = 1;
/// Decisions that are spoilt at any byte, where nobody says how many.
const RANDOM: u64 = 20;
/// Cases that one service is used for.
const A_SERVICE: usize = 12;
/// Most of the time one of them waits for an answer that does not come.
const AT_ONCE: usize = 6;
/// How long a change waits for its answer: long enough for a machine that is busy.
const PATIENCE: Duration = Duration::from_millis(1500);

/// One decision, and what happens to its request.
#[derive(Debug, Clone)]
struct Case {
    number: u64,
    kind: Kind,
    fault: Fault,
    class: Class,
}

/// A new kind of change is a new row here, and in `Kind::route`.
const DECIDED: [Kind; 5] = [Kind::Merge, Kind::Guarded, Kind::Settings, Kind::KeepSeparate, Kind::Unguarded];

/// Every row of the table with so many kinds.
fn rows(kinds: u64) -> Vec<Case> {
    let with = |(row, (fault, class)): (usize, (Fault, Class))| {
        (0..kinds).map(move |more| {
            let kind = DECIDED[(row + usize::try_from(more).expect("a few")) % DECIDED.len()];
            Case { number: 0, kind, fault: fault.clone(), class }
        })
    };
    table().into_iter().enumerate().flat_map(with).collect()
}

/// Any byte of the request or of its answer.
fn anywhere(seed: u64) -> Case {
    let mut dice = Dice::of(seed, "wire");
    let (kind, end) = (dice.pick(&DECIDED), dice.pick(&End::ALL));
    let at = At::Anywhere(dice.below(1000) as usize);
    let fault = if dice.chance(50) { Fault::Request(at, end) } else { Fault::Answer(at, end) };
    Case { number: 0, kind, fault, class: Class::Uncertain }
}

/// What is wrong with how one case went. With a bug that is planted: no answer is taken for not sent.
async fn play(
    there: &There,
    proxy: &Proxy,
    elsewhere: u16,
    case: &Case,
    seed: u64,
    naive: bool,
) -> Option<String> {
    let mut dice = Dice::of(seed, ("wire", case.number));
    let decided = loop {
        // A contact that cannot be separated so, is passed over.
        let id = format!("w{seed}-{}-{}", case.number, dice.below(1_000_000));
        if let Some(decided) = there.decide(case.kind, &id, &mut dice).await {
            break decided;
        }
    };
    let fault = match case.fault.clone() {
        Fault::Said { passed, said: Said::Redirect { status, .. } } => {
            Fault::Said { passed, said: Said::Redirect { status, port: elsewhere } }
        }
        other => other,
    };
    let struck = proxy.struck();
    let telling = |_| {
        if decided.entry().state == State::Sending {
            proxy.strike(fault.clone());
        }
    };
    decided.step_telling(&telling).await;
    proxy.door.open_again().await;
    if naive && decided.entry().state == State::Uncertain {
        let effects = Effects::at(decided.now(), "Planted.");
        decided.store().advance(&decided.entry(), Event::Unsent(Hold::None), &effects).unwrap();
    }
    let class = class_of(&decided);
    proxy.arrive_late().await;
    let mut steps = 0;
    while steps < 400 && decided.step().await {
        steps += 1;
    }
    let effects = there.effects(&decided).await;
    let state = decided.entry().state;
    let story = if proxy.struck() != struck + 1 {
        format!("{} connections were spoilt", proxy.struck() - struck)
    } else if class != Some(case.class) {
        format!("is taken for {class:?}, in the end {state:?} with {effects} effects")
    } else if let Some(story) = decided.untrue(effects) {
        story
    } else if case.kind != Kind::Unguarded && (state, effects) != (State::Applied, 1) {
        format!("ends as {state:?} with {effects} effects: {}", decided.entry().reason)
    } else {
        return None;
    };
    Some(format!("{case:?}: {story}"))
}

/// What the outbox says right after the request.
fn class_of(decided: &Decided) -> Option<Class> {
    let attempts = decided.store().attempts(&decided.id).unwrap();
    let written = attempts.last().map(|attempt| attempt.written);
    match (decided.entry().state, written) {
        (State::Queued(_), Some(Written::Unsent)) => Some(Class::Unsent),
        (State::Queued(_), Some(Written::Answered)) => Some(Class::TurnedAway),
        (State::Uncertain, Some(Written::MaybeWritten)) => Some(Class::Uncertain),
        (State::Applied, Some(Written::Answered)) => Some(Class::Applied),
        _ => None,
    }
}

/// What is wrong, and how often somebody was led elsewhere.
async fn play_all(mut cases: Vec<Case>, seed: u64, naive: bool) -> (Vec<String>, u32) {
    for (number, case) in (0..).zip(&mut cases) {
        case.number = number;
    }
    let led = Arc::new(AtomicU32::new(0));
    let counted = led.clone();
    let first = u16::try_from(std::process::id() % 5000).expect("a small number");
    let elsewhere = Door::open(first + 300, move |_| {
        counted.fetch_add(1, Ordering::Relaxed);
    })
    .await
    .port;
    let worker = |worker: usize| {
        let batches = cases.chunks(A_SERVICE).skip(worker).step_by(AT_ONCE);
        async move {
            let mut wrong = Vec::new();
            for batch in batches {
                let more = u16::try_from(worker).expect("a few") * 50;
                let proxy = Proxy::open(first + 400 + more).await;
                let number = seed + batch[0].number;
                let there = There::start(number, PATIENCE, Some(&|url| proxy.before(url))).await;
                for case in batch {
                    wrong.extend(play(&there, &proxy, elsewhere, case, seed, naive).await);
                }
                there.running.shutdown().await;
            }
            wrong
        }
    };
    let wrong = futures_util::future::join_all((0..AT_ONCE).map(worker)).await.concat();
    (wrong, led.load(Ordering::Relaxed))
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_happens_to_a_request_no_more_is_said_of_it_than_is_known() {
    let (seed, started) = (asked("CLEAVE_SEED", 1), Instant::now());
    let (kinds, random) = (asked("CLEAVE_WIRE_KINDS", KINDS), asked("CLEAVE_WIRE_RANDOM", RANDOM));
    let mut cases = rows(kinds);
    cases.extend((0..random).map(|more| anywhere(seed + more)));
    let (count, named) = (cases.len(), table().len());
    let (wrong, led) = play_all(cases, seed, false).await;
    let what = format!("{count} requests spoilt by a proxy: {named} ways by name, {random} at any byte");
    let result = format!("{} wrong, {led} led to another host", wrong.len());
    print("R6", what, "0", result, Some(seed), started, wrong.is_empty() && led == 0);
    assert!(wrong.is_empty() && led == 0, "{led}\n{}", wrong.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_takes_no_answer_for_not_sent_is_found() {
    let (seed, started) = (asked("CLEAVE_SEED", 1), Instant::now());
    let reset = |at| (Fault::Answer(at, End::Reset), Class::Uncertain);
    let cases = [At::Start, At::Head(60), At::Body(50)].map(reset).into_iter().zip(DECIDED);
    let cases: Vec<Case> =
        cases.map(|((fault, class), kind)| Case { number: 0, kind, fault, class }).collect();
    let (count, (wrong, _)) = (cases.len(), play_all(cases, seed, true).await);
    let what = "planted: an answer that is reset is taken for a request that was not sent".to_owned();
    let result = format!("{} of {count} wrong", wrong.len());
    print("R6", what, "found", result, Some(seed), started, wrong.len() == count);
    assert_eq!(wrong.len(), count, "{}", wrong.join("\n"));
}
