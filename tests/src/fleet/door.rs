//! The services' own doors, as the gateway reaches them. Cheap to clone: clients keep one while services die.

use std::collections::BTreeMap;
use std::net::SocketAddrV4;
use std::sync::Arc;
use std::time::Duration;

use authz::token::Signer;
use kernel::{Clock, Principal};
use reqwest::{Method, RequestBuilder};

use super::staff;

const ANSWER_WITHIN: Duration = Duration::from_secs(10);

#[derive(Clone)]
pub struct Door {
    pub clock: Clock,
    pub(super) addresses: Arc<BTreeMap<&'static str, SocketAddrV4>>,
    pub(super) gateway: Signer,
    pub(super) http: reqwest::Client,
}

impl Door {
    pub fn address(&self, service: &str) -> String {
        format!("http://{}", self.addresses[service])
    }

    /// The principal token that the gateway would mint.
    pub fn token(&self, principal: &Principal) -> String {
        self.gateway.mint(principal, self.clock.now(), chrono::Duration::minutes(1)).expect("a token")
    }

    /// A request of `principal`; of the administrator's system where it goes to the gateway, which believes keys only.
    pub fn request(&self, principal: &Principal, service: &str, method: Method, path: &str) -> RequestBuilder {
        let request = self.http.request(method, format!("{}{path}", self.address(service))).timeout(ANSWER_WITHIN);
        if service == "gateway" {
            return request.bearer_auth(staff::ADMINISTRATOR_KEY);
        }
        request.header(runtime::trust::PRINCIPAL_HEADER, self.token(principal))
    }
}
