//! A lead was converted: a customer and an opportunity begin.

use contracts::lead_routing::v1::{GetLeadRequest, GetLeadResponse, LeadConverted};
use journal::Caller;
use journal::consume::Delivered;
use runtime::peers::PeerError;

use super::event::{id, org};
use crate::app::State;
use crate::domain::company::credit_code;
use crate::domain::fields::some;
use crate::error::CrmError;
use crate::ops::add_contact::NewContact;
use crate::ops::convert_lead::{ConvertedLead, convert_lead};

pub async fn run(state: State, caller: Caller, lead: Delivered<LeadConverted>) -> Result<(), CrmError> {
    let event = lead.event;
    let known = ask(&state, &caller, &event.lead_id).await?;
    let converted = ConvertedLead {
        lead: id("lead_id", &event.lead_id)?,
        customer: id("customer_id", &event.customer_id)?,
        opportunity: id("opportunity_id", &event.opportunity_id)?,
        rep: id("rep_id", &event.rep_id)?,
        org: org("org", &event.org)?,
        company: if event.company.trim().is_empty() { known.company.clone() } else { event.company },
        // What lead-routing accepted without a valid code is still a lead.
        credit_code: credit_code(&known.credit_code).unwrap_or_default(),
        industry: event.industry,
        region: event.region,
        subject: event.subject,
        contact: contact(known),
    };
    convert_lead(&state, &caller, converted).await
}

/// Personal data never travels in events, so it is asked for.
async fn ask(state: &State, caller: &Caller, lead_id: &str) -> Result<GetLeadResponse, CrmError> {
    let question = state.peers.ask(caller.tenant(), GetLeadRequest { lead_id: lead_id.to_owned() })?;
    let answer = state.peers.leads()?.get_lead(question).await.map_err(PeerError::from)?;
    Ok(answer.into_inner())
}

fn contact(lead: GetLeadResponse) -> Option<NewContact> {
    let (name, phone, email) = (some(lead.contact_name), some(lead.contact_phone), some(lead.contact_email));
    if name.is_none() && phone.is_none() && email.is_none() {
        return None;
    }
    Some(NewContact { name, phone, email, ..NewContact::default() })
}
