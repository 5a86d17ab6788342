//! `/api/updates`: tells a browser which records changed, while they change.

use std::convert::Infallible;

use axum::extract::State as Shared;
use axum::response::sse::{Event, Sse};
use axum::response::{AppendHeaders, IntoResponse};
use futures::StreamExt;
use http::HeaderName;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::door::CurrentSession;
use crate::State;
use crate::domain::update::Update;
use crate::error::GatewayError;
use crate::ops::updates::{self, Notice};

/// Says to a proxy in between that it must not collect what it passes on.
const UNBUFFERED: (HeaderName, &str) = (HeaderName::from_static("x-accel-buffering"), "no");

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new().routes(routes!(follow_updates))
}

/// Server-sent events while a person is signed in. `changed` carries an `Update`: which record, never what is in it, and
/// only of kinds that the person's roles list. `ask_again` says that some were missed. The stream ends with the session.
#[utoipa::path(get, path = "/api/updates", tag = "updates",
    responses((status = 200, body = Update, content_type = "text/event-stream")))]
async fn follow_updates(
    Shared(state): Shared<State>,
    current: CurrentSession,
) -> Result<impl IntoResponse, GatewayError> {
    let notices = updates::listen(&state, &current.token).await?;
    Ok((AppendHeaders([UNBUFFERED]), Sse::new(notices.map(|notice| Ok::<_, Infallible>(event(notice))))))
}

fn event(notice: Notice) -> Event {
    match notice {
        Notice::Changed(update) => {
            let data = serde_json::to_string(&update).unwrap_or_default();
            Event::default().event("changed").data(data)
        }
        Notice::AskAgain => Event::default().event("ask_again").data("{}"),
        Notice::Quiet => Event::default().comment(""),
    }
}
