//! The forms of one value that may find its like: itself, and forms that survive the usual errors.

use cleave_core::normalise::FieldKind;

use crate::compare::{is_role, mailbox};
use crate::sound::sound;

/// A form of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// The normalised value.
    Exact,
    /// The first word of a name.
    FirstWord,
    /// The sound of a name.
    Sound,
    /// The first letter of a name.
    Initial,
    /// The first three letters of a name.
    Start,
    /// The last three letters of a name.
    End,
    /// An e-mail's part before the `@`, letters and digits.
    Local,
    /// The same, letters only: people number themselves anew at each provider.
    Letters,
    /// The sound of those letters.
    LocalSound,
    /// An e-mail's part behind the `@`.
    Domain,
    /// The last seven digits of a number, without the area.
    Subscriber,
    /// A number without its last four digits, where the slip may be.
    Exchange,
    /// A date without its day.
    YearMonth,
    /// A date without its year.
    MonthDay,
    /// A date without its month.
    YearDay,
    /// The beginning of another text.
    Beginning,
    /// The end of another text.
    Ending,
}

impl Form {
    /// What an agreement in this form is worth, as a share of the bits that its rarity has. What people share
    /// without being one (a date of birth, a domain) is worth less than its rarity.
    pub(super) fn worth(self) -> f64 {
        match self {
            Self::Exact | Self::FirstWord => 1.0,
            Self::Sound | Self::Local | Self::Letters | Self::Subscriber => 0.9,
            Self::Beginning | Self::Ending | Self::LocalSound => 0.7,
            Self::Start | Self::End | Self::Exchange => 0.6,
            Self::YearMonth | Self::MonthDay | Self::YearDay => 0.65,
            Self::Domain | Self::Initial => 0.4,
        }
    }

    /// Whether an agreement in it, with an agreement in a name, is worth looking at.
    pub(super) fn is_coarse(self, kind: FieldKind) -> bool {
        match self {
            Self::YearMonth | Self::MonthDay | Self::YearDay | Self::Exchange | Self::Domain => true,
            Self::Exact | Self::Beginning => matches!(kind, FieldKind::Text | FieldKind::Date),
            _ => false,
        }
    }
}

/// The forms that values of a kind have.
pub(super) fn forms(kind: FieldKind) -> &'static [Form] {
    match kind {
        FieldKind::Name => {
            &[Form::Exact, Form::FirstWord, Form::Sound, Form::Initial, Form::Start, Form::End]
        }
        FieldKind::Email => &[Form::Exact, Form::Local, Form::Letters, Form::LocalSound, Form::Domain],
        FieldKind::Phone => &[Form::Exact, Form::Subscriber, Form::Exchange],
        FieldKind::Date => &[Form::Exact, Form::YearMonth, Form::MonthDay, Form::YearDay],
        FieldKind::Text => &[Form::Exact, Form::Beginning, Form::Ending],
    }
}

/// The hash of a form of a normalised value; 0 where the value has no such form.
pub(super) fn hashed(form: Form, value: &str) -> u32 {
    let mut part = String::new();
    match form {
        Form::Exact => return of_text(value),
        Form::FirstWord => return of_text(value.split(' ').next().unwrap_or(value)),
        Form::Sound => part = sound(value),
        Form::Initial => part.extend(value.chars().next()),
        Form::Start => part.extend(value.chars().filter(|c| *c != ' ').take(NAME_PART)),
        Form::End => part.extend(value.chars().rev().filter(|c| *c != ' ').take(NAME_PART)),
        Form::Local => part.extend(local(value, char::is_alphanumeric, SHORTEST_LOCAL)),
        Form::Letters => part.extend(local(value, char::is_alphabetic, SHORTEST_LETTERS)),
        Form::LocalSound => {
            let letters: String = local(value, char::is_alphabetic, SHORTEST_LETTERS).collect();
            part = sound(&letters);
        }
        Form::Domain => return value.rsplit_once('@').map_or(0, |(_, domain)| of_text(domain)),
        Form::Subscriber => {
            let digits = value.trim_start_matches('+');
            let at = digits.len().checked_sub(SUBSCRIBER_DIGITS);
            return at.and_then(|at| digits.get(at..)).map_or(0, of_text);
        }
        Form::Exchange => {
            let long = value.len() > SUBSCRIBER_DIGITS;
            let end = value.len().checked_sub(LAST_DIGITS).filter(|_| long);
            return end.and_then(|end| value.get(..end)).map_or(0, of_text);
        }
        Form::YearMonth | Form::MonthDay | Form::YearDay => {
            let mut parts = value.split('-');
            if let (Some(year), Some(month), Some(day), None) =
                (parts.next(), parts.next(), parts.next(), parts.next())
            {
                let (one, other) = match form {
                    Form::YearMonth => (year, month),
                    Form::MonthDay => (month, day),
                    _ => (year, day),
                };
                part.push_str(one);
                part.push('-');
                part.push_str(other);
            }
        }
        Form::Beginning => part.extend(value.chars().filter(|c| *c != ' ').take(TEXT_PART)),
        Form::Ending => part.extend(value.chars().rev().filter(|c| *c != ' ').take(TEXT_PART)),
    }
    of_text(&part)
}

