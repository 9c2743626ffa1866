//! Prints those of the goals M1 to M8 that this crate alone can measure:
//! `cargo run --release -p cleave-match --example bench_match -- [--scale BASE.csv]... [--labelled FOLDER]...`.
//!
//! A `--scale` file is scanned under the default settings, its what-if moved, and new contacts looked up. A
//! `--labelled` folder holds `records.csv` and `truth.csv`; it is scanned with every column as a compared field and a
//! trigger, and advised with half of the labels to be measured with the other half. Draws are made from the seed that
//! is printed.
#![expect(clippy::print_stdout, clippy::disallowed_methods, reason = "a command-line program that measures")]

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::error::Error;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use cleave_core::settings::{CustomFieldRule, FuzzyMergeSettings, MatchMode};
use cleave_match::whatif::Measured;
use cleave_match::{Base, Decided, Finder, NoProgress, Scan, WhatIf, advise, compare, scan};

/// Draws are a sequence from this number.
const SEED: u64 = 20_260_101;

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    println!("seed {SEED}, {} threads", rayon::current_num_threads());
    let mut arguments = std::env::args_os().skip(1);
    while let Some(kind) = arguments.next() {
        let path = arguments.next().ok_or("an option without its path")?;
        match kind.to_str() {
            Some("--scale") => scale(Path::new(&path))?,
            Some("--labelled") => labelled(Path::new(&path))?,
            _ => return Err("give --scale BASE.csv or --labelled FOLDER".into()),
        }
    }
    Ok(())
}

/// The path that a column stands for; other columns are custom fields.
fn path_of(column: &str) -> Option<String> {
    Some(match column {
        "id" | "created" => return None,
        "first_name" | "given_name" => "firstName".to_owned(),
        "last_name" | "surname" => "lastName".to_owned(),
        "phone" => "phoneNumber".to_owned(),
        "dob" | "date_of_birth" => "dateOfBirth".to_owned(),
        "street" | "address_1" => "address.streetAddress".to_owned(),
        "email" => "email".to_owned(),
        other => format!("misc.{other}"),
    })
}

/// The columns of a file by path.
fn columns(file: &Path) -> Outcome<HashMap<String, usize>> {
    let mut reader = csv::Reader::from_path(file)?;
    let headers = reader.headers()?.clone();
    let mut columns: HashMap<String, usize> =
        headers.iter().enumerate().filter_map(|(at, name)| Some((path_of(name)?, at))).collect();
    let id = headers.iter().position(|name| name == "id").ok_or("no column id")?;
    columns.insert("id".to_owned(), id);
    Ok(columns)
}

fn load(file: &Path, settings: &FuzzyMergeSettings) -> Outcome<Base> {
    let columns = columns(file)?;
    let mut builder = Base::builder(settings);
    let mut reader = csv::Reader::from_path(file)?;
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record)? {
        let value = |path: &str| columns.get(path).and_then(|at| record.get(*at));
        builder.push(value("id").unwrap_or_default(), |path| {
            value(path).map(|value| Cow::<str>::Owned(value.to_owned()))
        });
    }
    Ok(builder.build())
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let outcome = work();
    (outcome, start.elapsed())
}

/// M1, M2, M5, M8.
fn scale(file: &Path) -> Outcome<()> {
    let settings = FuzzyMergeSettings::default();
    let cpu = cpu_seconds();
    let (base, loading) = timed(|| load(file, &settings));
    let base = base?;
    let (found, scanning) = timed(|| scan(&base, &settings, &NoProgress));
    let found = found?;
    let cpu = cpu.zip(cpu_seconds()).map(|(before, after)| after - before);
    let pairs = found.pairs.len();
    println!("\n{} contacts, {pairs} pairs, {} patterns", base.len(), found.pairs.pattern_count());
    println!(
        "M1 read and normalised {loading:.2?}, scanned {scanning:.2?}, CPU {} s, peak {} MB, pairs take {} MB",
        cpu.map_or("?".to_owned(), |cpu| format!("{cpu:.1}")),
        peak_megabytes().map_or("?".to_owned(), |peak| peak.to_string()),
        found.pairs.memory() >> 20
    );
    what_if(&found, &settings);
    kernel(&base, &found);
    let (finder, indexing) = timed(|| Finder::new(&base, &settings));
    let finder = finder?;
    let mut times = Vec::new();
    let mut state = SEED;
    for _ in 0..500 {
        let contact = draw(&mut state, base.len());
        let (_, time) = timed(|| {
            finder.candidates_of(|path| base.normalised(contact, path).map(Cow::Borrowed)).found.len()
        });
        times.push(time);
    }
    times.sort_unstable();
    let at = |share: usize| times.get(times.len() * share / 100).copied().unwrap_or_default();
    println!("M5 indexed in {indexing:.2?}; a new contact: median {:.2?}, p95 {:.2?}", at(50), at(95));
    Ok(())
}

/// M2 at the size at hand.
fn what_if(found: &Scan, settings: &FuzzyMergeSettings) {
    let mut moved = WhatIf::new(found, settings);
    let before = moved.clone();
    let ((), threshold) = timed(|| {
        for step in 0..1_000 {
            moved.set_thresholds(f64::from(step) / 20.0, 50.0 + f64::from(step) / 20.0);
            black_box(moved.counts());
        }
    });
    let ((), weight) = timed(|| {
        for step in 0..20 {
            moved.set_weight("email", f64::from(step * 5));
            black_box((moved.counts(), moved.histogram()));
        }
    });
    let (changes, listing) = timed(|| moved.changes_from(&before, 100).0);
    println!(
        "M2 a threshold moved {:.2?}, a weight moved {:.2?}, {changes} pairs that change sides {listing:.2?}",
        threshold / 1_000,
        weight / 20
    );
}

