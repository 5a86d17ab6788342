//! Cross-department requests.

use chrono::{DateTime, Utc};
use kernel::TenantId;
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use crate::domain::request::{Reply, Request, RequestState, Urgency};
use crate::error::DeliveryError;

/// What a list shows.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter {
    pub state: Option<RequestState>,
    pub urgency: Option<Urgency>,
    pub after: Option<(DateTime<Utc>, Uuid)>,
    pub limit: i64,
}

struct RequestRow {
    id: Uuid,
    tenant_id: Uuid,
    customer_id: Uuid,
    wish: String,
    pain: String,
    target: String,
    urgency: String,
    owner_id: Uuid,
    org: String,
    state: String,
    filed_at: DateTime<Utc>,
    respond_by: DateTime<Utc>,
    reply_by: DateTime<Utc>,
    taken_by: Option<Uuid>,
    taken_at: Option<DateTime<Utc>>,
    replied_by: Option<Uuid>,
    replied_at: Option<DateTime<Utc>>,
    reply: Option<Json<Reply>>,
    response_late: bool,
    reply_late: bool,
    version: i64,
}

impl TryFrom<RequestRow> for Request {
    type Error = DeliveryError;

    fn try_from(row: RequestRow) -> Result<Self, DeliveryError> {
        Ok(Self {
            id: row.id,
            tenant: TenantId(row.tenant_id),
            customer_id: row.customer_id,
            wish: row.wish,
            pain: row.pain.parse().map_err(DeliveryError::stored)?,
            target: row.target,
            urgency: row.urgency.parse().map_err(DeliveryError::stored)?,
            owner_id: row.owner_id,
            org: row.org.parse().map_err(DeliveryError::stored)?,
            state: row.state.parse().map_err(DeliveryError::stored)?,
            filed_at: row.filed_at,
            respond_by: row.respond_by,
            reply_by: row.reply_by,
            taken_by: row.taken_by,
            taken_at: row.taken_at,
            replied_by: row.replied_by,
            replied_at: row.replied_at,
            reply: row.reply.map(|reply| reply.0),
            response_late: row.response_late,
            reply_late: row.reply_late,
            version: row.version,
        })
    }
}

pub async fn insert(db: &mut PgConnection, request: &Request) -> Result<(), DeliveryError> {
    sqlx::query!(
        "insert into delivery.requests (id, tenant_id, customer_id, wish, pain, target, urgency, owner_id, org, state,
            filed_at, respond_by, reply_by, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        request.id,
        request.tenant.0,
        request.customer_id,
        request.wish,
        request.pain.as_str(),
        request.target,
        request.urgency.as_str(),
        request.owner_id,
        request.org.as_str(),
        request.state.as_str(),
        request.filed_at,
        request.respond_by,
        request.reply_by,
        request.version,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The request, held until the transaction ends.
pub async fn lock(db: &mut PgConnection, id: Uuid) -> Result<Option<Request>, DeliveryError> {
    let row = sqlx::query_as!(
        RequestRow,
        r#"select id, tenant_id, customer_id, wish, pain, target, urgency, owner_id, org, state, filed_at, respond_by,
            reply_by, taken_by, taken_at, replied_by, replied_at, reply as "reply: Json<Reply>", response_late,
            reply_late, version
         from delivery.requests where id = $1 for update"#,
        id,
    )
    .fetch_optional(db)
    .await?;
    row.map(Request::try_from).transpose()
}

pub async fn find(db: &mut PgConnection, id: Uuid) -> Result<Option<Request>, DeliveryError> {
    let row = sqlx::query_as!(
        RequestRow,
        r#"select id, tenant_id, customer_id, wish, pain, target, urgency, owner_id, org, state, filed_at, respond_by,
            reply_by, taken_by, taken_at, replied_by, replied_at, reply as "reply: Json<Reply>", response_late,
            reply_late, version
         from delivery.requests where id = $1"#,
        id,
    )
    .fetch_optional(db)
    .await?;
    row.map(Request::try_from).transpose()
}

/// Newest first; one row more than asked for says that there is a next page.
pub async fn list(db: &mut PgConnection, filter: Filter) -> Result<Vec<Request>, DeliveryError> {
    let (after_at, after_id) = filter.after.unzip();
    let rows = sqlx::query_as!(
        RequestRow,
        r#"select id, tenant_id, customer_id, wish, pain, target, urgency, owner_id, org, state, filed_at, respond_by,
            reply_by, taken_by, taken_at, replied_by, replied_at, reply as "reply: Json<Reply>", response_late,
            reply_late, version
         from delivery.requests
         where ($1::text is null or state = $1) and ($2::text is null or urgency = $2)
           and ($3::timestamptz is null or (filed_at, id) < ($3, $4::uuid))
         order by filed_at desc, id desc limit $5"#,
        filter.state.map(RequestState::as_str),
        filter.urgency.map(Urgency::as_str),
        after_at,
        after_id,
        filter.limit + 1,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Request::try_from).collect()
}

/// Writes what changes in the life of a request.
pub async fn save(db: &mut PgConnection, request: &Request) -> Result<(), DeliveryError> {
    sqlx::query!(
        "update delivery.requests set state = $2, taken_by = $3, taken_at = $4, replied_by = $5, replied_at = $6,
            reply = $7, response_late = $8, reply_late = $9, version = $10 where id = $1",
        request.id,
        request.state.as_str(),
        request.taken_by,
        request.taken_at,
        request.replied_by,
        request.replied_at,
        request.reply.as_ref().map(Json) as _,
        request.response_late,
        request.reply_late,
        request.version,
    )
    .execute(db)
    .await?;
    Ok(())
}
