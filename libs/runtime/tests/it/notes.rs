//! The small service: notes that can be written, and a reaction that writes one.

use axum::extract;
use contracts::crm::v1::{CustomerRegistered, GetCustomerRequest, RepurchaseDue};
use contracts::lead_routing::v1::LeadTouched;
use http::StatusCode;
use journal::consume::Delivered;
use journal::{Caller, Entry, Journal, JournalError};
use kernel::{AsProblem, FieldError, Kind, Problem};
use runtime::http::{Call, Json};
use runtime::peers::PeerError;
use runtime::{BuildError, Context, Definition, Peers, Reaction, Service};
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!("tests/it/migrations");

pub fn definition() -> Definition {
    Definition::new("lead-routing", "[service]\n", &MIGRATOR, build)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Config {}

#[derive(Debug, thiserror::Error)]
pub enum NoteError {
    #[error(transparent)]
    Journal(#[from] JournalError),
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    #[error(transparent)]
    Peer(#[from] PeerError),
    #[error("a note needs a text")]
    Empty,
}

impl AsProblem for NoteError {
    fn problem(&self) -> Problem {
        match self {
            Self::Journal(error) => error.problem(),
            Self::Database(error) => Problem::internal(error),
            Self::Peer(error) => error.problem(),
            Self::Empty => Problem::new(Kind::Invalid, "note_empty", "请填写内容", "a note needs a text")
                .with_fields(vec![FieldError::required("text")]),
        }
    }
}

runtime::respond_as_problem!(NoteError);

#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct NewNote {
    text: String,
}

#[derive(Serialize, utoipa::ToSchema)]
struct Note {
    id: Uuid,
    text: String,
}

async fn build(context: Context<Config>) -> Result<Service, BuildError> {
    let Config {} = context.config;
    let routes =
        OpenApiRouter::new().routes(routes!(write_note)).routes(routes!(panic)).with_state(context.journal.clone());
    let asking = (context.journal.clone(), context.peers);
    Ok(Service::new(routes)
        .reaction(Reaction::on("lead-routing-note_repurchase", context.journal, on_repurchase))
        .reaction(Reaction::on("lead-routing-note_customer", asking, on_registered)))
}

#[utoipa::path(post, path = "/api/notes", request_body = NewNote, responses((status = 201, body = Note)))]
async fn write_note(
    extract::State(journal): extract::State<Journal>,
    Call(caller): Call,
    Json(note): Json<NewNote>,
) -> Result<(StatusCode, Json<Note>), NoteError> {
    if note.text.is_empty() {
        return Err(NoteError::Empty);
    }
    Ok((StatusCode::CREATED, Json(write(&journal, &caller, note.text).await?)))
}

#[utoipa::path(get, path = "/api/notes/panic", responses((status = 500)))]
async fn panic() -> Result<Json<()>, NoteError> {
    panic!("on purpose")
}

async fn on_repurchase(journal: Journal, caller: Caller, due: Delivered<RepurchaseDue>) -> Result<(), NoteError> {
    write(&journal, &caller, due.event.company).await.map(|_| ())
}

async fn on_registered(
    (journal, peers): (Journal, Peers),
    caller: Caller,
    registered: Delivered<CustomerRegistered>,
) -> Result<(), NoteError> {
    let question = GetCustomerRequest { customer_id: registered.event.customer_id };
    let question = peers.ask(caller.tenant(), question)?;
    let customer = peers.customers()?.get_customer(question).await.map_err(PeerError::from)?.into_inner();
    write(&journal, &caller, customer.company).await.map(|_| ())
}

#[tracing::instrument(name = "lead-routing.write", skip_all)]
async fn write(journal: &Journal, caller: &Caller, text: String) -> Result<Note, NoteError> {
    let mut write = journal.begin(caller).await?;
    let id = write.new_id();
    sqlx::query("insert into lead_routing.notes (id, tenant_id, text, version) values ($1, $2, $3, 1)")
        .bind(id)
        .bind(caller.tenant().0)
        .bind(&text)
        .execute(write.db())
        .await?;
    let event = LeadTouched { lead_id: id.to_string(), rep_id: String::new(), touched_at: None };
    write.record(Entry::new(&event, id, 1)?);
    Ok(write.commit(Note { id, text }).await?)
}
