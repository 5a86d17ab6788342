//! `AiQa`

use std::pin::Pin;
use std::time::Duration;

use contracts::ai_qa::v1 as message;
use contracts::ai_qa::v1::ai_qa_server::AiQa as AiQaService;
use contracts::ai_qa::v1::suggest_request;
use contracts::shared::v1::Money;
use futures::Stream;
use runtime::grpc::RpcEdge;
use tonic::{Request, Response, Status};
use uuid::Uuid;

use super::encode;
use crate::app::State;
use crate::domain::transcript::TranscriptState;
use crate::ops::decide_conclusion::find_conclusion;
use crate::ops::embed_texts::embed_texts;
use crate::ops::find_transcript::{find_transcript, follow_transcript};
use crate::ops::score_text::{Answer, score_text};
use crate::ops::suggest_tracks::{About, suggest_tracks};

/// How often a transcription that is followed is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(250);

/// Questions of other services.
pub struct AiQa {
    pub state: State,
    pub edge: RpcEdge,
}

type Following = Pin<Box<dyn Stream<Item = Result<message::TranscribeResponse, Status>> + Send>>;

#[tonic::async_trait]
impl AiQaService for AiQa {
    type TranscribeStream = Following;

    async fn transcribe(&self, request: Request<message::TranscribeRequest>) -> Result<Response<Following>, Status> {
        let caller = self.edge.caller(&request)?;
        let asked = request.get_ref();
        let (recording, after) = (id_of(&asked.recording_id)?, i32::try_from(asked.after).unwrap_or(i32::MAX));
        // Refused at once when it may not be heard.
        follow_transcript(&self.state, &caller, recording, after).await?;
        let state = self.state.clone();
        let following = futures::stream::unfold(Some((after, true)), move |from| {
            let (state, caller) = (state.clone(), caller.clone());
            async move {
                let (after, first) = from?;
                if !first {
                    tokio::time::sleep(LOOK_EVERY).await;
                }
                let view = match follow_transcript(&state, &caller, recording, after).await {
                    Ok(view) => view,
                    Err(error) => return Some((Err(error.into()), None)),
                };
                let ended = !matches!(view.state, TranscriptState::Waiting | TranscriptState::Working);
                let next = after.saturating_add(i32::try_from(view.sentences.len()).unwrap_or(i32::MAX));
                let said = message::TranscribeResponse {
                    state: view.state.to_string(),
                    percent: view.percent,
                    sentences: view.sentences.into_iter().map(encode::sentence).collect(),
                    reason: view.reason.unwrap_or_default(),
                };
                Some((Ok(said), (!ended).then_some((next, false))))
            }
        });
        Ok(Response::new(Box::pin(following)))
    }

    async fn get_transcript(
        &self,
        request: Request<message::GetTranscriptRequest>,
    ) -> Result<Response<message::GetTranscriptResponse>, Status> {
        let caller = self.edge.caller(&request)?;
        let recording = id_of(&request.get_ref().recording_id)?;
        let (transcript, view) = find_transcript(&self.state, &caller, recording, 0).await?;
        let completed = view.state == TranscriptState::Completed;
        let lines: Vec<&str> = view.sentences.iter().map(|one| one.text.as_str()).collect();
        Ok(Response::new(message::GetTranscriptResponse {
            recording_id: recording.to_string(),
            visit_id: view.visit_id.map(|visit| visit.to_string()).unwrap_or_default(),
            owner_id: transcript.owner.to_string(),
            org: transcript.org.to_string(),
            state: view.state.to_string(),
            text: if completed { lines.join("\n") } else { String::new() },
            doubtful: view.doubtful > 0 || view.truncated,
            reason: view.reason.unwrap_or_default(),
            model: view.model.unwrap_or_default(),
            sentences: view.sentences.into_iter().filter(|_| completed).map(encode::sentence).collect(),
        }))
    }

