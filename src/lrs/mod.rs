//! Sends statements to a record store (xAPI 1.0.3). What is sent when, and what each answer means, is pure and always
//! there; sockets are in `wire` alone, which only the feature `lrs` compiles.

mod answers;
mod batches;
mod compare;
mod credentials;
mod endpoint;
mod proxy;
mod send;
#[cfg(feature = "lrs")]
mod wire;

pub use answers::{Answer, Failure, Transport};
pub use credentials::{CredentialError, Credentials};
pub use endpoint::{Endpoint, EndpointError};
pub use proxy::proxy_for;
pub use send::{Markers, Refused, Sending, Stop, send};
#[cfg(feature = "lrs")]
pub use wire::{HttpTransport, Setup, WireError};
