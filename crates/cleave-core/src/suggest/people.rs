//! What is known of the two people while the admin is still saying it.

use std::collections::{BTreeMap, BTreeSet};

use super::hypothesis::{self, PersonGuess};
use crate::field;
use crate::normalise;
use crate::separation::{Pair, SeparationPlan, Subject, Target, phone_key};

/// The two people of a separation: what tells them apart.
///
/// Made of the plan's field split. While the new side has no name, [`hypothesis`] stands in for it. What both sides
/// share (a family name, a number) tells nobody apart and is left out.
#[derive(Clone, Default)]
pub struct People {
    names: Known,
    phones: Known,
    emails: Known,
    guess: Option<PersonGuess>,
}

/// Folded values and whose they are; `None` where they are both's.
type Known = BTreeMap<String, Option<Target>>;

/// Parts of a name that stand in many names.
const PARTICLES: [&str; 16] = [
    "de", "del", "della", "di", "da", "dos", "la", "le", "van", "von", "der", "den", "el", "al", "bin", "ibn",
];

/// How many words of a name are taken, and how long they may be, so that each word of a text is compared quickly.
const MAX_TOKENS: usize = 12;
const MAX_LETTERS: usize = 40;

impl People {
    /// What the plan says so far, completed by a guess where it says nothing of the new person's name.
    pub fn of(subject: &Subject, plan: &SeparationPlan) -> People {
        let fields = &plan.fields;
        let nameless = fields.first_name.new.trim().is_empty() && fields.last_name.new.trim().is_empty();
        let mut people = People::default();
        for side in Target::BOTH {
            people.name(side, fields.first_name.of(side));
            people.name(side, fields.last_name.of(side));
            people.phone(side, fields.phone_number.of(side).as_deref());
            people.email(side, fields.email.of(side).as_deref());
        }
        let guess = if nameless { hypothesis::guess(subject, &people) } else { None };
        if let Some(guess) = &guess {
            people.take(guess, &fields.phone_number, &fields.email);
        }
        let guessed = guess.as_ref().and_then(|guess| guess.last_name.as_deref()).unwrap_or_default();
        let last = Pair { original: fields.last_name.original.as_str(), new: fields.last_name.new.as_str() };
        if last.new.trim().is_empty() && guessed.is_empty() {
            people.share(last.original);
        }
        if last.original.trim().is_empty() {
            people.share(if guessed.is_empty() { last.new } else { guessed });
        }
        people.guess = guess;
        people
    }

    /// The contact as it is, with nobody else known.
    pub(super) fn original(subject: &Subject) -> People {
        let mut people = People::default();
        let contact = &subject.contact;
        for path in [field::FIRST_NAME, field::LAST_NAME] {
            people.name(Target::Original, &contact.text(path).unwrap_or_default());
        }
        people.phone(Target::Original, contact.primary_phone());
        people.email(Target::Original, contact.text(field::EMAIL).as_deref());
        people
    }

    fn take(&mut self, guess: &PersonGuess, phones: &Pair<Option<String>>, emails: &Pair<Option<String>>) {
        self.name(Target::New, &guess.first_name);
        self.name(Target::New, guess.last_name.as_deref().unwrap_or_default());
        // A guess adds a number or an address and never takes one from the person the plan gives it to.
        if phones.new.is_none()
            && guess.phone.as_deref().is_some_and(|n| !self.phones.contains_key(&phone_key(n)))
        {
            self.phone(Target::New, guess.phone.as_deref());
        }
        let free = |address: &str| !self.emails.contains_key(&normalise::email(address));
        if emails.new.is_none() && guess.email.as_deref().is_some_and(free) {
            self.email(Target::New, guess.email.as_deref());
        }
    }

    fn name(&mut self, side: Target, name: &str) {
        for token in normalise::name(name).split(' ').take(MAX_TOKENS) {
            let letters = token.chars().take(MAX_LETTERS + 1).count();
            if (2..=MAX_LETTERS).contains(&letters) && !PARTICLES.contains(&token) {
                add(&mut self.names, side, token.to_owned());
            }
        }
    }

    /// A family name tells nobody apart while the other's is not known: two people of one contact are often a family.
    fn share(&mut self, last: &str) {
        for token in normalise::name(last).split(' ') {
            if let Some(whose) = self.names.get_mut(token) {
                *whose = None;
            }
        }
    }

    fn phone(&mut self, side: Target, number: Option<&str>) {
        if let Some(number) = number.filter(|number| !number.trim().is_empty()) {
            add(&mut self.phones, side, phone_key(number));
        }
    }

    fn email(&mut self, side: Target, address: Option<&str>) {
        let address = address.map(normalise::email).filter(|address| !address.is_empty());
        if let Some(address) = address {
            add(&mut self.emails, side, address);
        }
    }

    /// The guess that stands in for the new person's name.
    pub fn guess(&self) -> Option<&PersonGuess> {
        self.guess.as_ref()
    }

    /// Whether a number of the side is known.
    pub(super) fn has_phone(&self, side: Target) -> bool {
        self.phones.values().any(|whose| *whose == Some(side))
    }

    /// Whose name a folded word is, written exactly so. `Some(None)`: it is both's.
    pub(super) fn named(&self, folded: &str) -> Option<Option<Target>> {
        self.names.get(folded).copied()
    }

