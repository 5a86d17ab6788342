//! Other services: what happens there is published on the bus and written to a ledger that can be replayed.

use std::pin::Pin;
use std::sync::{Arc, Mutex};

use contracts::Event;
use contracts::journal::v1::ledger_server::{Ledger, LedgerServer};
use contracts::journal::v1::{ExportRequest, ExportResponse, ReplayRequest, ReplayResponse};
use futures::{Stream, stream};
use journal::ledger::{Actor, NO_PREVIOUS, RECORD_VERSION, Record};
use kernel::{PrincipalKind, Role};
use serde_json::Value;
use testkit::{Client, TENANT, TestApp};
use tonic::{Request, Response, Status};
use uuid::Uuid;

const FOLLOWED: [&str; 5] = ["lead-routing", "crm", "quote-contract", "delivery", "collections"];

type Books = Arc<Mutex<Vec<Record>>>;
type Answers<T> = Pin<Box<dyn Stream<Item = Result<T, Status>> + Send>>;

/// The ledger of one service.
struct Book {
    service: &'static str,
    books: Books,
}

#[tonic::async_trait]
impl Ledger for Book {
    type ExportStream = Answers<ExportResponse>;
    type ReplayStream = Answers<ReplayResponse>;

    async fn export(&self, _: Request<ExportRequest>) -> Result<Response<Self::ExportStream>, Status> {
        Err(Status::unimplemented("nobody asks for it here"))
    }

    async fn replay(&self, request: Request<ReplayRequest>) -> Result<Response<Self::ReplayStream>, Status> {
        request.metadata().get("x-sluice-principal").ok_or_else(|| Status::unauthenticated("no token"))?;
        let books = self.books.lock().expect("unpoisoned").clone();
        let records = books.into_iter().filter(|record| record.service == self.service);
        let answers: Vec<_> =
            records.map(|record| Ok(ReplayResponse { position: 0, record: record.to_text().expect("text") })).collect();
        Ok(Response::new(Box::pin(stream::iter(answers))))
    }
}

pub struct Suite {
    pub app: TestApp,
    books: Books,
}

pub async fn start() -> Suite {
    let books = Books::default();
    let names = format!("{FOLLOWED:?}");
    let mut builder = TestApp::builder(analytics::definition()).set(&["service", "sources"], names);
    for service in FOLLOWED {
        builder = builder.peer(service, LedgerServer::new(Book { service, books: books.clone() }));
    }
    Suite { app: builder.start().await, books }
}

impl Suite {
    /// Something happens: it is in the ledger and on the bus.
    pub async fn happen<E: Event>(&self, event: &E, aggregate: Uuid, version: i64) -> Uuid {
        let id = self.app.ids.new_id();
        self.write_down(event, id, aggregate, version);
        self.app.publish_again(event, id, aggregate, version).await;
        id
    }

    /// In the ledger only, as while the bus is down.
    pub fn write_down<E: Event>(&self, event: &E, id: Uuid, aggregate: Uuid, version: i64) {
        let record = Record {
            v: RECORD_VERSION,
            id,
            tenant: TENANT,
            service: E::KIND.service.into(),
            aggregate: E::KIND.type_name.split('.').next().expect("a name").into(),
            aggregate_id: aggregate,
            version: u64::try_from(version).expect("positive"),
            event_type: E::KIND.type_name.into(),
            at: self.app.clock.now(),
            actor: Actor { kind: PrincipalKind::Service, id: Uuid::nil(), role: Role::Service },
            from: None,
            to: None,
            why: Some("the bus does not tell".into()),
            evidence: Vec::new(),
            data: serde_json::value::to_raw_value(event).expect("json"),
            causation: None,
            correlation: id,
            prev: NO_PREVIOUS,
        };
        self.books.lock().expect("unpoisoned").push(record);
    }

    /// Takes records out of the ledgers.
    pub fn tear_out(&self, version: u64) {
        self.books.lock().expect("unpoisoned").retain(|record| record.version != version);
    }

    /// Waits until so many events are on the timeline.
    pub async fn applied(&self, count: i64) {
        let sql = "select count(*) from analytics.timeline where generation = $1";
        self.app
            .eventually("the events are applied", async || {
                let query = sqlx::query_scalar(sql).bind(Uuid::nil());
                let found: i64 = query.fetch_one(&mut self.app.admin().await).await.expect("counted");
                (found == count).then_some(())
            })
            .await;
    }

    /// Changes the database behind the service's back.
    pub async fn corrupt(&self, sql: &'static str) {
        let done = sqlx::query(sql).execute(&mut self.app.admin().await).await.expect("corrupted");
        assert!(done.rows_affected() > 0, "{sql}");
    }
}

/// The event types of a timeline, newest first.
pub async fn types(client: &Client, query: &str) -> Vec<String> {
    let page = client.get(&format!("/api/timeline?{query}")).await.ok();
    let items = page["items"].as_array().expect("a list");
    items.iter().map(|one| one["event_type"].as_str().expect("a type").to_owned()).collect()
}

/// The entry of a list whose member has this value.
pub fn entry<'a>(list: &'a Value, member: &str, value: &str) -> &'a Value {
    let found = list.as_array().expect("a list").iter().find(|one| one[member] == value);
    found.unwrap_or_else(|| panic!("no {member} {value} in {list}"))
}
