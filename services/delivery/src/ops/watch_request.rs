//! Requests that nobody takes on, or nobody answers, in time.

use contracts::delivery::v1::DeliveryRequestOverdue;
use journal::timers::Fired;
use journal::{Caller, Entry, Timer, Write};
use kernel::Text;
use serde_json::json;

use crate::app::State;
use crate::domain::request::{Request, RequestState};
use crate::error::DeliveryError;
use crate::store;

/// Nobody has taken the request on.
pub const RESPONSE: &str = "request_response";
/// Nobody has answered the request.
pub const REPLY: &str = "request_reply";

/// Starts both clocks.
pub(super) async fn arm(write: &mut Write, request: &Request) -> Result<(), DeliveryError> {
    for (kind, due_at) in [(RESPONSE, request.respond_by), (REPLY, request.reply_by)] {
        let aggregate_id = request.id;
        let timer =
            Timer { aggregate: "delivery_request", aggregate_id, kind, generation: 1, due_at, payload: json!({}) };
        write.arm(timer).await?;
    }
    Ok(())
}

pub async fn response_due(state: State, caller: Caller, fired: Fired) -> Result<(), DeliveryError> {
    mark_overdue(&state, &caller, &fired, "response").await
}

pub async fn reply_due(state: State, caller: Caller, fired: Fired) -> Result<(), DeliveryError> {
    mark_overdue(&state, &caller, &fired, "reply").await
}

#[tracing::instrument(name = "delivery.mark_overdue", skip_all, fields(request = %fired.aggregate_id, what))]
async fn mark_overdue(state: &State, caller: &Caller, fired: &Fired, what: &str) -> Result<(), DeliveryError> {
    let mut write = state.journal.begin(caller).await?;
    let request = store::requests::lock(write.db(), fired.aggregate_id).await?;
    let Some(mut request) = request.filter(|request| is_late(request, what)) else {
        return Ok(write.commit(()).await?);
    };
    match what {
        "response" => request.response_late = true,
        _ => request.reply_late = true,
    }
    let version = request.next_version();
    let entry = Entry::new(&overdue(&request, what), request.id, version)?;
    write.record(entry.why(late(what)));
    store::requests::save(write.db(), &request).await?;
    Ok(write.commit(()).await?)
}

fn late(what: &str) -> Text {
    match what {
        "response" => Text::new("未按时响应", "no response in time"),
        _ => Text::new("未按时答复", "no reply in time"),
    }
}

fn is_late(request: &Request, what: &str) -> bool {
    match what {
        "response" => request.state == RequestState::Filed,
        _ => request.state != RequestState::Replied,
    }
}

fn overdue(request: &Request, what: &str) -> DeliveryRequestOverdue {
    DeliveryRequestOverdue {
        request_id: request.id.to_string(),
        customer_id: request.customer_id.to_string(),
        what: what.to_owned(),
        urgency: request.urgency.as_str().to_owned(),
        owner_id: request.owner_id.to_string(),
        org: request.org.to_string(),
    }
}
