//! Contacts from a CSV file: all of it or nothing, with the bad rows named by line.
//!
//! The file is read twice, row by row: once to judge it, once to store it. It is UTF-8 (with or without a byte order
//! mark), or Windows-1252 and its part Latin-1 throughout; a file that mixes the two is refused with the lines that
//! are not UTF-8, because a wrong guess would spoil names for good. Known headers are listed in `headers.rs`; every
//! other column is kept under `misc` by its own name. Numbers are stored in E.164 form where they parse and as they
//! are where they do not. A number that an earlier contact holds is kept as a secondary one and a review is filed.

mod encoding;
mod headers;
mod judge;
mod row;

use std::fmt;
use std::fs::File;
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};

use csv::{ByteRecord, Reader, ReaderBuilder};
use rusqlite::Transaction;

use crate::error::StartError;
use crate::seed;
use crate::world::Base;
use encoding::Encoding;
use headers::Headers;

/// How many bad lines a message names; the rest are counted.
const NAMED: usize = 10;

/// Why a file was not imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file cannot be read.
    #[error("{path} cannot be read: {cause}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system or the CSV reader said.
        cause: io::Error,
    },
    /// The file is UTF-16.
    #[error("{path} is UTF-16; please save it as UTF-8")]
    Utf16 {
        /// The file.
        path: PathBuf,
    },
    /// No header is known, so the first line is probably no header.
    #[error(
        "{path} was not imported: its first line names no known column (such as first_name, surname, email, phone)"
    )]
    NoHeader {
        /// The file.
        path: PathBuf,
    },
    /// Some rows are bad; nothing was imported.
    #[error("{path} was not imported: {}", told(rows))]
    Rows {
        /// The file.
        path: PathBuf,
        /// Every bad row.
        rows: Vec<BadRow>,
    },
}

/// A row that cannot be imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadRow {
    /// The line it begins at, counted from 1, the header included.
    pub line: u64,
    /// What is wrong with it.
    pub fault: RowFault,
}

/// What is wrong with a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowFault {
    /// More or fewer fields than the header.
    Ragged {
        /// Fields in the row.
        found: usize,
        /// Fields in the header.
        expected: usize,
    },
    /// Not UTF-8 in a file that otherwise is.
    Encoding,
}

impl fmt::Display for BadRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = self.line;
        match self.fault {
            RowFault::Ragged { found, expected } => {
                write!(f, "line {line} has {found} fields instead of {expected}")
            }
            RowFault::Encoding => write!(f, "line {line} is not UTF-8 while other lines are"),
        }
    }
}

fn told(rows: &[BadRow]) -> String {
    let mut words: Vec<String> = rows.iter().take(NAMED).map(BadRow::to_string).collect();
    if rows.len() > NAMED {
        words.push(format!("and {} more", rows.len() - NAMED));
    }
    words.join("; ")
}

/// Stores the contacts of a file, files the reviews of their duplicates, and gives them generated children.
pub(crate) fn fill(tx: &Transaction<'_>, base: &Base, path: &Path, number: u64) -> Result<(), StartError> {
    let unreadable = |cause| ImportError::Unreadable { path: path.to_owned(), cause };
    let encoding = judge::judge(path)?;
    let mut reader = open(path).map_err(unreadable)?;
    let headers = Headers::of(&encoding.fields(reader.byte_headers().map_err(|e| unreadable(e.into()))?));
    let mut failure = None;
    let rows = reader.byte_records().map_while(|record| match record {
        Ok(record) => Some(row::draft(base, &headers, &encoding.fields(&record))),
        Err(error) => {
            failure = Some(unreadable(error.into()));
            None
        }
    });
    let stored = seed::store(tx, base, rows)?;
    if let Some(failure) = failure {
        return Err(failure.into());
    }
    let involved = seed::file_reviews(tx, base, &stored)?;
    seed::give_children(tx, base, &stored, &involved, &mut seed::chance(number))
}

fn open(path: &Path) -> io::Result<Reader<BufReader<File>>> {
    // Flexible, so that a ragged row is told from a broken file.
    Ok(ReaderBuilder::new().flexible(true).from_reader(BufReader::new(File::open(path)?)))
}

impl Encoding {
    /// The fields of a record as text, without the byte order mark that a header may begin with.
    fn fields(self, record: &ByteRecord) -> Vec<String> {
        let mut fields: Vec<String> = record.iter().map(|field| self.decode(field)).collect();
        if let Some(first) = fields.first_mut()
            && let Some(rest) = first.strip_prefix('\u{feff}')
        {
            *first = rest.to_owned();
        }
        fields
    }
}

#[cfg(test)]
mod tests;
