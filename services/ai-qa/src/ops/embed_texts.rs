//! Texts as vectors, for other services.

use authz::{Action, Resource, ResourceKind};
use journal::Caller;
use kernel::{FieldError, Text};

use crate::app::State;
use crate::domain::scoring::Semantics;
use crate::error::AiQaError;

const MOST: usize = 64;
const LONGEST: usize = 2_000;

/// The model and a vector of length 1 for each text, in order.
#[tracing::instrument(name = "ai_qa.embed_texts", skip_all)]
pub async fn embed_texts(
    state: &State,
    caller: &Caller,
    texts: Vec<String>,
) -> Result<(String, Vec<Vec<f32>>), AiQaError> {
    let library = Resource::tenant_wide(ResourceKind::TalkTrack, caller.tenant());
    authz::check(&caller.principal, state.clock.now(), Action::TalkTrackRead, &library)?;
    if texts.len() > MOST || texts.iter().any(|text| text.chars().count() > LONGEST) {
        let reason = Text::new("最多 64 条，每条最多 2000 个字符", "are more than 64, or longer than 2000 characters");
        return Err(AiQaError::Invalid(vec![FieldError::new("texts", "too_many", reason)]));
    }
    let encoder = state.encoder.get().map_err(AiQaError::EncoderMissing)?;
    let encode = move || {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        encoder.encode(&texts).map(|vectors| (encoder.version().to_owned(), vectors))
    };
    let encoded = tokio::task::spawn_blocking(encode).await.map_err(kernel::Problem::internal)?;
    Ok(encoded.map_err(kernel::Problem::internal)?)
}
