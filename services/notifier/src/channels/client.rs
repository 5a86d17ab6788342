//! The HTTP client for everything that goes out: resolves names itself and refuses private addresses.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::redirect::Policy;

use crate::domain::target::{BadTarget, is_private};

const CONNECT_WITHIN: Duration = Duration::from_secs(5);
const ANSWER_WITHIN: Duration = Duration::from_secs(15);

/// Follows no redirects and uses no proxy: either would lead around the check of the address.
pub fn new(allow_private: bool) -> Result<reqwest::Client, reqwest::Error> {
    let builder = reqwest::Client::builder()
        .connect_timeout(CONNECT_WITHIN)
        .timeout(ANSWER_WITHIN)
        .redirect(Policy::none())
        .no_proxy();
    if allow_private {
        return builder.build();
    }
    builder.dns_resolver(Arc::new(PublicOnly)).build()
}

/// Resolves through the operating system and keeps public addresses only. The connection is made to exactly
/// these, so that a name cannot change its address between the check and the use.
struct PublicOnly;

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move { Ok(Box::new(public_addresses(name.as_str()).await?.into_iter()) as Addrs) })
    }
}

type Refused = Box<dyn std::error::Error + Send + Sync>;

/// The public addresses of a host, port 0; an error when it has only private ones.
pub async fn public_addresses(host: &str) -> Result<Vec<SocketAddr>, Refused> {
    let found = tokio::net::lookup_host((host, 0)).await?;
    let public: Vec<SocketAddr> = found.filter(|address| !is_private(address.ip())).collect();
    if public.is_empty() { Err(BadTarget::Private.into()) } else { Ok(public) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_name_for_this_machine_is_refused_when_it_is_resolved() {
        let refused = public_addresses("localhost").await.expect_err("private");
        assert!(refused.is::<BadTarget>());
    }
}
