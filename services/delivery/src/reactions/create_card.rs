//! Signing makes the card.

use chrono::{DateTime, Utc};
use contracts::Timestamp;
use contracts::quote_contract::v1::{ContractLine, ContractSigned, PlannedPayment};
use journal::Caller;
use journal::consume::Delivered;
use kernel::Money;
use uuid::Uuid;

use crate::app::State;
use crate::domain::{self, Delivery, Light};
use crate::error::DeliveryError;
use crate::ops::create_card::{NewCard, create_card};
use crate::ops::{Line, Payment};

pub async fn run(state: State, caller: Caller, signed: Delivered<ContractSigned>) -> Result<(), DeliveryError> {
    let new = new_card(&state, signed)?;
    create_card(&state, &caller, new).await
}

fn new_card(state: &State, signed: Delivered<ContractSigned>) -> Result<NewCard, DeliveryError> {
    let Delivered { event, meta } = signed;
    let promised_at = event.promised_delivery_at.map(|at| time(at, "promised_delivery_at")).transpose()?;
    let card = Delivery {
        id: state.ids.new_id(),
        tenant: meta.tenant,
        contract_id: id(&event.contract_id, "contract_id")?,
        contract_number: event.number,
        quote_id: optional_id(&event.quote_id, "quote_id")?,
        opportunity_id: optional_id(&event.opportunity_id, "opportunity_id")?,
        customer_id: id(&event.customer_id, "customer_id")?,
        company: event.company,
        owner_id: id(&event.owner_id, "owner_id")?,
        org: event.org.parse().map_err(|_| DeliveryError::UnreadableEvent("org"))?,
        total: money(event.total, "total")?,
        signed_at: event.signed_at.map(|at| time(at, "signed_at")).transpose()?.unwrap_or(meta.time),
        signed_sha256: event.signed_sha256,
        signed_event_id: meta.event_id,
        promised_at,
        scheduled_at: None,
        light: Light::of(promised_at, None),
        state: domain::State::Open,
        rejections: 0,
        first_pass: None,
        accepted_at: None,
        version: 1,
        created_at: state.clock.now(),
    };
    let payments = event.payments.into_iter().map(payment).collect::<Result<_, _>>()?;
    Ok(NewCard { card, lines: event.lines.into_iter().map(line).collect(), payments })
}

fn line(line: ContractLine) -> Line {
    let ContractLine { product_code, name: name_zh, quantity, unit, name_en } = line;
    Line { product_code, name_zh, name_en, quantity, unit }
}

fn payment(planned: PlannedPayment) -> Result<Payment, DeliveryError> {
    let percent = i32::try_from(planned.percent).map_err(|_| DeliveryError::UnreadableEvent("payments.percent"))?;
    let due_at = planned.due_at.map(|at| time(at, "payments.due_at")).transpose()?;
    Ok(Payment { kind: planned.kind, percent, amount: money(planned.amount, "payments.amount")?, due_at })
}

fn id(text: &str, what: &'static str) -> Result<Uuid, DeliveryError> {
    text.parse().map_err(|_| DeliveryError::UnreadableEvent(what))
}

fn optional_id(text: &str, what: &'static str) -> Result<Option<Uuid>, DeliveryError> {
    if text.is_empty() { Ok(None) } else { id(text, what).map(Some) }
}

fn time(at: Timestamp, what: &'static str) -> Result<DateTime<Utc>, DeliveryError> {
    at.try_into().map_err(|_| DeliveryError::UnreadableEvent(what))
}

fn money(money: Option<contracts::shared::v1::Money>, what: &'static str) -> Result<Money, DeliveryError> {
    let money = money.ok_or(DeliveryError::UnreadableEvent(what))?;
    money.try_into().map_err(|_| DeliveryError::UnreadableEvent(what))
}
