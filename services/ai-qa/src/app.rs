//! Wiring.

use std::sync::Arc;
use std::time::Duration;

use contracts::ai_qa::v1::ai_qa_server::AiQaServer;
use journal::Journal;
use kernel::{Clock, IdSource};
use runtime::grpc::RpcEdge;
use runtime::sealed::SealingKey;
use runtime::{BuildError, Context, Job, Reaction, Service};

use speech::transcribe::Transcriber;
use tokio_util::sync::CancellationToken;

use crate::config::Config;
use crate::content::Content;
use crate::libraries::Libraries;
use crate::model::{Encoder, Model};
use crate::{grpc, http, jobs, reactions};

/// How soon a recording that nobody waits behind is begun.
const LOOK_EVERY: Duration = Duration::from_millis(500);
/// Models are loaded after the start: a large one takes its time.
const NOT_YET: &str = "not loaded yet";
const TIDY_EVERY: Duration = Duration::from_secs(5);

const LINKS_KEY: &str = "service.links.key";

/// What every operation needs.
#[derive(Clone)]
pub struct State {
    pub journal: Journal,
    pub clock: Clock,
    pub ids: IdSource,
    pub config: Arc<Config>,
    pub(crate) content: Content,
    pub(crate) recogniser: Model<Transcriber>,
    pub(crate) encoder: Model<Encoder>,
    pub(crate) libraries: Libraries,
    /// For the links under which recordings are read.
    pub(crate) links: SealingKey,
    /// Cancelled when the service is told to stop.
    pub(crate) stopping: CancellationToken,
}

/// Builds the service from what the runtime hands over.
pub async fn build(context: Context<Config>) -> Result<Service, BuildError> {
    build_with(context, Model::missing(NOT_YET))
}

/// The same with a recogniser that is there already.
pub(crate) fn build_with(context: Context<Config>, recogniser: Model<Transcriber>) -> Result<Service, BuildError> {
    context.config.check().map_err(|why| BuildError::other("configuration", why))?;
    context.config.links.check(LINKS_KEY, context.demo)?;
    let links = context.config.links.key(LINKS_KEY, &context.ids)?;
    let content = Content::in_folder(&context.config.storage.path);
    let state = State {
        journal: context.journal,
        clock: context.clock,
        ids: context.ids,
        config: Arc::new(context.config),
        content: content.map_err(|error| BuildError::other("service.storage.path", error))?,
        recogniser,
        encoder: Model::missing(NOT_YET),
        libraries: Libraries::default(),
        links,
        stopping: context.stopping,
    };
    let edge = RpcEdge::new(context.trust, state.clock.clone(), state.ids.clone());
    let service = Service::new(http::routes().with_state(state.clone()))
        .says("transcription", says(&state))
        .rpc(AiQaServer::new(grpc::AiQa { state: state.clone(), edge }));
    Ok(work(react(service, &state), &state))
}

fn says(state: &State) -> impl Fn() -> String + Send + Sync + use<> {
    let recogniser = state.recogniser.clone();
    move || match recogniser.get() {
        Ok(recogniser) => format!("with {}", recogniser.model()),
        Err(why) => format!("recordings wait: {why}"),
    }
}

fn react(service: Service, state: &State) -> Service {
    use reactions::{draw_objection, read_transcript, score_answers};
    service
        .reaction(Reaction::on("ai-qa-draw_objection", state.clone(), draw_objection::run))
        .reaction(Reaction::on("ai-qa-score_transcribed", state.clone(), score_answers::completed))
        .reaction(Reaction::on("ai-qa-score_untranscribed", state.clone(), score_answers::failed))
        .reaction(Reaction::on("ai-qa-score_answered", state.clone(), score_answers::answered))
        .reaction(Reaction::on("ai-qa-offer_conclusions", state.clone(), read_transcript::conclusions))
        .reaction(Reaction::on("ai-qa-mine_objections", state.clone(), read_transcript::objections))
}

fn work(service: Service, state: &State) -> Service {
    let service = service
        .job(Job::every("finish_uploads", TIDY_EVERY, state.clone(), jobs::finish_uploads::run))
        .job(Job::every("abandon_uploads", TIDY_EVERY, state.clone(), jobs::abandon_uploads::run))
        .job(Job::every("delete_expired", TIDY_EVERY, state.clone(), jobs::delete_expired::run))
        .job(Job::every("load_models", TIDY_EVERY, state.clone(), jobs::load_models::run));
    let worker = || Job::every("transcribe", LOOK_EVERY, state.clone(), jobs::transcribe::run);
    (0..state.config.transcription.workers()).fold(service, |service, _| service.job(worker()))
}
