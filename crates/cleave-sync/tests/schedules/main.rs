//! Random schedules of faults: the real outbox in real files and the real sender over real HTTP, against a double of the
//! service that keeps a ledger of what took effect.
//!
//! A schedule follows from its seed. It decides a few things about a small world and carries them out while requests are
//! refused, lost, late, answered by something else or never, readings are stale, other admins act, the admin changes
//! the mind, and the process ends at any commit. When the network has healed and the clock has run on, nothing may be
//! lost, doubled or misreported ([`judge`]); and where one fault a decision was all, nobody may be asked about what the
//! server itself would refuse twice.
//!
//! Within the bounds that the model of the protocol assumes: a request arrives within the quarantine or never, and a
//! reading is behind by less than two readings that have to agree are apart. One schedule in ten goes to these bounds on
//! purpose: every first request arrives just before it would be too late, and most readings are behind.
//!
//! Seeds that failed once are in `regressions.txt` and are played first.
//!
//! `CLEAVE_SEED` is the first seed, `CLEAVE_SCHEDULES` how many there are; `CLEAVE_TRACE=1` shows what one came to.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test stops where it fails")]
#![allow(clippy::print_stdout, reason = "figures are shown")]
#![allow(clippy::disallowed_methods, reason = "the seed is asked for, and how long it took is shown")]

mod alike;
mod bench;
mod decisions;
mod dice;
mod door;
mod double;
#[allow(dead_code, reason = "figures are only printed here")]
#[path = "../../../../xtask/src/figure.rs"]
mod figure;
mod flaps;
mod judge;
mod over_service;
mod planted;
mod schedule;
mod there;
mod wire;

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use std::time::{Duration, Instant};

use cleave_sync::ManualClock;

use bench::{Lab, start};
use double::faults::{Faults, Weather};
use double::{Double, Ledger, world::World};
use figure::Figure;
use judge::Fault;
use planted::Naive;
use schedule::{How, Played, play};

/// Schedules where nobody says how many.
const SCHEDULES: u64 = 150;

/// Schedules of which each seed is played twice.
const REPLAYED: u64 = 20;

/// Schedules in which a planted bug has to be found.
const PLANTED: u64 = 300;

/// Seeds that failed once.
const REGRESSIONS: &str = include_str!("regressions.txt");

fn asked(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).map_or(otherwise, |text| text.parse().expect("a number"))
}

/// Plays one seed after the other in threads of their own. Answers in the order of the seeds.
fn play_all(seeds: &[u64], how: How) -> Vec<(u64, Played)> {
    const THREADS: usize = 3;
    let play_some = |number: usize| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async move {
            let clock = Arc::new(ManualClock::at(start()));
            let nothing = Faults::new(0, Weather::Fair, Duration::ZERO);
            let double = Double::new(Ledger::new(World::default(), nothing, clock));
            let lab = Lab::new(double, u16::try_from(number).expect("a small number")).await;
            let mut played = Vec::new();
            for seed in seeds.iter().skip(number).step_by(THREADS) {
                played.push((*seed, play(&lab, *seed, how).await));
            }
            played
        })
    };
    let mut all: Vec<(u64, Played)> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS).map(|number| scope.spawn(move || play_some(number))).collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("a thread ends")).collect()
    });
    all.sort_by_key(|(seed, _)| *seed);
    all
}

fn failed(all: &[(u64, Played)]) -> BTreeMap<Fault, Vec<u64>> {
    let mut seeds: BTreeMap<Fault, Vec<u64>> = BTreeMap::new();
    for (seed, played) in all {
        for fault in &played.faults {
            seeds.entry(*fault).or_default().push(*seed);
        }
    }
    seeds
}

/// Of everything that happened in every schedule: equal where the same happened.
fn hash(all: &[(u64, Played)]) -> u64 {
    let mut hasher = DefaultHasher::new();
    for (seed, played) in all {
        (seed, &played.trace).hash(&mut hasher);
    }
    hasher.finish()
}

fn print(
    name: &str,
    what: String,
    goal: &str,
    result: String,
    seed: Option<u64>,
    started: Instant,
    held: bool,
) {
    let (name, goal, took) = (name.to_owned(), goal.to_owned(), started.elapsed());
    println!("{}", Figure { name, what, goal, result, seed, took, held });
}