    async fn embed(&self, request: Request<message::EmbedRequest>) -> Result<Response<message::EmbedResponse>, Status> {
        let caller = self.edge.caller(&request)?;
        let (model, vectors) = embed_texts(&self.state, &caller, request.into_inner().texts).await?;
        let embeddings = vectors.into_iter().map(|values| message::Embedding { values }).collect();
        Ok(Response::new(message::EmbedResponse { embeddings, model }))
    }

    async fn score(&self, request: Request<message::ScoreRequest>) -> Result<Response<message::ScoreResponse>, Status> {
        let caller = self.edge.caller(&request)?;
        let asked = request.into_inner();
        let track = id_of(&asked.talk_track_id)?;
        let answer = match (asked.sentences.is_empty(), asked.recording_id.as_str()) {
            (false, "") => Answer::Typed(asked.sentences),
            (true, recording) => Answer::Recorded(id_of(recording)?),
            _ => return Err(Status::invalid_argument("either sentences or a recording_id")),
        };
        let (track, judged) = score_text(&self.state, &caller, track, answer).await?;
        let score = judged.score.as_ref();
        let contradictions = score.map(|score| score.contradictions.clone()).unwrap_or_default();
        Ok(Response::new(message::ScoreResponse {
            score: judged.percent().and_then(|percent| u32::try_from(percent).ok()).unwrap_or(0),
            verdict: judged.outcome.to_string(),
            reason: judged.reasons.first().cloned().unwrap_or_default(),
            points: score.map(|score| encode::points(score, &track)).unwrap_or_default(),
            calibration_version: score.map_or(0, |score| i64::from(score.versions.calibration)),
            contradictions: contradictions
                .into_iter()
                .map(|one| message::Contradiction { sentence: one.sentence, said: one.said, expected: one.listed })
                .collect(),
            talk_track_version: i64::from(track.words_version),
        }))
    }

    async fn suggest(
        &self,
        request: Request<message::SuggestRequest>,
    ) -> Result<Response<message::SuggestResponse>, Status> {
        let caller = self.edge.caller(&request)?;
        let asked = request.into_inner();
        let about = match asked.about {
            Some(suggest_request::About::PainPoint(text)) => About::PainPoint(text),
            Some(suggest_request::About::Competitor(name)) => About::Competitor(name),
            None => return Err(Status::invalid_argument("either a pain_point or a competitor")),
        };
        let found = suggest_tracks(&self.state, &caller, &about, &asked.industry).await?;
        Ok(Response::new(message::SuggestResponse {
            talk_tracks: found.talk_tracks.into_iter().map(encode::suggested).collect(),
            comparison_sheet: found.comparison_sheet.map(encode::sheet),
        }))
    }

    async fn get_conclusion(
        &self,
        request: Request<message::GetConclusionRequest>,
    ) -> Result<Response<message::GetConclusionResponse>, Status> {
        let caller = self.edge.caller(&request)?;
        let id = id_of(&request.get_ref().conclusion_id)?;
        let offer = find_conclusion(&self.state, &caller, id).await?;
        Ok(Response::new(message::GetConclusionResponse {
            conclusion_id: id.to_string(),
            recording_id: offer.recording.to_string(),
            visit_id: offer.visit.map(|visit| visit.to_string()).unwrap_or_default(),
            owner_id: offer.owner.to_string(),
            org: offer.org.to_string(),
            kind: offer.kind.to_string(),
            state: offer.state.to_string(),
            text: offer.competitor.or(offer.text).unwrap_or_default(),
            amount: offer.amount_minor.map(|minor| Money { minor, currency: "CNY".into() }),
            date: offer.date.map(|date| date.to_string()).unwrap_or_default(),
        }))
    }
}

fn id_of(text: &str) -> Result<Uuid, Status> {
    text.parse().map_err(|_| Status::invalid_argument(format!("{text:?} is not an id")))
}
