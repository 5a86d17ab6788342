//! Scores come to mean what coaches mean: refitted from what they decided, in numbered versions; one can go back.

use authz::{Action, Resource, ResourceKind};
use chrono::DateTime;
use contracts::ai_qa::v1::{CalibrationRefitted, CalibrationReverted};
use journal::{Caller, Entry, Write};
use kernel::Scope;
use uuid::Uuid;

use super::keep_talk_track::begin;
use super::measure::opinions;
use crate::app::State;
use crate::domain::calibration::Calibration;
use crate::domain::measure::decided;
use crate::error::AiQaError;
use crate::store;
use crate::store::calibrations::CalibrationVersion;

/// From everything coaches have judged so far; new answers are scored with it.
#[tracing::instrument(name = "ai_qa.refit_calibration", skip_all)]
pub async fn refit_calibration(state: &State, caller: &Caller) -> Result<CalibrationVersion, AiQaError> {
    let mut write = begin(state, caller).await?;
    store::calibrations::lock(write.db(), caller.tenant()).await?;
    let now = write.now();
    let compared = store::judgements::compared(write.db(), DateTime::UNIX_EPOCH, now).await?;
    let current = store::calibrations::current(write.db()).await?;
    let fitted = current.refitted(&decided(&opinions(compared)))?;
    let made = keep(&mut write, &fitted, None).await?;
    let event = CalibrationRefitted {
        calibration_id: made.id.to_string(),
        version: i64::from(made.version),
        decisions: u32::try_from(made.decisions).unwrap_or(0),
    };
    write.record(Entry::new(&event, made.id, 1)?);
    Ok(write.commit(made).await?)
}

/// Copies an earlier version, which scores from now on; 0 is the one built in.
#[tracing::instrument(name = "ai_qa.restore_calibration", skip_all, fields(version))]
pub async fn restore_calibration(
    state: &State,
    caller: &Caller,
    version: i32,
) -> Result<CalibrationVersion, AiQaError> {
    let mut write = begin(state, caller).await?;
    store::calibrations::lock(write.db(), caller.tenant()).await?;
    let current = store::calibrations::current(write.db()).await?;
    let found = store::calibrations::find(write.db(), version).await?.ok_or(AiQaError::CalibrationNotFound)?;
    let copy = Calibration { version: current.version + 1, ..found };
    let made = keep(&mut write, &copy, Some(version)).await?;
    let event = CalibrationReverted {
        calibration_id: made.id.to_string(),
        version: i64::from(made.version),
        to_version: i64::from(version),
    };
    write.record(Entry::new(&event, made.id, 1)?);
    Ok(write.commit(made).await?)
}

/// Every version, the newest first.
#[tracing::instrument(name = "ai_qa.list_calibrations", skip_all)]
pub async fn list_calibrations(state: &State, caller: &Caller) -> Result<Vec<CalibrationVersion>, AiQaError> {
    let library = Resource::tenant_wide(ResourceKind::TalkTrack, caller.tenant());
    authz::check(&caller.principal, state.clock.now(), Action::TalkTrackWrite, &library)?;
    let mut tx = state.journal.read(&caller.principal, Scope::All).await?;
    store::calibrations::list(&mut tx).await
}

async fn keep(
    write: &mut Write,
    body: &Calibration,
    restored_from: Option<i32>,
) -> Result<CalibrationVersion, AiQaError> {
    let number = |number: u32| i32::try_from(number).unwrap_or(i32::MAX);
    let (id, by): (Uuid, Uuid) = (write.new_id(), write.caller().principal.id);
    let made = CalibrationVersion {
        id,
        version: number(body.version),
        decisions: number(body.fitted_from),
        restored_from,
        made_by: by,
        made_at: write.now(),
    };
    let tenant = write.caller().tenant();
    store::calibrations::insert(write.db(), tenant, &made, body).await?;
    Ok(made)
}
