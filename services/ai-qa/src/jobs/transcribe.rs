//! Writes recordings down as long as there are any.

use crate::app::State;
use crate::error::AiQaError;
use crate::ops::transcribe::transcribe;

pub async fn run(state: State) -> Result<(), AiQaError> {
    while transcribe(&state).await? {}
    Ok(())
}
