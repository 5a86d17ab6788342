//! Attaches a carrier of evidence to an opportunity.

use authz::Action;
use contracts::crm::v1::OpportunityEvidenceAttached;
use journal::{Caller, Entry, Write};
use kernel::{Evidence, EvidenceKind, Text};
use serde::Deserialize;
use uuid::Uuid;

use super::opportunity_view::{OpportunityView, opportunity_view};
use crate::app::State;
use crate::domain::fields::{Fields, some};
use crate::domain::opportunity::Opportunity;
use crate::error::CrmError;
use crate::store;
use crate::store::evidence::Attached;

/// What a carrier proves, where it is and what it hashes to.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EvidenceInput {
    /// In the process definition's words.
    #[schema(example = "technical_confirmation")]
    pub name: Option<String>,
    /// An object key or a URL.
    pub reference: Option<String>,
    /// 64 hex digits; needed for files.
    pub sha256: Option<String>,
    /// A file unless said otherwise.
    pub kind: Option<EvidenceKind>,
}

#[tracing::instrument(name = "crm.attach_evidence", skip_all, fields(opportunity = %id))]
pub async fn attach_evidence(
    state: &State,
    caller: &Caller,
    id: Uuid,
    input: EvidenceInput,
) -> Result<OpportunityView, CrmError> {
    let evidence = checked(&input)?;
    let mut write = state.journal.begin(caller).await?;
    let mut opportunity = store::opportunities::lock(write.db(), id).await?.ok_or(CrmError::OpportunityNotFound)?;
    authz::check(&caller.principal, write.now(), Action::OpportunityAttachEvidence, &opportunity.resource())?;
    record_evidence(&mut write, &mut opportunity, evidence).await?;
    let now = write.now();
    store::opportunities::save(write.db(), &opportunity, now).await?;
    let view = opportunity_view(state, write.db(), &caller.principal, opportunity).await?;
    Ok(write.commit(view).await?)
}

/// Records and stores a carrier; the opportunity's row is the caller's to save.
pub async fn record_evidence(
    write: &mut Write,
    opportunity: &mut Opportunity,
    evidence: Evidence,
) -> Result<(), CrmError> {
    let event = OpportunityEvidenceAttached {
        opportunity_id: opportunity.id.to_string(),
        name: evidence.name.clone(),
        reference: evidence.reference.clone(),
        sha256: evidence.sha256.clone().unwrap_or_default(),
    };
    let entry = Entry::new(&event, opportunity.id, opportunity.next_version())?;
    write.record(entry.evidence([evidence.clone()]));
    let attached = Attached {
        id: write.new_id(),
        tenant: opportunity.tenant,
        opportunity: opportunity.id,
        by: write.caller().principal.id,
        at: write.now(),
    };
    store::evidence::insert(write.db(), &attached, &evidence).await
}

fn checked(input: &EvidenceInput) -> Result<Evidence, CrmError> {
    let mut fields = Fields::default();
    let name = fields.required("name", input.name.as_deref(), 64);
    if !name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_') {
        let reason =
            Text::new("只能用小写字母、数字和下划线", "has other characters than lower-case letters, digits and _");
        fields.wrong("name", "malformed", reason);
    }
    let reference = fields.required("reference", input.reference.as_deref(), 2_000);
    let kind = input.kind.unwrap_or(EvidenceKind::File);
    let sha256 = input.sha256.as_deref().unwrap_or_default().trim().to_ascii_lowercase();
    if sha256.is_empty() && kind == EvidenceKind::File {
        fields.required("sha256", None, 64);
    }
    let is_digest = sha256.len() == 64 && sha256.chars().all(|c| c.is_ascii_hexdigit());
    if !sha256.is_empty() && !is_digest {
        fields.wrong("sha256", "malformed", Text::new("应为 64 位十六进制", "must be 64 hex digits"));
    }
    fields.into_errors()?;
    Ok(Evidence { kind, name, reference, sha256: some(sha256) })
}
