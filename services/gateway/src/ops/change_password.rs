//! Changing one's own password. Every other session of the person ends.

use contracts::gateway::v1::PasswordChanged;
use journal::Caller;
use kernel::PersonId;
use serde::Deserialize;
use uuid::Uuid;

use super::change_person::record_about;
use super::session::{record_ended, unrepeatable};
use crate::State;
use crate::domain::passwords;
use crate::error::{GatewayError, Thing};
use crate::store;

#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPassword {
    pub current: String,
    /// 10 to 200 characters.
    pub new: String,
}

#[tracing::instrument(name = "gateway.change_password", skip_all)]
pub async fn change_password(
    state: &State,
    caller: &Caller,
    session: Uuid,
    input: NewPassword,
) -> Result<(), GatewayError> {
    let PersonId(person) = caller.principal.person().ok_or(GatewayError::PeopleOnly)?;
    let faults = passwords::faults("new", &input.new);
    if !faults.is_empty() {
        return Err(GatewayError::Invalid(faults));
    }
    let phc = {
        let mut tx = state.journal.read(&caller.principal, kernel::Scope::Own).await?;
        store::people::password(&mut tx, person).await?
    };
    if !state.passwords.matches(input.current, phc).await? {
        return Err(GatewayError::SignInRefused);
    }
    let hash = state.passwords.hash(input.new).await?;
    let mut write = state.journal.begin(&unrepeatable(caller)).await?;
    let now = write.now();
    let kept = store::people::lock(write.db(), caller.tenant(), person).await?;
    let mut kept = kept.ok_or(GatewayError::NotFound(Thing::Person))?;
    store::people::set_password(write.db(), person, &hash, now).await?;
    record_about(&mut write, &mut kept, &PasswordChanged { person_id: person.to_string() }).await?;
    let ended = store::sessions::end_all_of(write.db(), person, Some(session)).await?;
    record_ended(&mut write, person, &ended, "password_changed")?;
    Ok(write.commit(()).await?)
}
