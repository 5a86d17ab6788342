//! `ai_qa.turns`: whose turn it is.

use chrono::{DateTime, Utc};
use kernel::TenantId;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::error::AiQaError;

/// Tenants with recordings that nobody works on; who was served longest ago first.
pub async fn tenants(db: &mut PgConnection, now: DateTime<Utc>) -> Result<Vec<TenantId>, AiQaError> {
    let rows = sqlx::query_scalar!(
        "select waiting.tenant_id
         from ai_qa.transcripts as waiting left join ai_qa.turns as served on served.tenant_id = waiting.tenant_id
         where waiting.state = 'waiting' and waiting.next_at <= $1 or waiting.state = 'working' and waiting.lease_until <= $1
         group by waiting.tenant_id, served.turn
         order by served.turn nulls first, min(waiting.queued_at), waiting.tenant_id",
        now
    );
    Ok(rows.fetch_all(db).await?.into_iter().map(TenantId).collect())
}

/// Puts tenant and transcript behind all others.
pub async fn take(db: &mut PgConnection, tenant: TenantId, transcript: Uuid) -> Result<(), AiQaError> {
    sqlx::query!(
        "with next as (select nextval('ai_qa.turn_numbers') as turn),
              served as (insert into ai_qa.turns (tenant_id, turn) select $1, turn from next
                         on conflict (tenant_id) do update set turn = excluded.turn)
         update ai_qa.transcripts set turn = next.turn from next where id = $2",
        tenant.0,
        transcript
    )
    .execute(db)
    .await?;
    Ok(())
}
