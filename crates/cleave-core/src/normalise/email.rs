//! E-mail addresses.

/// The longest address that mail systems carry (RFC 5321).
const MAX_ADDRESS: usize = 254;
/// The longest part before the `@` (RFC 5321).
const MAX_LOCAL: usize = 64;
/// The longest label of a host name (RFC 1035).
const MAX_LABEL: usize = 63;

/// An address for comparison: outer space and invisible characters dropped, lower case.
///
/// Dots and `+tags` stay: whether two such addresses reach one mailbox depends on the provider, and is a
/// question of similarity, not of form.
#[must_use]
pub fn email(raw: &str) -> String {
    raw.chars()
        .take(super::MAX_CHARS)
        .filter(|c| {
            !c.is_whitespace() && !c.is_control() && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}')
        })
        .flat_map(char::to_lowercase)
        .collect()
}

/// Whether an address could be delivered to: see [`email_problem`].
#[must_use]
pub fn valid_email(raw: &str) -> bool {
    email_problem(raw).is_none()
}

/// What is wrong with an address, in words for a person and without repeating it; `None` when it will do.
///
/// Stricter than the RFCs where they allow what no directory uses (quoted local parts, bare host names,
/// address literals), and open to letters of every script.
#[must_use]
pub fn email_problem(raw: &str) -> Option<&'static str> {
    let raw = raw.trim();
    if raw.is_empty() {
        return Some("is empty");
    }
    if raw.len() > MAX_ADDRESS {
        return Some("is longer than 254 characters");
    }
    let Some((local, domain)) = raw.split_once('@') else {
        return Some("has no @");
    };
    if domain.contains('@') {
        return Some("has more than one @");
    }
    local_problem(local).or_else(|| domain_problem(domain))
}

fn local_problem(local: &str) -> Option<&'static str> {
    if local.is_empty() {
        return Some("has nothing before the @");
    }
    if local.len() > MAX_LOCAL {
        return Some("has more than 64 characters before the @");
    }
    if local.starts_with('.') || local.ends_with('.') || local.contains("..") {
        return Some("has a dot in a place where none is allowed");
    }
    let allowed = |c: char| c.is_alphanumeric() || ".!#$%&'*+/=?^_`{|}~-".contains(c);
    (!local.chars().all(allowed)).then_some("has a character that is not allowed before the @")
}

fn domain_problem(domain: &str) -> Option<&'static str> {
    let labels: Vec<&str> = domain.split('.').collect();
    let Some(last) = labels.last().filter(|_| labels.len() > 1) else {
        return Some("has no full domain after the @");
    };
    let good = |label: &&str| {
        !label.is_empty()
            && label.len() <= MAX_LABEL
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    if !labels.iter().all(good) {
        return Some("has a domain that cannot exist");
    }
    let top = last.chars().count() >= 2 && !last.chars().all(|c| c.is_ascii_digit());
    (!top).then_some("has no full domain after the @")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_compare_without_case_and_space() {
        assert_eq!(email("  Ann.Lee@Example.COM "), "ann.lee@example.com");
        assert_eq!(email("\u{feff}ann\u{200b}@example.com\n"), "ann@example.com");
    }

    #[test]
    fn a_table_of_good_addresses() {
        for good in [
            "a@b.co",
            "ann.lee+news@example.co.uk",
            " ann@example.com ",
            "o'brien@example.com",
            "josé@exämple.de",
            "x@xn--exmple-cua.de",
        ] {
            assert_eq!(email_problem(good), None, "{good}");
        }
    }

    #[test]
    fn a_table_of_bad_addresses() {
        let long = format!("{}@example.com", "a".repeat(65));
        let longer = format!("a@{}.com", "b.".repeat(200));
        for bad in [
            "",
            "ann",
            "@example.com",
            "ann@",
            "ann@example",
            "ann@@example.com",
            "ann@example..com",
            ".ann@example.com",
            "ann.@example.com",
            "a..b@example.com",
            "ann lee@example.com",
            "ann@-example.com",
            "ann@example.c",
            "ann@127.0.0.1",
            "<ann@example.com>",
            &long,
            &longer,
        ] {
            assert!(!valid_email(bad), "{bad}");
        }
    }
}
