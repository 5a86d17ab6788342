//! What ai-qa's library has for a pain point or a competitor that somebody enters.
//!
//! Asked before a write is begun, never inside it, and never waited for longer than the configuration says: what was entered
//! is kept whether there is an answer or not.

use std::time::Duration;

use authz::{Action, Resource, ResourceKind};
use contracts::ai_qa::v1::suggest_request::About;
use contracts::ai_qa::v1::{SuggestRequest, SuggestResponse};
use futures::future::try_join_all;
use journal::Caller;
use runtime::peers::PeerError;
use tokio::time::timeout;
use uuid::Uuid;

use super::suggestion_view::Suggestions;
use crate::app::State;
use crate::error::CrmError;
use crate::store;

/// Longer words are not entered anyway: the write refuses them.
const LONGEST_WORDS: usize = 1_000;

/// What was entered, and about whom.
#[derive(Clone, Debug, Default)]
pub struct Entered {
    pub pain: Option<String>,
    pub competitors: Vec<String>,
    pub opportunity: Option<Uuid>,
    pub customer: Option<Uuid>,
}

/// The suggestions for what was entered; nothing where nothing was, or where the caller may not read talk tracks.
pub async fn suggestions(state: &State, caller: &Caller, entered: Entered) -> Result<Option<Suggestions>, CrmError> {
    let abouts = entered.abouts();
    let library = Resource::tenant_wide(ResourceKind::TalkTrack, caller.tenant());
    let may_read = authz::check(&caller.principal, state.clock.now(), Action::TalkTrackRead, &library).is_ok();
    if abouts.is_empty() || !may_read {
        return Ok(None);
    }
    let industry = industry_of(state, caller, &entered).await?;
    let answers = try_join_all(abouts.into_iter().map(|about| ask(state, caller, about, &industry)));
    let answered = timeout(Duration::from_millis(state.config.ai_qa.suggest_within_ms), answers).await;
    Ok(Some(match answered {
        Ok(Ok(answers)) => Suggestions::of(answers),
        Ok(Err(error)) => missing(&error),
        Err(late) => missing(&late),
    }))
}

fn missing(why: &dyn std::fmt::Display) -> Suggestions {
    tracing::warn!(%why, "no suggestions");
    Suggestions::missing()
}

async fn ask(state: &State, caller: &Caller, about: About, industry: &str) -> Result<SuggestResponse, PeerError> {
    let question = SuggestRequest { about: Some(about), industry: industry.to_owned() };
    let mut question = state.peers.ask(caller.tenant(), question)?;
    question.set_timeout(Duration::from_millis(state.config.ai_qa.suggest_within_ms));
    Ok(state.peers.ai_qa()?.suggest(question).await?.into_inner())
}

/// The customer's industry, as far as the caller may see the customer.
async fn industry_of(state: &State, caller: &Caller, entered: &Entered) -> Result<String, CrmError> {
    let scope = authz::list_scope(&caller.principal, ResourceKind::Customer);
    let mut tx = state.journal.read(&caller.principal, scope).await?;
    let mut customer = entered.customer;
    if let Some(opportunity) = entered.opportunity {
        customer = store::opportunities::find(&mut tx, opportunity).await?.map(|one| one.customer).or(customer);
    }
    let Some(customer) = customer else { return Ok(String::new()) };
    let customer = store::customers::find(&mut tx, customer).await?;
    Ok(customer.map(|one| one.industry).unwrap_or_default())
}

impl Entered {
    fn abouts(&self) -> Vec<About> {
        let words = |text: &String| text.trim().chars().take(LONGEST_WORDS).collect::<String>();
        let pains = self.pain.iter().map(words).filter(|text| !text.is_empty()).map(About::PainPoint);
        let competitors = self.competitors.iter().map(words).filter(|text| !text.is_empty()).map(About::Competitor);
        pains.chain(competitors).collect()
    }
}
