//! Ready means: the database answers and the bus is connected.

use async_nats::connection::State;
use async_nats::jetstream;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use journal::Journal;

pub(crate) async fn ready(journal: &Journal, js: &jetstream::Context) -> Response {
    let database = sqlx::query("select 1").execute(journal.pool()).await.is_ok();
    let bus = js.client().connection_state() == State::Connected;
    let status = if database && bus { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, axum::Json(serde_json::json!({ "database": database, "bus": bus }))).into_response()
}
