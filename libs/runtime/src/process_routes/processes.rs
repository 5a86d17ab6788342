use std::future::Future;
use std::sync::Arc;

use contracts::ProcessPublication;
use futures::FutureExt;
use futures::future::BoxFuture;
use journal::{Caller, Entry, JournalError};
use kernel::{AsProblem, Problem};
use process::dry_run::Record;
use process::gate::{self, Judge};
use process::store::Definitions;
use uuid::Uuid;

/// Live records of one definition, as its gates would see them.
type LiveRecords = Arc<dyn Fn(Caller, String) -> BoxFuture<'static, Result<Vec<Record>, Problem>> + Send + Sync>;

/// How a service says that a version was published: [`announce`] in its own event.
pub type Announce = fn(Announcement) -> Result<Entry, JournalError>;

/// A published version.
#[derive(Clone, Debug)]
pub struct Announcement {
    pub name: String,
    pub version: i32,
    /// Of the text.
    pub sha256: String,
    pub aggregate_id: Uuid,
    /// Counts what the tenant has published of this process, from 1.
    pub aggregate_version: i64,
}

/// Puts a published version into `E`, the service's own event.
pub fn announce<E: ProcessPublication>(published: Announcement) -> Result<Entry, JournalError> {
    let event = E::of(published.name, published.version, published.sha256);
    Entry::new(&event, published.aggregate_id, published.aggregate_version)
}

/// The processes of a service, and how it runs them.
#[derive(Clone)]
pub struct Processes {
    pub(super) definitions: Arc<Definitions>,
    pub(super) announce: Announce,
    pub(super) live: LiveRecords,
    pub(super) judge: Judge,
    pub(super) stages: Option<&'static [&'static str]>,
    pub(super) own_moves: &'static [(&'static str, &'static str)],
}

impl Processes {
    /// `announce` is [`announce`] with the service's own event. `live` answers the newest open records of the process
    /// it is given, at most [`process::dry_run::MOST_RECORDS`], for a caller who may publish. Moves are judged by
    /// [`gate::pass_without_approvals`], any stage will do, and every move asks the gate, unless said otherwise.
    pub fn new<S, F, Fut, X>(definitions: Arc<Definitions>, announce: Announce, state: S, live: F) -> Self
    where
        S: Clone + Send + Sync + 'static,
        F: Fn(S, Caller, String) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<Vec<Record>, X>> + Send + 'static,
        X: AsProblem + Send + 'static,
    {
        let live: LiveRecords = Arc::new(move |caller, process| {
            let records = live(state.clone(), caller, process);
            async move { records.await.map_err(|error| error.problem()) }.boxed()
        });
        Self { definitions, announce, live, judge: gate::pass_without_approvals, stages: None, own_moves: &[] }
    }

    /// The service asks people for the approvals of a move.
    #[must_use]
    pub fn with_approvals(mut self) -> Self {
        self.judge = gate::pass;
        self
    }

    /// Records of this service are in one of these stages and no other.
    #[must_use]
    pub fn in_stages(mut self, stages: &'static [&'static str]) -> Self {
        self.stages = Some(stages);
        self
    }

    /// Moves, from and to, that the service makes by rules of its own, without asking the gate.
    #[must_use]
    pub fn moving_by_itself(mut self, moves: &'static [(&'static str, &'static str)]) -> Self {
        self.own_moves = moves;
        self
    }
}
