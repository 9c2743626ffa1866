//! The first reading of a file: its encoding and its bad rows.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use csv::ByteRecord;

use super::encoding::Encoding;
use super::headers::Headers;
use super::{BadRow, ImportError, RowFault, open};

/// The encoding of a file that can be imported, or every row that stands against it.
pub(super) fn judge(path: &Path) -> Result<Encoding, ImportError> {
    let unreadable = |cause| ImportError::Unreadable { path: path.to_owned(), cause };
    let mut start = Vec::new();
    File::open(path).and_then(|file| file.take(2).read_to_end(&mut start)).map_err(unreadable)?;
    if matches!(start.as_slice(), [0xff, 0xfe] | [0xfe, 0xff]) {
        return Err(ImportError::Utf16 { path: path.to_owned() });
    }
    let mut reader = open(path).map_err(unreadable)?;
    let header = reader.byte_headers().map_err(|error| unreadable(error.into()))?.clone();
    let expected = header.len();
    let mut tongues = Tongues::default();
    tongues.hear(&header, 1);
    let mut ragged = Vec::new();
    let mut record = ByteRecord::new();
    while reader.read_byte_record(&mut record).map_err(|error| unreadable(error.into()))? {
        let line = record.position().map_or(0, csv::Position::line);
        if record.len() != expected {
            ragged.push(BadRow { line, fault: RowFault::Ragged { found: record.len(), expected } });
        }
        tongues.hear(&record, line);
    }
    let (encoding, strangers) = tongues.settle();
    if !Headers::of(&encoding.fields(&header)).any_known() {
        return Err(ImportError::NoHeader { path: path.to_owned() });
    }
    let strangers = strangers.into_iter().map(|line| BadRow { line, fault: RowFault::Encoding });
    let mut rows: Vec<BadRow> = ragged.into_iter().chain(strangers).collect();
    rows.sort_by_key(|row| row.line);
    if rows.is_empty() { Ok(encoding) } else { Err(ImportError::Rows { path: path.to_owned(), rows }) }
}

/// Which lines speak which encoding. Plain ASCII speaks both.
#[derive(Default)]
struct Tongues {
    utf8: u64,
    others: Vec<u64>,
}

impl Tongues {
    fn hear(&mut self, record: &ByteRecord, line: u64) {
        let bytes = record.as_slice();
        if bytes.is_ascii() {
            return;
        }
        // Field by field: joined, the end of one field and the beginning of the next could look like a character.
        if record.iter().all(|field| std::str::from_utf8(field).is_ok()) {
            self.utf8 += 1;
        } else {
            self.others.push(line);
        }
    }

    /// The encoding, and the lines that are not in it.
    fn settle(self) -> (Encoding, Vec<u64>) {
        match (self.utf8, self.others) {
            (0, others) if !others.is_empty() => (Encoding::Windows1252, Vec::new()),
            (_, others) => (Encoding::Utf8, others),
        }
    }
}
