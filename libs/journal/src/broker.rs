//! Streams and consumers on JetStream, created when missing and read back when not.
//!
//! Only features of nats-server 2.9 are used.

use std::time::Duration;

use async_nats::jetstream::Context;
use async_nats::jetstream::consumer::{self, AckPolicy, DeliverPolicy, PullConsumer, pull};
use async_nats::jetstream::stream::{self, DiscardPolicy, RetentionPolicy, StorageType, Stream};
use contracts::{stream_of, subjects::subjects_of};

use crate::JournalError;

/// How long the broker keeps events; the outbox keeps them for the same time.
pub const KEPT: Duration = Duration::from_hours(14 * 24);
const DUPLICATE_WINDOW: Duration = Duration::from_mins(2);
const ACK_WAIT: Duration = Duration::from_secs(30);
const MAX_IN_FLIGHT: i64 = 256;

fn stream_config(service: &str) -> stream::Config {
    stream::Config {
        name: stream_of(service),
        subjects: vec![subjects_of(service)],
        retention: RetentionPolicy::Limits,
        discard: DiscardPolicy::Old,
        storage: StorageType::File,
        max_age: KEPT,
        duplicate_window: DUPLICATE_WINDOW,
        num_replicas: 1,
        ..Default::default()
    }
}

/// The service's stream, created when missing.
///
/// Fails when a stream of that name catches or keeps something else. The number of replicas is the
/// operator's business and not compared.
pub async fn ensure_stream(js: &Context, service: &str) -> Result<Stream, JournalError> {
    let wanted = stream_config(service);
    let found = match js.get_or_create_stream(wanted.clone()).await {
        Ok(found) => found,
        // Created by somebody else between the look and the creation.
        Err(error) => js.get_stream(&wanted.name).await.map_err(|_| JournalError::broker(error))?,
    };
    let have = &found.cached_info().config;
    let name = &wanted.name;
    differs(name, "subjects", &have.subjects, &wanted.subjects)?;
    differs(name, "storage", &have.storage, &wanted.storage)?;
    differs(name, "max_age", &have.max_age, &wanted.max_age)?;
    differs(name, "retention", &have.retention, &wanted.retention)?;
    differs(name, "duplicate_window", &have.duplicate_window, &wanted.duplicate_window)?;
    Ok(found)
}

/// The durable consumer `name` on a service's stream, created when missing.
pub async fn ensure_consumer(
    js: &Context,
    service: &str,
    name: &str,
    filter: &str,
) -> Result<PullConsumer, JournalError> {
    let wanted = consumer_config(name, filter);
    let stream = ensure_stream(js, service).await?;
    let found: consumer::Consumer<pull::Config> =
        stream.get_or_create_consumer(name, wanted.clone()).await.map_err(JournalError::broker)?;
    let have = &found.cached_info().config;
    differs(name, "filter_subject", &have.filter_subject, &wanted.filter_subject)?;
    differs(name, "ack_policy", &have.ack_policy, &wanted.ack_policy)?;
    differs(name, "ack_wait", &have.ack_wait, &wanted.ack_wait)?;
    differs(name, "max_deliver", &have.max_deliver, &wanted.max_deliver)?;
    differs(name, "max_ack_pending", &have.max_ack_pending, &wanted.max_ack_pending)?;
    Ok(found)
}

fn consumer_config(name: &str, filter: &str) -> pull::Config {
    pull::Config {
        durable_name: Some(name.to_owned()),
        deliver_policy: DeliverPolicy::All,
        ack_policy: AckPolicy::Explicit,
        ack_wait: ACK_WAIT,
        max_deliver: -1,
        filter_subject: filter.to_owned(),
        max_ack_pending: MAX_IN_FLIGHT,
        ..Default::default()
    }
}

/// Makes a consumer anew; it goes on after the last event before which everything is acknowledged.
///
/// nats-server 2.9 lets a consumer be made on a stream that somebody else is creating at that moment. Such a consumer
/// takes every request and answers none, not even with a heartbeat, for as long as the server runs.
pub async fn renew_consumer(js: &Context, service: &str, name: &str, filter: &str) -> Result<(), JournalError> {
    let stream = ensure_stream(js, service).await?;
    let info = stream.consumer_info(name).await.map_err(JournalError::broker)?;
    let start_sequence = info.ack_floor.stream_sequence + 1;
    stream.delete_consumer(name).await.map_err(JournalError::broker)?;
    let deliver_policy = DeliverPolicy::ByStartSequence { start_sequence };
    let anew = pull::Config { deliver_policy, ..consumer_config(name, filter) };
    stream.create_consumer(anew).await.map_err(JournalError::broker)?;
    tracing::info!(consumer = name, start_sequence, "a consumer that was silent has been made anew");
    Ok(())
}

/// Creates the streams of all these services that are missing, before anybody makes a consumer on one.
pub async fn ensure_streams(js: &Context, services: &[&str]) -> Result<(), JournalError> {
    futures::future::try_join_all(services.iter().map(|service| ensure_stream(js, service))).await?;
    Ok(())
}

fn differs<T: PartialEq + std::fmt::Debug>(name: &str, what: &str, have: &T, wanted: &T) -> Result<(), JournalError> {
    if have == wanted {
        return Ok(());
    }
    Err(JournalError::Misconfigured {
        name: name.to_owned(),
        difference: format!("{what} is {have:?}, not {wanted:?}"),
    })
}
