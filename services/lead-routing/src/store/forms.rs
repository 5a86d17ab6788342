//! Public forms.

use chrono::{DateTime, Utc};
use kernel::{OrgPath, TenantId};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use crate::domain::source::Source;

/// A form behind a QR code or on a web page; whoever knows its code can hand in leads.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LeadForm {
    pub id: Uuid,
    pub tenant_id: TenantId,
    pub code: String,
    pub org: OrgPath,
    pub exhibition: String,
    pub source: Source,
    pub region: Option<String>,
    pub industry: Option<String>,
    pub created_at: DateTime<Utc>,
    pub created_by: Uuid,
}

pub async fn insert(db: &mut PgConnection, form: &LeadForm) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into lead_routing.lead_forms
         select * from jsonb_populate_record(null::lead_routing.lead_forms, $1)",
        Json(form) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The form with this code, of whatever tenant the transaction sees.
pub async fn by_code(db: &mut PgConnection, code: &str) -> sqlx::Result<Option<LeadForm>> {
    let row = sqlx::query_scalar!(
        r#"select to_jsonb(f) as "form!: Json<LeadForm>" from lead_routing.lead_forms f where code = $1"#,
        code,
    );
    Ok(row.fetch_optional(db).await?.map(|Json(form)| form))
}

pub async fn list(db: &mut PgConnection) -> sqlx::Result<Vec<LeadForm>> {
    let rows = sqlx::query_scalar!(
        r#"select to_jsonb(f) as "form!: Json<LeadForm>" from lead_routing.lead_forms f order by created_at desc, id"#,
    );
    Ok(rows.fetch_all(db).await?.into_iter().map(|Json(form)| form).collect())
}
