//! How a second record of the same person comes to differ from the first.

use cleave_core::normalise;
use rand::Rng;

use super::Chance;
use super::names::SHORT;
use super::people::{Numbers, Person};

/// The same person as somebody else wrote them down: one to three of the usual differences.
pub(super) fn retold(person: &Person, chance: &mut Chance, numbers: &mut Numbers) -> Person {
    let mut copy = person.clone();
    for _ in 0..chance.random_range(1..=3) {
        match chance.random_range(0..11) {
            0 => copy.first = slip(&copy.first, chance),
            1 => copy.last = slip(&copy.last, chance),
            2 => copy.first = short_form(&copy.first),
            3 => copy.email = Some(copy.address(chance)),
            4 => copy.email = None,
            5 => copy.phones = numbers.next(copy.tongue).into_iter().collect(),
            6 => copy.phones.clear(),
            7 => copy.street = copy.street.as_deref().map(abbreviated),
            8 => copy.move_house(chance),
            9 => copy.born = None,
            _ => plain(&mut copy),
        }
    }
    if chance.random_bool(0.04) {
        std::mem::swap(&mut copy.first, &mut copy.last);
    }
    copy
}

fn short_form(first: &str) -> String {
    let known = SHORT.iter().find(|(long, _)| *long == first);
    known.map_or_else(|| first.to_owned(), |(_, short)| (*short).to_owned())
}

/// Written without its accents, or in capitals.
fn plain(person: &mut Person) {
    let folded = normalise::name(&person.last);
    person.last =
        if folded == person.last.to_lowercase() { person.last.to_uppercase() } else { titled(&folded) };
    person.first = titled(&normalise::name(&person.first));
}

fn titled(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().collect::<String>() + letters.as_str())
        .unwrap_or_default()
}

fn abbreviated(street: &str) -> String {
    [("Avenue", "Ave"), ("Street", "St"), ("Road", "Rd"), ("straße", "str."), ("Lane", "Ln"), ("Drive", "Dr")]
        .iter()
        .fold(street.to_owned(), |street, (long, short)| street.replace(long, short))
}

/// Two letters swapped, one doubled or one left out; never the first.
fn slip(name: &str, chance: &mut Chance) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    if letters.len() < 4 {
        return name.to_owned();
    }
    let at = chance.random_range(1..letters.len() - 1);
    match chance.random_range(0..3) {
        0 => letters.swap(at, at + 1),
        1 => letters.insert(at, letters[at]),
        _ => {
            letters.remove(at);
        }
    }
    letters.into_iter().collect()
}
