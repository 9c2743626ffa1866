//! What goes to stdout: one JSON document, or text for people.

use std::io::{self, Write};

use serde::Serialize;

use crate::args::Json;

/// Widest column of a table, in characters.
const WIDEST: usize = 32;

/// Prints the answer as JSON, or by `text`.
///
/// # Errors
/// stdout cannot be written. A reader that went away is no error.
pub(crate) fn out(
    json: Json,
    answer: &impl Serialize,
    text: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let written = if json.json {
        serde_json::to_writer(&mut out, answer).map_err(io::Error::from).and_then(|()| writeln!(out))
    } else {
        let mut words = Vec::new();
        text(&mut words).and_then(|()| out.write_all(plain(&words).as_bytes()))
    };
    match written.and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

/// Text for people in which nothing that somebody typed or a server sent moves the cursor.
fn plain(words: &[u8]) -> String {
    String::from_utf8_lossy(words)
        .chars()
        .map(|c| if c.is_control() && c != '\n' { ' ' } else { c })
        .collect()
}

/// Prints rows in columns. Text from a server is cut and cannot move the cursor.
///
/// # Errors
/// stdout cannot be written.
pub(crate) fn table(out: &mut dyn Write, head: &[&str], rows: &[Vec<String>]) -> io::Result<()> {
    let rows: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(|text| cell(text)).collect()).collect();
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column)).map(|text| text.chars().count());
        cells.chain(head.get(column).map(|text| text.chars().count())).max().unwrap_or_default()
    };
    let widths: Vec<usize> = (0..head.len()).map(width).collect();
    let head: Vec<String> = head.iter().map(|text| (*text).to_owned()).collect();
    for row in std::iter::once(&head).chain(&rows) {
        let padded = row.iter().zip(&widths).map(|(text, &width)| format!("{text:width$}"));
        writeln!(out, "{}", padded.collect::<Vec<_>>().join("  ").trim_end())?;
    }
    Ok(())
}

fn cell(text: &str) -> String {
    let plain = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    if text.chars().count() <= WIDEST {
        return plain.collect();
    }
    plain.take(WIDEST - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_move_no_cursor() {
        assert_eq!(plain("Jané\u{1b}[2J\u{9b}31m\r\nDoe\u{7f}\0".as_bytes()), "Jané [2J 31m \nDoe  ");
    }

    #[test]
    fn columns_line_up_and_nothing_escapes() {
        let mut printed = Vec::new();
        let long = "x".repeat(WIDEST + 5);
        let rows = vec![vec!["a\u{1b}[31m".to_owned(), long], vec!["bb".to_owned(), "é".to_owned()]];
        table(&mut printed, &["ONE", "TWO"], &rows).unwrap();
        let printed = String::from_utf8(printed).unwrap();
        let lines: Vec<&str> = printed.lines().collect();
        assert_eq!(lines[0], "ONE     TWO");
        assert_eq!(lines[1], format!("a [31m  {}…", "x".repeat(WIDEST - 1)));
        assert_eq!(lines[2], "bb      é");
    }
}