/// M8: last names and mailboxes of the pairs of the scan that are not equal.
fn kernel(base: &Base, found: &Scan) {
    let step = (found.pairs.len() / 200_000).max(1);
    let mut values: Vec<(&str, &str)> = Vec::new();
    for pair in found.pairs.iter().step_by(step) {
        for path in ["firstName", "lastName", "email"] {
            let both = base.normalised(pair.left, path).zip(base.normalised(pair.right, path));
            values.extend(both.filter(|(left, right)| left != right));
        }
    }
    let with = |kernel: fn(&str, &str) -> f64| {
        timed(|| values.iter().map(|(left, right)| kernel(black_box(left), right)).sum::<f64>())
    };
    // In turns, and the best of each, since others use the machine too.
    let rounds: Vec<_> = (0..5).map(|_| (with(compare::jaro_winkler), with(strsim::jaro_winkler))).collect();
    let best = |times: &mut dyn Iterator<Item = Duration>| times.min().unwrap_or_default();
    let our_time = best(&mut rounds.iter().map(|((_, time), _)| *time));
    let their_time = best(&mut rounds.iter().map(|(_, (_, time))| *time));
    let equal = rounds.iter().all(|((ours, _), (theirs, _))| ours == theirs);
    let per = |time: Duration| time.as_nanos() as f64 / values.len().max(1) as f64;
    println!(
        "M8 {} values: {:.0} ns, strsim {:.0} ns, {:.1} times, sums {}",
        values.len(),
        per(our_time),
        per(their_time),
        per(their_time) / per(our_time),
        if equal { "equal" } else { "DIFFERENT" }
    );
}

/// M3 and M4.
fn labelled(folder: &Path) -> Outcome<()> {
    let records = folder.join("records.csv");
    let paths = columns(&records)?;
    let mut settings = FuzzyMergeSettings { custom_fields: Vec::new(), ..FuzzyMergeSettings::default() };
    let mut custom: Vec<&String> =
        paths.keys().filter(|path| path.starts_with("misc.") || path.starts_with("address.")).collect();
    custom.sort();
    for field in custom {
        settings.lookup_trigger_fields.push(field.clone());
        let rule = CustomFieldRule { field: field.clone(), weight: 15.0, match_mode: MatchMode::FuzzyString };
        settings.custom_fields.push(rule);
    }
    let base = load(&records, &settings)?;
    let found = scan(&base, &settings, &NoProgress)?;
    let truth = truth(&folder.join("truth.csv"), &base)?;
    let compared = truth.iter().filter(|(one, other)| found.pairs.find(*one, *other).is_some()).count();
    println!("\n{}: {} contacts, {} true pairs", folder.display(), base.len(), truth.len());
    println!(
        "M4 every column a trigger: recall {:.4} at {:.1} candidates a contact",
        compared as f64 / truth.len().max(1) as f64,
        2.0 * found.pairs.len() as f64 / base.len().max(1) as f64
    );
    let others = found.pairs.iter().map(|pair| (pair.left, pair.right)).filter(|pair| !truth.contains(pair));
    let mut known: Vec<Decided> = others.map(|(one, other)| Decided { one, other, same: false }).collect();
    known.extend(truth.iter().map(|&(one, other)| Decided { one, other, same: true }));
    let (advice, time) = timed(|| advise(&base, &found, &settings, &known, 2));
    let advice = advice?;
    if let Some(held) = advice.held_out {
        println!(
            "M3 held out: F1 {:.3} shown ({}), current {:.3}; merged {}; advised in {time:.1?}",
            held.shown_after.f1(),
            figures(&held.shown_after),
            held.shown_before.f1(),
            figures(&held.merged_after),
        );
    }
    Ok(())
}

fn figures(measured: &Measured) -> String {
    let share =
        |interval: Option<cleave_match::whatif::Interval>| interval.map_or(f64::NAN, |known| known.share);
    format!("P {:.3} R {:.3}", share(measured.precision), share(measured.recall))
}

fn truth(file: &Path, base: &Base) -> Outcome<HashSet<(u32, u32)>> {
    let numbers: HashMap<&str, u32> = (0..).map_while(|contact| Some((base.id(contact)?, contact))).collect();
    let mut pairs = HashSet::new();
    for record in csv::Reader::from_path(file)?.records() {
        let record = record?;
        let number = |at| record.get(at).and_then(|id| numbers.get(id)).copied();
        if let (Some(one), Some(other)) = (number(0), number(1)) {
            pairs.insert((one.min(other), one.max(other)));
        }
    }
    Ok(pairs)
}

fn draw(state: &mut u64, below: usize) -> u32 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    u32::try_from((*state >> 33) as usize % below.max(1)).unwrap_or(0)
}

/// The CPU time of this process, where the system tells.
fn cpu_seconds() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let mut fields = stat.rsplit_once(") ")?.1.split(' ').skip(11);
    let ticks: f64 = fields.next()?.parse::<f64>().ok()? + fields.next()?.parse::<f64>().ok()?;
    Some(ticks / 100.0)
}

/// The most memory that this process had, where the system tells.
fn peak_megabytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kilobytes| kilobytes >> 10)
}
