//! The signed evidence of every service, one export after the other.

use authz::{Action, Resource, ResourceKind};
use contracts::SERVICES;
use contracts::journal::v1::{ExportRequest, ExportResponse};
use futures::future::try_join_all;
use futures::{Stream, StreamExt, stream};
use journal::Caller;
use runtime::peers::PeerError;
use tonic::{Status, Streaming};

use crate::State;
use crate::error::GatewayError;

/// A batch of evidence lines is larger than what gRPC accepts by default.
const LARGEST_BATCH: usize = 64 * 1024 * 1024;

/// An export that has begun.
pub struct LedgerExport {
    /// Whose evidence it holds.
    pub services: Vec<&'static str>,
    streams: Vec<Streaming<ExportResponse>>,
}

/// Asks every service that has an address; all must answer before the first line is sent.
#[tracing::instrument(name = "gateway.export_ledger", skip_all)]
pub async fn export_ledger(state: &State, caller: &Caller) -> Result<LedgerExport, GatewayError> {
    let ledger = Resource::tenant_wide(ResourceKind::Ledger, caller.tenant());
    authz::check(&caller.principal, state.clock.now(), Action::LedgerRead, &ledger)?;
    let services: Vec<&'static str> = SERVICES.into_iter().filter(|name| state.peers.address(name).is_some()).collect();
    let streams = try_join_all(services.iter().map(|service| open(state, caller, service))).await?;
    Ok(LedgerExport { services, streams })
}

async fn open(
    state: &State,
    caller: &Caller,
    service: &'static str,
) -> Result<Streaming<ExportResponse>, GatewayError> {
    let request = state.peers.ask_as(&caller.principal, ExportRequest {})?;
    let mut client = state.peers.ledger(service)?.max_decoding_message_size(LARGEST_BATCH);
    let answer = client.export(request).await.map_err(|status| down(service, status))?;
    Ok(answer.into_inner())
}

fn down(service: &'static str, status: Status) -> GatewayError {
    match PeerError::Refused(status) {
        PeerError::Refused(status) if status.code() == tonic::Code::Unavailable => {
            GatewayError::ServiceDown { service, why: status.message().to_owned() }
        }
        other => GatewayError::Peer(other),
    }
}

impl LedgerExport {
    /// Lines with their line ends. An error means that the export is incomplete.
    pub fn lines(self) -> impl Stream<Item = Result<String, Status>> + Send {
        stream::iter(self.streams).flatten().map(|batch| batch.map(|batch| with_line_ends(&batch.lines)))
    }
}

fn with_line_ends(lines: &[String]) -> String {
    lines.iter().fold(String::new(), |text, line| text + line + "\n")
}
