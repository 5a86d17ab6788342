//! `crm.voice_notes`

use kernel::TenantId;
use sqlx::PgConnection;
use uuid::Uuid;

use super::stored::choice;
use crate::domain::draft::{Draft, VoiceNote};
use crate::error::CrmError;

/// A visit that names a recording and the news of that recording wait for each other.
pub async fn hold(db: &mut PgConnection, tenant: TenantId, recording: &str) -> Result<(), CrmError> {
    let name = format!("crm.voice_note:{tenant}:{recording}");
    sqlx::query!("select pg_advisory_xact_lock(hashtextextended($1, 0))", name).fetch_one(db).await?;
    Ok(())
}

/// Keeps a note unless a later version about the same is there; answers whether it was kept.
pub async fn keep(db: &mut PgConnection, tenant: TenantId, note: &VoiceNote) -> Result<bool, CrmError> {
    let kept = sqlx::query!(
        "insert into crm.voice_notes as known (tenant_id, recording_id, owner_id, draft, version, at)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (tenant_id, recording_id) do update
             set owner_id = excluded.owner_id, draft = excluded.draft, version = excluded.version, at = excluded.at
             where known.version < excluded.version",
        tenant.0,
        note.recording,
        note.owner,
        note.draft.as_str(),
        note.version,
        note.at,
    )
    .execute(db)
    .await?;
    Ok(kept.rows_affected() == 1)
}

/// What is known of somebody's own recording; nothing about anybody else's.
pub async fn of(db: &mut PgConnection, recording: &str, owner: Uuid) -> Result<Option<Draft>, CrmError> {
    let draft = sqlx::query_scalar!(
        "select draft from crm.voice_notes where recording_id = $1 and owner_id = $2",
        recording,
        owner,
    );
    draft.fetch_optional(db).await?.map(|name| choice("draft", &name)).transpose()
}