    /// Whose name a folded word is, one slip of the pen or a short form allowed.
    pub(super) fn called(&self, folded: &str) -> Option<Option<Target>> {
        self.named(folded).or_else(|| {
            let letters = folded.chars().count();
            let mut sides = BTreeSet::new();
            let mut near = false;
            for (name, side) in &self.names {
                let longer = name.chars().count();
                let short_form = letters >= 3 && name.starts_with(folded);
                let slip = letters >= 5 && longer >= 5 && one_slip(folded, name);
                if short_form || slip {
                    sides.insert(*side);
                    // Janet is no short form's way from Jane, but makes Jan as much hers as Jane's.
                    near |= slip || longer >= letters + 2;
                }
            }
            if near && sides.len() == 1 { sides.into_iter().next() } else { None }
        })
    }

    /// Names written without blanks around them (Han, kana, Thai), which no word boundary finds.
    pub(super) fn unspaced(&self) -> impl Iterator<Item = (&str, Target)> {
        let unspaced = |name: &&String| {
            name.chars().all(
                |c| matches!(c, '\u{e00}'..='\u{eff}' | '\u{3040}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}'),
            )
        };
        self.names
            .iter()
            .filter(move |(name, _)| unspaced(name))
            .filter_map(|(name, side)| Some((name.as_str(), (*side)?)))
    }

    /// Whose number it is.
    pub(super) fn by_phone(&self, number: &str) -> Option<Target> {
        *self.phones.get(&phone_key(number))?
    }

    /// Whose number ends with these digits.
    pub(super) fn by_digits(&self, digits: &str) -> Option<Target> {
        let mut found = self.phones.iter().filter(|(key, _)| key.ends_with(digits)).map(|(_, side)| *side);
        match (found.next(), found.next()) {
            (Some(side), None) => side,
            _ => None,
        }
    }

    /// Whose address it is.
    pub(super) fn by_email(&self, address: &str) -> Option<Target> {
        *self.emails.get(&normalise::email(address))?
    }

    /// Whose name is in an address before the `@`.
    pub(super) fn by_email_name(&self, address: &str) -> Option<Target> {
        let local = address.split('@').next().unwrap_or_default();
        let folded = normalise::name(local);
        let words = folded.split(|c: char| !c.is_alphabetic());
        let mut sides = words.filter_map(|word| self.named(word).flatten());
        let first = sides.next()?;
        sides.all(|side| side == first).then_some(first)
    }
}

fn add(known: &mut Known, side: Target, value: String) {
    known.entry(value).and_modify(|whose| *whose = whose.filter(|held| *held == side)).or_insert(Some(side));
}

/// Whether one letter more, less, other or swapped with its neighbour makes one word the other.
fn one_slip(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    if long.len() - short.len() > 1 {
        return false;
    }
    let front = short.iter().zip(long).take_while(|(x, y)| x == y).count();
    let (short, long) = (&short[front..], &long[front..]);
    if short.len() < long.len() {
        return short == &long[1..];
    }
    match (short, long) {
        ([], []) => true,
        ([_, x @ ..], [_, y @ ..]) if x == y => true,
        ([p, q, x @ ..], [r, s, y @ ..]) => p == s && q == r && x == y,
        _ => false,
    }
}

/// Personal data: nothing of either person is printed.
impl std::fmt::Debug for People {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("People(..)")
    }
}

#[cfg(test)]
impl People {
    /// Two people by their names, numbers and addresses, for the tables of the rules.
    pub(super) fn named_for_tests(original: &str, new: &str) -> People {
        let mut people = People::default();
        for (side, name, phone, email) in [
            (Target::Original, original, "+14165550100", "jd@example.com"),
            (Target::New, new, "+14165550199", "janet@example.org"),
        ] {
            people.name(side, name);
            people.phone(side, Some(phone));
            people.email(side, Some(email));
        }
        people
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_both_share_tells_nobody_apart() {
        let people = People::named_for_tests("Jane Doe", "Mark Doe");
        let cases = [
            ("jane", Some(Some(Target::Original))),
            ("mark", Some(Some(Target::New))),
            ("doe", Some(None)),
            ("ann", None),
        ];
        for (word, expected) in cases {
            assert_eq!(people.named(word), expected, "{word}");
        }
    }

    #[test]
    fn a_slip_or_a_short_form_is_still_the_name() {
        let people = People::named_for_tests("Christopher Doe", "Janet Miller");
        let cases = [
            ("chris", Some(Target::Original)),
            ("jnaet", Some(Target::New)),
            ("janett", Some(Target::New)),
            ("mi", None),
            ("jane", None),
            ("paula", None),
        ];
        for (word, expected) in cases {
            assert_eq!(people.called(word).flatten(), expected, "{word}");
        }
        // Short for both, so it is neither's.
        assert_eq!(People::named_for_tests("Jane", "Janet").called("jan"), None);
    }

    #[test]
    fn numbers_and_addresses() {
        let people = People::named_for_tests("Jane Doe", "Janet Miller");
        assert_eq!(people.by_phone("(416) 555-0199"), Some(Target::New));
        assert_eq!(people.by_digits("5550100"), Some(Target::Original));
        assert_eq!(people.by_digits("555"), None);
        assert_eq!(people.by_email("JD@example.com "), Some(Target::Original));
        assert_eq!(people.by_email_name("janet.m82@mail.test"), Some(Target::New));
        assert_eq!(people.by_email_name("jane.miller@mail.test"), None);
    }
}
