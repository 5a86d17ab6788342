//! A coach takes an objection heard in a recording into the library, or does not.

use authz::{Action, ResourceKind};
use contracts::ai_qa::v1::{ObjectionCandidateDecided, ObjectionChanged};
use journal::{Caller, Entry, Write};
use serde::Deserialize;
use uuid::Uuid;

use super::views::CandidateView;
use crate::app::State;
use crate::domain::objection::{Objection, ObjectionInput};
use crate::domain::offer::{Candidate, CandidateState};
use crate::error::AiQaError;
use crate::store;
use crate::store::After;

/// How the library is to have it.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AcceptInput {
    /// As it was heard when not given.
    pub text: Option<String>,
    pub industry: Option<String>,
    pub customer_id: Option<Uuid>,
}

#[tracing::instrument(name = "ai_qa.accept_candidate", skip_all, fields(candidate = %id))]
pub async fn accept_candidate(
    state: &State,
    caller: &Caller,
    id: Uuid,
    input: AcceptInput,
) -> Result<CandidateView, AiQaError> {
    let (mut write, mut candidate) = open(state, caller, id).await?;
    let text = input.text.or_else(|| candidate.text.clone()).unwrap_or_default();
    let input = ObjectionInput { text, industry: input.industry, customer_id: input.customer_id }.checked()?;
    let objection = Objection {
        id: write.new_id(),
        text: input.text,
        industry: input.industry,
        customer_id: input.customer_id,
        created_by: caller.principal.id,
        created_at: write.now(),
        version: 1,
    };
    store::objections::insert(write.db(), candidate.tenant, &objection).await?;
    let added = ObjectionChanged {
        objection_id: objection.id.to_string(),
        what: "added".into(),
        industry: objection.industry.clone().unwrap_or_default(),
        customer_id: objection.customer_id.map(|id| id.to_string()).unwrap_or_default(),
    };
    write.record(Entry::new(&added, objection.id, objection.version)?);
    candidate.objection = Some(objection.id);
    decide(&mut write, &mut candidate, CandidateState::Accepted).await?;
    Ok(write.commit(candidate.into()).await?)
}

#[tracing::instrument(name = "ai_qa.reject_candidate", skip_all, fields(candidate = %id))]
pub async fn reject_candidate(state: &State, caller: &Caller, id: Uuid) -> Result<CandidateView, AiQaError> {
    let (mut write, mut candidate) = open(state, caller, id).await?;
    decide(&mut write, &mut candidate, CandidateState::Rejected).await?;
    Ok(write.commit(candidate.into()).await?)
}

/// Heard by the people one looks after.
#[tracing::instrument(name = "ai_qa.list_candidates", skip_all)]
pub async fn list_candidates(
    state: &State,
    caller: &Caller,
    wanted: Option<CandidateState>,
    after: After,
    limit: i64,
) -> Result<Vec<CandidateView>, AiQaError> {
    let scope = authz::list_scope(&caller.principal, ResourceKind::Recording);
    let mut tx = state.journal.read(&caller.principal, scope).await?;
    let found = store::candidates::list(&mut tx, wanted, after, limit).await?;
    Ok(found.into_iter().map(CandidateView::from).collect())
}

/// For those who keep the library and may hear the recording.
async fn open(state: &State, caller: &Caller, id: Uuid) -> Result<(Write, Candidate), AiQaError> {
    let mut write = super::keep_talk_track::begin(state, caller).await?;
    let candidate = store::candidates::lock(write.db(), id).await?.ok_or(AiQaError::CandidateNotFound)?;
    authz::check(&caller.principal, write.now(), Action::RecordingRead, &candidate.resource())?;
    if candidate.state != CandidateState::Mined {
        return Err(AiQaError::DecidedBefore);
    }
    Ok((write, candidate))
}

async fn decide(write: &mut Write, candidate: &mut Candidate, state: CandidateState) -> Result<(), AiQaError> {
    candidate.state = state;
    candidate.decided_at = Some(write.now());
    candidate.version += 1;
    store::candidates::save(write.db(), candidate).await?;
    let event = ObjectionCandidateDecided {
        candidate_id: candidate.id.to_string(),
        decision: state.to_string(),
        objection_id: candidate.objection.map(|id| id.to_string()).unwrap_or_default(),
        org: candidate.org.to_string(),
    };
    write.record(Entry::new(&event, candidate.id, candidate.version)?.change("mined", state.as_str()));
    Ok(())
}
