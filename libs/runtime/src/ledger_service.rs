//! Every service serves its own evidence: signed export, and replay to rebuild projections.

use std::collections::HashSet;
use std::pin::Pin;

use authz::{Action, Resource, ResourceKind};
use contracts::journal::v1::ledger_server::Ledger;
use contracts::journal::v1::{ExportRequest, ExportResponse, ReplayRequest, ReplayResponse};
use futures::{Stream, StreamExt, TryStreamExt, stream};
use journal::export::Placed;
use journal::ledger::{Header, Line, RecordLine, Signer, write_export};
use journal::{Journal, JournalError};
use kernel::{AsProblem, Principal};
use tonic::{Request, Response, Status};

use crate::grpc::{RpcEdge, status};

const BATCH: i64 = 1_000;

type Answers<T> = Pin<Box<dyn Stream<Item = Result<T, Status>> + Send>>;

/// Serves the journal of one service.
pub(crate) struct LedgerService {
    pub journal: Journal,
    pub edge: RpcEdge,
    pub signer: std::sync::Arc<Signer>,
}

fn refused(error: JournalError) -> Status {
    status(&error.problem())
}

impl LedgerService {
    fn reader<T>(&self, request: &Request<T>) -> Result<Principal, Status> {
        let principal = self.edge.principal(request)?;
        let ledger = Resource::tenant_wide(ResourceKind::Ledger, principal.tenant);
        authz::check(&principal, self.journal.clock().now(), Action::LedgerRead, &ledger)
            .map_err(|denied| status(&denied.problem()))?;
        Ok(principal)
    }

    /// The whole export, checkpoints interleaved where they were signed.
    async fn lines(&self, principal: &Principal) -> Result<Vec<String>, JournalError> {
        let checkpoints = self.journal.checkpoints(principal).await?;
        let sealed_size = checkpoints.last().map_or(0, |last| last.size);
        let mut signed = checkpoints.into_iter().peekable();
        let mut lines = Vec::new();
        let mut next = 0;
        while next < sealed_size {
            let batch = self.journal.sealed(principal, next, BATCH.min(sealed_size - next)).await?;
            if batch.is_empty() {
                break;
            }
            for placed in batch {
                lines.push(line_of(u64::try_from(next).ok(), placed));
                next += 1;
                while let Some(checkpoint) = signed.next_if(|checkpoint| checkpoint.size == next) {
                    lines.push(Line::Checkpoint(checkpoint.note));
                }
            }
        }
        for placed in self.not_yet_signed(principal, sealed_size).await? {
            lines.push(line_of(None, placed));
        }
        let keys = vec![self.signer.verifier().clone()];
        let size = u64::try_from(sealed_size).unwrap_or(0);
        let header = Header::new(self.journal.service(), principal.tenant, keys, self.journal.clock().now(), size);
        let mut text = Vec::new();
        write_export(&mut text, &header, lines)?;
        Ok(String::from_utf8_lossy(&text).lines().map(str::to_owned).collect())
    }

    /// Records after the last checkpoint, sealed or not: evidence that nobody has signed yet.
    async fn not_yet_signed(&self, principal: &Principal, from: i64) -> Result<Vec<Placed>, JournalError> {
        // In this order a record that is sealed meanwhile is seen twice rather than not at all.
        let waiting = self.journal.unsealed(principal).await?;
        let mut records = self.journal.sealed(principal, from, i64::MAX).await?;
        let sealed: HashSet<_> = records.iter().map(|placed| placed.hash).collect();
        records.extend(waiting.into_iter().filter(|placed| !sealed.contains(&placed.hash)));
        Ok(records)
    }
}

#[tonic::async_trait]
impl Ledger for LedgerService {
    type ExportStream = Answers<ExportResponse>;
    type ReplayStream = Answers<ReplayResponse>;

    async fn export(&self, request: Request<ExportRequest>) -> Result<Response<Self::ExportStream>, Status> {
        let principal = self.reader(&request)?;
        let lines = self.lines(&principal).await.map_err(refused)?;
        let batches: Vec<_> = lines.chunks(500).map(|lines| Ok(ExportResponse { lines: lines.to_vec() })).collect();
        Ok(Response::new(Box::pin(stream::iter(batches))))
    }

    async fn replay(&self, request: Request<ReplayRequest>) -> Result<Response<Self::ReplayStream>, Status> {
        let principal = self.reader(&request)?;
        let from = i64::try_from(request.get_ref().after).unwrap_or(i64::MAX);
        let journal = self.journal.clone();
        let batches = stream::try_unfold(from, move |from| {
            let (journal, principal) = (journal.clone(), principal.clone());
            async move {
                let batch = journal.sealed(&principal, from, BATCH).await.map_err(refused)?;
                let next = from + i64::try_from(batch.len()).unwrap_or(0);
                Ok::<_, Status>((!batch.is_empty()).then_some((batch, next)))
            }
        });
        let answers =
            batches.map_ok(|batch| stream::iter(batch.into_iter().map(|placed| Ok(replayed(placed))))).try_flatten();
        Ok(Response::new(answers.boxed()))
    }
}

fn line_of(index: Option<u64>, placed: Placed) -> Line {
    Line::Record(RecordLine { index, hash: placed.hash, record: placed.record })
}

fn replayed(placed: Placed) -> ReplayResponse {
    let position = placed.index.and_then(|index| u64::try_from(index + 1).ok()).unwrap_or(0);
    ReplayResponse { position, record: placed.record }
}
