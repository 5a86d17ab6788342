//! `crm.visits`

use chrono::{DateTime, Utc};
use kernel::TenantId;
use kernel::id::Cursor;
use sqlx::PgConnection;
use uuid::Uuid;

use super::stored::{choice, choices, json, to_json};
use crate::domain::decision_chain::DecisionRole;
use crate::domain::draft::Draft;
use crate::domain::visit::Visit;
use crate::error::CrmError;
use kernel::choice::names;

struct Row {
    id: Uuid,
    tenant_id: Uuid,
    customer_id: Uuid,
    opportunity_id: Option<Uuid>,
    client_id: Option<String>,
    decision_chain: Vec<String>,
    note: Option<String>,
    recording_id: Option<String>,
    draft: Option<String>,
    pain: Option<String>,
    competitor: Option<String>,
    next_step: String,
    next_step_at: DateTime<Utc>,
    visited_at: DateTime<Utc>,
    custom: serde_json::Value,
    org: String,
    owner_id: Uuid,
    version: i64,
    created_at: DateTime<Utc>,
}

impl TryFrom<Row> for Visit {
    type Error = CrmError;

    fn try_from(row: Row) -> Result<Self, CrmError> {
        Ok(Self {
            id: row.id,
            tenant: TenantId(row.tenant_id),
            customer: row.customer_id,
            opportunity: row.opportunity_id,
            client_id: row.client_id,
            decision_chain: choices("decision chain", &row.decision_chain)?,
            note: row.note,
            recording_id: row.recording_id,
            draft: row.draft.map(|name| choice("draft", &name)).transpose()?,
            pain: row.pain,
            competitor: row.competitor,
            next_step: row.next_step,
            next_step_at: row.next_step_at,
            visited_at: row.visited_at,
            custom: json("custom fields", row.custom)?,
            org: choice("organisation path", &row.org)?,
            rep: row.owner_id,
            version: row.version,
            created_at: row.created_at,
        })
    }
}

/// Which visits a list shows; what is missing does not matter.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub customer: Option<Uuid>,
    pub opportunity: Option<Uuid>,
    pub rep: Option<Uuid>,
    pub draft: Option<Draft>,
    /// A `jsonpath` predicate on the custom fields.
    pub custom: Option<String>,
}

/// Stores a visit; false when the same person's device has sent it before.
pub async fn insert(db: &mut PgConnection, new: &Visit) -> Result<bool, CrmError> {
    let stored = sqlx::query!(
        "insert into crm.visits (id, tenant_id, customer_id, opportunity_id, client_id, decision_chain, note, recording_id,
             next_step, next_step_at, visited_at, org, owner_id, created_at, draft, pain, competitor, version, custom)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
         on conflict (tenant_id, owner_id, client_id) where client_id is not null do nothing",
        new.id,
        new.tenant.0,
        new.customer,
        new.opportunity,
        new.client_id,
        &names(&new.decision_chain, DecisionRole::as_str),
        new.note,
        new.recording_id,
        new.next_step,
        new.next_step_at,
        new.visited_at,
        new.org.as_str(),
        new.rep,
        new.created_at,
        new.draft.map(Draft::as_str),
        new.pain,
        new.competitor,
        new.version,
        to_json("custom fields", &new.custom)?,
    )
    .execute(db)
    .await?;
    Ok(stored.rows_affected() == 1)
}

pub async fn by_client_id(db: &mut PgConnection, rep: Uuid, client_id: &str) -> Result<Option<Visit>, CrmError> {
    let row = sqlx::query_as!(Row, "select * from crm.visits where owner_id = $1 and client_id = $2", rep, client_id);
    row.fetch_optional(db).await?.map(Visit::try_from).transpose()
}

pub async fn find(db: &mut PgConnection, id: Uuid) -> Result<Option<Visit>, CrmError> {
    let row = sqlx::query_as!(Row, "select * from crm.visits where id = $1", id).fetch_optional(db).await?;
    row.map(Visit::try_from).transpose()
}

/// The visit, locked until the transaction ends. Lock it after its opportunity.
pub async fn lock(db: &mut PgConnection, id: Uuid) -> Result<Option<Visit>, CrmError> {
    let row = sqlx::query_as!(Row, "select * from crm.visits where id = $1 for update", id).fetch_optional(db).await?;
    row.map(Visit::try_from).transpose()
}

/// A rep's visits whose voice note this is, locked until the transaction ends.
pub async fn lock_of_recording(db: &mut PgConnection, recording: &str, rep: Uuid) -> Result<Vec<Visit>, CrmError> {
    let rows = sqlx::query_as!(
        Row,
        "select * from crm.visits where recording_id = $1 and owner_id = $2 order by id for update",
        recording,
        rep,
    );
    rows.fetch_all(db).await?.into_iter().map(Visit::try_from).collect()
}

/// The rep's latest visit that names a recording.
pub async fn of_recording(db: &mut PgConnection, recording: &str, rep: Uuid) -> Result<Option<Visit>, CrmError> {
    let row = sqlx::query_as!(
        Row,
        "select * from crm.visits where recording_id = $1 and owner_id = $2 order by id desc limit 1",
        recording,
        rep,
    );
    row.fetch_optional(db).await?.map(Visit::try_from).transpose()
}

/// Saves what may change after a visit was recorded.
pub async fn save(db: &mut PgConnection, changed: &Visit) -> Result<(), CrmError> {
    sqlx::query!(
        "update crm.visits set note = $2, draft = $3, pain = $4, competitor = $5, next_step = $6, next_step_at = $7, version = $8
         where id = $1",
        changed.id,
        changed.note,
        changed.draft.map(Draft::as_str),
        changed.pain,
        changed.competitor,
        changed.next_step,
        changed.next_step_at,
        changed.version,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// True when the opportunity has been visited before.
pub async fn exist_for(db: &mut PgConnection, opportunity: Uuid) -> Result<bool, CrmError> {
    let exist = sqlx::query_scalar!(
        r#"select exists (select from crm.visits where opportunity_id = $1) as "exist!""#,
        opportunity
    );
    Ok(exist.fetch_one(db).await?)
}

/// Latest first, from after the cursor; one more than `limit` when there are more.
pub async fn list(
    db: &mut PgConnection,
    filter: &Filter,
    after: Option<(DateTime<Utc>, Uuid)>,
    limit: i64,
) -> Result<Vec<Visit>, CrmError> {
    let (after_at, after_id) = after.unzip();
    let rows = sqlx::query_as!(
        Row,
        "select * from crm.visits
         where ($1::uuid is null or customer_id = $1)
           and ($2::uuid is null or opportunity_id = $2)
           and ($3::uuid is null or owner_id = $3)
           and ($4::text is null or draft = $4)
           and ($5::timestamptz is null or (visited_at, id) < ($5, $6))
           and ($8::text is null or custom @@ $8::text::jsonpath)
         order by visited_at desc, id desc limit $7",
        filter.customer,
        filter.opportunity,
        filter.rep,
        filter.draft.map(Draft::as_str),
        after_at,
        after_id,
        limit + 1,
        filter.custom,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Visit::try_from).collect()
}

/// Where a visit stands in a list.
pub fn position(visit: &Visit) -> Cursor {
    Cursor::at(visit.visited_at, visit.id)
}
