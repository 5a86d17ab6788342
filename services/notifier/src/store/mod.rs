//! SQL only.

pub mod attempts;
pub mod channel_settings;
pub mod claims;
pub mod deliveries;
pub mod notifications;
pub mod preferences;
pub mod rule_sets;
pub mod sink;
pub mod webhooks;

use crate::domain::channel::ChannelKind;

/// Reads a stored channel name.
fn channel(name: &str) -> Result<ChannelKind, sqlx::Error> {
    name.parse().map_err(|error| sqlx::Error::Decode(Box::new(error)))
}

fn channels(names: &[String]) -> Result<Vec<ChannelKind>, sqlx::Error> {
    names.iter().map(|name| channel(name)).collect()
}

fn names(channels: &[ChannelKind]) -> Vec<String> {
    channels.iter().map(|channel| channel.as_str().to_owned()).collect()
}
