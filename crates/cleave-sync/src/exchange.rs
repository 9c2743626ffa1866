//! One request and its answer, as raw as it can be judged: nothing here knows what a route means.

use std::time::Duration;

use cleave_wire::ApiProblem;
use reqwest::header::{CONTENT_TYPE, RETRY_AFTER};
use reqwest::{RequestBuilder, Response};

/// The longest pause a server can ask for.
pub(crate) const LONGEST_PAUSE: Duration = Duration::from_secs(300);

/// What became of a request. No variant carries its address.
#[derive(Debug)]
pub(crate) enum Exchange {
    /// The connection was never made: not a byte of the request left.
    NotConnected,
    /// Anything that went wrong later, up to the last byte of the answer.
    Broken,
    /// A whole answer.
    Answered(Answered),
}

/// A whole answer, whatever it says.
pub(crate) struct Answered {
    pub(crate) status: u16,
    pub(crate) content_type: Option<String>,
    pub(crate) retry_after: Option<Duration>,
    pub(crate) body: Vec<u8>,
}

/// May hold personal data or a token: only status and size are printed.
impl std::fmt::Debug for Answered {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Answered({}, {} bytes)", self.status, self.body.len())
    }
}

impl Answered {
    /// The server's words and the form of the body.
    pub(crate) fn problem(&self) -> ApiProblem {
        ApiProblem::parse(self.status, self.content_type.as_deref(), &self.body)
    }
}

/// Sends a request and reads its answer, up to `cap` bytes after decompression. A longer one counts as broken.
pub(crate) async fn exchange(request: RequestBuilder, cap: usize) -> Exchange {
    let response = match request.send().await {
        Ok(response) => response,
        // A builder error means that nothing was sent either.
        Err(error) if error.is_connect() || error.is_builder() => return Exchange::NotConnected,
        Err(_) => return Exchange::Broken,
    };
    let header = |name| response.headers().get(name).and_then(|value| value.to_str().ok());
    let status = response.status().as_u16();
    let content_type = header(CONTENT_TYPE).map(str::to_owned);
    let retry_after = header(RETRY_AFTER).and_then(pause);
    match body(response, cap).await {
        Some(body) => Exchange::Answered(Answered { status, content_type, retry_after, body }),
        None => Exchange::Broken,
    }
}

async fn body(mut response: Response, cap: usize) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.ok()? {
        if body.len() + chunk.len() > cap {
            return None;
        }
        body.extend_from_slice(&chunk);
    }
    Some(body)
}

/// `Retry-After` in seconds. A date is not read: it would need the server's clock.
fn pause(text: &str) -> Option<Duration> {
    let seconds: u64 = text.trim().parse().ok()?;
    Some(Duration::from_secs(seconds).min(LONGEST_PAUSE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pause_is_capped_and_a_date_is_not_read() {
        for (text, expected) in [
            ("7", Some(7)),
            (" 0 ", Some(0)),
            ("86400", Some(300)),
            ("-1", None),
            ("Fri, 20 Nov 2026 14:00:00 GMT", None),
        ] {
            assert_eq!(pause(text), expected.map(Duration::from_secs), "{text}");
        }
    }
}
