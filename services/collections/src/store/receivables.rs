//! Receivables.

use chrono::{DateTime, Utc};
use kernel::TenantId;
use kernel::id::Cursor;
use sqlx::PgConnection;
use uuid::Uuid;

use super::money;
use crate::domain::names::company_key;
use crate::domain::node::Node;
use crate::domain::receivable::Receivable;
use crate::error::CollectionsError;

/// A row of `collections.receivables`.
struct Row {
    id: Uuid,
    tenant_id: Uuid,
    contract_id: Uuid,
    contract_number: String,
    customer_id: Uuid,
    company: String,
    owner_id: Uuid,
    org: String,
    currency: String,
    amount: i64,
    paid: i64,
    credit: i64,
    state: String,
    node: i16,
    moved_at: DateTime<Utc>,
    expected_payment_at: Option<DateTime<Utc>>,
    stall_generation: i32,
    version: i64,
    opened_at: DateTime<Utc>,
    closed_at: Option<DateTime<Utc>>,
}

impl TryFrom<Row> for Receivable {
    type Error = CollectionsError;

    fn try_from(row: Row) -> Result<Self, CollectionsError> {
        Ok(Self {
            id: row.id,
            tenant: TenantId(row.tenant_id),
            contract_id: row.contract_id,
            contract_number: row.contract_number,
            customer_id: row.customer_id,
            company: row.company,
            owner_id: row.owner_id,
            org: row.org.parse().map_err(|error| CollectionsError::stored("org", error))?,
            amount: money(row.amount, &row.currency)?,
            paid: money(row.paid, &row.currency)?,
            credit: money(row.credit, &row.currency)?,
            state: row.state.parse().map_err(|_| CollectionsError::stored("state", &row.state))?,
            node: Node::try_from(row.node).map_err(|error| CollectionsError::stored("node", error))?,
            moved_at: row.moved_at,
            expected_payment_at: row.expected_payment_at,
            stall_generation: row.stall_generation,
            version: row.version,
            opened_at: row.opened_at,
            closed_at: row.closed_at,
        })
    }
}

