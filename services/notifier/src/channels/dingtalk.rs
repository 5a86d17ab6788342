//! DingTalk group robots: markdown, signed with time and secret.

use futures::future::BoxFuture;
use reqwest::Client;
use serde_json::json;

use super::answer::exchange;
use super::{Channel, Message, Receipt, SendError};
use crate::domain::providers::Robot;
use crate::domain::signature;
use crate::domain::target;

/// -1: busy; 130101: more than 20 messages a minute.
const TEMPORARY: [i64; 2] = [-1, 130_101];

pub struct DingTalk {
    pub client: Client,
    pub robot: Robot,
    pub allow_private: bool,
}

impl DingTalk {
    async fn deliver(&self, message: &Message) -> Result<Receipt, SendError> {
        let body = json!({
            "msgtype": "markdown",
            "markdown": { "title": message.title, "text": text(message) },
        });
        let answer = exchange(
            self.client.post(self.signed_url(message)?).header("idempotency-key", message.id.to_string()).json(&body),
        )
        .await?;
        if !answer.is_success() {
            return Err(answer.refusal());
        }
        super::wecom::check_errcode(&answer, &TEMPORARY)
    }

    fn signed_url(&self, message: &Message) -> Result<url::Url, SendError> {
        let mut url = target::check(&self.robot.url, self.allow_private)
            .map_err(|bad| SendError::permanent("bad_target", bad.to_string()))?;
        if let Some(secret) = &self.robot.secret {
            let timestamp = message.at.timestamp_millis();
            let sign = signature::dingtalk_sign(secret, timestamp)
                .ok_or_else(|| SendError::permanent("bad_secret", "the secret cannot be used"))?;
            url.query_pairs_mut().append_pair("timestamp", &timestamp.to_string()).append_pair("sign", &sign);
        }
        Ok(url)
    }
}

fn text(message: &Message) -> String {
    let link = message.link.as_ref().map(|link| format!("\n\n[{link}]({link})")).unwrap_or_default();
    format!("### {}\n\n{}{link}", message.title, message.body.replace('\n', "\n\n"))
}

impl Channel for DingTalk {
    fn send<'a>(&'a self, message: &'a Message) -> BoxFuture<'a, Result<Receipt, SendError>> {
        Box::pin(self.deliver(message))
    }
}
