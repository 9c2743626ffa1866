//! The server's own words out of whatever it answered. One tolerant parser for every form that was seen.
//!
//! Nothing in an error body is required, so nothing is expected: `{error, message, data}`, `{error, details}`,
//! `{error: {code, message}}`, a bare string, an HTML page and an empty body all give a problem. The words are for
//! people and are never branched on; the status is.

use std::fmt;

use serde_json::Value;

/// The longest text taken from a body, in characters.
const WORDS_LIMIT: usize = 500;
/// The largest body that is looked into, in bytes.
const BODY_LIMIT: usize = 256 * 1024;

/// What a body turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ProblemForm {
    /// JSON of any shape.
    Json,
    /// An HTML page: a proxy's or a portal's, hardly the API's.
    Html,
    /// Some other text.
    Text,
    /// Nothing, or nothing readable.
    Empty,
}

/// An answer that is not a success.
#[derive(Clone, PartialEq, Eq)]
pub struct ApiProblem {
    /// The HTTP status.
    pub status: u16,
    /// What the body turned out to be.
    pub form: ProblemForm,
    /// The server's words, cleaned of control characters and bounded.
    pub words: Option<String>,
    /// What else it says, where that is not the same.
    pub details: Option<String>,
    /// A code of the server's own, where the body has one.
    pub code: Option<String>,
    /// The dotted path of the field that the server names, where the body names one apart from its words.
    pub field: Option<String>,
}

impl ApiProblem {
    /// Reads any body. Never fails.
    pub fn parse(status: u16, content_type: Option<&str>, bytes: &[u8]) -> Self {
        let bytes = &bytes[..bytes.len().min(BODY_LIMIT)];
        if let Ok(value) = serde_json::from_slice::<Value>(bytes) {
            return Self::from_json(status, &value);
        }
        let text = String::from_utf8_lossy(bytes);
        let looks_like_html = text.trim_start().starts_with('<');
        let says_html = content_type.is_some_and(|kind| kind.to_ascii_lowercase().contains("html"));
        let (form, words) = if looks_like_html || says_html {
            (ProblemForm::Html, html_title(&text))
        } else {
            (ProblemForm::Text, clean(&text))
        };
        let form = if text.trim().is_empty() { ProblemForm::Empty } else { form };
        Self { status, form, words, details: None, code: None, field: None }
    }

    fn from_json(status: u16, body: &Value) -> Self {
        let mut said: Vec<String> = Vec::new();
        let error = body.get("error");
        let candidates = [
            Some(body),
            error,
            error.and_then(|error| error.get("message")),
            body.get("message"),
            body.get("details"),
            error.and_then(|error| error.get("details")),
            first_complaint(body).and_then(|complaint| complaint.get("message")),
        ];
        for text in candidates.into_iter().flatten().filter_map(Value::as_str).filter_map(clean) {
            if !said.contains(&text) {
                said.push(text);
            }
        }
        let mut said = said.into_iter();
        let code = error.and_then(|error| error.get("code")).or_else(|| body.get("code"));
        Self {
            status,
            form: if body.is_null() { ProblemForm::Empty } else { ProblemForm::Json },
            words: said.next(),
            details: said.next(),
            code: code.and_then(scalar),
            field: field_of(body),
        }
    }

    /// The words and the details in one line, or `None` when the server said nothing.
    pub fn sentence(&self) -> Option<String> {
        match (&self.words, &self.details) {
            (Some(words), Some(details)) => Some(format!("{words}: {details}")),
            (words, details) => words.clone().or_else(|| details.clone()),
        }
    }
}

/// The first entry of a list of complaints, as validators write them.
fn first_complaint(body: &Value) -> Option<&Value> {
    let places = [body.get("errors"), body.get("details"), body.get("issues"), body.get("data")];
    places.into_iter().flatten().find_map(|list| list.as_array()?.first())
}

/// The field that the body names, looked for where validators put it.
fn field_of(body: &Value) -> Option<String> {
    let places =
        [Some(body), body.get("error"), body.get("data"), body.get("details"), first_complaint(body)];
    places.into_iter().flatten().find_map(|place| {
        ["field", "path", "param"].into_iter().find_map(|key| match place.get(key)? {
            Value::Array(parts) => {
                let parts: Vec<String> = parts.iter().filter_map(scalar).collect();
                clean(&parts.join("."))
            }
            other => other.as_str().and_then(clean),
        })
    })
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => clean(text),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The title of an HTML page, or its first heading.
fn html_title(page: &str) -> Option<String> {
    ["title", "h1"].into_iter().find_map(|tag| {
        let lower = page.to_ascii_lowercase();
        let open = lower.find(&format!("<{tag}"))?;
        let start = open + lower[open..].find('>')? + 1;
        let end = start + lower[start..].find(&format!("</{tag}"))?;
        let mut text = String::new();
        let mut inside_tag = false;
        for character in page[start..end].chars() {
            match character {
                '<' => inside_tag = true,
                '>' => inside_tag = false,
                _ if !inside_tag => text.push(character),
                _ => {}
            }
        }
        let entities =
            [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", " "), ("&amp;", "&")];
        for (entity, character) in entities {
            text = text.replace(entity, character);
        }
        clean(&text)
    })
}

/// One line without control and direction characters, bounded; `None` when nothing is left.
fn clean(text: &str) -> Option<String> {
    let visible = |character: &char| !is_direction_mark(*character) && *character != '\u{feff}';
    let spaced =
        text.chars().filter(visible).map(|c| if c.is_control() || c.is_whitespace() { ' ' } else { c });
    let mut line = String::new();
    let mut length = 0;
    for character in spaced {
        if character == ' ' && (line.is_empty() || line.ends_with(' ')) {
            continue;
        }
        if length == WORDS_LIMIT {
            line.push('…');
            break;
        }
        line.push(character);
        length += 1;
    }
    let line = line.trim_end();
    (!line.is_empty()).then(|| line.to_owned())
}

/// Characters that turn the reading order around and so can make a text say something else.
fn is_direction_mark(character: char) -> bool {
    matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

impl fmt::Debug for ApiProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiProblem")
            .field("status", &self.status)
            .field("form", &self.form)
            .finish_non_exhaustive()
    }
}
