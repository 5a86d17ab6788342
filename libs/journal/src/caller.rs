//! On whose behalf, and in answer to what, a write happens.

use kernel::{Principal, TenantId};
use uuid::Uuid;

/// Everything an operation needs to know about its caller.
#[derive(Clone, Debug)]
pub struct Caller {
    pub principal: Principal,
    pub origin: Origin,
    /// The same for everything that follows from one request.
    pub correlation: Uuid,
    /// The event that caused this write.
    pub causation: Option<Uuid>,
    /// W3C trace context, carried into the outbox so that one trace spans the bus.
    pub traceparent: Option<String>,
}

/// What made the write happen. Each kind is carried out at most once.
#[derive(Clone, Debug)]
pub enum Origin {
    /// An HTTP or gRPC request; repeated ones with the same key get the first answer.
    Request(Option<IdempotencyKey>),
    /// A reaction to an event; the inbox remembers it.
    Event { consumer: &'static str, event_id: Uuid },
    /// A timer; it fires in the transaction of the change it causes.
    Timer { id: Uuid },
    /// Background work that is idempotent by itself.
    Job,
}

/// A client's key and the digest of what it was first used for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdempotencyKey {
    pub key: String,
    pub fingerprint: [u8; 32],
}

impl Caller {
    /// A request of a principal without an idempotency key.
    pub fn request(principal: Principal, correlation: Uuid) -> Self {
        Self { principal, origin: Origin::Request(None), correlation, causation: None, traceparent: None }
    }

    /// The service itself, from a background job.
    pub fn job(tenant: TenantId, service: &str, correlation: Uuid) -> Self {
        let principal = Principal::service(tenant, service);
        Self { principal, origin: Origin::Job, correlation, causation: None, traceparent: None }
    }

    pub fn tenant(&self) -> TenantId {
        self.principal.tenant
    }
}
