//! The services that are followed.

/// A service and the durable consumer, which is also the gate, of its events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    pub service: &'static str,
    pub consumer: &'static str,
}

macro_rules! sources {
    ($($service:literal),+ $(,)?) => {
        /// In the order in which a rebuild replays them.
        pub const ALL: &'static [Self] = &[$(Self { service: $service, consumer: concat!("analytics-", $service) }),+];
    };
}

impl Source {
    sources!["lead-routing", "crm", "quote-contract", "delivery", "collections", "notifier", "ai-qa", "gateway"];

    pub fn named(service: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|source| source.service == service)
    }
}
