//! Every event of every other service passes here: rules and webhooks decide what comes of it.

pub mod plan_notifications;

/// Durable consumer and the service whose events it reads.
pub const CONSUMERS: [(&str, &str); 7] = [
    ("notifier-lead-routing", "lead-routing"),
    ("notifier-crm", "crm"),
    ("notifier-quote-contract", "quote-contract"),
    ("notifier-delivery", "delivery"),
    ("notifier-collections", "collections"),
    ("notifier-ai-qa", "ai-qa"),
    ("notifier-gateway", "gateway"),
];
