//! Calendar dates.

use jiff::civil::Date;

/// Longer values are not dates.
const MAX_BYTES: usize = 64;

/// The ISO form (`1980-02-29`) of a date in one of the forms that people and exports write, or `None`.
///
/// Understood: ISO with or without a time behind it, `19800229`, `1980/2/29`, `29.2.1980`, `2/29/1980`,
/// `29 Feb 1980`, `February 29, 1980`. Slashes with the year last are read as month first, like
/// [`DEFAULT_REGION`](super::DEFAULT_REGION), unless only day first makes a date. Two-digit years are not
/// guessed at.
#[must_use]
pub fn date(raw: &str) -> Option<String> {
    let raw = raw.trim();
    if raw.is_empty() || raw.len() > MAX_BYTES {
        return None;
    }
    let parsed = compact(raw).or_else(|| iso(raw)).or_else(|| parts(raw))?;
    Some(parsed.to_string())
}

/// `19800229`.
fn compact(raw: &str) -> Option<Date> {
    if raw.len() != 8 || !raw.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    civil(raw.get(..4)?, raw.get(4..6)?, raw.get(6..)?)
}

/// `1980-02-29`, and what RFC 3339 puts behind it: the day as it was written, in no other time zone.
fn iso(raw: &str) -> Option<Date> {
    let (day, rest) = raw.split_at_checked(10)?;
    if !(rest.is_empty() || rest.starts_with(['T', 't', ' '])) {
        return None;
    }
    let mut fields = day.split('-');
    let parsed = civil(fields.next()?, fields.next()?, fields.next()?)?;
    fields.next().is_none().then_some(parsed)
}

/// Three parts in another order.
fn parts(raw: &str) -> Option<Date> {
    let fields: Vec<&str> =
        raw.split(|c: char| !c.is_alphanumeric()).filter(|field| !field.is_empty()).collect();
    let &[a, b, c] = fields.as_slice() else { return None };
    if a.len() == 4 && a.bytes().all(|byte| byte.is_ascii_digit()) {
        return civil(a, b, c);
    }
    if c.len() != 4 {
        return None;
    }
    match (month(a), month(b)) {
        (Some(named), _) => civil(c, &named.to_string(), day_of(b)),
        (_, Some(named)) => civil(c, &named.to_string(), day_of(a)),
        _ if raw.contains('/') => civil(c, a, b).or_else(|| civil(c, b, a)),
        _ => civil(c, b, a),
    }
}

/// `1st`, `2nd`, `3rd` and `4th` are days too.
fn day_of(field: &str) -> &str {
    ["st", "nd", "rd", "th"].iter().find_map(|ending| field.strip_suffix(ending)).unwrap_or(field)
}

fn month(field: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let field = field.to_ascii_lowercase();
    if field.len() < 3 {
        return None;
    }
    let at = MONTHS
        .iter()
        .position(|name| name.starts_with(&field) || (field == "sept" && *name == "september"))?;
    i8::try_from(at + 1).ok()
}

fn civil(year: &str, month: &str, day: &str) -> Option<Date> {
    if year.len() != 4 || month.len() > 2 || day.len() > 2 {
        return None;
    }
    let digits = |field: &str| field.bytes().all(|byte| byte.is_ascii_digit());
    if !(digits(year) && digits(month) && digits(day)) {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_of_dates() {
        for (raw, iso) in [
            ("1980-02-29", Some("1980-02-29")),
            (" 1980-02-29T23:30:00-08:00 ", Some("1980-02-29")),
            ("19800229", Some("1980-02-29")),
            ("1980/2/9", Some("1980-02-09")),
            ("29.2.1980", Some("1980-02-29")),
            ("2/29/1980", Some("1980-02-29")),
            ("29/2/1980", Some("1980-02-29")),
            ("3/4/1980", Some("1980-03-04")),
            ("29 Feb 1980", Some("1980-02-29")),
            ("February 29th, 1980", Some("1980-02-29")),
            ("1 sept. 1999", Some("1999-09-01")),
            ("1981-02-29", None),
            ("1980-13-01", None),
            ("12/12/80", None),
            ("Spring 1980", None),
            ("", None),
            ("1980-02-29-01", None),
            ("１９８０-02-29", None),
        ] {
            assert_eq!(date(raw).as_deref(), iso, "{raw:?}");
        }
    }
}
