//! Sending a batch to the stream and hearing where each record was stored.
//!
//! All answers of a batch come to one inbox. The client library's own publishing makes an inbox, a timer and an entry
//! in a table of requests for every message.

use std::borrow::Cow;
use std::time::Duration;

use async_nats::{StatusCode, Subscriber};
use futures::StreamExt;
use serde::Deserialize;

use super::message::{self, Message};
use super::{Relay, Waiting};
use crate::JournalError;

/// How long the broker has for a batch.
const ANSWERED_WITHIN: Duration = Duration::from_secs(5);

/// Where the broker stored a batch.
pub(super) struct Acknowledged {
    /// The stream sequence of each record.
    pub sequences: Vec<i64>,
    /// The lowest of them that was given out now; `None` when the broker had all of them before.
    pub fresh_from: Option<i64>,
}

/// The broker's answer to one message, as the JetStream API spells it.
#[derive(Deserialize)]
struct PubAck<'a> {
    #[serde(default)]
    seq: i64,
    #[serde(default)]
    duplicate: bool,
    #[serde(borrow)]
    error: Option<Refusal<'a>>,
}

#[derive(Deserialize)]
struct Refusal<'a> {
    #[serde(default, borrow)]
    description: Cow<'a, str>,
    #[serde(default)]
    err_code: u32,
}

/// A batch on its way to the broker.
pub(super) struct Sent {
    batch: Vec<Waiting>,
    answers: Subscriber,
    /// What comes before a message's place in the subject of its answer.
    prefix: String,
}

impl Relay {
    /// Sends the whole batch.
    pub(super) async fn send(&self, batch: Vec<Waiting>) -> Result<Sent, JournalError> {
        let client = self.js.client();
        let prefix = format!("{}.", client.new_inbox());
        let answers = client.subscribe(format!("{prefix}*")).await.map_err(JournalError::broker)?;
        for (place, waiting) in batch.iter().enumerate() {
            let Message { subject, headers, payload } = message::of(&waiting.record, waiting.traceparent.as_deref())?;
            let sent = client.publish_with_reply_and_headers(subject, format!("{prefix}{place}"), headers, payload);
            sent.await.map_err(JournalError::broker)?;
        }
        Ok(Sent { batch, answers, prefix })
    }
}

impl Sent {
    /// Waits for every answer.
    pub(super) async fn answered(mut self) -> Result<(Vec<Waiting>, Acknowledged), JournalError> {
        let places = tokio::time::timeout(ANSWERED_WITHIN, self.gather()).await;
        Ok((self.batch, places.map_err(|_| JournalError::broker("no answer to what was published"))??))
    }

    async fn gather(&mut self) -> Result<Acknowledged, JournalError> {
        let mut places = Acknowledged { sequences: vec![0; self.batch.len()], fresh_from: None };
        let mut missing = self.batch.len();
        while missing > 0 {
            let answer = self.answers.next().await.ok_or_else(|| JournalError::broker("the connection is closed"))?;
            let place = answer.subject.strip_prefix(&self.prefix).and_then(|place| place.parse::<usize>().ok());
            let PubAck { seq, duplicate, .. } = accepted(&answer)?;
            let Some(sequence) = place.and_then(|place| places.sequences.get_mut(place)) else { continue };
            missing -= usize::from(*sequence == 0);
            *sequence = seq;
            if !duplicate {
                places.fresh_from = Some(places.fresh_from.map_or(seq, |first| first.min(seq)));
            }
        }
        Ok(places)
    }
}

/// The answer, unless it is a refusal.
fn accepted(message: &async_nats::Message) -> Result<PubAck<'_>, JournalError> {
    if message.status == Some(StatusCode::NO_RESPONDERS) {
        return Err(JournalError::broker("no stream takes what was published"));
    }
    let answer: PubAck<'_> = serde_json::from_slice(&message.payload)?;
    if let Some(Refusal { description, err_code }) = answer.error {
        return Err(JournalError::Broker(format!("{description} ({err_code})")));
    }
    if answer.seq < 1 {
        return Err(JournalError::broker("an answer without a sequence"));
    }
    Ok(answer)
}
