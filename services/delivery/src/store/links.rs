//! Acceptance links.

use chrono::{DateTime, Utc};
use kernel::{Evidence, TenantId};
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use crate::domain::link::LinkState;
use crate::domain::{Delivery, Link};
use crate::error::DeliveryError;

/// Where a token leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    pub tenant: TenantId,
    pub delivery_id: Uuid,
    pub acceptance_id: Uuid,
}

struct LinkRow {
    id: Uuid,
    state: String,
    shown: Json<Vec<Evidence>>,
    requested_by: Uuid,
    requested_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
    reason: Option<String>,
    evidence: Json<Vec<Evidence>>,
    signer: Option<String>,
    decided_at: Option<DateTime<Utc>>,
}

impl TryFrom<LinkRow> for Link {
    type Error = DeliveryError;

    fn try_from(row: LinkRow) -> Result<Self, DeliveryError> {
        Ok(Self {
            id: row.id,
            state: row.state.parse().map_err(DeliveryError::stored)?,
            shown: row.shown.0,
            requested_by: row.requested_by,
            requested_at: row.requested_at,
            expires_at: row.expires_at,
            reason: row.reason,
            evidence: row.evidence.0,
            signer: row.signer,
            decided_at: row.decided_at,
        })
    }
}

/// Where the token with this digest leads, whichever tenant it belongs to.
pub async fn target(db: &mut PgConnection, digest: [u8; 32]) -> Result<Option<Target>, DeliveryError> {
    let row = sqlx::query!(
        "select id, tenant_id, delivery_id from delivery.acceptances where token_sha256 = $1",
        &digest[..],
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Target { tenant: TenantId(row.tenant_id), delivery_id: row.delivery_id, acceptance_id: row.id }))
}

pub async fn insert(
    db: &mut PgConnection,
    card: &Delivery,
    link: &Link,
    digest: [u8; 32],
) -> Result<(), DeliveryError> {
    sqlx::query!(
        "insert into delivery.acceptances
            (id, tenant_id, delivery_id, token_sha256, state, shown, requested_by, requested_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        link.id,
        card.tenant.0,
        card.id,
        &digest[..],
        link.state.as_str(),
        Json(&link.shown) as _,
        link.requested_by,
        link.requested_at,
        link.expires_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Links that were not answered stop working.
pub async fn supersede(db: &mut PgConnection, delivery_id: Uuid) -> Result<(), DeliveryError> {
    sqlx::query!(
        "update delivery.acceptances set state = $2 where delivery_id = $1 and state = $3",
        delivery_id,
        LinkState::Superseded.as_str(),
        LinkState::Open.as_str(),
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn find(db: &mut PgConnection, id: Uuid) -> Result<Option<Link>, DeliveryError> {
    let row = sqlx::query_as!(
        LinkRow,
        r#"select id, state, shown as "shown: Json<Vec<Evidence>>", requested_by, requested_at, expires_at, reason,
            evidence as "evidence: Json<Vec<Evidence>>", signer, decided_at
         from delivery.acceptances where id = $1"#,
        id,
    )
    .fetch_optional(db)
    .await?;
    row.map(Link::try_from).transpose()
}

/// Oldest first.
pub async fn of_delivery(db: &mut PgConnection, delivery_id: Uuid) -> Result<Vec<Link>, DeliveryError> {
    let rows = sqlx::query_as!(
        LinkRow,
        r#"select id, state, shown as "shown: Json<Vec<Evidence>>", requested_by, requested_at, expires_at, reason,
            evidence as "evidence: Json<Vec<Evidence>>", signer, decided_at
         from delivery.acceptances where delivery_id = $1 order by requested_at, id"#,
        delivery_id,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Link::try_from).collect()
}

/// Writes the customer's answer.
pub async fn save_answer(db: &mut PgConnection, link: &Link) -> Result<(), DeliveryError> {
    sqlx::query!(
        "update delivery.acceptances set state = $2, reason = $3, evidence = $4, signer = $5, decided_at = $6
         where id = $1",
        link.id,
        link.state.as_str(),
        link.reason,
        Json(&link.evidence) as _,
        link.signer,
        link.decided_at,
    )
    .execute(db)
    .await?;
    Ok(())
}
