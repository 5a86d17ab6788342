//! Takes in what a visitor filled into a public form.

use custom_fields::{Resource, Values, changed_values};
use journal::Caller;
use kernel::{Principal, TenantId, Text};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::take_in::{Arrival, take_in};
use crate::app::State;
use crate::domain::new_lead::{NewLead, check};
use crate::error::{LeadError, Missing};
use crate::store;
use crate::store::forms::LeadForm;

/// What a visitor learns: that it arrived. Not whether the company is known, nor who follows it.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Receipt {
    pub lead_id: Uuid,
    /// For the visitor.
    pub message: Text,
}

/// The form with this code, of whatever tenant.
pub async fn find_form(state: &State, code: &str) -> Result<LeadForm, LeadError> {
    let mut tx = state.journal.read_as_system().await?;
    store::forms::by_code(&mut tx, code).await?.ok_or(LeadError::NotFound(Missing::Form))
}

/// On whose behalf a visitor's form is taken in.
pub fn visitor_of(tenant: TenantId) -> Principal {
    Principal::service(tenant, "lead-routing")
}

#[tracing::instrument(name = "lead_routing.submit_lead_form", skip_all, fields(form = %form.id))]
pub async fn submit_lead_form(
    state: &State,
    caller: &Caller,
    form: LeadForm,
    new: NewLead,
) -> Result<Receipt, LeadError> {
    let custom = new.custom.clone();
    let mut profile = check(new).map_err(LeadError::Invalid)?;
    profile.region = profile.region.or(form.region);
    profile.industry = profile.industry.or(form.industry);

    let mut write = state.journal.begin(caller).await?;
    let custom = changed_values(write.db(), Resource::Lead, &Values::default(), custom).await?;
    let arrival = Arrival {
        id: write.new_id(),
        org: form.org,
        source: form.source,
        source_detail: Some(form.exhibition),
        profile,
        custom,
        sender: form.id,
    };
    let lead = take_in(state, &mut write, arrival).await?;
    let message = Text::new("已收到，我们会尽快与您联系", "received; we shall be in touch soon");
    Ok(write.commit(Receipt { lead_id: lead.id, message }).await?)
}
