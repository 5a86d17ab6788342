//! Cards.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use super::delivery_row::DeliveryRow;
use crate::domain::{Delivery, Light, State};
use crate::error::DeliveryError;

/// What a list shows; everything that the transaction may see when nothing is asked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter {
    pub state: Option<State>,
    pub light: Option<Light>,
    pub customer_id: Option<Uuid>,
    /// The last row of the page before.
    pub after: Option<(DateTime<Utc>, Uuid)>,
    pub limit: i64,
}

/// How many deliveries were accepted, and how many of them at the first time of asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FirstPass {
    pub delivered: i64,
    pub first_pass: i64,
}

/// Writes a new card; false when the contract has one already.
pub async fn insert(db: &mut PgConnection, card: &Delivery) -> Result<bool, DeliveryError> {
    let done = sqlx::query!(
        "insert into delivery.deliveries (id, tenant_id, contract_id, contract_number, quote_id, opportunity_id,
            customer_id, company, owner_id, org, amount, currency, signed_at, signed_sha256, signed_event_id,
            promised_at, scheduled_at, light, state, version, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)
         on conflict (tenant_id, contract_id) do nothing",
        card.id,
        card.tenant.0,
        card.contract_id,
        card.contract_number,
        card.quote_id,
        card.opportunity_id,
        card.customer_id,
        card.company,
        card.owner_id,
        card.org.as_str(),
        card.total.minor,
        card.total.currency.as_str(),
        card.signed_at,
        card.signed_sha256,
        card.signed_event_id,
        card.promised_at,
        card.scheduled_at,
        card.light.as_str(),
        card.state.as_str(),
        card.version,
        card.created_at,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The card, held until the transaction ends.
pub async fn lock(db: &mut PgConnection, id: Uuid) -> Result<Option<Delivery>, DeliveryError> {
    let row = sqlx::query_as!(
        DeliveryRow,
        "select id, tenant_id, contract_id, contract_number, quote_id, opportunity_id, customer_id, company, owner_id,
            org, amount, currency, signed_at, signed_sha256, signed_event_id, promised_at, scheduled_at, light, state,
            rejections, first_pass, accepted_at, version, created_at
         from delivery.deliveries where id = $1 for update",
        id,
    )
    .fetch_optional(db)
    .await?;
    row.map(Delivery::try_from).transpose()
}

pub async fn find(db: &mut PgConnection, id: Uuid) -> Result<Option<Delivery>, DeliveryError> {
    let row = sqlx::query_as!(
        DeliveryRow,
        "select id, tenant_id, contract_id, contract_number, quote_id, opportunity_id, customer_id, company, owner_id,
            org, amount, currency, signed_at, signed_sha256, signed_event_id, promised_at, scheduled_at, light, state,
            rejections, first_pass, accepted_at, version, created_at
         from delivery.deliveries where id = $1",
        id,
    )
    .fetch_optional(db)
    .await?;
    row.map(Delivery::try_from).transpose()
}

/// Newest first; one row more than asked for says that there is a next page.
pub async fn list(db: &mut PgConnection, filter: Filter) -> Result<Vec<Delivery>, DeliveryError> {
    let (after_at, after_id) = filter.after.unzip();
    let rows = sqlx::query_as!(
        DeliveryRow,
        "select id, tenant_id, contract_id, contract_number, quote_id, opportunity_id, customer_id, company, owner_id,
            org, amount, currency, signed_at, signed_sha256, signed_event_id, promised_at, scheduled_at, light, state,
            rejections, first_pass, accepted_at, version, created_at
         from delivery.deliveries
         where ($1::text is null or state = $1) and ($2::text is null or light = $2)
           and ($3::uuid is null or customer_id = $3)
           and ($4::timestamptz is null or (created_at, id) < ($4, $5::uuid))
         order by created_at desc, id desc limit $6",
        filter.state.map(State::as_str),
        filter.light.map(Light::as_str),
        filter.customer_id,
        after_at,
        after_id,
        filter.limit + 1,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Delivery::try_from).collect()
}

/// Writes what changes in the life of a card.
pub async fn save(db: &mut PgConnection, card: &Delivery) -> Result<(), DeliveryError> {
    sqlx::query!(
        "update delivery.deliveries set promised_at = $2, scheduled_at = $3, light = $4, state = $5, rejections = $6,
            first_pass = $7, accepted_at = $8, version = $9 where id = $1",
        card.id,
        card.promised_at,
        card.scheduled_at,
        card.light.as_str(),
        card.state.as_str(),
        card.rejections,
        card.first_pass,
        card.accepted_at,
        card.version,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Counts what was accepted in a span of time.
pub async fn first_pass(
    db: &mut PgConnection,
    from: Option<DateTime<Utc>>,
    until: Option<DateTime<Utc>>,
) -> Result<FirstPass, DeliveryError> {
    let counted = sqlx::query_as!(
        FirstPass,
        r#"select count(*) as "delivered!", count(*) filter (where first_pass) as "first_pass!"
         from delivery.deliveries
         where state = 'delivered' and ($1::timestamptz is null or accepted_at >= $1)
           and ($2::timestamptz is null or accepted_at < $2)"#,
        from,
        until,
    )
    .fetch_one(db)
    .await?;
    Ok(counted)
}
