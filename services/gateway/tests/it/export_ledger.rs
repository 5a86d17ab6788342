use std::pin::Pin;

use contracts::journal::v1::ledger_server::{Ledger, LedgerServer};
use contracts::journal::v1::{ExportRequest, ExportResponse, ReplayRequest, ReplayResponse};
use futures::{Stream, stream};
use runtime::trust::PRINCIPAL_HEADER;
use tonic::{Request, Response, Status};

use crate::support::{world, world_with};

type Answers<T> = Pin<Box<dyn Stream<Item = Result<T, Status>> + Send>>;

/// Another service's evidence; breaks off when it is told to.
struct Evidence {
    breaks_off: bool,
}

#[tonic::async_trait]
impl Ledger for Evidence {
    type ExportStream = Answers<ExportResponse>;
    type ReplayStream = Answers<ReplayResponse>;

    async fn export(&self, request: Request<ExportRequest>) -> Result<Response<Self::ExportStream>, Status> {
        assert!(request.metadata().contains_key(PRINCIPAL_HEADER));
        let batch = |line: &str| Ok(ExportResponse { lines: vec![line.to_owned()] });
        let mut batches = vec![batch("{\"crm\":1}"), batch("{\"crm\":2}")];
        if self.breaks_off {
            batches.push(Err(Status::internal("disk")));
        }
        Ok(Response::new(Box::pin(stream::iter(batches))))
    }

    async fn replay(&self, _: Request<ReplayRequest>) -> Result<Response<Self::ReplayStream>, Status> {
        Err(Status::unimplemented("not asked for"))
    }
}

#[tokio::test]
async fn auditors_get_everybodys_evidence_in_one_file() {
    let world = world_with(|app| app.peer("crm", LedgerServer::new(Evidence { breaks_off: false }))).await;
    let auditor = world.sign_in("audit.demo").await;
    let answer = auditor.get("/api/ledger/export").await;
    assert_eq!(answer.headers["x-sluice-services"], "crm,gateway");
    assert_eq!(answer.headers["content-type"], "application/x-ndjson");
    let text = answer.ok().as_str().expect("lines").to_owned();
    assert!(text.starts_with("{\"crm\":1}\n{\"crm\":2}\n"), "{text}");
    assert!(text.ends_with('\n') && text.contains("person.added.v1"), "the gateway's own is there: {text}");
}

#[tokio::test]
async fn an_incomplete_export_looks_incomplete() {
    let world = world_with(|app| app.peer("crm", LedgerServer::new(Evidence { breaks_off: true }))).await;
    let auditor = world.sign_in("audit.demo").await;
    let whole = match auditor.request(reqwest::Method::GET, "/api/ledger/export").send().await {
        Ok(begun) => begun.text().await,
        Err(broken_off) => Err(broken_off),
    };
    assert!(whole.is_err(), "{whole:?}");
}

#[tokio::test]
async fn a_service_that_is_away_keeps_the_export_from_beginning() {
    let world = world_with(|app| app.set(&["runtime", "peers", "crm"], "\"http://127.0.0.1:1\"")).await;
    world.sign_in("audit.demo").await.get("/api/ledger/export").await.refused(503, "unavailable");
}

#[tokio::test]
async fn only_auditors_export() {
    let world = world().await;
    world.sign_in("lin.demo").await.get("/api/ledger/export").await.refused(403, "forbidden");
    world.sign_in("admin.demo").await.get("/api/ledger/export").await.refused(403, "forbidden");
}
