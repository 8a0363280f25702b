//! The address of a record store: https, or plain on this computer alone; never with a password in it.

use std::net::IpAddr;

use thiserror::Error;

/// Where statements go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    url: String,
    host: String,
    loopback: bool,
}

/// Why a text is no address of a record store. None of them repeats the text: there may be a password in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum EndpointError {
    /// Another scheme, or none.
    #[error("it does not start with https://")]
    Scheme,
    /// Plain http to another computer.
    #[error(
        "http:// sends the password readable for everybody on the way; only a store on this computer may have it"
    )]
    Plain,
    /// `user:password@`.
    #[error("it holds a name or a password, which would end up in the history of your shell")]
    Credentials,
    /// `?` or `#`.
    #[error("it ends with a ? or # part, which a record store's address has not")]
    Query,
    /// No host, or characters that no address has.
    #[error("it is no address")]
    Form,
}

impl Endpoint {
    /// Reads the address of a store, as its administrator gives it, with or without `/statements` at its end.
    pub fn parse(text: &str) -> Result<Self, EndpointError> {
        let (scheme, rest) = text.split_once("://").ok_or(EndpointError::Scheme)?;
        let scheme = scheme.to_ascii_lowercase();
        if !matches!(scheme.as_str(), "https" | "http") {
            return Err(EndpointError::Scheme);
        }
        let (authority, path) = rest.find('/').map_or((rest, ""), |at| rest.split_at(at));
        if authority.contains('@') {
            return Err(EndpointError::Credentials);
        }
        if text.contains(['?', '#']) {
            return Err(EndpointError::Query);
        }
        let is_plain_text = |c: char| c.is_ascii_graphic() && !"\"<>\\^`{|}".contains(c);
        if !text.chars().all(is_plain_text) {
            return Err(EndpointError::Form);
        }
        let authority = authority.to_ascii_lowercase();
        let host = host(&authority).ok_or(EndpointError::Form)?;
        let loopback = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
        if scheme == "http" && !loopback {
            return Err(EndpointError::Plain);
        }
        let path = path.trim_end_matches('/');
        let path = path.strip_suffix("/statements").unwrap_or(path);
        Ok(Self {
            url: format!("{scheme}://{authority}{path}/statements"),
            host: host.to_owned(),
            loopback,
        })
    }

    /// Where statements are posted. Also the store's name in what was noted of it.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The name or number of its computer.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Whether it is this computer: no proxy is asked.
    pub fn is_loopback(&self) -> bool {
        self.loopback
    }
}

/// The host of `host`, `host:port`, `[v6]` or `[v6]:port`.
fn host(authority: &str) -> Option<&str> {
    let (host, port) = if let Some(rest) = authority.strip_prefix('[') {
        let (host, port) = rest.split_once(']')?;
        host.parse::<std::net::Ipv6Addr>().ok()?;
        (host, port)
    } else {
        let at = authority.find(':').unwrap_or(authority.len());
        authority.split_at(at)
    };
    let port_fits = port.is_empty() || port.strip_prefix(':').is_some_and(|p| p.parse::<u16>().is_ok());
    (port_fits && !host.is_empty()).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_in_one_form() {
        for (typed, url) in [
            ("https://lrs.example/xAPI", "https://lrs.example/xAPI/statements"),
            (
                "https://LRS.example:8443/xAPI/",
                "https://lrs.example:8443/xAPI/statements",
            ),
            (
                "HTTPS://lrs.example/xAPI/statements/",
                "https://lrs.example/xAPI/statements",
            ),
            ("https://lrs.example", "https://lrs.example/statements"),
            (
                "http://127.0.0.1:8100/xAPI",
                "http://127.0.0.1:8100/xAPI/statements",
            ),
            ("http://[::1]:8100/x", "http://[::1]:8100/x/statements"),
            ("http://localhost/x", "http://localhost/x/statements"),
        ] {
            assert_eq!(
                Endpoint::parse(typed).map(|e| e.url),
                Ok(url.to_owned()),
                "{typed}"
            );
        }
        assert!(Endpoint::parse("https://127.8.0.1/x").unwrap().is_loopback());
        assert!(!Endpoint::parse("https://lrs.example/x").unwrap().is_loopback());
    }

    #[test]
    fn plain_http_and_passwords_are_refused() {
        use EndpointError as E;
        for (typed, why) in [
            ("http://lrs.example/xAPI", E::Plain),
            ("http://127.0.0.1.example/xAPI", E::Plain),
            ("http://localhost.example/xAPI", E::Plain),
            ("http://10.0.0.1/xAPI", E::Plain),
            ("https://me:secret@lrs.example/xAPI", E::Credentials),
            ("http://localhost@lrs.example/xAPI", E::Credentials),
            ("http://lrs.example\\@localhost/", E::Credentials),
            ("ftp://lrs.example/", E::Scheme),
            ("lrs.example/xAPI", E::Scheme),
            ("https://lrs.example/x?key=1", E::Query),
            ("https://lrs.example#/x", E::Query),
            ("https://lrs.exa mple/x", E::Form),
            ("https:///x", E::Form),
            ("https://lrs.example:port/x", E::Form),
            ("https://[lrs]/x", E::Form),
            ("https://lrs.example/\r\nX: y", E::Form),
        ] {
            assert_eq!(Endpoint::parse(typed), Err(why), "{typed}");
            assert!(!why.to_string().contains("secret"));
        }
    }
}
