//! Sends an HTTP request and reads the beginning of the answer.

use std::error::Error;

use reqwest::RequestBuilder;
use serde_json::Value;

use super::SendError;
use crate::domain::target::BadTarget;

const READ_AT_MOST: usize = 4_096;
const EXCERPT: usize = 500;

/// What an endpoint answered.
pub struct Answer {
    pub status: u16,
    /// At most the first 4096 bytes.
    pub body: String,
}

impl Answer {
    /// The body as JSON; null when it is none.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or(Value::Null)
    }

    /// What is kept of the body in a delivery log.
    pub fn excerpt(&self) -> String {
        self.body.chars().filter(|c| *c != '\0').take(EXCERPT).collect()
    }

    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The error for a status that is not a success, as providers mean it.
    pub fn refusal(&self) -> SendError {
        let temporary = matches!(self.status, 408 | 425 | 429 | 500..);
        let reason = format!("answered with status {}", self.status);
        let error = if temporary {
            SendError::temporary("http_status", reason)
        } else {
            SendError::permanent("http_status", reason)
        };
        error.with_status(self.status)
    }
}

pub async fn exchange(request: RequestBuilder) -> Result<Answer, SendError> {
    let mut response = request.send().await.map_err(unreachable)?;
    let status = response.status().as_u16();
    let mut body = Vec::new();
    // A body that breaks off does not change what the status says.
    while let Ok(Some(chunk)) = response.chunk().await {
        body.extend_from_slice(&chunk);
        if body.len() >= READ_AT_MOST {
            break;
        }
    }
    body.truncate(READ_AT_MOST);
    Ok(Answer { status, body: String::from_utf8_lossy(&body).into_owned() })
}

/// The URL is left out: robots' URLs hold their keys.
fn unreachable(error: reqwest::Error) -> SendError {
    if is_private(&error) {
        return SendError::permanent("private_target", BadTarget::Private.to_string());
    }
    if error.is_timeout() {
        return SendError::temporary("timeout", "did not answer in time");
    }
    SendError::temporary("unreachable", error.without_url().to_string())
}

fn is_private(error: &reqwest::Error) -> bool {
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(error) = cause {
        if error.is::<BadTarget>() {
            return true;
        }
        cause = error.source();
    }
    false
}
