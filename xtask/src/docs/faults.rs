//! The faults that `docs/reliability.md` must account for: each has a row, and each row a test or a reason.

/// Section, then its items as their rows begin.
const ITEMS: &[(&str, &[&str])] = &[
    (
        "Network",
        &[
            "refused",
            "DNS",
            "reset before the headers",
            "reset within the headers",
            "reset after the headers",
            "hang after commit",
            "late commit",
            "keep-alive race",
            "slow drip",
            "captive portal",
            "proxy",
            "TLS wrong",
            "sleep mid-request",
            "1000 flaps",
        ],
    ),
    (
        "Server",
        &[
            "malformed",
            "truncated",
            "huge",
            "deep",
            "wrong types",
            "unknown enums",
            "wrong organisation",
            "HTML with 200",
            "redirects to another host",
            "drip",
            "gzip bomb",
        ],
    ),
    (
        "Disk",
        &[
            "full",
            "read-only",
            "I/O error",
            "failed fsync",
            "corrupt",
            "kill -9 at every write point",
            "power loss with torn and reordered writes",
            "a database restored from an older copy",
        ],
    ),
    ("Secrets", &["keyring absent", "locked", "refused", "entry tampered with"]),
    (
        "Webview",
        &[
            "markup",
            "script",
            "RTL override",
            "zero-width",
            "NUL",
            "lone surrogates",
            "a megabyte of name",
            "a reload mid-drag",
        ],
    ),
    ("Files", &["huge", "ragged", "wrong encoding", "formulas", "traversal"]),
    ("Updater", &["flipped byte", "wrong key", "older build under a higher version", "http"]),
    ("Time", &["clock off by years", "DST", "suspend"]),
    (
        "People",
        &[
            "another admin first",
            "double click",
            "undo against send",
            "sign-out while sending",
            "quit while sending",
            "two windows",
        ],
    ),
];

/// Shorter than this, in characters, no reason is one.
const REASON: usize = 30;

/// What is missing in the tables of faults.
pub(super) fn missing(text: &str) -> Vec<String> {
    let mut missing = Vec::new();
    for (section, items) in ITEMS {
        let rows: Vec<(&str, &str)> = rows(text, section).collect();
        for item in *items {
            if !rows.iter().any(|(faults, _)| faults.split("; ").any(|fault| fault.trim() == *item)) {
                missing.push(format!("no row for “{item}” under “{section}”"));
            }
        }
        let bare =
            rows.iter().filter(|(_, shown)| !shown.contains(".rs::") && shown.chars().count() < REASON);
        missing.extend(
            bare.map(|(fault, _)| format!("neither test nor reason for “{fault}” under “{section}”")),
        );
    }
    missing
}

/// The rows of the table under a heading: the faults, apart by "; ", and what shows them.
fn rows<'t>(text: &'t str, section: &str) -> impl Iterator<Item = (&'t str, &'t str)> {
    let heading = format!("## {section}");
    let lines = text.lines().skip_while(move |line| *line != heading).skip(1);
    let table = lines.take_while(|line| !line.starts_with("## ")).filter(|line| line.starts_with("| "));
    // The head, and the line under it.
    table.skip(2).filter_map(|line| line.trim_matches(['|', ' ']).split_once(" | "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_without_a_row_and_a_row_without_a_test_or_a_reason_are_found() {
        let row = |item: &str| format!("| {item} | `a/b.rs::c` |\n");
        let table = |items: &[&str]| items.iter().map(|item| row(item)).collect::<String>();
        let section = |(name, items): &(&str, &[&str])| {
            format!("## {name}\n\n| fault | shown by |\n| --- | --- |\n{}\n", table(items))
        };
        let whole: String = ITEMS.iter().map(section).collect();
        assert_eq!(missing(&whole), [""; 0]);
        assert_eq!(missing(&whole.replace(&row("DNS"), "")), ["no row for “DNS” under “Network”"]);
        let bare = whole.replace(&row("DST"), "| DST | soon |\n");
        assert_eq!(missing(&bare), ["neither test nor reason for “DST” under “Time”"]);
        let told = whole.replace(&row("DST"), "| DST | every time is stored and compared in UTC |\n");
        assert_eq!(missing(&told), [""; 0]);
        let together =
            whole.replace(&(row("ragged") + &row("wrong encoding")), &row("ragged; wrong encoding"));
        assert_eq!(missing(&together), [""; 0]);
    }
}
