//! The broker as the tests see it.

use std::collections::BTreeMap;

use async_nats::jetstream;
use async_nats::jetstream::message::StreamMessage;
use contracts::Event;
use futures::TryStreamExt;
use uuid::Uuid;

use super::{Fleet, headers, until};

impl Fleet {
    pub async fn bus(&self) -> jetstream::Context {
        let url = self.nats.as_ref().expect("a broker").url();
        jetstream::new(async_nats::connect(url).await.expect("connected"))
    }

    /// Publishes an event as the service that owns it would; the same `event_id` again is a repetition.
    pub async fn publish<E: Event>(&self, event: &E, event_id: Uuid, aggregate_id: Uuid, version: i64) {
        let js = self.bus().await;
        journal::broker::ensure_stream(&js, E::KIND.service).await.expect("a stream");
        let payload = serde_json::to_vec(event).expect("json");
        let headers = headers::of(E::KIND, event_id, aggregate_id, version);
        let sent = js.publish_with_headers(E::KIND.subject, headers, payload.into()).await;
        sent.expect("published").await.expect("acknowledged");
    }

    /// How many messages the stream of a service's events holds.
    pub async fn messages(&self, service: &str) -> u64 {
        match self.bus().await.get_stream(contracts::stream_of(service)).await {
            Ok(stream) => stream.cached_info().state.messages,
            Err(_) => 0,
        }
    }

    /// Waits until the stream of a service's events holds exactly this many messages.
    pub async fn until_messages(&self, service: &str, wanted: u64) {
        until(&format!("{wanted} events of {service}"), async || self.messages(service).await == wanted).await;
    }

    /// Every consumer by name, with what it has still to handle.
    pub async fn consumers(&self) -> BTreeMap<String, u64> {
        let js = self.bus().await;
        let mut left = BTreeMap::new();
        for service in contracts::SERVICES {
            let Ok(stream) = js.get_stream(contracts::stream_of(service)).await else { continue };
            let consumers: Vec<_> = stream.consumers().try_collect().await.unwrap_or_default();
            left.extend(consumers.into_iter().map(|info| (info.name, info.num_pending + info.num_ack_pending as u64)));
        }
        left
    }

    /// Takes every event off the bus; the broker's sequences go on.
    pub async fn take_all(&self) -> Vec<StreamMessage> {
        let js = self.bus().await;
        let mut taken = Vec::new();
        for service in contracts::SERVICES {
            let Ok(stream) = js.get_stream(contracts::stream_of(service)).await else { continue };
            let state = &stream.cached_info().state;
            if state.messages == 0 {
                continue;
            }
            for sequence in state.first_sequence..=state.last_sequence {
                taken.push(stream.get_raw_message(sequence).await.expect("a message"));
            }
            stream.purge().await.expect("purged");
        }
        taken
    }

    /// Puts an event back as something new to the broker, so that it keeps repetitions.
    pub async fn put_back(&self, js: &jetstream::Context, message: &StreamMessage) {
        let sent = js.publish_with_headers(
            message.subject.clone(),
            headers::without_message_id(&message.headers),
            message.payload.clone(),
        );
        sent.await.expect("published").await.expect("acknowledged");
    }
}
