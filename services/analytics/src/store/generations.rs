//! A rebuilt generation beside the live one: what each holds up to the same point, and the exchange.
//!
//! The live side may be ahead of the ledgers (written and not sealed yet) or behind them (not delivered yet). Both
//! are compared up to where both have come: live rows up to the last replayed version of their aggregate, replayed
//! rows up to the version that the gate has let through.

use futures::{Stream, TryStreamExt};
use sha2::{Digest, Sha256};
use sqlx::PgConnection;
use uuid::Uuid;

use super::LIVE;
use crate::error::AnalyticsError;

/// What one side holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Content {
    pub rows: i64,
    /// SHA-256 over all rows in canonical order, lower-case hex.
    pub digest: String,
}

/// The live rows that the replayed generation has something to say about.
pub async fn live(db: &mut PgConnection, generation: Uuid) -> Result<Content, AnalyticsError> {
    let mut hash = Hash::default();
    let timeline = sqlx::query_scalar!(
        r#"with reached as (
               select aggregate_id, max(version) as version from analytics.timeline where generation = $2 group by aggregate_id
           )
           select (to_jsonb(t) - 'generation')::text as "row!" from analytics.timeline t
           left join reached using (aggregate_id)
           where t.generation = $1
             and (t.version <= reached.version
                  or t.event_id in (select event_id from analytics.timeline where generation = $2))
           order by t.event_id"#,
        LIVE,
        generation,
    );
    hash.add("timeline", timeline.fetch(&mut *db)).await?;
    let facts = sqlx::query_scalar!(
        r#"with reached as (
               select aggregate_id, max(version) as version from analytics.timeline where generation = $2 group by aggregate_id
           )
           select (to_jsonb(f) - 'generation')::text as "row!" from analytics.facts f
           left join reached using (aggregate_id)
           where f.generation = $1
             and (f.version <= reached.version
                  or f.event_id in (select event_id from analytics.timeline where generation = $2))
           order by f.event_id"#,
        LIVE,
        generation,
    );
    hash.add("facts", facts.fetch(db)).await?;
    Ok(hash.finish())
}

/// The replayed rows that the live side has had its chance to apply.
pub async fn replayed(db: &mut PgConnection, generation: Uuid) -> Result<Content, AnalyticsError> {
    let mut hash = Hash::default();
    let timeline = sqlx::query_scalar!(
        r#"select (to_jsonb(t) - 'generation')::text as "row!" from analytics.timeline t
           join projected_versions gate on gate.consumer = 'analytics-' || t.service and gate.aggregate_id = t.aggregate_id
           where t.generation = $1 and t.version <= gate.version order by t.event_id"#,
        generation,
    );
    hash.add("timeline", timeline.fetch(&mut *db)).await?;
    let facts = sqlx::query_scalar!(
        r#"select (to_jsonb(f) - 'generation')::text as "row!" from analytics.facts f
           join analytics.timeline t on t.generation = f.generation and t.event_id = f.event_id
           join projected_versions gate on gate.consumer = 'analytics-' || t.service and gate.aggregate_id = t.aggregate_id
           where f.generation = $1 and f.version <= gate.version order by f.event_id"#,
        generation,
    );
    hash.add("facts", facts.fetch(db)).await?;
    Ok(hash.finish())
}

/// How many live events the ledgers have not told of yet, and how many of theirs have not been applied yet.
pub async fn distance(db: &mut PgConnection, generation: Uuid) -> Result<(i64, i64), AnalyticsError> {
    let counted = sqlx::query!(
        r#"select
               (select count(*) from analytics.timeline l where l.generation = $1 and not exists (
                   select from analytics.timeline r where r.generation = $2 and r.event_id = l.event_id)) as "ahead!",
               (select count(*) from analytics.timeline r where r.generation = $2 and r.version > coalesce((
                   select gate.version from projected_versions gate
                   where gate.consumer = 'analytics-' || r.service and gate.aggregate_id = r.aggregate_id), 0)) as "behind!""#,
        LIVE,
        generation,
    )
    .fetch_one(db)
    .await?;
    Ok((counted.ahead, counted.behind))
}

/// Puts the replayed rows in the place of the live ones and opens the gates as far as they reach.
pub async fn put_in_place(db: &mut PgConnection, generation: Uuid) -> Result<(), AnalyticsError> {
    sqlx::query!(
        "with reached as (
             select aggregate_id, max(version) as version from analytics.timeline where generation = $2 group by aggregate_id
         ), wrong as (
             delete from analytics.facts f where f.generation = $1 and (
                 f.event_id in (select event_id from analytics.timeline where generation = $2)
                 or exists (select from reached r where r.aggregate_id = f.aggregate_id and f.version <= r.version))
         )
         delete from analytics.timeline t where t.generation = $1 and (
             t.event_id in (select event_id from analytics.timeline where generation = $2)
             or exists (select from reached r where r.aggregate_id = t.aggregate_id and t.version <= r.version))",
        LIVE,
        generation,
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "insert into projected_versions (consumer, aggregate_id, version)
         select 'analytics-' || service, aggregate_id, max(version) from analytics.timeline
         where generation = $1 group by service, aggregate_id
         on conflict (consumer, aggregate_id) do update
         set version = greatest(projected_versions.version, excluded.version)",
        generation,
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!("update analytics.timeline set generation = $1 where generation = $2", LIVE, generation)
        .execute(&mut *db)
        .await?;
    sqlx::query!("update analytics.facts set generation = $1 where generation = $2", LIVE, generation)
        .execute(db)
        .await?;
    Ok(())
}

pub async fn discard(db: &mut PgConnection, generation: Uuid) -> Result<(), AnalyticsError> {
    if generation == LIVE {
        return Ok(());
    }
    sqlx::query!("delete from analytics.facts where generation = $1", generation).execute(&mut *db).await?;
    sqlx::query!("delete from analytics.timeline where generation = $1", generation).execute(db).await?;
    Ok(())
}

/// The generations that rebuilds are filling, or have left behind when they were cut off.
pub async fn unfinished(db: &mut PgConnection) -> Result<Vec<Uuid>, AnalyticsError> {
    let found = sqlx::query_scalar!("select distinct generation from analytics.timeline where generation <> $1", LIVE);
    Ok(found.fetch_all(db).await?)
}

/// Hashes rows as they come.
#[derive(Default)]
struct Hash {
    rows: i64,
    hash: Sha256,
}

impl Hash {
    async fn add(
        &mut self,
        table: &str,
        mut rows: impl Stream<Item = Result<String, sqlx::Error>> + Unpin,
    ) -> Result<(), AnalyticsError> {
        self.line(table);
        while let Some(row) = rows.try_next().await? {
            self.line(&row);
            self.rows += 1;
        }
        Ok(())
    }

    /// JSON text holds no line feed, so that no two lists of rows look the same.
    fn line(&mut self, text: &str) {
        self.hash.update(text);
        self.hash.update([b'\n']);
    }

    fn finish(self) -> Content {
        Content { rows: self.rows, digest: hex::encode(self.hash.finalize()) }
    }
}
