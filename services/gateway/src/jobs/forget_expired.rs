use chrono::Duration;

use crate::State;
use crate::error::GatewayError;
use crate::store;

/// Removes sessions, tokens, sign-in requests and counters that no longer mean anything.
pub async fn run(state: State) -> Result<(), GatewayError> {
    let now = state.clock.now();
    let idle_since = now - Duration::minutes(i64::from(state.config.session.idle_minutes));
    let mut tx = state.journal.read_as_system().await?;
    let sessions = store::sessions::forget_expired(&mut tx, now, idle_since).await?;
    let requests = store::oidc::forget_expired(&mut tx, now).await?;
    let tokens = store::access_tokens::forget_expired(&mut tx, now).await?;
    let (failed, succeeded) = (state.config.attempts.forgotten_before(now), state.config.attempts.known_since(now));
    let attempts = store::attempts::forget_before(&mut tx, failed, succeeded, now).await?;
    let quotas = store::attempt_quotas::forget_full(&mut tx, now).await?;
    tx.commit().await?;
    state.limits.forget_idle();
    tracing::debug!(sessions, requests, tokens, attempts, quotas, "forgot what has expired");
    Ok(())
}
