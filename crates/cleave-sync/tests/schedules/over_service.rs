//! Schedules over the real service with its fault switches: fewer, because it has a database of its own.
//!
//! The service has no ledger. A merge or a keep-separate is told by its mark, a separation by the contacts that are there
//! more than before, a change of settings by the settings.

use std::time::{Duration, Instant};

use cleave_service::{Fault, FaultKind};

use crate::asked;
use crate::decisions::Kind;
use crate::dice::Dice;
use crate::there::There;

const SCHEDULES: u64 = 40;
/// How long a change waits for its answer.
const PATIENCE: Duration = Duration::from_millis(400);
/// Schedules that one service is used for.
const A_SERVICE: u64 = 10;

/// What may happen to the request that decides.
fn fault(dice: &mut Dice) -> FaultKind {
    match dice.below(9) {
        0 => FaultKind::LoseAnswer,
        1 => FaultKind::CutAnswer { bytes: dice.below(200).into() },
        2 => FaultKind::Drop,
        3 => FaultKind::Hang { commit: true },
        4 => FaultKind::Hang { commit: false },
        5 => FaultKind::Html { status: dice.pick(&[200, 502, 504, 511]) },
        6 => status(dice.pick(&[500, 503, 408]), None),
        7 => status(429, Some("7")),
        _ => status(dice.pick(&[301, 302, 307]), None),
    }
}

fn status(status: u16, retry_after: Option<&str>) -> FaultKind {
    FaultKind::Status { status, body: None, retry_after: retry_after.map(str::to_owned), location: None }
}

/// One decision with one or two faults. Answers what is wrong in the end, and whether a person is asked needlessly.
async fn play(there: &There, seed: u64) -> (Option<String>, bool) {
    let mut dice = Dice::of(seed, "service");
    let kind = dice.pick(&[Kind::Merge, Kind::KeepSeparate, Kind::Guarded, Kind::Unguarded, Kind::Settings]);
    let Some(mut decided) = there.decide(kind, &format!("v{seed}"), &mut dice).await else {
        return (None, false);
    };
    let faults = dice.between(1, 2);
    let (method, path) = kind.route();
    let switches = there.running.faults().unwrap();
    for _ in 0..faults {
        switches.add(Fault::once(method, path, fault(&mut dice))).unwrap();
    }
    for _ in 0..400 {
        if dice.chance(3) {
            decided = decided.restarted(there).await;
        }
        if !decided.step().await {
            break;
        }
    }
    switches.clear();
    let effects = there.effects(&decided).await;
    let wrong = decided.untrue(effects);
    let needless = faults == 1 && !kind.is_unguarded() && decided.entry().state.needs_person();
    (wrong.map(|story| format!("seed {seed}: {story}")), needless)
}

/// Every so many batches of schedules, each with a service of its own.
async fn play_batches(batches: &[(u64, u64)]) -> (Vec<String>, u32) {
    let (mut wrong, mut needless) = (Vec::new(), 0);
    for (from, to) in batches {
        let there = There::start(*from, PATIENCE, None).await;
        for seed in *from..*to {
            let (story, asks) = play(&there, seed).await;
            wrong.extend(story);
            needless += u32::from(asks);
        }
        there.running.shutdown().await;
    }
    (wrong, needless)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_real_service_loses_doubles_and_misreports_nothing() {
    // Most of the time one of them waits for an answer that does not come.
    const AT_ONCE: usize = 4;
    let (first, count) = (asked("CLEAVE_SEED", 1), asked("CLEAVE_SERVICE_SCHEDULES", SCHEDULES));
    let started = Instant::now();
    let end = first + count;
    let starts = (first..end).step_by(usize::try_from(A_SERVICE).unwrap());
    let batches: Vec<(u64, u64)> = starts.map(|from| (from, end.min(from + A_SERVICE))).collect();
    let shares = batches.chunks(batches.len().div_ceil(AT_ONCE)).map(play_batches);
    let (wrong, needless): (Vec<Vec<String>>, Vec<u32>) =
        futures_util::future::join_all(shares).await.into_iter().unzip();
    let (wrong, needless) = (wrong.concat(), needless.iter().sum::<u32>());
    let what =
        format!("{count} schedules of one decision over the real service, seeds {first} to {}", end - 1);
    let result = format!("{} lost, doubled or misreported", wrong.len());
    crate::print("R2", what, "0", result, Some(first), started, wrong.is_empty());
    let what = "of these, decisions with one fault".to_owned();
    crate::print(
        "R7",
        what,
        "0",
        format!("{needless} needless questions"),
        Some(first),
        started,
        needless == 0,
    );
    assert!(wrong.is_empty() && needless == 0, "{}", wrong.join("\n"));
}
