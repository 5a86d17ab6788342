//! Signed webhooks by the Standard Webhooks specification.

use futures::future::BoxFuture;
use reqwest::Client;

use super::answer::exchange;
use super::{Channel, Message, Receipt, SendError};
use crate::domain::signature;
use crate::domain::target;

/// The endpoint said that it is gone for good; its subscription is switched off.
pub const GONE: &str = "endpoint_gone";

pub struct Webhook {
    pub client: Client,
    pub url: String,
    /// Newest first; more than one for a while after a rotation.
    pub secrets: Vec<String>,
    pub allow_private: bool,
}

impl Webhook {
    /// Posts the message's body, byte for byte what was signed.
    async fn deliver(&self, message: &Message) -> Result<Receipt, SendError> {
        let url = target::check(&self.url, self.allow_private)
            .map_err(|bad| SendError::permanent("bad_target", bad.to_string()))?;
        let (id, timestamp) = (format!("msg_{}", message.id.simple()), message.at.timestamp());
        let secrets: Vec<&str> = self.secrets.iter().map(String::as_str).collect();
        let signature = signature::webhook_signature(&secrets, &id, timestamp, &message.body)
            .ok_or_else(|| SendError::permanent("bad_secret", "the secret cannot be used"))?;
        let request = self
            .client
            .post(url)
            .header("content-type", "application/json")
            .header("user-agent", "sluice-webhooks/1")
            .header("webhook-id", id)
            .header("webhook-timestamp", timestamp.to_string())
            .header("webhook-signature", signature)
            .body(message.body.clone());
        let answer = exchange(request).await?;
        let excerpt = answer.excerpt();
        if answer.is_success() {
            return Ok(Receipt { reference: None, status: Some(answer.status), excerpt: Some(excerpt) });
        }
        // By the specification every other status asks for another attempt.
        let error = match answer.status {
            410 => SendError::permanent(GONE, "answered that it is gone"),
            status => SendError::temporary("http_status", format!("answered with status {status}")),
        };
        Err(error.with_status(answer.status).with_excerpt(excerpt))
    }
}

impl Channel for Webhook {
    fn send<'a>(&'a self, message: &'a Message) -> BoxFuture<'a, Result<Receipt, SendError>> {
        Box::pin(self.deliver(message))
    }
}
