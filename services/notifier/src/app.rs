//! Wiring only.

use std::sync::Arc;

use journal::Journal;
use kernel::{Clock, IdSource};
use runtime::sealed::SealingKey;
use runtime::{BuildError, Context, Job, Peers, Reaction, Service, TimerHandler};

use crate::channels::client;
use crate::config::{Config, Mode, Settings};
use crate::domain::rules::RuleSet;
use crate::domain::rules_check;
use crate::domain::templates::Templates;
use crate::{http, jobs, ops, reactions};

/// What every operation needs.
#[derive(Clone)]
pub struct State {
    pub journal: Journal,
    pub clock: Clock,
    pub ids: IdSource,
    pub peers: Peers,
    pub settings: Arc<Settings>,
    pub templates: Arc<Templates>,
    /// For tenants without rules of their own.
    pub default_rules: Arc<RuleSet>,
    /// For everything that goes out.
    pub outside: reqwest::Client,
    /// For the secrets of providers and webhooks.
    pub(crate) sealing: SealingKey,
}

const SECRETS_KEY: &str = "service.secrets.key";

pub async fn build(context: Context<Config>) -> Result<Service, BuildError> {
    context.config.secrets.check(SECRETS_KEY, context.demo)?;
    let sealing = context.config.secrets.key(SECRETS_KEY, &context.ids)?;
    let settings = context.config.check()?;
    if settings.mode == Mode::Sink {
        tracing::info!("outgoing messages end in the development sink");
    }
    let templates = Templates::parse(include_str!("../templates/templates.yaml"));
    let templates = templates.map_err(|why| BuildError::other("templates.yaml", why))?;
    let rules = default_rules(&templates)?;
    let outside = client::new(settings.allow_private_targets).map_err(|why| BuildError::other("HTTP client", why))?;
    let every = settings.send_every;
    let state = State {
        journal: context.journal,
        clock: context.clock,
        ids: context.ids,
        peers: context.peers,
        settings: Arc::new(settings),
        templates: Arc::new(templates),
        default_rules: Arc::new(rules),
        outside,
        sealing,
    };
    let mut service = Service::new(http::routes().with_state(state.clone()))
        .timer(TimerHandler::on(
            ops::escalate_notification::TIMER,
            state.clone(),
            ops::escalate_notification::escalate_notification,
        ))
        .job(Job::every("send_deliveries", every, state.clone(), jobs::send_deliveries::run));
    for (name, source) in reactions::CONSUMERS {
        service = service.reaction(Reaction::on_all(name, source, state.clone(), reactions::plan_notifications::run));
    }
    Ok(service)
}

fn default_rules(templates: &Templates) -> Result<RuleSet, BuildError> {
    let rules = RuleSet::parse(include_str!("../rules.yaml")).map_err(|why| BuildError::other("rules.yaml", why))?;
    match rules_check::check(&rules, templates).first() {
        None => Ok(rules),
        Some(error) => Err(BuildError::other("rules.yaml", format!("{}: {}", error.field, error.reason.en))),
    }
}
