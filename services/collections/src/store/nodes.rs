//! Nodes that journeys have reached, with owner, evidence and time.

use chrono::{DateTime, Utc};
use kernel::Evidence;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::node::Node;
use crate::error::CollectionsError;

/// One node of one journey.
#[derive(Clone, Debug)]
pub struct Reached {
    pub node: Node,
    pub owner_id: Uuid,
    pub evidence: Vec<Evidence>,
    pub note: Option<String>,
    pub definition_version: i32,
    pub reached_at: DateTime<Utc>,
    pub reached_by: Uuid,
}

pub async fn insert(
    db: &mut PgConnection,
    tenant: Uuid,
    receivable: Uuid,
    reached: &Reached,
) -> Result<(), CollectionsError> {
    sqlx::query!(
        "insert into collections.journey_nodes
             (tenant_id, receivable_id, node, owner_id, evidence, note, definition_version, reached_at, reached_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        tenant,
        receivable,
        i16::from(reached.node),
        reached.owner_id,
        super::to_json("evidence", &reached.evidence)?,
        reached.note,
        reached.definition_version,
        reached.reached_at,
        reached.reached_by,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn of(db: &mut PgConnection, receivable: Uuid) -> Result<Vec<Reached>, CollectionsError> {
    let rows = sqlx::query!(
        "select node, owner_id, evidence, note, definition_version, reached_at, reached_by
         from collections.journey_nodes where receivable_id = $1 order by node",
        receivable,
    )
    .fetch_all(db)
    .await?;
    let read = rows.into_iter().map(|row| {
        Ok(Reached {
            node: Node::try_from(row.node).map_err(|error| CollectionsError::stored("node", error))?,
            owner_id: row.owner_id,
            evidence: super::json("evidence", row.evidence)?,
            note: row.note,
            definition_version: row.definition_version,
            reached_at: row.reached_at,
            reached_by: row.reached_by,
        })
    });
    read.collect()
}
