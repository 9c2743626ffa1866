//! One generated person, before any error crept in.

use rand::Rng;
use rand::seq::IndexedRandom;

use super::Chance;
use super::names::{COMPANIES, STOCKS, Stock, Tongue};

/// What is true of a person.
#[derive(Debug, Clone)]
pub(super) struct Person {
    pub(super) tongue: Tongue,
    pub(super) first: String,
    pub(super) last: String,
    pub(super) email: Option<String>,
    /// E.164; the first is the primary one.
    pub(super) phones: Vec<String>,
    pub(super) born: Option<String>,
    pub(super) company: Option<String>,
    pub(super) street: Option<String>,
    pub(super) city: String,
    pub(super) state: String,
    pub(super) country: String,
    pub(super) postcode: String,
}

/// Numbers that are handed out, each once, all of ranges kept free for fiction.
#[derive(Default)]
pub(super) struct Numbers {
    near: usize,
    german: usize,
    french: usize,
    british: usize,
}

impl Numbers {
    /// Area codes of the first numbers, so that a small world looks like one.
    const AREAS: [usize; 24] = [
        416, 617, 503, 303, 902, 647, 212, 312, 415, 206, 514, 604, 713, 404, 305, 702, 215, 512, 919, 613,
        780, 867, 505, 808,
    ];
    /// The codes after those, of which the world grows past 2,400 numbers.
    const LATER: std::ops::Range<usize> = 200..990;

    /// The next number; none when all are handed out.
    pub(super) fn next(&mut self, tongue: Tongue) -> Option<String> {
        let take = |counter: &mut usize, most: usize| {
            let at = *counter;
            (at < most).then(|| {
                *counter += 1;
                at
            })
        };
        let abroad = match tongue {
            Tongue::German => take(&mut self.german, 1_000).map(|at| format!("+493023125{at:03}")),
            Tongue::French => take(&mut self.french, 10_000).map(|at| format!("+3319900{at:04}")),
            Tongue::English if self.near.is_multiple_of(12) => {
                take(&mut self.british, 1_000).map(|at| format!("+447700900{at:03}"))
            }
            _ => None,
        };
        if abroad.is_some() {
            self.near += usize::from(tongue == Tongue::English);
            return abroad;
        }
        loop {
            let at = self.near;
            self.near += 1;
            let first = Self::AREAS.len() * 100;
            let (area, line) = if at < first {
                (Self::AREAS[at % Self::AREAS.len()], at / Self::AREAS.len())
            } else {
                (Self::LATER.start + (at - first) % Self::LATER.len(), (at - first) / Self::LATER.len())
            };
            if line >= 100 {
                return None;
            }
            if at < first || !Self::AREAS.contains(&area) {
                return Some(format!("+1{area}55501{line:02}"));
            }
        }
    }
}

impl Person {
    /// Somebody new. In a crowd most last names are made of two parts, or every second person had a namesake.
    pub(super) fn somebody(chance: &mut Chance, numbers: &mut Numbers, crowd: bool) -> Person {
        let place = if chance.random_bool(0.7) { 0 } else { chance.random_range(1..STOCKS.len()) };
        let stock = &STOCKS[place];
        let first = word(stock.first, chance);
        let last = if crowd && chance.random_bool(0.95) {
            let (roots, endings) = stock.made;
            format!("{}{}", word(roots, chance), word(endings, chance))
        } else {
            word(stock.last, chance).to_owned()
        };
        let mut person = Person {
            tongue: stock.tongue,
            first: first.to_owned(),
            last,
            email: None,
            phones: Vec::new(),
            born: chance.random_bool(0.6).then(|| birthday(chance)),
            company: chance.random_bool(0.35).then(|| pick(&COMPANIES, chance).to_owned()),
            street: None,
            city: String::new(),
            state: String::new(),
            country: String::new(),
            postcode: String::new(),
        };
        person.settle(stock, chance);
        if chance.random_bool(0.82) {
            person.email = Some(person.address(chance));
        }
        if chance.random_bool(0.85) {
            person.phones.extend(numbers.next(person.tongue));
            if chance.random_bool(0.12) {
                person.phones.extend(numbers.next(person.tongue));
            }
        }
        person
    }

    /// Somebody of the same household: another first name, the same address.
    pub(super) fn housemate(&self, chance: &mut Chance) -> Person {
        let stock = self.stock();
        let mut mate = self.clone();
        while mate.first == self.first {
            mate.first = word(stock.first, chance).to_owned();
        }
        mate.born = chance.random_bool(0.6).then(|| birthday(chance));
        mate.email = chance.random_bool(0.7).then(|| mate.address(chance));
        mate.company = None;
        mate
    }

    /// A new home in a city of the person's stock.
    pub(super) fn move_house(&mut self, chance: &mut Chance) {
        self.settle(self.stock(), chance);
    }

    /// A mail address of the person's name.
    pub(super) fn address(&self, chance: &mut Chance) -> String {
        let plain = |text: &str| cleave_core::normalise::name(text).replace(' ', "");
        let (first, last) = (plain(&self.first), plain(&self.last));
        let host = pick(&["example.com", "example.org", "example.net"], chance);
        let number = chance.random_range(1..100);
        match chance.random_range(0..4) {
            0 => format!("{first}.{last}{number}@{host}"),
            1 => format!("{}{last}{number}@{host}", first.chars().next().unwrap_or('x')),
            2 => format!("{last}.{first}{number}@{host}"),
            _ => format!("{first}{number}@mail.{host}"),
        }
    }

    fn settle(&mut self, stock: &Stock, chance: &mut Chance) {
        let (city, state, country) = stock.cities[chance.random_range(0..stock.cities.len())];
        (self.city, self.state, self.country) = (city.to_owned(), state.to_owned(), country.to_owned());
        self.postcode = format!("{:05}", chance.random_range(1_000..99_999));
        let street = pick(stock.streets, chance);
        let number = chance.random_range(1..240);
        self.street = chance.random_bool(0.8).then(|| match stock.tongue {
            Tongue::English | Tongue::French => format!("{number} {street}"),
            _ => format!("{street} {number}"),
        });
    }

    fn stock(&self) -> &'static Stock {
        STOCKS.iter().find(|stock| stock.tongue == self.tongue).unwrap_or(&STOCKS[0])
    }
}

fn birthday(chance: &mut Chance) -> String {
    let (year, month, day) =
        (chance.random_range(1942..2006), chance.random_range(1..=12), chance.random_range(1..=28));
    format!("{year}-{month:02}-{day:02}")
}

/// One of a list.
pub(super) fn pick<'a>(list: &[&'a str], chance: &mut Chance) -> &'a str {
    list.choose(chance).copied().unwrap_or_default()
}

/// One of the words of a text.
pub(super) fn word<'a>(words: &'a str, chance: &mut Chance) -> &'a str {
    let words: Vec<&str> = words.split_whitespace().collect();
    pick(&words, chance)
}
