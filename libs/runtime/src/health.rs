//! Ready means: the database answers and the bus is connected.

use async_nats::connection::State;
use async_nats::jetstream;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use journal::Journal;
use serde_json::{Map, Value};

use crate::service::Says;

pub(crate) async fn ready(journal: &Journal, js: &jetstream::Context, says: &[(&'static str, Says)]) -> Response {
    let database = sqlx::query("select 1").execute(journal.pool()).await.is_ok();
    let bus = js.client().connection_state() == State::Connected;
    let status = if database && bus { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let mut answer = Map::from_iter([("database".to_owned(), database.into()), ("bus".to_owned(), bus.into())]);
    answer.extend(says.iter().map(|(about, say)| ((*about).to_owned(), Value::String(say()))));
    (status, axum::Json(answer)).into_response()
}
