//! Short messages and calls through an HTTP provider: one JSON request per message.
//!
//! ```text
//! POST <url>   Authorization: Bearer <token>   Idempotency-Key: <message id>
//! {"message_id":"…","kind":"sms","to":"+86…","text":"…","language":"zh-CN"}
//! → 2xx, optionally {"id":"the provider's reference"}
//! ```

use futures::future::BoxFuture;
use reqwest::Client;
use serde_json::json;

use super::answer::exchange;
use super::{Channel, Message, Receipt, SendError};
use crate::domain::channel::ChannelKind;
use crate::domain::providers::Gateway;
use crate::domain::target;

pub struct HttpGateway {
    pub client: Client,
    /// `sms` or `voice`
    pub kind: ChannelKind,
    pub gateway: Gateway,
    pub allow_private: bool,
}

impl HttpGateway {
    async fn deliver(&self, message: &Message) -> Result<Receipt, SendError> {
        let url = target::check(&self.gateway.url, self.allow_private)
            .map_err(|bad| SendError::permanent("bad_target", bad.to_string()))?;
        let to =
            message.to.as_deref().ok_or_else(|| SendError::permanent("no_address", "there is no telephone number"))?;
        let body = json!({
            "message_id": message.id,
            "kind": self.kind,
            "to": to,
            "text": self.text(message),
            "language": message.language.tag(),
        });
        let request =
            self.client.post(url).bearer_auth(&self.gateway.token).header("idempotency-key", message.id.to_string());
        let answer = exchange(request.json(&body)).await?;
        if !answer.is_success() {
            return Err(answer.refusal());
        }
        let reference = answer.json()["id"].as_str().map(|id| id.chars().take(200).collect());
        Ok(Receipt { reference, status: Some(answer.status), excerpt: None })
    }

    /// A link cannot be read out.
    fn text(&self, message: &Message) -> String {
        match self.kind {
            ChannelKind::Voice => message.body.clone(),
            _ => message.plain_text(),
        }
    }
}

impl Channel for HttpGateway {
    fn send<'a>(&'a self, message: &'a Message) -> BoxFuture<'a, Result<Receipt, SendError>> {
        Box::pin(self.deliver(message))
    }
}
