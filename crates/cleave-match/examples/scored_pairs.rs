//! Scans a CSV file of contacts and prints `id_l,id_r,score` for every compared pair, to be measured against a
//! list of true pairs: `cargo run --release -p cleave-match --example scored_pairs -- contacts.csv`.
//!
//! The columns are those of a plain export (`id, first_name, last_name, email, phone, street, …`); others are
//! not looked at. What was found is summed up on standard error, with the time it took.
#![expect(clippy::print_stderr, clippy::disallowed_methods, reason = "a command-line program that measures")]

use std::borrow::Cow;
use std::error::Error;
use std::io::Write;
use std::time::Instant;

use cleave_core::settings::FuzzyMergeSettings;
use cleave_match::{Band, Base, NoProgress, scan};

/// The column names that stand for a path.
fn columns(path: &str) -> &'static [&'static str] {
    match path {
        "firstName" => &["first_name", "given_name"],
        "lastName" => &["last_name", "surname"],
        "email" => &["email"],
        "phoneNumber" => &["phone"],
        "dateOfBirth" => &["dob", "date_of_birth"],
        "address.streetAddress" => &["street", "address_1"],
        _ => &[],
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args_os().nth(1).ok_or("give the CSV file of contacts")?;
    let mut reader = csv::Reader::from_path(path)?;
    let headers = reader.headers()?.clone();
    let place = |name: &str| headers.iter().position(|header| header == name);

    let settings = FuzzyMergeSettings::default();

    let start = Instant::now();
    let mut builder = Base::builder(&settings);
    for record in reader.records() {
        let record = record?;
        let id = place("id").and_then(|at| record.get(at)).unwrap_or_default();
        builder.push(id, |path| {
            columns(path)
                .iter()
                .find_map(|name| record.get(place(name)?))
                .map(|value| Cow::Owned(value.to_owned()))
        });
    }
    let base = builder.build();
    let loaded = start.elapsed();
    let found = scan(&base, &settings, &NoProgress)?;
    eprintln!("{} contacts: normalised in {loaded:?}, scanned in {:?}", base.len(), start.elapsed() - loaded);
    eprintln!(
        "{} pairs compared, {} cut off, {} patterns",
        found.pairs.len(),
        found.cut_off,
        found.pairs.pattern_count()
    );
    for band in [Band::InstantMerge, Band::Merge, Band::Review, Band::PhoneConflict, Band::Separate] {
        eprintln!("{band:?}: {}", found.count(band));
    }
    for common in found.common_values.iter().take(10) {
        eprintln!("{} shared by {} contacts", common.field, common.contacts);
    }

    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    writeln!(out, "id_l,id_r,score")?;
    for pair in found.pairs.iter() {
        let (left, right) = (base.id(pair.left).unwrap_or_default(), base.id(pair.right).unwrap_or_default());
        writeln!(out, "{left},{right},{:.4}", pair.score)?;
    }
    out.flush()?;
    Ok(())
}
