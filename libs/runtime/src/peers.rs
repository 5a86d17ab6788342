//! Questions to the other services that need an answer now. Never asked inside an open transaction.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use contracts::ai_qa::v1::ai_qa_client::AiQaClient;
use contracts::crm::v1::customers_client::CustomersClient;
use contracts::delivery::v1::capacity_client::CapacityClient;
use contracts::gateway::v1::directory_client::DirectoryClient;
use contracts::journal::v1::ledger_client::LedgerClient;
use contracts::lead_routing::v1::leads_client::LeadsClient;
use kernel::{AsProblem, Clock, Kind, Principal, Problem, TenantId};
use tonic::transport::{Channel, Endpoint};
use tonic::{Code, Request, Status};

use crate::telemetry::traceparent_of;
use crate::trust::{PRINCIPAL_HEADER, Trust};

const CONNECT_WITHIN: Duration = Duration::from_secs(3);
const ANSWER_WITHIN: Duration = Duration::from_secs(10);

/// Lazy connections to the other services, and requests signed by this one.
#[derive(Clone)]
pub struct Peers {
    channels: Arc<BTreeMap<String, Channel>>,
    addresses: Arc<BTreeMap<String, String>>,
    trust: Arc<Trust>,
    clock: Clock,
}

#[derive(Debug, thiserror::Error)]
pub enum PeerError {
    #[error("no address is configured for {0}")]
    Unknown(&'static str),
    #[error("{0} is not a usable address")]
    BadAddress(String),
    #[error("cannot sign the request")]
    Unsigned,
    #[error("a peer answered {}: {}", .0.code(), .0.message())]
    Refused(#[from] Status),
}

impl AsProblem for PeerError {
    fn problem(&self) -> Problem {
        match self {
            Self::Refused(status) if status.code() == Code::NotFound => {
                let mut problem = Problem::new(Kind::NotFound, "not_found", "没有找到", "not found");
                problem.internal = Some(self.to_string());
                problem
            }
            Self::Refused(status) if matches!(status.code(), Code::PermissionDenied | Code::Internal) => {
                Problem::internal(self)
            }
            // Not signed in any more is one of these: the token ran out on the way, or the peer does not know our
            // new key yet. Every attempt signs a token of its own, so trying again helps.
            Self::Refused(_) => Problem::unavailable(self),
            Self::Unknown(_) | Self::BadAddress(_) | Self::Unsigned => Problem::internal(self),
        }
    }
}

macro_rules! client {
    ($(#[$doc:meta])* $name:ident, $service:literal, $client:ident) => {
        $(#[$doc])*
        pub fn $name(&self) -> Result<$client<Channel>, PeerError> {
            Ok($client::new(self.channel($service)?))
        }
    };
}

impl Peers {
    pub fn new(addresses: BTreeMap<String, String>, trust: Arc<Trust>, clock: Clock) -> Result<Self, PeerError> {
        let mut channels = BTreeMap::new();
        for (name, address) in &addresses {
            let endpoint =
                Endpoint::from_shared(address.clone()).map_err(|_| PeerError::BadAddress(address.clone()))?;
            channels
                .insert(name.clone(), endpoint.connect_timeout(CONNECT_WITHIN).timeout(ANSWER_WITHIN).connect_lazy());
        }
        Ok(Self { channels: Arc::new(channels), addresses: Arc::new(addresses), trust, clock })
    }

    client!(ai_qa, "ai-qa", AiQaClient);
    client!(leads, "lead-routing", LeadsClient);
    client!(customers, "crm", CustomersClient);
    client!(capacity, "delivery", CapacityClient);
    client!(directory, "gateway", DirectoryClient);

    /// The evidence of any service.
    pub fn ledger(&self, service: &'static str) -> Result<LedgerClient<Channel>, PeerError> {
        Ok(LedgerClient::new(self.channel(service)?))
    }

    /// A request that this service makes for itself, on behalf of a tenant.
    pub fn ask<T>(&self, tenant: TenantId, message: T) -> Result<Request<T>, PeerError> {
        Self::signed(self.trust.own_token(tenant, self.clock.now()).map_err(|_| PeerError::Unsigned)?, message)
    }

    /// A request on behalf of somebody else; only the gateway is believed.
    pub fn ask_as<T>(&self, principal: &Principal, message: T) -> Result<Request<T>, PeerError> {
        Self::signed(self.trust.token(principal, self.clock.now()).map_err(|_| PeerError::Unsigned)?, message)
    }

    /// The base URL of a service, for plain HTTP.
    pub fn address(&self, service: &str) -> Option<&str> {
        self.addresses.get(service).map(String::as_str)
    }

    /// The names of the services with an address.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.addresses.keys().map(String::as_str)
    }

    fn signed<T>(token: String, message: T) -> Result<Request<T>, PeerError> {
        let mut request = Request::new(message);
        request.metadata_mut().insert(PRINCIPAL_HEADER, token.parse().map_err(|_| PeerError::Unsigned)?);
        if let Some(parent) = traceparent_of(&tracing::Span::current()).and_then(|parent| parent.parse().ok()) {
            request.metadata_mut().insert("traceparent", parent);
        }
        Ok(request)
    }

    fn channel(&self, service: &'static str) -> Result<Channel, PeerError> {
        self.channels.get(service).cloned().ok_or(PeerError::Unknown(service))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_new_attempt_cannot_mend_is_final() {
        let kind = |code| PeerError::from(Status::new(code, "because")).problem().kind;
        for code in [Code::Unauthenticated, Code::Unavailable, Code::DeadlineExceeded, Code::ResourceExhausted] {
            assert_eq!(kind(code), Kind::Unavailable, "{code:?}");
        }
        assert_eq!(kind(Code::PermissionDenied), Kind::Internal);
        assert_eq!(kind(Code::NotFound), Kind::NotFound);
    }
}
