use crate::State;
use crate::error::GatewayError;
use crate::ops::openapi;

/// Fetches the services' API descriptions.
pub async fn run(state: State) -> Result<(), GatewayError> {
    openapi::refresh(&state).await;
    Ok(())
}
