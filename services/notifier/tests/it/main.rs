//! Through the public interfaces, with real providers on loopback that can fail.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod support;

mod acknowledge_notification;
mod configure_channel;
mod escalate_notification;
mod evidence;
mod plan_notifications;
mod quiet_hours;
mod secrets;
mod send_delivery;
mod set_rules;
mod sink;
mod templates;
mod webhook_delivery;
mod webhooks;
