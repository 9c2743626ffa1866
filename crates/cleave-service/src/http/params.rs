//! Query parameters, each checked by the operation that knows it and named when it is wrong.

use std::collections::HashMap;
use std::convert::Infallible;
use std::ops::RangeInclusive;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use url::form_urlencoded;

use crate::http::{LONGEST_ID, Refusal, bounded};

/// The query of a request. Of a parameter given twice the last counts; unknown ones are ignored.
pub(crate) struct Params(HashMap<String, String>);

impl Params {
    /// The parameter, `None` when absent or empty.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// The parameter of at most 200 characters; longer ones are refused.
    pub(crate) fn short(&self, name: &str) -> Result<Option<&str>, Refusal> {
        match self.text(name) {
            Some(text) if text.chars().count() > 200 => {
                Err(Refusal::field(name, "longer than 200 characters"))
            }
            text => Ok(text),
        }
    }

    /// An id, which is not empty where it is given.
    pub(crate) fn id(&self, name: &str) -> Result<Option<&str>, Refusal> {
        self.0.get(name).map(|id| bounded(name, id, LONGEST_ID)).transpose()
    }

    /// The parameter as it is given, empty or not.
    pub(crate) fn given(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// A whole number within the range, or the default when absent.
    pub(crate) fn number(
        &self,
        name: &str,
        range: RangeInclusive<u32>,
        default: u32,
    ) -> Result<u32, Refusal> {
        let Some(text) = self.0.get(name) else { return Ok(default) };
        match text.parse::<u32>() {
            Ok(number) if range.contains(&number) => Ok(number),
            _ => Err(Refusal::field(
                name,
                format!("must be a whole number from {} to {}", range.start(), range.end()),
            )),
        }
    }

    /// `true` or `false`; absent counts as `false`.
    pub(crate) fn flag(&self, name: &str) -> Result<bool, Refusal> {
        match self.0.get(name).map(String::as_str) {
            None | Some("false") => Ok(false),
            Some("true") => Ok(true),
            Some(_) => Err(Refusal::field(name, "must be true or false")),
        }
    }

    /// One of the words, or the first of them when absent.
    pub(crate) fn word<'a>(&self, name: &str, words: &[&'a str]) -> Result<&'a str, Refusal> {
        let Some(text) = self.0.get(name) else { return Ok(words.first().copied().unwrap_or_default()) };
        let found = words.iter().copied().find(|word| word == text);
        found.ok_or_else(|| Refusal::field(name, format!("must be one of {}", words.join(", "))))
    }

    /// A parameter that must be there.
    pub(crate) fn required(&self, name: &str) -> Result<&str, Refusal> {
        self.text(name).ok_or_else(|| Refusal::field(name, "required"))
    }
}

impl<S: Sync> FromRequestParts<S> for Params {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let query = parts.uri.query().unwrap_or_default();
        Ok(Params(form_urlencoded::parse(query.as_bytes()).into_owned().collect()))
    }
}

/// The page of a list that a query asks for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Page {
    /// Counted from 1.
    pub(crate) number: u32,
    /// Items a page.
    pub(crate) size: u32,
}

impl Page {
    /// Items a page when the query names none.
    pub(crate) const DEFAULT: u32 = 10;
    /// Most items a page.
    pub(crate) const MOST: u32 = 200;

    /// Reads `page` and `size`.
    pub(crate) fn of(params: &Params) -> Result<Page, Refusal> {
        Ok(Page {
            number: params.number("page", 1..=1_000_000, 1)?,
            size: params.number("size", 1..=Page::MOST, Page::DEFAULT)?,
        })
    }

    /// Items before this page.
    pub(crate) fn offset(self) -> i64 {
        i64::from(self.number - 1) * i64::from(self.size)
    }
}