/// The accepted characters of a local part without its tag; nothing if they are few or a role's.
fn local(value: &str, accepted: fn(char) -> bool, least: usize) -> impl Iterator<Item = char> {
    let local = value.rsplit_once('@').map_or(value, |(local, _)| local);
    let letters = move || mailbox(local).filter(move |c| accepted(*c));
    let tells = letters().nth(least - 1).is_some() && !is_role(local);
    letters().take(if tells { usize::MAX } else { 0 })
}

/// Shorter local parts are initials, which everyone has.
const SHORTEST_LETTERS: usize = 4;
const SHORTEST_LOCAL: usize = 3;
const SUBSCRIBER_DIGITS: usize = 7;
const LAST_DIGITS: usize = 4;
const NAME_PART: usize = 3;
const TEXT_PART: usize = 8;

/// FNV-1a with a final mix, never 0 but for the empty text: the same on every machine and in every run.
pub(crate) fn of_text(text: &str) -> u32 {
    if text.is_empty() {
        return 0;
    }
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in text.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    mixed(hash, 0)
}

/// One number of two, never 0.
pub(super) fn mixed(one: u64, other: u64) -> u32 {
    let mut hash = one.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ other.rotate_left(32);
    hash ^= hash >> 32;
    hash = hash.wrapping_mul(0xd6e8_feb8_6659_fd93);
    hash ^= hash >> 29;
    hash = hash.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let half = (hash >> 32) as u32;
    half.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_errors_leave_a_form_in_common() {
        for (kind, left, right, form) in [
            (FieldKind::Name, "catherine", "katharine", Form::Sound),
            (FieldKind::Name, "jean paul", "jean", Form::FirstWord),
            (FieldKind::Name, "joens", "jones", Form::Initial),
            (FieldKind::Email, "ann.lee@gmail.com", "annlee7+x@web.de", Form::Letters),
            (FieldKind::Email, "jt40@combs.net", "jt40@cotbs.nm", Form::Local),
            (FieldKind::Phone, "+16177930671", "+16717930671", Form::Subscriber),
            (FieldKind::Phone, "+16177930671", "+16177930617", Form::Exchange),
            (FieldKind::Date, "1980-02-03", "1990-02-03", Form::MonthDay),
            (FieldKind::Date, "1980-02-03", "1980-02-04", Form::YearMonth),
            (FieldKind::Text, "12 main street", "12 mainst", Form::Beginning),
        ] {
            assert!(forms(kind).contains(&form));
            assert_eq!(hashed(form, left), hashed(form, right), "{left} {right}");
            assert_ne!(hashed(form, left), 0);
            assert_ne!(hashed(Form::Exact, left), hashed(Form::Exact, right), "{left} {right}");
        }
    }

    #[test]
    fn what_says_nothing_has_no_form() {
        for (form, value) in [
            (Form::Local, "info@a.com"),
            (Form::Letters, "jt40@combs.net"),
            (Form::Domain, "nonsense"),
            (Form::Subscriber, "12"),
            (Form::Exchange, "0"),
            (Form::MonthDay, "spring 1980"),
            (Form::Sound, "hh"),
            (Form::Exact, ""),
            (Form::Beginning, ""),
        ] {
            assert_eq!(hashed(form, value), 0, "{form:?} {value}");
        }
    }
}
