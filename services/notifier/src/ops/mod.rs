//! Use cases, one per file.

pub mod acknowledge_notification;
pub mod audience;
pub mod change_webhook;
pub mod configure_channel;
pub mod create_webhook;
pub mod delivery_view;
pub mod escalate_notification;
pub mod list_notifications;
pub mod list_outbox_messages;
pub mod list_sink_messages;
pub mod list_webhook_deliveries;
pub mod list_webhooks;
pub mod lookups;
pub mod plan_notifications;
pub mod queue_delivery;
pub mod record_outcome;
pub mod remove_webhook;
pub mod replay_outbox_message;
pub mod replay_webhook_delivery;
pub mod rotate_webhook_secret;
pub mod secrets;
pub mod send_delivery;
pub mod set_preferences;
pub mod set_rules;
pub mod setup;
pub mod tell;
