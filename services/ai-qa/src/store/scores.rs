//! `ai_qa.scores`

use chrono::{DateTime, Utc};
use kernel::TenantId;
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

use super::stored::{read, read_json};
use crate::domain::answer::{Judged, Outcome};
use crate::error::AiQaError;

/// One scoring of one answer.
pub struct KeptScore {
    pub id: Uuid,
    /// From 1; the highest counts.
    pub number: i32,
    pub judged: Judged,
    pub talk_track: Option<(Uuid, i32)>,
    pub calibration: i32,
    /// What wrote the recording down.
    pub model: Option<String>,
    pub transcript_sha256: Option<String>,
    pub scored_at: DateTime<Utc>,
}

struct Row {
    id: Uuid,
    number: i32,
    outcome: String,
    reasons: Value,
    score: Option<Value>,
    talk_track_id: Option<Uuid>,
    talk_track_version: Option<i32>,
    calibration: i32,
    model: Option<String>,
    transcript_sha256: Option<String>,
    scored_at: DateTime<Utc>,
}

impl TryFrom<Row> for KeptScore {
    type Error = AiQaError;

    fn try_from(row: Row) -> Result<Self, AiQaError> {
        let outcome: Outcome = read("outcome", &row.outcome)?;
        let score = row.score.map(|score| read_json("score", score)).transpose()?;
        Ok(Self {
            id: row.id,
            number: row.number,
            judged: Judged { outcome, reasons: read_json("reasons", row.reasons)?, score },
            talk_track: row.talk_track_id.zip(row.talk_track_version),
            calibration: row.calibration,
            model: row.model,
            transcript_sha256: row.transcript_sha256,
            scored_at: row.scored_at,
        })
    }
}

pub async fn insert(db: &mut PgConnection, tenant: TenantId, review: Uuid, new: &KeptScore) -> Result<(), AiQaError> {
    sqlx::query!(
        "insert into ai_qa.scores (id, tenant_id, review_id, number, outcome, percent, reasons, score, talk_track_id,
             talk_track_version, calibration, model, transcript_sha256, scored_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        new.id,
        tenant.0,
        review,
        new.number,
        new.judged.outcome.as_str(),
        new.judged.percent(),
        serde_json::to_value(&new.judged.reasons).unwrap_or_default(),
        new.judged.score.as_ref().and_then(|score| serde_json::to_value(score).ok()),
        new.talk_track.map(|(track, _)| track),
        new.talk_track.map(|(_, version)| version),
        new.calibration,
        new.model,
        new.transcript_sha256,
        new.scored_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Deletes the words of scores that were said in a recording; what they come to stays.
pub async fn forget(db: &mut PgConnection, recording: Uuid) -> Result<(), AiQaError> {
    sqlx::query!(
        r#"update ai_qa.scores
           set score = jsonb_set(score, '{contradictions}',
               (select coalesce(jsonb_agg(one || '{"said": ""}'), '[]') from jsonb_array_elements(score -> 'contradictions') as one))
           where score is not null and review_id in (select id from ai_qa.reviews where recording_id = $1)"#,
        recording
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The newest score of an answer.
pub async fn newest(db: &mut PgConnection, review: Uuid) -> Result<Option<KeptScore>, AiQaError> {
    let row = sqlx::query_as!(
        Row,
        "select id, number, outcome, reasons, score, talk_track_id, talk_track_version, calibration, model,
             transcript_sha256, scored_at
         from ai_qa.scores where review_id = $1 order by number desc limit 1",
        review
    );
    row.fetch_optional(db).await?.map(KeptScore::try_from).transpose()
}
