//! Answers as no API gives them.

use std::time::Duration;

use super::PATIENCE;
use super::fault::Class;
use super::proxy::head_of;

#[derive(Debug, Clone, Copy)]
pub enum Said {
    /// Its body in pieces whose sizes are told.
    Chunked,
    /// The last piece is shorter than told, and nothing ends it.
    ChunkedAndCut,
    /// Longer than what follows.
    LengthTooLong,
    /// Shorter than what follows.
    LengthTooShort,
    TwoLengths,
    Garbage,
    /// A line of the head that is none.
    GarbageInHead,
    Page(u16),
    /// To another host.
    Redirect {
        status: u16,
        port: u16,
    },
    /// A document of the API's own form.
    Json(u16, &'static str),
    /// Longer than anybody waits.
    DripTooSlow,
    Drip,
    TwiceTheHeaders,
    TooManyHeaders,
    ContinueFirst,
    HintsFirst,
    /// Compressed, though nobody asked for it.
    Gzip,
    GzipAndCut,
    /// A few bytes that become more than anybody reads.
    GzipBomb,
    /// Of a protocol in which the end of the connection ends the body.
    OldProtocol,
    OldProtocolAndCut,
    Empty,
    NoContent,
    MoreBehindIt,
}

/// Whether the server is asked, what is said instead of its answer, and what follows.
pub fn table() -> Vec<(bool, Said, Class)> {
    use Class::{Applied, TurnedAway, Uncertain};
    vec![
        (true, Said::Chunked, Applied),
        (true, Said::ChunkedAndCut, Uncertain),
        (true, Said::LengthTooLong, Uncertain),
        (true, Said::LengthTooShort, Uncertain),
        (true, Said::TwoLengths, Uncertain),
        (true, Said::Garbage, Uncertain),
        (false, Said::Garbage, Uncertain),
        (true, Said::GarbageInHead, Uncertain),
        (true, Said::Page(200), Uncertain),
        (false, Said::Page(200), Uncertain),
        (true, Said::Page(502), Uncertain),
        (false, Said::Page(504), Uncertain),
        (false, Said::Page(511), Uncertain),
        (true, Said::Page(403), Uncertain),
        (false, Said::Redirect { status: 301, port: 0 }, TurnedAway),
        (false, Said::Redirect { status: 307, port: 0 }, TurnedAway),
        (false, Said::Redirect { status: 308, port: 0 }, TurnedAway),
        (true, Said::Redirect { status: 302, port: 0 }, Uncertain),
        (false, Said::Redirect { status: 303, port: 0 }, Uncertain),
        (true, Said::Json(200, r#"{"success":false,"message":"no"}"#), Uncertain),
        (
            true,
            Said::Json(200, r#"{"success":true,"data":{"_id":"another","originalContactId":"another"}}"#),
            Uncertain,
        ),
        (true, Said::Json(200, "[]"), Uncertain),
        (true, Said::Json(500, r#"{"error":"broken"}"#), Uncertain),
        (false, Said::Json(503, r#"{"error":"broken"}"#), Uncertain),
        (true, Said::Json(408, r#"{"error":"slow"}"#), Uncertain),
        (false, Said::Json(429, r#"{"error":"slow down"}"#), TurnedAway),
        (true, Said::DripTooSlow, Uncertain),
        (true, Said::Drip, Applied),
        (true, Said::TwiceTheHeaders, Applied),
        (true, Said::TooManyHeaders, Uncertain),
        (true, Said::ContinueFirst, Applied),
        (true, Said::HintsFirst, Applied),
        (true, Said::Gzip, Applied),
        (true, Said::GzipAndCut, Uncertain),
        (true, Said::GzipBomb, Uncertain),
        (true, Said::OldProtocol, Applied),
        (true, Said::OldProtocolAndCut, Uncertain),
        (true, Said::Empty, Uncertain),
        (false, Said::NoContent, Uncertain),
        (true, Said::MoreBehindIt, Applied),
    ]
}

/// More bytes than the answer to a change may have.
const BOMB: usize = 8 * 1024 * 1024;

impl Said {
    /// How many pieces a slow answer comes in.
    pub const PIECES: usize = 10;

    /// Between two pieces of a slow answer.
    pub fn pause(self) -> Option<Duration> {
        match self {
            Said::DripTooSlow => Some(PATIENCE / 6),
            Said::Drip => Some(PATIENCE / 60),
            _ => None,
        }
    }

    /// What is sent, where the server said `answer`.
    pub fn bytes(self, answer: &[u8]) -> Vec<u8> {
        let body = &answer[head_of(answer).unwrap_or(0)..];
        let length = |length: usize| format!("content-length: {length}\r\n");
        let with = |head: &str, body: &[u8]| {
            let head = format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n{head}\r\n");
            [head.as_bytes(), body].concat()
        };
        let page = "<!doctype html><title>Welcome to the hotel</title>";
        let other = |status: u16, kind: &str, extra: &str, body: &str| {
            let length = body.len();
            let head = format!(
                "HTTP/1.1 {status} Said\r\ncontent-type: {kind}\r\n{extra}content-length: {length}\r\n\r\n"
            );
            format!("{head}{body}").into_bytes()
        };
        let half = &body[..body.len() / 2];
        match self {
            Said::Chunked => {
                let chunks = [&chunk(half), &chunk(&body[half.len()..]), &b"0\r\n\r\n"[..]].concat();
                with("transfer-encoding: chunked\r\n", &chunks)
            }
            Said::ChunkedAndCut => {
                let mut chunks = chunk(body);
                chunks.truncate(chunks.len() - 3);
                with("transfer-encoding: chunked\r\n", &chunks)
            }
            Said::LengthTooLong => with(&length(body.len() + 10), body),
            Said::LengthTooShort => with(&length(body.len() - 10), body),
            Said::TwoLengths => with(&(length(body.len()) + &length(body.len() / 2)), body),
            Said::Garbage => b"\x16\x03\x01\x00 nothing of the kind\r\n\r\n".to_vec(),
            Said::GarbageInHead => with(&format!("\0 no header\r\n{}", length(body.len())), body),
            Said::Page(status) => other(status, "text/html", "", page),
            Said::Redirect { status, port } => {
                other(status, "text/html", &format!("location: http://127.0.0.1:{port}/\r\n"), page)
            }
            Said::Json(status, text) => other(status, "application/json", "retry-after: 7\r\n", text),
            Said::DripTooSlow | Said::Drip => answer.to_vec(),
            Said::TwiceTheHeaders => with(
                &format!("content-type: text/html\r\ndate: never\r\ndate: now\r\n{}", length(body.len())),
                body,
            ),
            Said::TooManyHeaders => {
                let many: String = (0..500).map(|at| format!("x-{at}: {at}\r\n")).collect();
                with(&(many + &length(body.len())), body)
            }
            Said::ContinueFirst => [b"HTTP/1.1 100 Continue\r\n\r\n", answer].concat(),
            Said::HintsFirst => [b"HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n", answer].concat(),
            Said::Gzip | Said::GzipAndCut => {
                let mut packed = gzip(body);
                if matches!(self, Said::GzipAndCut) {
                    packed.truncate(packed.len() / 2);
                }
                with(&format!("content-encoding: gzip\r\n{}", length(packed.len())), &packed)
            }
            Said::GzipBomb => {
                let packed = bomb(BOMB);
                with(&format!("content-encoding: gzip\r\n{}", length(packed.len())), &packed)
            }
            Said::OldProtocol | Said::OldProtocolAndCut => {
                let body = if matches!(self, Said::OldProtocol) { body } else { half };
                [b"HTTP/1.0 200 OK\r\ncontent-type: application/json\r\n\r\n", body].concat()
            }
            Said::Empty => with(&length(0), b""),
            Said::NoContent => b"HTTP/1.1 204 No Content\r\n\r\n".to_vec(),
            Said::MoreBehindIt => [answer, b"HTTP/1.1 500 Another\r\ncontent-length: 0\r\n\r\n"].concat(),
        }
    }
}

fn chunk(bytes: &[u8]) -> Vec<u8> {
    [format!("{:x}\r\n", bytes.len()).as_bytes(), bytes, b"\r\n"].concat()
}

/// What begins a file of RFC 1952.
const GZIP: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];

/// RFC 1952 around one stored block of RFC 1951.
fn gzip(bytes: &[u8]) -> Vec<u8> {
    let length = u16::try_from(bytes.len()).expect("a block holds it");
    let crc = !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xEDB8_8320 & (crc & 1).wrapping_neg()))
    });
    let (size, not) = (length.to_le_bytes(), (!length).to_le_bytes());
    [&GZIP[..], &[1], &size, &not, bytes, &crc.to_le_bytes(), &u32::from(length).to_le_bytes()].concat()
}

/// One space, repeated, in the fixed code of RFC 1951. Whoever reads all of it finds no end.
fn bomb(size: usize) -> Vec<u8> {
    // Each code from its first bit on: the space, and the 258 bytes at distance 1.
    let (space, again) = ([0, 1, 0, 1, 0, 0, 0, 0], [1, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0]);
    let bits = [1, 1, 0].into_iter().chain(space).chain((0..size / 258).flat_map(|_| again));
    let bits: Vec<u8> = bits.collect();
    let byte = |bits: &[u8]| bits.iter().rev().fold(0, |byte, bit| byte << 1 | bit);
    GZIP.into_iter().chain(bits.chunks(8).map(byte)).collect()
}
