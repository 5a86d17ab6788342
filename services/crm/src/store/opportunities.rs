//! `crm.opportunities`

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use kernel::TenantId;
use kernel::id::Cursor;
use sqlx::PgConnection;
use uuid::Uuid;

use super::stored::{choice, choices, json, to_json};
use super::{budgets, evidence, quotes};
use crate::domain::decision_chain::DecisionRole;
use crate::domain::opportunity::{Dossier, Opportunity};
use crate::error::CrmError;
use kernel::choice::names;

struct Row {
    id: Uuid,
    tenant_id: Uuid,
    customer_id: Uuid,
    lead_id: Option<Uuid>,
    subject: String,
    stage: String,
    stage_since: DateTime<Utc>,
    definition_version: i32,
    next_action: Option<serde_json::Value>,
    frozen: bool,
    decision_chain: Vec<String>,
    pain: Option<String>,
    competitors: Vec<String>,
    custom: serde_json::Value,
    lost_reason: Option<String>,
    planned_signing_at: Option<DateTime<Utc>>,
    delivery_locked_at: Option<DateTime<Utc>>,
    contract_id: Option<Uuid>,
    org: String,
    owner_id: Uuid,
    version: i64,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

impl TryFrom<Row> for Opportunity {
    type Error = CrmError;

    fn try_from(row: Row) -> Result<Self, CrmError> {
        Ok(Self {
            id: row.id,
            tenant: TenantId(row.tenant_id),
            customer: row.customer_id,
            lead: row.lead_id,
            subject: row.subject,
            stage: row.stage,
            stage_since: row.stage_since,
            definition_version: row.definition_version,
            next_action: row.next_action.map(|step| json("next action", step)).transpose()?,
            frozen: row.frozen,
            decision_chain: choices("decision chain", &row.decision_chain)?,
            pain: row.pain,
            competitors: row.competitors,
            custom: json("custom fields", row.custom)?,
            lost_reason: row.lost_reason,
            planned_signing_at: row.planned_signing_at,
            delivery_locked_at: row.delivery_locked_at,
            contract: row.contract_id,
            org: choice("organisation path", &row.org)?,
            owner: row.owner_id,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    }
}

/// Which opportunities a list shows; what is missing does not matter.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub customer: Option<Uuid>,
    pub stage: Option<String>,
    pub owner: Option<Uuid>,
    pub frozen: Option<bool>,
    /// A `jsonpath` predicate on the custom fields.
    pub custom: Option<String>,
}

pub async fn find(db: &mut PgConnection, id: Uuid) -> Result<Option<Opportunity>, CrmError> {
    let row = sqlx::query_as!(Row, "select * from crm.opportunities where id = $1", id).fetch_optional(db).await?;
    row.map(Opportunity::try_from).transpose()
}

/// The opportunity, locked until the transaction ends. Lock it before its customer.
pub async fn lock(db: &mut PgConnection, id: Uuid) -> Result<Option<Opportunity>, CrmError> {
    let row =
        sqlx::query_as!(Row, "select * from crm.opportunities where id = $1 for update", id).fetch_optional(db).await?;
    row.map(Opportunity::try_from).transpose()
}

/// Budgets, evidence and quotes of an opportunity.
pub async fn dossier(db: &mut PgConnection, id: Uuid) -> Result<Dossier, CrmError> {
    Ok(dossiers(db, &[id]).await?.remove(&id).unwrap_or_default())
}

/// The dossiers of these opportunities; none where there is nothing in it.
pub async fn dossiers(db: &mut PgConnection, ids: &[Uuid]) -> Result<HashMap<Uuid, Dossier>, CrmError> {
    let mut dossiers: HashMap<Uuid, Dossier> = HashMap::new();
    for (id, stated) in budgets::of_opportunities(db, ids).await? {
        dossiers.entry(id).or_default().budgets.push(stated);
    }
    for (id, evidence) in evidence::of_opportunities(db, ids).await? {
        dossiers.entry(id).or_default().evidence.push(evidence);
    }
    for (id, quote) in quotes::of_opportunities(db, ids).await? {
        dossiers.entry(id).or_default().quotes.push(quote);
    }
    Ok(dossiers)
}

/// The newest ones that are in none of these stages.
pub async fn newest_outside(
    db: &mut PgConnection,
    stages: &[String],
    limit: i64,
) -> Result<Vec<Opportunity>, CrmError> {
    let rows = sqlx::query_as!(
        Row,
        "select * from crm.opportunities where stage <> all($1) order by created_at desc, id desc limit $2",
        stages,
        limit,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Opportunity::try_from).collect()
}

/// Newest first, from after the cursor; one more than `limit` when there are more.
pub async fn list(
    db: &mut PgConnection,
    filter: &Filter,
    after: Option<(DateTime<Utc>, Uuid)>,
    limit: i64,
) -> Result<Vec<Opportunity>, CrmError> {
    let (after_at, after_id) = after.unzip();
    let rows = sqlx::query_as!(
        Row,
        "select * from crm.opportunities
         where ($1::uuid is null or customer_id = $1)
           and ($2::text is null or stage = $2)
           and ($3::uuid is null or owner_id = $3)
           and ($4::boolean is null or frozen = $4)
           and ($5::timestamptz is null or (created_at, id) < ($5, $6))
           and ($8::text is null or custom @@ $8::text::jsonpath)
         order by created_at desc, id desc limit $7",
        filter.customer,
        filter.stage,
        filter.owner,
        filter.frozen,
        after_at,
        after_id,
        limit + 1,
        filter.custom,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Opportunity::try_from).collect()
}

pub async fn insert(db: &mut PgConnection, new: &Opportunity) -> Result<(), CrmError> {
    sqlx::query!(
        "insert into crm.opportunities (id, tenant_id, customer_id, lead_id, subject, stage, stage_since, definition_version,
             next_action, frozen, decision_chain, org, owner_id, version, created_at, updated_at, custom)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $7, $7, $15)",
        new.id,
        new.tenant.0,
        new.customer,
        new.lead,
        new.subject,
        new.stage,
        new.stage_since,
        new.definition_version,
        new.next_action.as_ref().map(|step| to_json("next action", step)).transpose()?,
        new.frozen,
        &names(&new.decision_chain, DecisionRole::as_str),
        new.org.as_str(),
        new.owner,
        new.version,
        to_json("custom fields", &new.custom)?,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn save(db: &mut PgConnection, changed: &Opportunity, now: DateTime<Utc>) -> Result<(), CrmError> {
    sqlx::query!(
        "update crm.opportunities set subject = $2, stage = $3, stage_since = $4, definition_version = $5, next_action = $6,
             frozen = $7, decision_chain = $8, pain = $9, lost_reason = $10, planned_signing_at = $11,
             delivery_locked_at = $12, contract_id = $13, version = $14, updated_at = $15, competitors = $16,
             custom = $17
         where id = $1",
        changed.id,
        changed.subject,
        changed.stage,
        changed.stage_since,
        changed.definition_version,
        changed.next_action.as_ref().map(|step| to_json("next action", step)).transpose()?,
        changed.frozen,
        &names(&changed.decision_chain, DecisionRole::as_str),
        changed.pain,
        changed.lost_reason,
        changed.planned_signing_at,
        changed.delivery_locked_at,
        changed.contract,
        changed.version,
        now,
        &changed.competitors,
        to_json("custom fields", &changed.custom)?,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Where an opportunity stands in a list.
pub fn position(opportunity: &Opportunity) -> Cursor {
    Cursor::at(opportunity.created_at, opportunity.id)
}