/// Stores a new receivable; false when the contract has one.
pub async fn insert(db: &mut PgConnection, new: &Receivable) -> Result<bool, CollectionsError> {
    let inserted = sqlx::query!(
        "insert into collections.receivables
             (id, tenant_id, contract_id, contract_number, customer_id, company, company_key, owner_id, org, currency,
              amount, state, node, moved_at, stall_generation, version, opened_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
         on conflict (tenant_id, contract_id) do nothing",
        new.id,
        new.tenant.0,
        new.contract_id,
        new.contract_number,
        new.customer_id,
        new.company,
        company_key(&new.company),
        new.owner_id,
        new.org.as_str(),
        new.amount.currency.as_str(),
        new.amount.minor,
        new.state.as_str(),
        i16::from(new.node),
        new.moved_at,
        new.stall_generation,
        new.version,
        new.opened_at,
    )
    .execute(db)
    .await?;
    Ok(inserted.rows_affected() == 1)
}

/// The receivable, locked until the transaction ends.
pub async fn lock(db: &mut PgConnection, id: Uuid) -> Result<Option<Receivable>, CollectionsError> {
    let row = sqlx::query_as!(
        Row,
        "select id, tenant_id, contract_id, contract_number, customer_id, company, owner_id, org, currency, amount, paid,
                credit, state, node, moved_at, expected_payment_at, stall_generation, version, opened_at, closed_at
         from collections.receivables where id = $1 for update",
        id,
    )
    .fetch_optional(db)
    .await?;
    row.map(Receivable::try_from).transpose()
}

/// The receivable of a contract, locked until the transaction ends.
pub async fn lock_by_contract(
    db: &mut PgConnection,
    contract_id: Uuid,
) -> Result<Option<Receivable>, CollectionsError> {
    let id = sqlx::query_scalar!("select id from collections.receivables where contract_id = $1", contract_id)
        .fetch_optional(&mut *db)
        .await?;
    match id {
        Some(id) => lock(db, id).await,
        None => Ok(None),
    }
}

/// The receivable, when the transaction's scope shows it.
pub async fn find(db: &mut PgConnection, id: Uuid) -> Result<Option<Receivable>, CollectionsError> {
    let row = sqlx::query_as!(
        Row,
        "select id, tenant_id, contract_id, contract_number, customer_id, company, owner_id, org, currency, amount, paid,
                credit, state, node, moved_at, expected_payment_at, stall_generation, version, opened_at, closed_at
         from collections.receivables where id = $1",
        id,
    )
    .fetch_optional(db)
    .await?;
    row.map(Receivable::try_from).transpose()
}

/// Stores what changes in the life of a receivable.
pub async fn save(db: &mut PgConnection, changed: &Receivable) -> Result<(), CollectionsError> {
    sqlx::query!(
        "update collections.receivables
         set paid = $2, credit = $3, state = $4, node = $5, moved_at = $6, expected_payment_at = $7,
             stall_generation = $8, version = $9, closed_at = $10
         where id = $1",
        changed.id,
        changed.paid.minor,
        changed.credit.minor,
        changed.state.as_str(),
        i16::from(changed.node),
        changed.moved_at,
        changed.expected_payment_at,
        changed.stall_generation,
        changed.version,
        changed.closed_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Which receivables a list shows.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub state: Option<String>,
    pub node: Option<i16>,
    pub customer_id: Option<Uuid>,
    pub contract_id: Option<Uuid>,
    pub owner_id: Option<Uuid>,
    /// Only those whose checklist is open.
    pub blocked: Option<bool>,
    /// Part of a contract number or company.
    pub text: Option<String>,
}

/// One page, newest first, of what the transaction's scope shows.
pub async fn list(
    db: &mut PgConnection,
    filter: &Filter,
    after: Option<(DateTime<Utc>, Uuid)>,
    limit: i64,
) -> Result<Vec<Receivable>, CollectionsError> {
    let (after_at, after_id) = after.unzip();
    let rows = sqlx::query_as!(
        Row,
        "select id, tenant_id, contract_id, contract_number, customer_id, company, owner_id, org, currency, amount, paid,
                credit, state, node, moved_at, expected_payment_at, stall_generation, version, opened_at, closed_at
         from collections.receivables r
         where ($1::text is null or state = $1) and ($2::smallint is null or node = $2)
           and ($3::uuid is null or customer_id = $3) and ($4::uuid is null or contract_id = $4)
           and ($5::uuid is null or owner_id = $5)
           and ($6::boolean is null or $6 = exists (
                select from collections.blockers b where b.receivable_id = r.id and b.closed_at is null))
           and ($7::text is null or position(lower($7) in lower(contract_number || ' ' || company)) > 0)
           and ($8::timestamptz is null or (opened_at, id) < ($8, $9))
         order by opened_at desc, id desc limit $10",
        filter.state,
        filter.node,
        filter.customer_id,
        filter.contract_id,
        filter.owner_id,
        filter.blocked,
        filter.text,
        after_at,
        after_id,
        limit,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Receivable::try_from).collect()
}

/// The open ones that have stood still longest.
pub async fn longest_standing(
    db: &mut PgConnection,
    owner: Option<Uuid>,
    limit: i64,
) -> Result<Vec<Receivable>, CollectionsError> {
    let rows = sqlx::query_as!(
        Row,
        "select id, tenant_id, contract_id, contract_number, customer_id, company, owner_id, org, currency, amount, paid,
                credit, state, node, moved_at, expected_payment_at, stall_generation, version, opened_at, closed_at
         from collections.receivables
         where state = 'open' and ($1::uuid is null or owner_id = $1) order by moved_at, id limit $2",
        owner,
        limit,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Receivable::try_from).collect()
}

/// Where a page ends.
pub fn position(receivable: &Receivable) -> Cursor {
    Cursor::at(receivable.opened_at, receivable.id)
}
