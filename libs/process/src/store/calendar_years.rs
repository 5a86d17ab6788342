//! Holiday years that a tenant has loaded over the built-in ones, each revision kept.

use chrono::{DateTime, Utc};
use kernel::TenantId;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::calendar::{Calendar, CalendarError, WorkingHours, Year, YearStatus};
use crate::error::ProcessError;

/// The built-in calendar with the latest revision of every year the tenant has loaded.
pub async fn load_calendar(
    conn: &mut PgConnection,
    tenant: TenantId,
    hours: WorkingHours,
) -> Result<Calendar, ProcessError> {
    let sources = sqlx::query_scalar!(
        "select distinct on (year) source from process_calendar_years
         where tenant_id = $1 order by year, revision desc",
        tenant.0,
    )
    .fetch_all(conn)
    .await?;
    let mut calendar = Calendar::china(hours)?;
    for source in sources {
        calendar = calendar.with_year(Year::parse(&source)?);
    }
    Ok(calendar)
}

/// Loads a published year, in place of a provisional one or as an amendment of a published one.
/// Due times that were provisional are then due for [`crate::calendar::replan`].
pub async fn load_year(
    conn: &mut PgConnection,
    tenant: TenantId,
    source: &str,
    loaded_by: Uuid,
    now: DateTime<Utc>,
) -> Result<Year, ProcessError> {
    let year = Year::parse(source)?;
    if year.status != YearStatus::Published {
        return Err(CalendarError::NotPublished(year.year).into());
    }
    sqlx::query!(
        "insert into process_calendar_years (tenant_id, year, revision, source, loaded_at, loaded_by)
         select $1, $2, coalesce(max(revision), 0) + 1, $3, $4, $5
         from process_calendar_years where tenant_id = $1 and year = $2",
        tenant.0,
        year.year,
        source,
        now,
        loaded_by,
    )
    .execute(conn)
    .await?;
    Ok(year)
}
