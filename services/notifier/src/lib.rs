//! Tells people: inbox, mail, group robots, short messages, calls, and signed webhooks.
//!
//! | module | what it holds |
//! |---|---|
//! | `reactions` | every event of every service → `ops::plan_notifications` |
//! | `ops` | use cases, one per file: plan, send, acknowledge, escalate, replay, settings |
//! | `jobs` | the sender: claims due deliveries and sends them |
//! | `channels` | one adapter per way out, behind one small trait |
//! | `domain` | rules, templates, back-off, quiet hours, signatures: pure |
//! | `store` | SQL |
//! | `http` | `/api/notifications` `/api/channels` `/api/webhooks` `/api/outbox-messages` |

pub mod app;
pub mod channels;
pub mod config;
pub mod domain;
pub mod error;
pub mod http;
pub mod jobs;
pub mod ops;
pub mod reactions;
pub mod store;

use runtime::Definition;

static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!();

/// What the runtime starts.
pub fn definition() -> Definition {
    Definition::new("notifier", include_str!("../config.default.toml"), &MIGRATOR, app::build)
}
