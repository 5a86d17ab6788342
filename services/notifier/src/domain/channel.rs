//! The ways a message can go.

use kernel::choices;

choices! {
    /// One way a message can go. Stored and sent in snake_case.
    ChannelKind {
        /// The person's inbox in the console; always on.
        InApp = "in_app",
        Email = "email",
        /// A WeCom (企业微信) group robot.
        Wecom = "wecom",
        /// A DingTalk (钉钉) group robot.
        Dingtalk = "dingtalk",
        Sms = "sms",
        /// A call that reads the message out.
        Voice = "voice",
        /// An endpoint that receives events by the Standard Webhooks specification.
        Webhook = "webhook",
    }
}

impl ChannelKind {
    /// Those that a rule may name and a tenant may set up.
    pub const OUTGOING: [Self; 5] = [Self::Email, Self::Wecom, Self::Dingtalk, Self::Sms, Self::Voice];

    pub fn is_outgoing(self) -> bool {
        Self::OUTGOING.contains(&self)
    }

    /// Robots speak to a group: one message reaches everybody in it.
    pub fn speaks_to_a_group(self) -> bool {
        matches!(self, Self::Wecom | Self::Dingtalk)
    }
}