#[test]
fn nothing_is_lost_doubled_or_misreported() {
    let (first, count) = (asked("CLEAVE_SEED", 1), asked("CLEAVE_SCHEDULES", SCHEDULES));
    let started = Instant::now();
    what_failed_once_holds();
    let in_fog = count / 10;
    let fog = How { weather: Some(Weather::Fog), ..How::default() };
    let mut all = play_all(&(first..first + count - in_fog).collect::<Vec<_>>(), How::default());
    all.extend(play_all(&(first + count - in_fog..first + count).collect::<Vec<_>>(), fog));
    if asked("CLEAVE_TRACE", 0) == 1 {
        for (seed, played) in &all {
            println!("seed {seed}: {:?}\n{}", played.faults, played.trace.join("\n"));
        }
    }
    let failed = failed(&all);
    let sum = |of: fn(&Played) -> u32| all.iter().map(|(_, played)| u64::from(of(played))).sum::<u64>();
    let number = |fault| failed.get(&fault).map_or(0, Vec::len);
    let last = first + count - 1;
    let what = format!(
        "{count} schedules ({in_fog} at the bounds), seeds {first} to {last}: {} decisions, {} requests, {} faults, \
         {} crashes; all traces {:016x}",
        sum(|played| played.decisions),
        sum(|played| played.requests),
        sum(|played| played.struck),
        sum(|played| played.crashes),
        hash(&all),
    );
    let wrong = [Fault::Lost, Fault::Doubled, Fault::Misreported].map(number);
    let result = format!("{} lost, {} doubled, {} misreported", wrong[0], wrong[1], wrong[2]);
    print("R2", what, "0, 0, 0", result, Some(first), started, wrong == [0; 3]);
    let gentle = all.iter().filter(|(_, played)| played.is_gentle);
    let decisions: u64 = gentle.map(|(_, played)| u64::from(played.decisions)).sum();
    let needless = number(Fault::NeedlesslyAsked);
    let what = format!("of these, {decisions} decisions with at most one fault each");
    print("R7", what, "0", format!("{needless} needless questions"), Some(first), started, needless == 0);
    assert!(failed.is_empty(), "{failed:?}");
}

#[test]
fn a_seed_replays_identically() {
    let (first, count) = (asked("CLEAVE_SEED", 1), asked("CLEAVE_REPLAYED", REPLAYED));
    let started = Instant::now();
    let seeds: Vec<u64> = (first..first + count).collect();
    let once = play_all(&seeds, How::default());
    let again = play_all(&seeds, How::default());
    for ((seed, once), (_, again)) in once.iter().zip(&again) {
        assert!(once.trace.len() > 1, "{seed} did nothing");
        assert_eq!(once.trace, again.trace, "{seed}");
    }
    let same = hash(&once) == hash(&again);
    let what = format!("{count} schedules played twice");
    print("R2", what, "the same", "every trace the same".to_owned(), Some(first), started, same);
    assert!(same);
}

#[test]
fn what_failed_once_holds() {
    let lines = REGRESSIONS.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    for line in lines {
        let mut words = line.split_whitespace();
        let seed = words.next().expect("a seed").parse().expect("a number");
        let weather = match words.next() {
            Some("any") => None,
            Some("fog") => Some(Weather::Fog),
            other => panic!("no such weather: {other:?}"),
        };
        let all = play_all(&[seed], How { weather, ..How::default() });
        assert!(failed(&all).is_empty(), "{line}: {:?}", failed(&all));
    }
}

#[test]
fn every_planted_bug_is_found() {
    const BATCH: u64 = 20;
    let first = asked("CLEAVE_SEED", 1);
    for naive in Naive::ALL {
        let started = Instant::now();
        let how = How { weather: Some(naive.weather()), naive: Some(naive) };
        let batches = (0..PLANTED).step_by(BATCH as usize).map(|at| first + at);
        let found = batches.into_iter().find_map(|from| {
            let all = play_all(&(from..from + BATCH).collect::<Vec<_>>(), how);
            let seeds = failed(&all).remove(&naive.breaks())?;
            Some((from + BATCH - first, seeds.len()))
        });
        let name = if naive == Naive::AskAtOnce { "R7" } else { "R2" };
        let result = match found {
            Some((count, times)) => format!("{:?} {times} times in {count} schedules", naive.breaks()),
            None => "unnoticed".to_owned(),
        };
        let goal = format!("found within {PLANTED}");
        print(name, format!("planted: {naive:?}"), &goal, result, Some(first), started, found.is_some());
        assert!(found.is_some(), "{naive:?} goes unnoticed");
    }
}
