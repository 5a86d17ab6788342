//! Enrolling a second factor: proposed first, it counts from its first correct code.

use authz::totp;
use contracts::gateway::v1::{SecondFactorEnrolled, SecondFactorProposed};
use journal::Caller;
use kernel::PersonId;
use serde::Serialize;

use super::change_person::record_about;
use super::session::unrepeatable;
use super::step_up::{note_failure, refuse_while_blocked};
use crate::State;
use crate::error::{GatewayError, Thing};
use crate::store;

/// What the authenticator app has to be told. Shown this once.
#[derive(Serialize, utoipa::ToSchema)]
pub struct Proposed {
    /// `otpauth://totp/…`, for a QR code.
    pub otpauth_uri: String,
}

#[tracing::instrument(name = "gateway.enrol_second_factor", skip_all)]
pub async fn enrol_second_factor(state: &State, caller: &Caller) -> Result<Proposed, GatewayError> {
    let PersonId(id) = caller.principal.person().ok_or(GatewayError::PeopleOnly)?;
    let mut write = state.journal.begin(&unrepeatable(caller)).await?;
    let person = store::people::lock(write.db(), caller.tenant(), id).await?;
    let mut person = person.ok_or(GatewayError::NotFound(Thing::Person))?;
    let replaces = store::second_factors::is_enrolled(write.db(), id).await?;
    if replaces && !caller.principal.is_stepped_up(write.now()) {
        return Err(GatewayError::StepUpRequired);
    }
    let account = person.profile.login.clone().unwrap_or_else(|| id.to_string());
    let proposal = totp::enrol(&state.ids, &account)?;
    let sealed = state.sealing.seal(id, &proposal.secret)?;
    store::second_factors::propose(write.db(), caller.tenant().0, id, &sealed).await?;
    record_about(&mut write, &mut person, &SecondFactorProposed { person_id: id.to_string() }).await?;
    write.commit(()).await?;
    Ok(Proposed { otpauth_uri: proposal.otpauth_uri })
}

#[tracing::instrument(name = "gateway.confirm_second_factor", skip_all)]
pub async fn confirm_second_factor(state: &State, caller: &Caller, code: &str) -> Result<(), GatewayError> {
    let PersonId(id) = caller.principal.person().ok_or(GatewayError::PeopleOnly)?;
    let mut write = state.journal.begin(&unrepeatable(caller)).await?;
    let now = write.now();
    let person = store::people::lock(write.db(), caller.tenant(), id).await?;
    let mut person = person.ok_or(GatewayError::NotFound(Thing::Person))?;
    let factor = store::second_factors::lock(write.db(), id).await?.unwrap_or_default();
    let sealed = factor.pending_secret.as_deref().ok_or(GatewayError::NoSecondFactor)?;
    refuse_while_blocked(&factor, now)?;
    let secret = state.sealing.open(id, sealed)?;
    let step = match totp::verify(&secret, code.trim(), now, None) {
        Ok(step) => step,
        Err(refused) => {
            note_failure(state, &mut write, id, &factor).await?;
            write.commit(()).await?;
            return Err(refused.into());
        }
    };
    store::second_factors::confirm(write.db(), id, step, now).await?;
    record_about(&mut write, &mut person, &SecondFactorEnrolled { person_id: id.to_string() }).await?;
    Ok(write.commit(()).await?)
}
