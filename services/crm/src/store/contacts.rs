//! `crm.contacts`

use chrono::{DateTime, Utc};
use kernel::TenantId;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::customer::Contact;
use crate::error::CrmError;

/// Everybody known at a customer, first met first.
pub async fn of_customer(db: &mut PgConnection, customer: Uuid) -> Result<Vec<Contact>, CrmError> {
    let contacts = sqlx::query_as!(
        Contact,
        "select id, name, title, decision_authority, budget_basis, phone, email
         from crm.contacts where customer_id = $1 order by created_at, id",
        customer,
    );
    Ok(contacts.fetch_all(db).await?)
}

pub async fn insert(
    db: &mut PgConnection,
    tenant: TenantId,
    customer: Uuid,
    new: &Contact,
    now: DateTime<Utc>,
) -> Result<(), CrmError> {
    sqlx::query!(
        "insert into crm.contacts (id, tenant_id, customer_id, name, title, decision_authority, budget_basis, phone, email, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        new.id,
        tenant.0,
        customer,
        new.name,
        new.title,
        new.decision_authority,
        new.budget_basis,
        new.phone,
        new.email,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn save(db: &mut PgConnection, changed: &Contact) -> Result<(), CrmError> {
    sqlx::query!(
        "update crm.contacts set name = $2, title = $3, decision_authority = $4, budget_basis = $5, phone = $6, email = $7
         where id = $1",
        changed.id,
        changed.name,
        changed.title,
        changed.decision_authority,
        changed.budget_basis,
        changed.phone,
        changed.email,
    )
    .execute(db)
    .await?;
    Ok(())
}
