//! Brings events from JetStream to a handler: at least once, retried with growing pauses, parked as a
//! dead letter when the handler keeps refusing.

use std::sync::Arc;
use std::time::Duration;

use async_nats::HeaderMap;
use async_nats::jetstream::consumer::pull::MessagesErrorKind;
use async_nats::jetstream::{AckKind, Context, Message};
use chrono::{DateTime, Utc};
use contracts::Event;
use futures::StreamExt;
use futures::future::BoxFuture;
use futures::stream::FuturesUnordered;
use kernel::{Kind, Principal, Problem, TenantId};
use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::{Caller, Journal, JournalError, Origin, broker, crash, dead_letters};

const CONCURRENCY: usize = 16;
const REFUSALS_BEFORE_PARKING: i64 = 5;
const PAUSES_MS: [u64; 7] = [200, 500, 1_000, 2_000, 5_000, 10_000, 30_000];

/// The CloudEvents attributes of an event.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Meta {
    pub event_id: Uuid,
    pub type_name: String,
    pub service: String,
    pub aggregate_id: Uuid,
    pub version: i64,
    pub tenant: TenantId,
    pub time: DateTime<Utc>,
    pub actor_id: Uuid,
    pub actor_role: String,
    pub correlation: Uuid,
    pub causation: Option<Uuid>,
    pub traceparent: Option<String>,
    /// How often the broker has delivered it, this time included.
    pub deliveries: i64,
}

/// An event as it came from the bus.
#[derive(Clone, Debug)]
pub struct Incoming {
    pub subject: String,
    pub payload: String,
    pub meta: Meta,
}

/// An event with its payload read.
#[derive(Clone, Debug)]
pub struct Delivered<E> {
    pub event: E,
    pub meta: Meta,
}

impl Incoming {
    /// Reads the payload.
    pub fn read<E: Event>(self) -> Result<Delivered<E>, JournalError> {
        Ok(Delivered { event: serde_json::from_str(&self.payload)?, meta: self.meta })
    }

    /// The service reacting to this event on behalf of its tenant.
    pub fn caller(&self, service: &str, consumer: &'static str) -> Caller {
        Caller {
            principal: Principal::service(self.meta.tenant, service),
            origin: Origin::Event { consumer, event_id: self.meta.event_id },
            correlation: self.meta.correlation,
            causation: Some(self.meta.event_id),
            traceparent: self.meta.traceparent.clone(),
        }
    }
}

/// How handling an event ended when it did not succeed.
#[derive(Debug)]
pub enum Failure {
    /// An earlier version is missing or something is not ready: deliver again after a pause, for ever.
    Later,
    /// Refused; parked after some tries, unless the problem is transient.
    Problem(Problem),
}

/// What is done about one message.
pub type Handler = Arc<dyn Fn(Incoming) -> BoxFuture<'static, Result<(), Failure>> + Send + Sync>;

/// One durable consumer and what it does with events.
#[derive(Clone)]
pub struct Consumer {
    /// Durable name, unique in the suite, such as `crm-open_customer`.
    pub name: &'static str,
    /// Whose events.
    pub source: &'static str,
    /// Which of them: one subject, possibly with wildcards.
    pub filter: String,
    pub handler: Handler,
}

/// How often in a row a consumer may say nothing at all before it is made anew.
const SILENT_TIMES: u32 = 2;

/// Consumes until shut down; a broker that lost the consumer gets it again, and one whose consumer is silent gets
/// another.
pub async fn run(journal: Journal, js: Context, consumer: Consumer, shutdown: CancellationToken) {
    let mut silent = 0;
    while !shutdown.is_cancelled() {
        let ended = consume(&journal, &js, &consumer, &shutdown).await;
        silent = if matches!(ended, Err(JournalError::Silent)) { silent + 1 } else { 0 };
        if let Err(error) = ended {
            tracing::warn!(consumer = consumer.name, %error, "consumer: interrupted; connecting again");
        }
        if silent == SILENT_TIMES {
            silent = 0;
            renew(&js, &consumer).await;
        }
        tokio::select! {
            () = shutdown.cancelled() => {}
            () = tokio::time::sleep(Duration::from_millis(300)) => {}
        }
    }
}

async fn renew(js: &Context, consumer: &Consumer) {
    if let Err(error) = broker::renew_consumer(js, consumer.source, consumer.name, &consumer.filter).await {
        tracing::warn!(consumer = consumer.name, %error, "consumer: silent, and cannot be made anew");
    }
}

