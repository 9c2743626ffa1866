//! E-mail addresses.

use super::text::jaro_winkler;
use super::{Agreement, Similarity};

/// Dots and tags that most providers pass over.
const SAME_MAILBOX: f64 = 0.98;
/// The same name at another provider is mostly the same person, and sometimes `info@`.
const SAME_LOCAL_PART: f64 = 0.65;
/// From this Jaro-Winkler on, two parts before the `@` are one with a slip of the pen or another number. Below,
/// they are alike because names are, and the names have been compared already.
pub(crate) const SLIP: f64 = 0.9;
/// What such a likeness counts: people of one name have like addresses.
const ALIKE: f64 = 0.55;

/// Local parts of a role, which say nothing about a person.
const ROLES: [&str; 10] =
    ["info", "sales", "office", "contact", "admin", "mail", "hello", "support", "team", "service"];

pub(super) fn emails(left: &str, right: &str) -> Similarity {
    let (Some((ours, our_domain)), Some((theirs, their_domain))) =
        (left.rsplit_once('@'), right.rsplit_once('@'))
    else {
        return Similarity::DIFFERENT;
    };
    if is_role(ours) || is_role(theirs) {
        return Similarity::DIFFERENT;
    }
    let same_domain = our_domain == their_domain;
    let same_mailbox = mailbox(ours).eq(mailbox(theirs));
    match jaro_winkler(ours, theirs) {
        _ if same_domain && same_mailbox => Similarity::of(SAME_MAILBOX, Agreement::SameMailbox),
        _ if same_mailbox => Similarity::of(SAME_LOCAL_PART, Agreement::SameLocalPart),
        alike if alike >= SLIP => Similarity::of(ALIKE * alike, Agreement::Alike),
        _ => Similarity::DIFFERENT,
    }
}

/// Whether a local part belongs to a role.
pub(crate) fn is_role(local: &str) -> bool {
    ROLES.contains(&local)
}

/// What is left of a local part without dots and tag.
pub(crate) fn mailbox(local: &str) -> impl Iterator<Item = char> {
    local.chars().take(super::MAX_COMPARED).take_while(|c| *c != '+').filter(|c| *c != '.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_of_addresses() {
        for (a, b, agreement) in [
            ("ann.lee@gmail.com", "annlee+news@gmail.com", Agreement::SameMailbox),
            ("ann.lee@gmail.com", "ann.lee@web.de", Agreement::SameLocalPart),
            ("ann.lee@gmail.com", "ann.lee@gmial.com", Agreement::SameLocalPart),
            ("ann.lee@gmail.com", "ann.lee7@aol.com", Agreement::Alike),
            ("ann.lee@gmail.com", "bob@gmail.com", Agreement::Different),
            ("info@a.com", "info@b.com", Agreement::Different),
            ("nonsense", "nonsense2", Agreement::Different),
        ] {
            assert_eq!(emails(a, b).agreement, agreement, "{a} {b}");
        }
    }
}
