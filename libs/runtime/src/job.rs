//! Background work that is idempotent by itself and runs again and again.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use futures::future::BoxFuture;
use kernel::AsProblem;
use tokio_util::sync::CancellationToken;
use tracing::Instrument;

type Work = Arc<dyn Fn() -> BoxFuture<'static, Result<(), kernel::Problem>> + Send + Sync>;

/// A job and how often it runs.
#[derive(Clone)]
pub struct Job {
    name: &'static str,
    every: Duration,
    work: Work,
}

impl Job {
    /// Runs `work` again and again, `every` after the last time.
    pub fn every<S, F, Fut, X>(name: &'static str, every: Duration, state: S, work: F) -> Self
    where
        S: Clone + Send + Sync + 'static,
        F: Fn(S) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<(), X>> + Send + 'static,
        X: AsProblem + Send + 'static,
    {
        let work: Work = Arc::new(move || {
            let run = work(state.clone());
            Box::pin(async move { run.await.map_err(|error| error.problem()) })
        });
        Self { name, every, work }
    }

    /// Runs until shut down; a failed run is logged and tried again at the next turn.
    pub(crate) async fn run(self, shutdown: CancellationToken) {
        loop {
            let span = tracing::info_span!("job", name = self.name);
            if let Err(problem) = (self.work)().instrument(span).await {
                tracing::warn!(
                    job = self.name,
                    code = problem.code,
                    why = problem.internal,
                    "job failed; next turn tries again"
                );
            }
            tokio::select! {
                () = shutdown.cancelled() => return,
                () = tokio::time::sleep(self.every) => {}
            }
        }
    }
}
