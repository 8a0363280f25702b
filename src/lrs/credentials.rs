//! A name and a secret for a record store. Nothing prints the secret: there is no `Display`, and `Debug` hides it.

use std::fmt;

use thiserror::Error;

/// What the store knows this workspace by.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    user: String,
    secret: String,
}

/// Why a text holds no credentials. None of them repeats any of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum CredentialError {
    /// Nothing before or behind the colon, or none.
    #[error("it does not hold NAME:SECRET in one line")]
    Form,
    /// A colon in the name, which the header cannot carry.
    #[error("a name cannot hold a colon")]
    Colon,
    /// Control characters, or more than one line.
    #[error("there is a character in it that no password has, or more than one line")]
    Character,
}

impl Credentials {
    /// From a name and a secret.
    pub fn new(user: &str, secret: &str) -> Result<Self, CredentialError> {
        if user.is_empty() || secret.is_empty() {
            return Err(CredentialError::Form);
        }
        if user.contains(':') {
            return Err(CredentialError::Colon);
        }
        if user.chars().chain(secret.chars()).any(char::is_control) {
            return Err(CredentialError::Character);
        }
        Ok(Self {
            user: user.to_owned(),
            secret: secret.to_owned(),
        })
    }

    /// From the text of a file: `NAME:SECRET`, one line.
    pub fn parse(text: &str) -> Result<Self, CredentialError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let line = text.strip_suffix('\n').unwrap_or(text);
        let line = line.strip_suffix('\r').unwrap_or(line);
        let (user, secret) = line.split_once(':').ok_or(CredentialError::Form)?;
        Self::new(user, secret)
    }
}

/// What only a connection needs.
#[cfg(any(test, feature = "lrs"))]
impl Credentials {
    /// The value of the header `Authorization` (HTTP basic authentication, RFC 7617).
    pub(super) fn header(&self) -> String {
        format!("Basic {}", self.encoded())
    }

    /// What somebody else says, without the secret in any form in which it went out: error pages repeat what they were asked.
    pub(super) fn hidden_in(&self, text: &str) -> String {
        let text = text.replace(&self.encoded(), "[hidden]");
        text.replace(&self.secret, "[hidden]")
    }

    fn encoded(&self) -> String {
        let pair = format!("{}:{}", self.user, self.secret);
        encodify::base64::STANDARD.encode(pair.as_bytes())
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credentials(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_with_a_colon_is_read() {
        let read = Credentials::parse("upwards:s:e=cret \n").unwrap();
        assert_eq!(read, Credentials::new("upwards", "s:e=cret ").unwrap());
        assert_eq!(Credentials::parse("\u{feff}a:b\r\n"), Credentials::new("a", "b"));
        for bad in ["", "upwards", ":secret", "upwards:", "a:b\nc:d\n", "a:b\u{1b}[0m"] {
            let why = Credentials::parse(bad).unwrap_err();
            assert!(!why.to_string().contains("secret") && !format!("{why:?}").contains("secret"));
        }
    }

    #[test]
    fn what_a_store_repeats_is_hidden() {
        let ours = Credentials::new("upwards", "hunter2").unwrap();
        let page = format!("you said Authorization: {} (hunter2)", ours.header());
        assert_eq!(ours.header(), "Basic dXB3YXJkczpodW50ZXIy");
        assert_eq!(
            ours.hidden_in(&page),
            "you said Authorization: Basic [hidden] ([hidden])"
        );
    }

    #[test]
    fn nothing_shows_the_secret() {
        let debug = format!("{:?}", Credentials::new("upwards", "hunter2").unwrap());
        assert!(
            !debug.contains("hunter2") && !debug.contains("upwards"),
            "{debug}"
        );
    }
}
