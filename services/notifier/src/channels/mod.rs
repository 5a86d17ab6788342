//! The ways out: one adapter per channel behind one small trait.

pub mod answer;
pub mod client;
pub mod dingtalk;
pub mod email;
pub mod gateway;
pub mod sink;
pub mod webhook;
pub mod wecom;

use chrono::{DateTime, Utc};
use futures::future::BoxFuture;
use uuid::Uuid;

use crate::domain::format::Language;

/// A message on its way. Holds an address: never logged, never stored.
pub struct Message {
    /// The same on every attempt, so that providers can drop repetitions.
    pub id: Uuid,
    /// Mail address or telephone number; none for robots and webhooks.
    pub to: Option<String>,
    pub title: String,
    pub body: String,
    /// Absolute.
    pub link: Option<String>,
    pub language: Language,
    pub at: DateTime<Utc>,
}

impl Message {
    /// Title, body and link as plain text for channels without a form of their own.
    pub fn plain_text(&self) -> String {
        let link = self.link.as_ref().map(|link| format!("\n\n{link}")).unwrap_or_default();
        format!("{}{link}", self.body)
    }
}

/// The provider has taken the message.
#[derive(Debug, Default)]
pub struct Receipt {
    /// The provider's reference for it.
    pub reference: Option<String>,
    pub status: Option<u16>,
    /// Beginning of a webhook endpoint's answer.
    pub excerpt: Option<String>,
}

/// The provider has not taken the message.
#[derive(Debug, thiserror::Error)]
#[error("{code}: {reason}")]
pub struct SendError {
    /// Stable code, such as `http_status` or `unreachable`.
    pub code: &'static str,
    /// For people; without addresses, secrets or whole URLs.
    pub reason: String,
    pub status: Option<u16>,
    pub excerpt: Option<String>,
    /// False when trying again cannot help.
    pub retryable: bool,
}

impl SendError {
    /// Trying again may help.
    pub fn temporary(code: &'static str, reason: impl Into<String>) -> Self {
        Self { code, reason: reason.into(), status: None, excerpt: None, retryable: true }
    }

    /// Trying again cannot help.
    pub fn permanent(code: &'static str, reason: impl Into<String>) -> Self {
        Self { retryable: false, ..Self::temporary(code, reason) }
    }

    pub fn with_status(mut self, status: u16) -> Self {
        self.status = Some(status);
        self
    }

    pub fn with_excerpt(mut self, excerpt: String) -> Self {
        self.excerpt = Some(excerpt);
        self
    }
}

/// One way out.
pub trait Channel: Send + Sync {
    fn send<'a>(&'a self, message: &'a Message) -> BoxFuture<'a, Result<Receipt, SendError>>;
}
