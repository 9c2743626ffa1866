use super::*;
use crate::{NoProgress, scan};
use std::borrow::Cow;

/// People of whom some are twice: the copy keeps name and number and has another street. Others share the street and
/// nothing else but a like name, so that the street misleads.
fn world(people: u32) -> (Vec<[String; 4]>, Vec<Decided>) {
    let (mut rows, mut known) = (Vec::new(), Vec::new());
    let word = |number: u32| -> String {
        let mut rest = number.wrapping_mul(2_654_435_761);
        (0..6)
            .map(|_| {
                let letter = char::from(b'a' + u8::try_from(rest % 26).unwrap());
                rest = rest / 26 + 77_777;
                letter
            })
            .collect()
    };
    for number in 0..people {
        let (first, last) = (word(number), word(number + 90_000));
        let phone = format!("+1617793{:04}", number % 10_000);
        let street = format!("{} main street", number / 2);
        let one = u32::try_from(rows.len()).unwrap();
        rows.push([first.clone(), last.clone(), phone.clone(), street]);
        if number % 3 == 0 {
            rows.push([first, last, phone, format!("{} other road", number + 5_000)]);
            known.push(Decided { one, other: one + 1, same: true });
        }
    }
    // Neighbours in one house: the same family name, another person.
    for number in 0..people / 4 {
        let last = word(number + 500_000);
        let street = format!("{number} hill side");
        let one = u32::try_from(rows.len()).unwrap();
        for side in 0..2 {
            let phone = format!("+1415{:07}", 2_000_000 + number * 2 + side);
            rows.push([word(700_000 + number * 2 + side), last.clone(), phone, street.clone()]);
        }
        known.push(Decided { one, other: one + 1, same: false });
    }
    (rows, known)
}

fn base_of(rows: &[[String; 4]], settings: &FuzzyMergeSettings) -> Base {
    let mut builder = Base::builder(settings);
    for (number, row) in rows.iter().enumerate() {
        builder.push(&format!("{number:05}"), |path| {
            let at = ["firstName", "lastName", "phoneNumber", "address.streetAddress"]
                .iter()
                .position(|p| *p == path)?;
            Some(Cow::Borrowed(row[at].as_str()))
        });
    }
    builder.build()
}

#[test]
fn advice_is_better_within_the_limits_and_the_same_again() {
    let settings = FuzzyMergeSettings {
        lookup_trigger_fields: ["firstName", "lastName", "phoneNumber"].map(str::to_owned).to_vec(),
        ..FuzzyMergeSettings::default()
    };
    let (rows, known) = world(120);
    let base = base_of(&rows, &settings);
    let found = scan(&base, &settings, &NoProgress).unwrap();
    let with = |threads: usize, known: &[Decided]| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| advise(&base, &found, &settings, known, 2).unwrap())
    };
    let advice = with(1, &known);
    let mut backwards = known.clone();
    backwards.reverse();
    assert_eq!(with(4, &backwards), advice, "neither threads nor order matter");

    assert_eq!((advice.same, advice.different, advice.never_compared), (40, 30, 0));
    assert_eq!(advice.settings.problems(), []);
    assert!(!advice.changes.is_empty());
    let held = advice.held_out.unwrap();
    assert_eq!(held.parts, 2);
    assert!(held.shown_after.f1() > held.shown_before.f1(), "{held:?}");
    assert!(held.shown_after.f1() > 0.98, "{held:?}");

    // Each change alone leaves settings that the contract takes, and all together are the advice.
    let mut all = settings.clone();
    for change in &advice.changes {
        let mut one = settings.clone();
        change.apply(&mut one);
        assert_eq!(one.problems(), [], "{change:?}");
        change.apply(&mut all);
    }
    assert_eq!(all, advice.settings);
}

#[test]
fn decisions_that_are_all_alike_teach_nothing() {
    let settings = FuzzyMergeSettings::default();
    let (rows, known) = world(30);
    let base = base_of(&rows, &settings);
    let found = scan(&base, &settings, &NoProgress).unwrap();
    let same: Vec<Decided> = known.iter().filter(|pair| pair.same).copied().collect();
    for known in [&[][..], &same] {
        let advice = advise(&base, &found, &settings, known, 2).unwrap();
        assert_eq!((advice.settings, advice.changes, advice.held_out), (settings.clone(), Vec::new(), None));
    }
    let far = [Decided { one: 0, other: 9_999, same: true }, Decided { one: 3, other: 3, same: true }];
    assert_eq!(advise(&base, &found, &settings, &far, 0).unwrap().never_compared, 1);
}

#[test]
fn advised_thresholds_stay_the_right_way_round() {
    let mut settings = FuzzyMergeSettings::default();
    Change::MergeThreshold { from: 90.0, to: 40.0 }.apply(&mut settings);
    assert_eq!((settings.review_threshold_percent, settings.threshold_percent), (40.0, 40.0));
    Change::ReviewThreshold { from: 40.0, to: 60.0 }.apply(&mut settings);
    assert_eq!((settings.review_threshold_percent, settings.threshold_percent), (60.0, 60.0));
    Change::Weight { field: "email".to_owned(), from: 30.0, to: 5.0 }.apply(&mut settings);
    let email = compare_rules(&settings).into_iter().find(|rule| rule.field == "email").unwrap();
    assert_eq!((email.weight, email.match_mode), (5.0, MatchMode::FuzzyString));
}
