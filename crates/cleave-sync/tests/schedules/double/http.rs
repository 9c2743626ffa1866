//! Just enough HTTP/1.1, so that a connection can be closed at any byte.

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::Double;
use super::world::Answer;

/// How the path of the settings ends, behind the organisation.
pub const SETTINGS: &str = "/contact-fuzzy-merge-settings";

#[derive(Clone)]
pub struct Request {
    pub method: String,
    pub path: String,
    query: String,
    pub body: Value,
}

impl Request {
    /// What is changed, and how, where it changes something.
    pub fn change(&self) -> Option<(&str, &str)> {
        if self.method == "PUT" {
            let id = self.path.strip_prefix("/api/organizations/")?.strip_suffix(SETTINGS)?;
            return Some((id, "settings"));
        }
        let segments: Vec<&str> = self.path.trim_start_matches("/api/contacts/").split('/').collect();
        match (self.method.as_str(), segments.as_slice()) {
            ("PATCH", ["dedup-reviews", id, action]) => Some((id, action)),
            ("POST", [id, "separate"]) => Some((id, "separate")),
            _ => None,
        }
    }

    /// The same for requests that ask for the same.
    pub fn key(&self) -> String {
        let asked = if self.method == "POST" && self.change().is_none() {
            self.body.to_string()
        } else {
            String::new()
        };
        format!("{} {}?{}{asked}", self.method, self.path, self.query)
    }

    /// The key of the reading that tells what became of this change.
    pub fn key_of_reading(&self) -> String {
        match self.change() {
            Some((_, "settings")) => format!("GET {}?", self.path),
            Some((id, "separate")) => format!("GET /api/contacts/{id}/separation-data?"),
            Some((id, _)) => format!("GET /api/contacts/dedup-reviews/{id}?"),
            None => String::new(),
        }
    }

    pub fn query(&self, name: &str) -> Option<String> {
        let pairs: Vec<(String, String)> =
            url::form_urlencoded::parse(self.query.as_bytes()).into_owned().collect();
        pairs.into_iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }
}

/// What is sent back.
#[derive(Clone)]
pub enum Reply {
    Whole {
        status: u16,
        kind: &'static str,
        retry_after: Option<u32>,
        body: Vec<u8>,
    },
    /// So many bytes of a whole reply.
    Part(Vec<u8>),
    /// The connection ends.
    Close,
    /// The process that waits for it ends first.
    Crash,
}

impl Reply {
    pub fn of(answer: &Answer) -> Reply {
        let (kind, retry_after) = ("application/json", None);
        Reply::Whole { status: answer.status, kind, retry_after, body: answer.body.to_string().into_bytes() }
    }

    pub fn page(status: u16, page: &str) -> Reply {
        Reply::Whole { status, kind: "text/html", retry_after: None, body: page.as_bytes().to_vec() }
    }

    pub fn cut(self, percent: u32) -> Reply {
        let mut bytes = self.bytes().unwrap_or_default();
        bytes.truncate(bytes.len() * percent as usize / 100);
        Reply::Part(bytes)
    }

    fn bytes(self) -> Option<Vec<u8>> {
        match self {
            Reply::Part(bytes) => Some(bytes),
            Reply::Close | Reply::Crash => None,
            Reply::Whole { status, kind, retry_after, body } => {
                let pause = retry_after.map(|after| format!("retry-after: {after}\r\n")).unwrap_or_default();
                let length = body.len();
                let head = format!(
                    "HTTP/1.1 {status} Said\r\ncontent-type: {kind}\r\n{pause}content-length: {length}\r\n\r\n"
                );
                Some([head.into_bytes(), body].concat())
            }
        }
    }
}

/// Answers what is asked on a connection.
pub async fn serve(mut stream: TcpStream, double: Double) {
    let _ = stream.set_nodelay(true);
    while let Some(request) = next(&mut stream).await {
        let reply = double.ledger().answer(&request);
        let (is_part, crashes) = (matches!(reply, Reply::Part(_)), matches!(reply, Reply::Crash));
        if crashes {
            double.crash.notify_one();
            // Until whoever asked is gone.
            while matches!(stream.read(&mut [0; 64]).await, Ok(1..)) {}
        }
        let Some(bytes) = reply.bytes() else { return };
        if stream.write_all(&bytes).await.is_err() || is_part {
            return;
        }
    }
}

async fn next(stream: &mut TcpStream) -> Option<Request> {
    let (mut bytes, mut chunk) = (Vec::new(), [0; 8192]);
    let head = loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break end + 4;
        }
        match stream.read(&mut chunk).await {
            Ok(count @ 1..) => bytes.extend_from_slice(&chunk[..count]),
            _ => return None,
        }
    };
    let text = String::from_utf8_lossy(&bytes[..head]).into_owned();
    let length = text.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().ok())?
    });
    while bytes.len() < head + length.unwrap_or(0) {
        match stream.read(&mut chunk).await {
            Ok(count @ 1..) => bytes.extend_from_slice(&chunk[..count]),
            _ => return None,
        }
    }
    let mut words = text.split_whitespace();
    let (method, target) = (words.next()?.to_owned(), words.next()?);
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let body = serde_json::from_slice(&bytes[head..]).unwrap_or(Value::Null);
    Some(Request { method, path: path.to_owned(), query: query.to_owned(), body })
}
