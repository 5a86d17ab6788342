//! The ways a message can go.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// One way a message can go. Stored and sent in snake_case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChannelKind {
    /// The person's inbox in the console; always on.
    InApp,
    Email,
    /// A WeCom (企业微信) group robot.
    Wecom,
    /// A DingTalk (钉钉) group robot.
    Dingtalk,
    Sms,
    /// A call that reads the message out.
    Voice,
    /// An endpoint that receives events by the Standard Webhooks specification.
    Webhook,
}

#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("unknown channel {0:?}")]
pub struct UnknownChannel(pub String);

impl ChannelKind {
    pub const ALL: [Self; 7] =
        [Self::InApp, Self::Email, Self::Wecom, Self::Dingtalk, Self::Sms, Self::Voice, Self::Webhook];

    /// Those that a rule may name and a tenant may set up.
    pub const OUTGOING: [Self; 5] = [Self::Email, Self::Wecom, Self::Dingtalk, Self::Sms, Self::Voice];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::InApp => "in_app",
            Self::Email => "email",
            Self::Wecom => "wecom",
            Self::Dingtalk => "dingtalk",
            Self::Sms => "sms",
            Self::Voice => "voice",
            Self::Webhook => "webhook",
        }
    }

    pub fn is_outgoing(self) -> bool {
        Self::OUTGOING.contains(&self)
    }

    /// Robots speak to a group: one message reaches everybody in it.
    pub fn speaks_to_a_group(self) -> bool {
        matches!(self, Self::Wecom | Self::Dingtalk)
    }
}

impl FromStr for ChannelKind {
    type Err = UnknownChannel;

    fn from_str(name: &str) -> Result<Self, UnknownChannel> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name).ok_or_else(|| UnknownChannel(name.to_owned()))
    }
}

impl fmt::Display for ChannelKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_parse_back_and_match_their_json() {
        for kind in ChannelKind::ALL {
            assert_eq!(kind.as_str().parse(), Ok(kind));
            assert_eq!(serde_json::to_string(&kind).expect("json"), format!("\"{kind}\""));
        }
    }
}
