//! `ai_qa.talk_tracks`, their versions and the objections they answer

use chrono::{DateTime, Utc};
use kernel::TenantId;
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

use super::After;
use super::stored::read_json;
use crate::domain::talk_track::{Track, TrackWords};
use crate::error::AiQaError;

struct Row {
    id: Uuid,
    title: String,
    industry: Option<String>,
    objection_ids: Vec<Uuid>,
    words: Value,
    words_version: i32,
    created_by: Uuid,
    created_at: DateTime<Utc>,
    changed_at: DateTime<Utc>,
    version: i64,
}

impl TryFrom<Row> for Track {
    type Error = AiQaError;

    fn try_from(row: Row) -> Result<Self, AiQaError> {
        Ok(Self {
            id: row.id,
            title: row.title,
            industry: row.industry,
            objection_ids: row.objection_ids,
            words: read_json("talk track", row.words)?,
            words_version: row.words_version,
            created_by: row.created_by,
            created_at: row.created_at,
            changed_at: row.changed_at,
            version: row.version,
        })
    }
}

/// One version of the words.
pub struct TrackVersion {
    pub version: i32,
    pub words: TrackWords,
    pub written_by: Uuid,
    pub written_at: DateTime<Utc>,
}

pub async fn insert(db: &mut PgConnection, tenant: TenantId, new: &Track) -> Result<(), AiQaError> {
    sqlx::query!(
        "insert into ai_qa.talk_tracks (id, tenant_id, title, industry, words, changed_at, created_by, created_at, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        new.id,
        tenant.0,
        new.title,
        new.industry,
        new.words_version,
        new.changed_at,
        new.created_by,
        new.created_at,
        new.version,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn save(db: &mut PgConnection, changed: &Track, withdrawn: bool) -> Result<(), AiQaError> {
    sqlx::query!(
        "update ai_qa.talk_tracks
         set title = $2, industry = $3, words = $4, changed_at = $5, version = $6, withdrawn = $7 where id = $1",
        changed.id,
        changed.title,
        changed.industry,
        changed.words_version,
        changed.changed_at,
        changed.version,
        withdrawn,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Keeps a new version of the words.
pub async fn insert_words(db: &mut PgConnection, tenant: TenantId, track: &Track, by: Uuid) -> Result<(), AiQaError> {
    sqlx::query!(
        "insert into ai_qa.talk_track_versions (talk_track_id, tenant_id, version, words, written_by, written_at)
         values ($1, $2, $3, $4, $5, $6)",
        track.id,
        tenant.0,
        track.words_version,
        serde_json::to_value(&track.words).unwrap_or_default(),
        by,
        track.changed_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Says which objections the track answers; those that are not in the library are left out.
pub async fn link(db: &mut PgConnection, tenant: TenantId, track: Uuid, to: &[Uuid]) -> Result<(), AiQaError> {
    sqlx::query!("delete from ai_qa.talk_track_objections where talk_track_id = $1", track).execute(&mut *db).await?;
    sqlx::query!(
        "insert into ai_qa.talk_track_objections (talk_track_id, objection_id, tenant_id)
         select $1, id, $2 from ai_qa.objections where id = any($3) and not withdrawn",
        track,
        tenant.0,
        to,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Which of these objections are in the library.
pub async fn known_objections(db: &mut PgConnection, ids: &[Uuid]) -> Result<i64, AiQaError> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!" from ai_qa.objections where id = any($1) and not withdrawn"#,
        ids
    );
    Ok(count.fetch_one(db).await?)
}

pub async fn find(db: &mut PgConnection, id: Uuid) -> Result<Option<Track>, AiQaError> {
    let row = sqlx::query_as!(
        Row,
        r#"select track.id, title, industry, said.words, track.words as words_version, created_by, created_at, changed_at,
               track.version,
               array(select objection_id from ai_qa.talk_track_objections where talk_track_id = track.id order by 1) as "objection_ids!"
           from ai_qa.talk_tracks as track
           join ai_qa.talk_track_versions as said on said.talk_track_id = track.id and said.version = track.words
           where track.id = $1 and not withdrawn"#,
        id
    );
    row.fetch_optional(db).await?.map(Track::try_from).transpose()
}

pub async fn lock(db: &mut PgConnection, id: Uuid) -> Result<Option<Track>, AiQaError> {
    sqlx::query!("select id from ai_qa.talk_tracks where id = $1 for update", id).fetch_optional(&mut *db).await?;
    find(db, id).await
}

/// Newest first, from after the cursor; one more than `limit` when there are more.
pub async fn list(
    db: &mut PgConnection,
    objection: Option<Uuid>,
    after: After,
    limit: i64,
) -> Result<Vec<Track>, AiQaError> {
    let (after_at, after_id) = after.unzip();
    let rows = sqlx::query_as!(
        Row,
        r#"select track.id, title, industry, said.words, track.words as words_version, created_by, created_at, changed_at,
               track.version,
               array(select objection_id from ai_qa.talk_track_objections where talk_track_id = track.id order by 1) as "objection_ids!"
           from ai_qa.talk_tracks as track
           join ai_qa.talk_track_versions as said on said.talk_track_id = track.id and said.version = track.words
           where not withdrawn and ($2::timestamptz is null or (created_at, track.id) < ($2, $3))
             and ($1::uuid is null or exists (select from ai_qa.talk_track_objections
                                              where talk_track_id = track.id and objection_id = $1))
           order by created_at desc, track.id desc limit $4"#,
        objection,
        after_at,
        after_id,
        limit.saturating_add(1),
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Track::try_from).collect()
}

/// Every version of the words, the newest first.
pub async fn versions(db: &mut PgConnection, id: Uuid) -> Result<Vec<TrackVersion>, AiQaError> {
    let rows = sqlx::query!(
        "select version, words, written_by, written_at from ai_qa.talk_track_versions
         where talk_track_id = $1 order by version desc",
        id
    )
    .fetch_all(db)
    .await?;
    let version = |(version, words, written_by, written_at)| {
        Ok(TrackVersion { version, words: read_json("talk track", words)?, written_by, written_at })
    };
    rows.into_iter().map(|row| version((row.version, row.words, row.written_by, row.written_at))).collect()
}

/// A number that grows with every change of the library.
pub async fn stamp(db: &mut PgConnection) -> Result<i64, AiQaError> {
    let stamp = sqlx::query_scalar!(
        r#"select (coalesce((select sum(version) from ai_qa.talk_tracks), 0)
                 + coalesce((select sum(version) from ai_qa.comparison_sheets), 0)
                 + coalesce((select sum(version) from ai_qa.price_facts), 0)
                 + coalesce((select max(version) from ai_qa.calibrations), 0))::bigint as "stamp!""#
    );
    Ok(stamp.fetch_one(db).await?)
}
