//! `ai_qa.sentences`

use kernel::TenantId;
use sqlx::PgConnection;
use uuid::Uuid;

use super::stored::read;
use crate::domain::transcript::Sentence;
use crate::error::AiQaError;

struct Row {
    number: i32,
    start_ms: i64,
    end_ms: i64,
    speaker: String,
    text: String,
    confidence: f32,
    doubtful: bool,
}

impl TryFrom<Row> for Sentence {
    type Error = AiQaError;

    fn try_from(row: Row) -> Result<Self, AiQaError> {
        Ok(Self {
            number: row.number,
            start_ms: row.start_ms,
            end_ms: row.end_ms,
            speaker: read("channel", &row.speaker)?,
            text: row.text,
            confidence: row.confidence,
            doubtful: row.doubtful,
        })
    }
}

/// Adds sentences behind those that are there; their numbers are the order in which they were heard.
pub async fn insert(
    db: &mut PgConnection,
    tenant: TenantId,
    transcript: Uuid,
    new: &[Sentence],
) -> Result<(), AiQaError> {
    let heard: Vec<i32> = new.iter().map(|one| one.number).collect();
    let starts: Vec<i64> = new.iter().map(|one| one.start_ms).collect();
    let ends: Vec<i64> = new.iter().map(|one| one.end_ms).collect();
    let speakers: Vec<String> = new.iter().map(|one| one.speaker.to_string()).collect();
    let texts: Vec<String> = new.iter().map(|one| one.text.clone()).collect();
    let confidences: Vec<f32> = new.iter().map(|one| one.confidence).collect();
    let doubtful: Vec<bool> = new.iter().map(|one| one.doubtful).collect();
    sqlx::query!(
        "insert into ai_qa.sentences (transcript_id, tenant_id, heard, start_ms, end_ms, speaker, text, confidence, doubtful)
         select $1, $2, * from unnest($3::int[], $4::bigint[], $5::bigint[], $6::text[], $7::text[], $8::real[], $9::bool[])",
        transcript,
        tenant.0,
        &heard,
        &starts,
        &ends,
        &speakers,
        &texts,
        &confidences,
        &doubtful,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Numbers the sentences of a complete transcript in the order in which they begin.
pub async fn number(db: &mut PgConnection, transcript: Uuid) -> Result<(), AiQaError> {
    sqlx::query!(
        "update ai_qa.sentences as one set number = placed.place
         from (select heard, (row_number() over (order by start_ms, end_ms, heard) - 1)::int as place
               from ai_qa.sentences where transcript_id = $1) as placed
         where one.transcript_id = $1 and one.heard = placed.heard",
        transcript
    )
    .execute(db)
    .await?;
    Ok(())
}

/// In order, from `after` on.
pub async fn list(db: &mut PgConnection, transcript: Uuid, after: i32) -> Result<Vec<Sentence>, AiQaError> {
    let rows = sqlx::query_as!(
        Row,
        r#"select coalesce(number, heard) as "number!", start_ms, end_ms, speaker, text, confidence, doubtful
           from ai_qa.sentences where transcript_id = $1 and coalesce(number, heard) >= $2 order by 1"#,
        transcript,
        after
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Sentence::try_from).collect()
}

/// In the order in which they were heard, without the first `after`; numbered in that order.
pub async fn heard(db: &mut PgConnection, transcript: Uuid, after: i32) -> Result<Vec<Sentence>, AiQaError> {
    let rows = sqlx::query_as!(
        Row,
        "select heard as number, start_ms, end_ms, speaker, text, confidence, doubtful
         from ai_qa.sentences where transcript_id = $1 and heard >= $2 order by heard",
        transcript,
        after
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Sentence::try_from).collect()
}

/// Deletes the words.
pub async fn delete(db: &mut PgConnection, transcript: Uuid) -> Result<(), AiQaError> {
    sqlx::query!("delete from ai_qa.sentences where transcript_id = $1", transcript).execute(db).await?;
    Ok(())
}
