//! Wiring.

use std::sync::Arc;
use std::time::Duration;

use journal::Journal;
use kernel::{Clock, IdSource};
use runtime::{BuildError, Context, Job, Reaction, Service};

use crate::config::Config;
use crate::content::Content;
use crate::{http, jobs, reactions};

const TIDY_EVERY: Duration = Duration::from_secs(5);

/// What every operation needs.
#[derive(Clone)]
pub struct State {
    pub journal: Journal,
    pub clock: Clock,
    pub ids: IdSource,
    pub config: Arc<Config>,
    pub(crate) content: Content,
}

/// Builds the service from what the runtime hands over.
pub async fn build(context: Context<Config>) -> Result<Service, BuildError> {
    context.config.check().map_err(|why| BuildError::other("configuration", why))?;
    let content = Content::in_folder(&context.config.storage.path);
    let state = State {
        journal: context.journal,
        clock: context.clock,
        ids: context.ids,
        config: Arc::new(context.config),
        content: content.map_err(|error| BuildError::other("service.storage.path", error))?,
    };
    Ok(Service::new(http::routes().with_state(state.clone()))
        .reaction(Reaction::on("ai-qa-draw_objection", state.clone(), reactions::draw_objection::run))
        .job(Job::every("finish_uploads", TIDY_EVERY, state.clone(), jobs::finish_uploads::run))
        .job(Job::every("abandon_uploads", TIDY_EVERY, state.clone(), jobs::abandon_uploads::run))
        .job(Job::every("delete_expired", TIDY_EVERY, state, jobs::delete_expired::run)))
}
