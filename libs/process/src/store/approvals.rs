//! Approvals and their steps, stored and loaded as one.

use kernel::{PersonId, TenantId};
use sqlx::PgConnection;
use uuid::Uuid;

use super::rows::{ApprovalRow, StepRow};
use crate::approval::{Approval, Step, Subject};
use crate::error::ProcessError;

/// Stores a new request. A second open one for the same subject and rule is refused.
pub async fn insert_approval(
    conn: &mut PgConnection,
    tenant: TenantId,
    approval: &Approval,
) -> Result<(), ProcessError> {
    let copies: Vec<Uuid> = approval.copies.iter().map(|person| person.0).collect();
    sqlx::query!(
        "insert into process_approvals (tenant_id, id, subject_kind, subject_id, rule, submitter, submitter_role,
             policy, two_roles, copies, status, reason, requested_at, decided_at, withdrawn_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        tenant.0,
        approval.id,
        approval.subject.kind,
        approval.subject.id,
        approval.rule,
        approval.submitter.person.0,
        approval.submitter.role.as_str(),
        approval.policy.as_str(),
        approval.two_roles,
        &copies,
        approval.status.as_str(),
        approval.reason,
        approval.requested_at,
        approval.decided_at,
        approval.withdrawn_at,
    )
    .execute(&mut *conn)
    .await?;
    save_steps(conn, tenant, approval).await
}

/// Stores what has changed since [`lock_approval`].
pub async fn save_approval(conn: &mut PgConnection, tenant: TenantId, approval: &Approval) -> Result<(), ProcessError> {
    let saved = sqlx::query!(
        "update process_approvals set status = $3, reason = $4, decided_at = $5, withdrawn_at = $6
         where tenant_id = $1 and id = $2",
        tenant.0,
        approval.id,
        approval.status.as_str(),
        approval.reason,
        approval.decided_at,
        approval.withdrawn_at,
    )
    .execute(&mut *conn)
    .await?;
    if saved.rows_affected() == 0 {
        return Err(ProcessError::UnknownApproval);
    }
    save_steps(conn, tenant, approval).await
}

/// Loads a request to look at.
pub async fn load_approval(conn: &mut PgConnection, tenant: TenantId, id: Uuid) -> Result<Approval, ProcessError> {
    let row = sqlx::query_as!(
        ApprovalRow,
        "select id, subject_kind, subject_id, rule, submitter, submitter_role, policy, two_roles, copies, status,
             reason, requested_at, decided_at, withdrawn_at
         from process_approvals where tenant_id = $1 and id = $2",
        tenant.0,
        id,
    )
    .fetch_optional(&mut *conn)
    .await?;
    complete(conn, tenant, row.ok_or(ProcessError::UnknownApproval)?).await
}

/// Loads a request to change it; others wait until the transaction ends.
pub async fn lock_approval(conn: &mut PgConnection, tenant: TenantId, id: Uuid) -> Result<Approval, ProcessError> {
    let locked = sqlx::query_scalar!(
        "select id from process_approvals where tenant_id = $1 and id = $2 for update",
        tenant.0,
        id,
    );
    locked.fetch_optional(&mut *conn).await?.ok_or(ProcessError::UnknownApproval)?;
    load_approval(conn, tenant, id).await
}

/// Every request about a subject, oldest first.
pub async fn subject_approvals(
    conn: &mut PgConnection,
    tenant: TenantId,
    subject: &Subject,
) -> Result<Vec<Approval>, ProcessError> {
    let ids = sqlx::query_scalar!(
        "select id from process_approvals where tenant_id = $1 and subject_kind = $2 and subject_id = $3
         order by requested_at, id",
        tenant.0,
        subject.kind,
        subject.id,
    )
    .fetch_all(&mut *conn)
    .await?;
    load_each(conn, tenant, &ids).await
}

/// Pending requests that wait for a person's decision now, those waiting longest first.
pub async fn waiting_for(
    conn: &mut PgConnection,
    tenant: TenantId,
    person: PersonId,
    at_most: i64,
) -> Result<Vec<Approval>, ProcessError> {
    let ids = sqlx::query_scalar!(
        "select approval.id from process_approvals approval
         join process_approval_steps step on step.tenant_id = approval.tenant_id and step.approval_id = approval.id
         where approval.tenant_id = $1 and approval.status = 'pending'
           and step.approver = $2 and step.state = 'waiting' and step.asked_at is not null
         order by step.asked_at, approval.id limit $3",
        tenant.0,
        person.0,
        at_most,
    )
    .fetch_all(&mut *conn)
    .await?;
    load_each(conn, tenant, &ids).await
}

async fn load_each(conn: &mut PgConnection, tenant: TenantId, ids: &[Uuid]) -> Result<Vec<Approval>, ProcessError> {
    let mut approvals = Vec::with_capacity(ids.len());
    for id in ids {
        approvals.push(load_approval(conn, tenant, *id).await?);
    }
    Ok(approvals)
}

async fn complete(conn: &mut PgConnection, tenant: TenantId, row: ApprovalRow) -> Result<Approval, ProcessError> {
    let steps = sqlx::query_as!(
        StepRow,
        "select id, role, approver, state, asked_at, opened_at, decided_at, decided_role, reason, delegated_from,
             delegated_to, delegated_at, escalated_from, escalated_at, added_by
         from process_approval_steps where tenant_id = $1 and approval_id = $2 order by position",
        tenant.0,
        row.id,
    )
    .fetch_all(conn)
    .await?;
    row.with_steps(steps)
}

async fn save_steps(conn: &mut PgConnection, tenant: TenantId, approval: &Approval) -> Result<(), ProcessError> {
    for (position, step) in (0_i32..).zip(&approval.steps) {
        save_step(conn, tenant, approval.id, position, step).await?;
    }
    Ok(())
}

async fn save_step(
    conn: &mut PgConnection,
    tenant: TenantId,
    approval: Uuid,
    position: i32,
    step: &Step,
) -> Result<(), ProcessError> {
    sqlx::query!(
        "insert into process_approval_steps (tenant_id, id, approval_id, position, role, approver, state, asked_at,
             opened_at, decided_at, decided_role, reason, delegated_from, delegated_to, delegated_at, escalated_from,
             escalated_at, added_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
         on conflict (tenant_id, id) do update set position = excluded.position, role = excluded.role,
             approver = excluded.approver, state = excluded.state, asked_at = excluded.asked_at,
             opened_at = excluded.opened_at, decided_at = excluded.decided_at, decided_role = excluded.decided_role,
             reason = excluded.reason, delegated_from = excluded.delegated_from,
             delegated_to = excluded.delegated_to, delegated_at = excluded.delegated_at,
             escalated_from = excluded.escalated_from, escalated_at = excluded.escalated_at",
        tenant.0,
        step.id,
        approval,
        position,
        step.role.as_str(),
        step.approver.0,
        step.state.as_str(),
        step.asked_at,
        step.opened_at,
        step.decided_at,
        step.decided_role.map(kernel::Role::as_str),
        step.reason,
        step.delegated_from.map(|person| person.0),
        step.delegated_to.map(|person| person.0),
        step.delegated_at,
        step.escalated_from.map(|person| person.0),
        step.escalated_at,
        step.added_by.map(|person| person.0),
    )
    .execute(conn)
    .await?;
    Ok(())
}
