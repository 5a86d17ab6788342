//! Makes a public form for an exhibition, a web page or a store.

use authz::{Action, Resource, ResourceKind};
use contracts::lead_routing::v1::LeadFormCreated;
use journal::{Caller, Entry};
use kernel::OrgPath;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::app::State;
use crate::domain::new_lead::source_of;
use crate::domain::source::Source;
use crate::error::LeadError;
use crate::store;
use crate::store::forms::LeadForm;

/// Letters and digits that nobody mixes up.
const ALPHABET: &[u8; 30] = b"23456789abcdefghjkmnpqrstvwxyz";
const CODE_LENGTH: usize = 12;

#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewLeadForm {
    /// What the form stands for; becomes the leads' `source_detail`.
    pub exhibition: String,
    /// `exhibition_qr` when not given.
    pub source: Option<String>,
    /// Where leads wait until they are assigned.
    pub org: OrgPath,
    /// For leads that do not say theirs.
    pub region: Option<String>,
    pub industry: Option<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct LeadFormView {
    pub id: Uuid,
    pub code: String,
    /// Where the form's content is posted, without signing in.
    pub path: String,
    pub org: OrgPath,
    pub exhibition: String,
    pub source: Source,
    pub region: Option<String>,
    pub industry: Option<String>,
}

impl From<LeadForm> for LeadFormView {
    fn from(form: LeadForm) -> Self {
        Self {
            path: format!("/api/lead-forms/{}", form.code),
            id: form.id,
            code: form.code,
            org: form.org,
            exhibition: form.exhibition,
            source: form.source,
            region: form.region,
            industry: form.industry,
        }
    }
}

#[tracing::instrument(name = "lead_routing.create_lead_form", skip_all)]
pub async fn create_lead_form(state: &State, caller: &Caller, new: NewLeadForm) -> Result<LeadFormView, LeadError> {
    let rules = Resource::tenant_wide(ResourceKind::RoutingRule, caller.tenant());
    authz::check(&caller.principal, state.clock.now(), Action::RoutingRuleWrite, &rules)?;
    let source = source_of(new.source.as_deref().unwrap_or(Source::ExhibitionQr.as_str()));
    let source = source.map_err(LeadError::Invalid)?;
    if new.exhibition.trim().is_empty() {
        return Err(LeadError::field("exhibition", "required", "必填", "is required"));
    }

    let mut write = state.journal.begin(caller).await?;
    let form = LeadForm {
        id: write.new_id(),
        tenant_id: caller.tenant(),
        code: code(&state.journal.ids().secret()),
        org: new.org,
        exhibition: new.exhibition.trim().to_owned(),
        source,
        region: new.region,
        industry: new.industry,
        created_at: write.now(),
        created_by: caller.principal.id,
    };
    store::forms::insert(write.db(), &form).await?;
    let event = LeadFormCreated {
        form_id: form.id.to_string(),
        org: form.org.to_string(),
        exhibition: form.exhibition.clone(),
    };
    write.record(Entry::new(&event, form.id, 1)?);
    Ok(write.commit(form.into()).await?)
}

/// Twelve random characters, of almost five bits each.
fn code(secret: &[u8; 32]) -> String {
    let character = |byte: &u8| char::from(ALPHABET[usize::from(*byte) % ALPHABET.len()]);
    secret.iter().map(character).take(CODE_LENGTH).collect()
}

/// Every form of the tenant, newest first.
pub async fn list_lead_forms(state: &State, caller: &Caller) -> Result<Vec<LeadFormView>, LeadError> {
    let rules = Resource::tenant_wide(ResourceKind::RoutingRule, caller.tenant());
    authz::check(&caller.principal, state.clock.now(), Action::RoutingRuleRead, &rules)?;
    let mut tx = state.journal.read(&caller.principal, kernel::Scope::All).await?;
    Ok(store::forms::list(&mut tx).await?.into_iter().map(Into::into).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_long_enough_to_be_unguessable_and_easy_to_read() {
        let secret: [u8; 32] = std::array::from_fn(|at| u8::try_from(at * 7).unwrap_or(0));
        let code = code(&secret);
        assert_eq!(code.len(), CODE_LENGTH);
        assert!(code.chars().all(|c| c.is_ascii_alphanumeric() && !"01ilo".contains(c)), "{code}");
    }
}
