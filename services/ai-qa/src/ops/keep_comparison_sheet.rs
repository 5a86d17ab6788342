//! Comparison sheets: add, change, withdraw.

use contracts::ai_qa::v1::ComparisonSheetChanged;
use journal::{Caller, Entry, Write};
use runtime::http::IfMatch;
use uuid::Uuid;

use super::keep_talk_track::begin;
use crate::app::State;
use crate::domain::comparison_sheet::{ComparisonSheet, SheetInput};
use crate::error::AiQaError;
use crate::store;

#[tracing::instrument(name = "ai_qa.add_comparison_sheet", skip_all)]
pub async fn add_comparison_sheet(
    state: &State,
    caller: &Caller,
    input: SheetInput,
) -> Result<ComparisonSheet, AiQaError> {
    let mut write = begin(state, caller).await?;
    let sheet = ComparisonSheet {
        id: write.new_id(),
        sheet: input.checked()?,
        created_by: caller.principal.id,
        created_at: write.now(),
        version: 1,
    };
    if !store::comparison_sheets::insert(write.db(), caller.tenant(), &sheet).await? {
        return Err(AiQaError::CompetitorTaken);
    }
    record(&mut write, &sheet, "added")?;
    Ok(write.commit(sheet).await?)
}

#[tracing::instrument(name = "ai_qa.change_comparison_sheet", skip_all, fields(sheet = %id))]
pub async fn change_comparison_sheet(
    state: &State,
    caller: &Caller,
    id: Uuid,
    seen: IfMatch,
    input: SheetInput,
) -> Result<ComparisonSheet, AiQaError> {
    let mut write = begin(state, caller).await?;
    let input = input.checked()?;
    let found = store::comparison_sheets::lock(write.db(), id).await?.ok_or(AiQaError::SheetNotFound)?;
    seen.check(found.version)?;
    if store::comparison_sheets::is_taken(write.db(), id, &input.competitor).await? {
        return Err(AiQaError::CompetitorTaken);
    }
    let sheet = ComparisonSheet { sheet: input, version: found.version + 1, ..found };
    store::comparison_sheets::save(write.db(), &sheet, false).await?;
    record(&mut write, &sheet, "changed")?;
    Ok(write.commit(sheet).await?)
}

#[tracing::instrument(name = "ai_qa.withdraw_comparison_sheet", skip_all, fields(sheet = %id))]
pub async fn withdraw_comparison_sheet(state: &State, caller: &Caller, id: Uuid) -> Result<(), AiQaError> {
    let mut write = begin(state, caller).await?;
    let mut sheet = store::comparison_sheets::lock(write.db(), id).await?.ok_or(AiQaError::SheetNotFound)?;
    sheet.version += 1;
    store::comparison_sheets::save(write.db(), &sheet, true).await?;
    record(&mut write, &sheet, "withdrawn")?;
    Ok(write.commit(()).await?)
}

fn record(write: &mut Write, sheet: &ComparisonSheet, what: &str) -> Result<(), AiQaError> {
    let event = ComparisonSheetChanged {
        comparison_sheet_id: sheet.id.to_string(),
        what: what.to_owned(),
        version: sheet.version,
    };
    write.record(Entry::new(&event, sheet.id, sheet.version)?);
    Ok(())
}
