//! Sign-in with an OpenID provider: authorisation code with PKCE, state and nonce kept here.

mod callback;
mod provider;
mod start;

pub use callback::{Callback, Finished, finish};
pub use start::{LIFETIME_SECONDS, Started, start};
