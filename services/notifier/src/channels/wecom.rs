//! WeCom group robots: markdown of at most 4096 bytes.

use futures::future::BoxFuture;
use reqwest::Client;
use serde_json::json;

use super::answer::{Answer, exchange};
use super::{Channel, Message, Receipt, SendError};
use crate::domain::providers::Robot;
use crate::domain::target;

const LONGEST: usize = 4_096;
/// -1: busy; 45009: more than 20 messages a minute.
const TEMPORARY: [i64; 2] = [-1, 45_009];

pub struct Wecom {
    pub client: Client,
    pub robot: Robot,
    pub allow_private: bool,
}

impl Wecom {
    async fn deliver(&self, message: &Message) -> Result<Receipt, SendError> {
        let url = target::check(&self.robot.url, self.allow_private)
            .map_err(|bad| SendError::permanent("bad_target", bad.to_string()))?;
        let body = json!({ "msgtype": "markdown", "markdown": { "content": text(message) } });
        let answer =
            exchange(self.client.post(url).header("idempotency-key", message.id.to_string()).json(&body)).await?;
        if !answer.is_success() {
            return Err(answer.refusal());
        }
        check_errcode(&answer, &TEMPORARY)
    }
}

/// Robots answer 200 and say in `errcode` whether they took the message.
pub(super) fn check_errcode(answer: &Answer, temporary: &[i64]) -> Result<Receipt, SendError> {
    let said = answer.json();
    match said["errcode"].as_i64() {
        Some(0) => Ok(Receipt { status: Some(answer.status), ..Receipt::default() }),
        Some(code) if temporary.contains(&code) => {
            Err(SendError::temporary("robot_refused", format!("errcode {code}")).with_status(answer.status))
        }
        Some(code) => Err(SendError::permanent("robot_refused", format!("errcode {code}")).with_status(answer.status)),
        None => Err(SendError::temporary("robot_unclear", "the answer holds no errcode").with_status(answer.status)),
    }
}

fn text(message: &Message) -> String {
    let link = message.link.as_ref().map(|link| format!("\n[{link}]({link})")).unwrap_or_default();
    let head = format!("### {}\n", message.title);
    let room = LONGEST.saturating_sub(head.len() + link.len());
    format!("{head}{}{link}", cut(&message.body, room))
}

/// At most `bytes` bytes, cut between characters.
fn cut(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    &text[..end]
}

impl Channel for Wecom {
    fn send<'a>(&'a self, message: &'a Message) -> BoxFuture<'a, Result<Receipt, SendError>> {
        Box::pin(self.deliver(message))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_cut_between_characters() {
        assert_eq!(cut("回款停滞", 7), "回款");
        assert_eq!(cut("abc", 9), "abc");
    }

    #[test]
    fn only_errcode_zero_is_a_success() {
        let answer = |body: &str| Answer { status: 200, body: body.into() };
        assert!(check_errcode(&answer(r#"{"errcode":0}"#), &TEMPORARY).is_ok());
        let refused = |body| check_errcode(&answer(body), &TEMPORARY).expect_err("refused").retryable;
        assert!(!refused(r#"{"errcode":93000}"#));
        assert!(refused(r#"{"errcode":45009}"#));
        assert!(refused("oops"));
    }
}
