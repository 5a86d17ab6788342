//! `crm.actions`

use chrono::{DateTime, Duration, Utc};
use kernel::TenantId;
use kernel::id::Cursor;
use sqlx::PgConnection;
use uuid::Uuid;

use super::stored::choice;
use crate::domain::action::{ActionKind, Done, SalesAction};
use crate::error::CrmError;

struct Row {
    id: Uuid,
    tenant_id: Uuid,
    opportunity_id: Uuid,
    customer_id: Uuid,
    kind: String,
    planned_at: DateTime<Utc>,
    purpose: String,
    done_at: Option<DateTime<Utc>>,
    own_value: Option<String>,
    recording_id: Option<String>,
    summary: Option<String>,
    linked_communication: Option<String>,
    next_step: Option<String>,
    next_step_at: Option<DateTime<Utc>>,
    org: String,
    owner_id: Uuid,
    version: i64,
    created_at: DateTime<Utc>,
}

impl TryFrom<Row> for SalesAction {
    type Error = CrmError;

    fn try_from(row: Row) -> Result<Self, CrmError> {
        let done = row.done_at.map(|at| Done {
            at,
            own_value: row.own_value.unwrap_or_default(),
            recording_id: row.recording_id,
            summary: row.summary,
            linked_communication: row.linked_communication.unwrap_or_default(),
            next_step: row.next_step.unwrap_or_default(),
            next_step_at: row.next_step_at.unwrap_or(at),
        });
        Ok(Self {
            id: row.id,
            tenant: TenantId(row.tenant_id),
            opportunity: row.opportunity_id,
            customer: row.customer_id,
            kind: choice("action kind", &row.kind)?,
            planned_at: row.planned_at,
            purpose: row.purpose,
            done,
            org: choice("organisation path", &row.org)?,
            rep: row.owner_id,
            version: row.version,
            created_at: row.created_at,
        })
    }
}

/// Which actions a list shows; what is missing does not matter.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub customer: Option<Uuid>,
    pub opportunity: Option<Uuid>,
    pub rep: Option<Uuid>,
    pub kind: Option<ActionKind>,
    pub done: Option<bool>,
}

pub async fn insert(db: &mut PgConnection, new: &SalesAction) -> Result<(), CrmError> {
    sqlx::query!(
        "insert into crm.actions (id, tenant_id, opportunity_id, customer_id, kind, planned_at, purpose, org, owner_id, version, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        new.id,
        new.tenant.0,
        new.opportunity,
        new.customer,
        new.kind.as_str(),
        new.planned_at,
        new.purpose,
        new.org.as_str(),
        new.rep,
        new.version,
        new.created_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn finish(db: &mut PgConnection, id: Uuid, version: i64, done: &Done) -> Result<(), CrmError> {
    sqlx::query!(
        "update crm.actions set version = $2, done_at = $3, own_value = $4, recording_id = $5, summary = $6,
             linked_communication = $7, next_step = $8, next_step_at = $9
         where id = $1",
        id,
        version,
        done.at,
        done.own_value,
        done.recording_id,
        done.summary,
        done.linked_communication,
        done.next_step,
        done.next_step_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn find(db: &mut PgConnection, id: Uuid) -> Result<Option<SalesAction>, CrmError> {
    let row = sqlx::query_as!(Row, "select * from crm.actions where id = $1", id).fetch_optional(db).await?;
    row.map(SalesAction::try_from).transpose()
}

/// The action, locked until the transaction ends.
pub async fn lock(db: &mut PgConnection, id: Uuid) -> Result<Option<SalesAction>, CrmError> {
    let row = sqlx::query_as!(Row, "select * from crm.actions where id = $1 for update", id).fetch_optional(db).await?;
    row.map(SalesAction::try_from).transpose()
}

/// One completion at a time per person, so that two cannot both be the first.
pub async fn hold_completion(db: &mut PgConnection, rep: Uuid) -> Result<(), CrmError> {
    let name = format!("crm.complete_action:{rep}");
    sqlx::query!("select pg_advisory_xact_lock(hashtextextended($1, 0))", name).fetch_one(db).await?;
    Ok(())
}

/// When the same person's other actions within a day of `at` were done.
pub async fn done_near(db: &mut PgConnection, rep: Uuid, at: DateTime<Utc>) -> Result<Vec<DateTime<Utc>>, CrmError> {
    let times = sqlx::query_scalar!(
        r#"select done_at as "done_at!" from crm.actions where owner_id = $1 and done_at between $2 and $3"#,
        rep,
        at - Duration::days(1),
        at + Duration::days(1),
    );
    Ok(times.fetch_all(db).await?)
}

/// Latest plan first, from after the cursor; one more than `limit` when there are more.
pub async fn list(
    db: &mut PgConnection,
    filter: &Filter,
    after: Option<(DateTime<Utc>, Uuid)>,
    limit: i64,
) -> Result<Vec<SalesAction>, CrmError> {
    let (after_at, after_id) = after.unzip();
    let rows = sqlx::query_as!(
        Row,
        "select * from crm.actions
         where ($1::uuid is null or customer_id = $1)
           and ($2::uuid is null or opportunity_id = $2)
           and ($3::uuid is null or owner_id = $3)
           and ($4::text is null or kind = $4)
           and ($5::boolean is null or (done_at is not null) = $5)
           and ($6::timestamptz is null or (planned_at, id) < ($6, $7))
         order by planned_at desc, id desc limit $8",
        filter.customer,
        filter.opportunity,
        filter.rep,
        filter.kind.map(ActionKind::as_str),
        filter.done,
        after_at,
        after_id,
        limit + 1,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(SalesAction::try_from).collect()
}

/// Where an action stands in a list.
pub fn position(action: &SalesAction) -> Cursor {
    Cursor::at(action.planned_at, action.id)
}
