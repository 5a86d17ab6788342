//! `ai_qa.judgements`, alone and beside what the machine said

use chrono::{DateTime, Utc};
use kernel::TenantId;
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

use super::stored::{read_json, read_some};
use crate::domain::answer::Outcome;
use crate::domain::coaching::{Judgement, PointJudgement};
use crate::domain::scoring::Score;
use crate::error::AiQaError;

/// One coach's judgement beside the machine's.
pub struct Compared {
    pub review: Uuid,
    pub coach: Uuid,
    pub passed: bool,
    pub outcome: Option<Outcome>,
    pub score: Option<Score>,
    pub points: Vec<PointJudgement>,
}

/// Keeps a judgement in place of the same coach's earlier one.
pub async fn save(
    db: &mut PgConnection,
    tenant: TenantId,
    id: Uuid,
    review: Uuid,
    new: &Judgement,
) -> Result<(), AiQaError> {
    sqlx::query!(
        "insert into ai_qa.judgements (id, tenant_id, review_id, coach_id, passed, percent, reason, points, made_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict (review_id, coach_id) do update
         set passed = excluded.passed, percent = coalesce(excluded.percent, judgements.percent),
             reason = coalesce(excluded.reason, judgements.reason), made_at = excluded.made_at,
             points = case when excluded.points = '[]' then judgements.points else excluded.points end",
        id,
        tenant.0,
        review,
        new.coach_id,
        new.passed,
        new.percent,
        new.reason,
        serde_json::to_value(&new.points).unwrap_or_default(),
        new.made_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Of one answer, the newest first.
pub async fn list(db: &mut PgConnection, review: Uuid) -> Result<Vec<Judgement>, AiQaError> {
    let rows = sqlx::query!(
        "select coach_id, passed, percent, reason, points, made_at from ai_qa.judgements
         where review_id = $1 order by made_at desc, coach_id",
        review
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Judgement {
                coach_id: row.coach_id,
                passed: row.passed,
                percent: row.percent,
                reason: row.reason,
                points: read_json("points", row.points)?,
                made_at: row.made_at,
            })
        })
        .collect()
}

struct Row {
    review_id: Uuid,
    coach_id: Uuid,
    passed: bool,
    points: Value,
    outcome: Option<String>,
    score: Option<Value>,
}

impl TryFrom<Row> for Compared {
    type Error = AiQaError;

    fn try_from(row: Row) -> Result<Self, AiQaError> {
        Ok(Self {
            review: row.review_id,
            coach: row.coach_id,
            passed: row.passed,
            outcome: read_some("outcome", row.outcome.as_deref())?,
            score: row.score.map(|score| read_json("score", score)).transpose()?,
            points: read_json("points", row.points)?,
        })
    }
}

/// Judgements made in a span of time, with the newest score of each answer, as far as the reader sees the reviews.
pub async fn compared(
    db: &mut PgConnection,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Vec<Compared>, AiQaError> {
    let rows = sqlx::query_as!(
        Row,
        r#"select judged.review_id, judged.coach_id, judged.passed, judged.points,
               scored.outcome as "outcome?", scored.score as "score?"
           from ai_qa.judgements as judged
           join ai_qa.reviews as review on review.id = judged.review_id
           left join lateral (select outcome, score from ai_qa.scores where review_id = judged.review_id
                              order by number desc limit 1) as scored on true
           where judged.made_at >= $1 and judged.made_at < $2 order by judged.review_id, judged.made_at, judged.coach_id"#,
        from,
        until
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Compared::try_from).collect()
}
