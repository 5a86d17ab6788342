//! Asks people for a decision on a quote or a contract.

use journal::Write;
use kernel::{OrgPath, PersonId, TenantId, Text};
use process::approval::{Actor, Approval, NewRequest, Seat, Subject};
use process::definition::{ApprovalRule, Definition};
use process::store;
use uuid::Uuid;

use super::{approval_steps, ask_directory};
use crate::State;
use crate::error::Error;
use crate::store::approval_cases::{self, ApprovalCase};

/// Whom to ask under which rule, found out before the write.
pub struct Planned {
    rule: ApprovalRule,
    definition: String,
    definition_version: u32,
    seats: Vec<Seat>,
    escalation: Option<PersonId>,
}

/// What is to be decided.
pub struct About {
    /// `quote` or `contract`.
    pub kind: &'static str,
    pub id: Uuid,
    pub revision: i32,
    pub number: String,
    pub org: OrgPath,
    pub reasons: Vec<Text>,
}

/// Fills the rule's seats from the directory. A seat without a person is escalated by the rule.
pub async fn plan(
    state: &State,
    definition: &Definition,
    rule: &ApprovalRule,
    org: &OrgPath,
    submitter: Actor,
    tenant: TenantId,
) -> Result<Planned, Error> {
    let mut seats = Vec::with_capacity(rule.roles.len());
    for role in &rule.roles {
        seats.push(ask_directory::seat(state, tenant, *role, org, submitter.person).await?);
    }
    let above = ask_directory::seat(state, tenant, rule.escalate_to, org, submitter.person).await?;
    Ok(Planned {
        rule: rule.clone(),
        definition: definition.name.clone(),
        definition_version: definition.version,
        seats,
        escalation: above.person,
    })
}

/// Opens the request inside the write that submits its subject, and starts the clock of each seat asked.
pub async fn open(
    state: &State,
    write: &mut Write,
    planned: Planned,
    submitter: Actor,
    about: About,
) -> Result<Approval, Error> {
    let tenant = write.caller().tenant();
    let request = NewRequest {
        subject: Subject { kind: about.kind.to_owned(), id: about.id },
        rule: &planned.rule,
        submitter,
        seats: &planned.seats,
        escalation: planned.escalation,
        copies: Vec::new(),
    };
    let approval = Approval::request(request, &state.ids, write.now())?;
    store::insert_approval(write.db(), tenant, &approval).await?;
    let case = ApprovalCase {
        tenant,
        id: approval.id,
        subject_kind: about.kind.to_owned(),
        subject_id: about.id,
        subject_revision: about.revision,
        subject_number: about.number,
        owner_id: submitter.person.0,
        org: about.org,
        reasons: about.reasons,
        definition: planned.definition,
        definition_version: planned.definition_version.cast_signed(),
        version: 0,
        requested_at: write.now(),
    };
    approval_cases::save(write.db(), &case).await?;
    approval_steps::arm_limits(state, write, &planned.rule, &approval).await?;
    Ok(approval)
}
