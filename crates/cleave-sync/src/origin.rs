//! The address of a server: scheme, host and port, and nothing else.

use std::fmt;
use std::net::IpAddr;

use url::{Host, Url};

/// Where a server is. https, or http on loopback; no path, no user, no query.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Origin {
    text: String,
    loopback: bool,
}

/// What is wrong with an address that somebody typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OriginProblem {
    /// Nothing was typed.
    #[error("Type the address of the server, such as https://your-instance.example.com.")]
    Empty,
    /// It cannot be read as an address.
    #[error("This is no address. It should look like https://your-instance.example.com.")]
    NotAnAddress,
    /// Another scheme than http or https.
    #[error("The address has to begin with https://.")]
    Scheme,
    /// http to another machine: the token would travel in the clear.
    #[error("The address has to begin with https://; plain http is only for this computer (localhost).")]
    PlainHttp,
    /// A user name or password in the address.
    #[error("Leave the name and password out of the address.")]
    Credentials,
}

impl Origin {
    /// Reads what a person typed. A path, query or fragment is dropped; a missing scheme is taken as https, or as http
    /// for this machine.
    ///
    /// # Errors
    /// [`OriginProblem`], with the sentence to show beside the field.
    pub fn parse(typed: &str) -> Result<Origin, OriginProblem> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Err(OriginProblem::Empty);
        }
        let url = if typed.contains("://") {
            Url::parse(typed).map_err(|_| OriginProblem::NotAnAddress)?
        } else {
            let guess = Url::parse(&format!("https://{typed}")).map_err(|_| OriginProblem::NotAnAddress)?;
            let scheme = if is_loopback(&guess) { "http" } else { "https" };
            Url::parse(&format!("{scheme}://{typed}")).map_err(|_| OriginProblem::NotAnAddress)?
        };
        if !url.username().is_empty() || url.password().is_some() {
            return Err(OriginProblem::Credentials);
        }
        let loopback = is_loopback(&url);
        match url.scheme() {
            "https" => {}
            "http" if loopback => {}
            "http" => return Err(OriginProblem::PlainHttp),
            _ => return Err(OriginProblem::Scheme),
        }
        if url.host().is_none() {
            return Err(OriginProblem::NotAnAddress);
        }
        Ok(Origin { text: url.origin().ascii_serialization(), loopback })
    }

    /// Scheme, host and port, without a slash at the end.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether it is this machine.
    pub fn is_loopback(&self) -> bool {
        self.loopback
    }
}

/// `localhost` and its subdomains count; a name that only resolves to this machine does not.
fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(ip)) => IpAddr::V4(ip).is_loopback(),
        Some(Host::Ipv6(ip)) => IpAddr::V6(ip).is_loopback(),
        None => false,
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Origin({})", self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_as_people_type_them() {
        use OriginProblem as P;
        let cases = [
            ("https://crm.example.com", Ok("https://crm.example.com")),
            ("  https://CRM.example.com:443/api/contacts?x=1#y ", Ok("https://crm.example.com")),
            ("crm.example.com", Ok("https://crm.example.com")),
            ("crm.example.com:8443/", Ok("https://crm.example.com:8443")),
            ("localhost:2212", Ok("http://localhost:2212")),
            ("http://127.0.0.1:9/", Ok("http://127.0.0.1:9")),
            ("http://[::1]:9", Ok("http://[::1]:9")),
            ("http://app.localhost", Ok("http://app.localhost")),
            ("https://bücher.example", Ok("https://xn--bcher-kva.example")),
            ("", Err(P::Empty)),
            ("   ", Err(P::Empty)),
            ("http://crm.example.com", Err(P::PlainHttp)),
            ("http://localhost.evil.example", Err(P::PlainHttp)),
            ("http://127.0.0.1.evil.example", Err(P::PlainHttp)),
            ("ftp://crm.example.com", Err(P::Scheme)),
            ("file:///etc/passwd", Err(P::Scheme)),
            ("https://ann:pw@crm.example.com", Err(P::Credentials)),
            ("https://localhost@evil.example", Err(P::Credentials)),
            ("https://", Err(P::NotAnAddress)),
            ("not an address", Err(P::NotAnAddress)),
        ];
        for (typed, expected) in cases {
            let read = Origin::parse(typed);
            assert_eq!(read.as_ref().map(Origin::as_str).map_err(|p| *p), expected, "{typed}");
        }
    }
}