async fn consume(
    journal: &Journal,
    js: &Context,
    consumer: &Consumer,
    shutdown: &CancellationToken,
) -> Result<(), JournalError> {
    let durable = broker::ensure_consumer(js, consumer.source, consumer.name, &consumer.filter).await?;
    let mut messages = durable
        .stream()
        .max_messages_per_batch(64)
        .expires(Duration::from_secs(5))
        .heartbeat(Duration::from_secs(1))
        .messages()
        .await
        .map_err(JournalError::broker)?;
    let mut heard = false;
    let mut under_way = FuturesUnordered::new();
    let ended = loop {
        tokio::select! {
            () = shutdown.cancelled() => break Ok(()),
            Some(()) = under_way.next() => {}
            next = messages.next(), if under_way.len() < CONCURRENCY => match next {
                Some(Ok(message)) => {
                    heard = true;
                    under_way.push(handle(journal, consumer, message));
                }
                Some(Err(error)) if !heard && error.kind() == MessagesErrorKind::MissingHeartbeat => {
                    break Err(JournalError::Silent);
                }
                Some(Err(error)) => break Err(JournalError::broker(error)),
                None => break Err(JournalError::Broker("the message stream ended".into())),
            },
        }
    };
    while under_way.next().await.is_some() {}
    ended
}

async fn handle(journal: &Journal, consumer: &Consumer, message: Message) {
    let answer = match incoming(&message) {
        Err(reason) => {
            tracing::error!(consumer = consumer.name, subject = %message.subject, reason, "consumer: not one of our events; dropped");
            AckKind::Term
        }
        Ok(event) => decide(journal, consumer, event).await,
    };
    crash::point("before_ack");
    if let Err(error) = message.ack_with(answer).await {
        tracing::debug!(consumer = consumer.name, %error, "consumer: not acknowledged; it will come again");
    }
}

async fn decide(journal: &Journal, consumer: &Consumer, event: Incoming) -> AckKind {
    let deliveries = event.meta.deliveries;
    let problem = match (consumer.handler)(event.clone()).await {
        Ok(()) => return AckKind::Ack,
        Err(Failure::Later) => return AckKind::Nak(Some(pause(deliveries))),
        Err(Failure::Problem(problem)) if problem.kind == Kind::Replayed => return AckKind::Ack,
        Err(Failure::Problem(problem)) => problem,
    };
    let id = event.meta.event_id;
    let why = problem.internal.as_deref().unwrap_or(&problem.title.en).to_owned();
    if problem.kind == Kind::Unavailable || deliveries < REFUSALS_BEFORE_PARKING {
        tracing::warn!(consumer = consumer.name, event = %id, deliveries, code = problem.code, why, "reaction failed; trying again");
        return AckKind::Nak(Some(pause(deliveries)));
    }
    match dead_letters::park(journal, consumer.name, &event, &problem).await {
        Ok(()) => {
            tracing::error!(consumer = consumer.name, event = %id, code = problem.code, why, "reaction refused for good; parked as a dead letter");
            AckKind::Term
        }
        Err(error) => {
            tracing::warn!(consumer = consumer.name, event = %id, %error, "dead letter could not be stored; trying again");
            AckKind::Nak(Some(pause(deliveries)))
        }
    }
}

fn pause(deliveries: i64) -> Duration {
    let at = usize::try_from(deliveries.max(1) - 1).unwrap_or(usize::MAX).min(PAUSES_MS.len() - 1);
    Duration::from_millis(PAUSES_MS[at])
}

/// Reads the CloudEvents attributes; says which one is missing.
fn incoming(message: &Message) -> Result<Incoming, String> {
    let headers = message.headers.as_ref().ok_or("no headers")?;
    let deliveries = message.info().map_or(1, |info| info.delivered);
    let meta = Meta {
        event_id: parse(headers, "ce-id")?,
        type_name: text(headers, "ce-type")?,
        service: text(headers, "ce-source")?.trim_start_matches("sluice/").to_owned(),
        aggregate_id: parse(headers, "ce-subject")?,
        version: parse(headers, "ce-version")?,
        tenant: TenantId(parse(headers, "ce-tenant")?),
        time: parse(headers, "ce-time")?,
        actor_id: parse(headers, "ce-actor")?,
        actor_role: text(headers, "ce-actorrole")?,
        correlation: parse(headers, "ce-correlation")?,
        causation: parse(headers, "ce-causation").ok(),
        traceparent: text(headers, "traceparent").ok(),
        deliveries,
    };
    let payload = String::from_utf8(message.payload.to_vec()).map_err(|_| "payload is not UTF-8")?;
    Ok(Incoming { subject: message.subject.to_string(), payload, meta })
}

fn text(headers: &HeaderMap, name: &str) -> Result<String, String> {
    headers.get(name).map(|value| value.as_str().to_owned()).ok_or_else(|| format!("header {name} is missing"))
}

fn parse<T: std::str::FromStr>(headers: &HeaderMap, name: &str) -> Result<T, String> {
    text(headers, name)?.parse().map_err(|_| format!("header {name} is not readable"))
}
