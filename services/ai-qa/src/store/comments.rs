//! `ai_qa.comments`

use kernel::TenantId;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::coaching::Comment;
use crate::error::AiQaError;

pub async fn insert(db: &mut PgConnection, tenant: TenantId, review: Uuid, new: &Comment) -> Result<(), AiQaError> {
    sqlx::query!(
        "insert into ai_qa.comments (id, tenant_id, review_id, author_id, at_ms, text, written_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
        new.id,
        tenant.0,
        review,
        new.author_id,
        new.at_ms,
        new.text,
        new.written_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// In the order of the recording.
pub async fn list(db: &mut PgConnection, review: Uuid) -> Result<Vec<Comment>, AiQaError> {
    let rows = sqlx::query_as!(
        Comment,
        "select id, author_id, at_ms, text, written_at from ai_qa.comments where review_id = $1 order by at_ms, id",
        review
    );
    Ok(rows.fetch_all(db).await?)
}
