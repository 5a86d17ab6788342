//! Leads as their readers see them.

use chrono::{DateTime, Utc};
use custom_fields::Values;
use kernel::{Money, OrgPath, Principal, Text};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::domain::assignment::{Assignment, How};
use crate::domain::explanation::{Explanation, Naming};
use crate::domain::key::KeyKind;
use crate::domain::lead::{Lead, LeadState};
use crate::domain::phone;
use crate::domain::source::Source;

/// A lead. How to reach the contact is masked for everybody but the owner and the managers above.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct LeadView {
    pub id: Uuid,
    pub state: LeadState,
    pub version: i64,
    #[schema(value_type = String)]
    pub org: OrgPath,
    pub owner_id: Option<Uuid>,
    pub source: Source,
    pub source_detail: Option<String>,
    pub external_reference: Option<String>,
    pub company: String,
    pub credit_code: Option<String>,
    pub contact_name: Option<String>,
    pub contact_phone: Option<String>,
    pub contact_email: Option<String>,
    /// True when name, phone number and e-mail address are not shown in full.
    pub contact_masked: bool,
    pub domain: Option<String>,
    pub industry: Option<String>,
    pub region: Option<String>,
    pub budget: Option<Money>,
    pub note: Option<String>,
    pub custom: Values,
    pub received_at: DateTime<Utc>,
    pub assigned_at: Option<DateTime<Utc>>,
    /// By when the owner has to be in touch.
    pub touch_due_at: Option<DateTime<Utc>>,
    pub touched_at: Option<DateTime<Utc>>,
    pub screening: Option<ScreeningView>,
    pub duplicate: Option<DuplicateView>,
    pub customer_id: Option<Uuid>,
    pub opportunity_id: Option<Uuid>,
}

/// The screening form.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ScreeningView {
    /// Where the image is kept.
    pub avatar: String,
    pub nickname: String,
    pub first_chat_at: DateTime<Utc>,
    pub screened_at: Option<DateTime<Utc>>,
}

/// Which lead it repeats, who has the company, and how it was recognised.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct DuplicateView {
    pub original_lead_id: Uuid,
    pub owner_id: Option<Uuid>,
    pub matched_by: KeyKind,
    pub reason: Text,
}

/// One decision about whose a lead is.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct AssignmentView {
    pub id: Uuid,
    pub at: DateTime<Utc>,
    pub rep_id: Option<Uuid>,
    pub previous_rep_id: Option<Uuid>,
    #[schema(value_type = String)]
    pub org: OrgPath,
    pub how: How,
    pub rule_id: Option<Uuid>,
    pub rule: Option<String>,
    pub reason: Option<String>,
    pub decided_by: Uuid,
    /// The whole explanation, sentence by sentence.
    pub sentences: Vec<Text>,
    pub explanation: Explanation,
}

impl LeadView {
    pub fn of(lead: Lead, reader: &Principal) -> Self {
        let open = lead.shows_contact_to(reader);
        let (budget, screening, duplicate) = (lead.budget(), screening(&lead), duplicate(&lead));
        Self {
            contact_name: shown(lead.contact_name, open, masked_name),
            contact_phone: shown(lead.contact_phone, open, phone::masked),
            contact_email: shown(lead.contact_email, open, masked_email),
            contact_masked: !open,
            id: lead.id,
            state: lead.state,
            version: lead.version,
            org: lead.org,
            owner_id: lead.owner_id,
            source: lead.source,
            source_detail: lead.source_detail,
            external_reference: lead.external_reference,
            company: lead.company,
            credit_code: lead.credit_code,
            domain: lead.domain,
            industry: lead.industry,
            region: lead.region,
            budget,
            note: lead.note,
            custom: lead.custom,
            received_at: lead.received_at,
            assigned_at: lead.assigned_at,
            touch_due_at: lead.touch_due_at,
            touched_at: lead.touched_at,
            screening,
            duplicate,
            customer_id: lead.customer_id,
            opportunity_id: lead.opportunity_id,
        }
    }
}

fn screening(lead: &Lead) -> Option<ScreeningView> {
    Some(ScreeningView {
        avatar: lead.avatar.clone()?,
        nickname: lead.nickname.clone()?,
        first_chat_at: lead.first_chat_at?,
        screened_at: lead.screened_at,
    })
}

fn duplicate(lead: &Lead) -> Option<DuplicateView> {
    let matched_by = lead.matched_by?;
    let held = if lead.owner_id.is_some() {
        Text::new("该公司已有负责人跟进", "somebody follows this company already")
    } else {
        Text::new("该公司的线索已在待分配池", "a lead of this company waits in the pool already")
    };
    let same = matched_by.reason();
    let reason = Text::new(
        format!("{}，{}，不再分配给其他人", same.zh, held.zh),
        format!("{}: {}; it is given to nobody else", same.en, held.en),
    );
    Some(DuplicateView { original_lead_id: lead.duplicate_of?, owner_id: lead.owner_id, matched_by, reason })
}

fn shown(value: Option<String>, open: bool, mask: impl Fn(&str) -> String) -> Option<String> {
    if open { value } else { value.map(|value| mask(&value)) }
}

fn masked_name(name: &str) -> String {
    let first: String = name.chars().take(1).collect();
    format!("{first}**")
}

fn masked_email(address: &str) -> String {
    let (local, host) = address.split_once('@').unwrap_or((address, ""));
    let first: String = local.chars().take(1).collect();
    format!("{first}***@{host}")
}

impl From<Assignment> for AssignmentView {
    fn from(assignment: Assignment) -> Self {
        Self {
            id: assignment.id,
            at: assignment.at,
            rep_id: assignment.rep_id,
            previous_rep_id: assignment.previous_rep_id,
            org: assignment.org,
            how: assignment.how,
            rule_id: assignment.rule_id,
            rule: assignment.rule,
            reason: assignment.reason,
            decided_by: assignment.decided_by,
            sentences: assignment.explanation.sentences(Naming::Names),
            explanation: assignment.explanation,
        }
    }
}
