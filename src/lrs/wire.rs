//! The one place with sockets: HTTP by ureq, TLS by rustls. It decides nothing.

use std::thread::sleep;
use std::time::Duration;

use thiserror::Error;
use ureq::http::Response;
use ureq::tls::{PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::{Agent, Body, Proxy};

use super::answers::{Answer, Failure, Transport};
use super::credentials::Credentials;
use super::endpoint::Endpoint;

/// Until a connection stands.
const CONNECT: Duration = Duration::from_secs(10);
/// For one question and its answer.
const ONE_CALL: Duration = Duration::from_secs(30);
/// Bytes of an answer that are read: a megabyte of statements went, so none is much longer.
const MOST: u64 = 4 << 20;

/// What a connection needs to know of the place it is made from.
#[derive(Clone, Copy)]
pub struct Setup<'a> {
    /// Certificates to trust (PEM) instead of the usual ones.
    pub trusted: Option<&'a [u8]>,
    /// The proxy to ask.
    pub proxy: Option<&'a str>,
    /// Whether the person wants it to end.
    pub is_stopped: fn() -> bool,
}

/// Why there can be no connection at all. Proxies may have passwords: none of these repeats what it was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum WireError {
    /// Nothing to trust in the file.
    #[error("there is no certificate in it (-----BEGIN CERTIFICATE-----)")]
    NoCertificate,
    /// Not the address of a proxy.
    #[error("it is no address of a proxy, as http://proxy.example:3128")]
    Proxy,
}

/// A connection to a store.
pub struct HttpTransport {
    agent: Agent,
    url: String,
    /// They go to `url` and nowhere else: redirects are not followed.
    credentials: Credentials,
    is_stopped: fn() -> bool,
}

impl HttpTransport {
    /// Gets ready; nothing is asked yet.
    pub fn new(to: &Endpoint, credentials: &Credentials, setup: Setup<'_>) -> Result<Self, WireError> {
        let mut tls = TlsConfig::builder();
        if let Some(pem) = setup.trusted {
            let certificates: Vec<_> = parse_pem(pem)
                .filter_map(|item| match item {
                    Ok(PemItem::Certificate(one)) => Some(one),
                    _ => None,
                })
                .collect();
            if certificates.is_empty() {
                return Err(WireError::NoCertificate);
            }
            tls = tls.root_certs(RootCerts::from(certificates));
        }
        let proxy = setup.proxy.map(Proxy::new).transpose();
        let agent = Agent::config_builder()
            .tls_config(tls.build())
            .proxy(proxy.map_err(|_| WireError::Proxy)?)
            .https_only(!to.is_loopback())
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .user_agent(concat!("upwards/", env!("CARGO_PKG_VERSION")))
            .timeout_connect(Some(CONNECT))
            .timeout_per_call(Some(ONE_CALL))
            .build();
        Ok(Self {
            agent: agent.into(),
            url: to.url().to_owned(),
            credentials: credentials.clone(),
            is_stopped: setup.is_stopped,
        })
    }
}

impl HttpTransport {
    /// An answer that people may be shown.
    fn told(&self, mut answer: Answer) -> Answer {
        answer.body = self.credentials.hidden_in(&answer.body);
        answer
    }
}

/// Header with the version of xAPI; the form of statements is the same for every 1.0.x.
const VERSION: (&str, &str) = ("X-Experience-API-Version", "1.0.3");

impl Transport for HttpTransport {
    fn post(&mut self, body: &str) -> Result<Answer, Failure> {
        let request = self
            .agent
            .post(&self.url)
            .header(VERSION.0, VERSION.1)
            .header("Authorization", self.credentials.header())
            .header("Content-Type", "application/json");
        let (answer, _) = answer(request.send(body))?;
        Ok(self.told(answer))
    }

    fn get(&mut self, id: &str, voided: bool) -> Result<Answer, Failure> {
        let key = if voided {
            "voidedStatementId"
        } else {
            "statementId"
        };
        let request = self
            .agent
            .get(&self.url)
            .query(key, id)
            .header(VERSION.0, VERSION.1)
            .header("Authorization", self.credentials.header());
        match answer(request.call())? {
            (_, Err(why)) => Err(Failure::Passing(why)),
            // A statement, which is compared and not shown: hiding a short secret in it would change it.
            (answer, Ok(())) if answer.status == 200 => Ok(answer),
            (answer, Ok(())) => Ok(self.told(answer)),
        }
    }

    fn wait_a_second(&mut self) {
        sleep(Duration::from_secs(1));
    }

    fn is_stopped(&self) -> bool {
        (self.is_stopped)()
    }
}

/// An answer, and whether all of its text came. Of a POST the status says everything.
fn answer(answer: Result<Response<Body>, ureq::Error>) -> Result<(Answer, Result<(), String>), Failure> {
    let mut answer = answer.map_err(failure)?;
    let retry_after = answer.headers().get("Retry-After");
    let retry_after = retry_after.and_then(|value| value.to_str().ok()?.trim().parse().ok());
    let status = answer.status().as_u16();
    let body = answer
        .body_mut()
        .with_config()
        .limit(MOST)
        .lossy_utf8(true)
        .read_to_string();
    let (body, whole) = match body {
        Ok(body) => (body, Ok(())),
        Err(why) => (String::new(), Err(why.to_string())),
    };
    let answer = Answer {
        status,
        retry_after,
        body,
    };
    Ok((answer, whole))
}

fn failure(error: ureq::Error) -> Failure {
    use ureq::Error as E;
    let text = error.to_string();
    match error {
        E::Io(error) if error.kind() == std::io::ErrorKind::InvalidData => Failure::Lasting(text),
        E::Io(_) | E::Timeout(_) | E::ConnectionFailed | E::HostNotFound => Failure::Passing(text),
        _ => Failure::Lasting(text),
    }
}
