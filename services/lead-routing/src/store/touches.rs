//! Contacts with a lead.

use chrono::{DateTime, Utc};
use kernel::{Evidence, TenantId};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

/// One contact and what proves it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Touch {
    pub id: Uuid,
    pub tenant_id: TenantId,
    pub lead_id: Uuid,
    pub rep_id: Uuid,
    pub at: DateTime<Utc>,
    pub evidence: Vec<Evidence>,
    pub note: Option<String>,
}

pub async fn insert(db: &mut PgConnection, touch: &Touch) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into lead_routing.lead_touches
         select * from jsonb_populate_record(null::lead_routing.lead_touches, $1)",
        Json(touch) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Every contact, oldest first.
pub async fn of_lead(db: &mut PgConnection, lead_id: Uuid) -> sqlx::Result<Vec<Touch>> {
    let rows = sqlx::query_scalar!(
        r#"select to_jsonb(t) as "touch!: Json<Touch>" from lead_routing.lead_touches t where lead_id = $1 order by at, id"#,
        lead_id,
    );
    Ok(rows.fetch_all(db).await?.into_iter().map(|Json(touch)| touch).collect())
}
