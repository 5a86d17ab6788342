//! An ai-qa that answers what the tests of this service need, on a real socket.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use contracts::ai_qa::v1::ai_qa_server::{AiQa, AiQaServer};
use contracts::ai_qa::v1::suggest_request::About;
use contracts::ai_qa::v1::{
    ComparisonRow, ComparisonSheet, EmbedRequest, EmbedResponse, GetConclusionRequest, GetConclusionResponse,
    GetTranscriptRequest, GetTranscriptResponse, KeyPoint, ScoreRequest, ScoreResponse, Sentence, SuggestRequest,
    SuggestResponse, TalkTrackSuggestion, TranscribeRequest, TranscribeResponse,
};
use futures::Stream;
use tokio::sync::Notify;
use tonic::{Request, Response, Status};
use uuid::Uuid;

pub const SENTENCES: [&str; 3] = ["今天见了技术部张总监。", "换线停产要两周，停不起。", "下周三带样机演示。"];

/// Three talk tracks, a sheet about 恒岳, and every recording says [`SENTENCES`].
#[derive(Clone)]
pub struct Library {
    /// Whose recordings they are.
    pub owner: Uuid,
    /// Never answers while this is set.
    pub hangs: Arc<AtomicBool>,
    pub conclusion: GetConclusionResponse,
}

impl Library {
    pub fn of(owner: Uuid) -> Self {
        Self { owner, hangs: Arc::default(), conclusion: GetConclusionResponse::default() }
    }

    pub fn server(&self) -> AiQaServer<Self> {
        AiQaServer::new(self.clone())
    }

    async fn hang(&self) {
        if self.hangs.load(Ordering::SeqCst) {
            Notify::new().notified().await;
        }
    }
}

fn track(title: &str, industry: &str) -> TalkTrackSuggestion {
    TalkTrackSuggestion {
        talk_track_id: Uuid::from_u128(title.len() as u128).to_string(),
        version: 2,
        title: title.into(),
        text: format!("（{industry}）先试运行，再停旧线。"),
        key_points: vec![KeyPoint { text: "停产最多三天".into(), duty: "must_say".into() }],
        success_case: "两个周末完成切换".into(),
        r#match: "strong".into(),
    }
}

fn sheet(competitor: String) -> ComparisonSheet {
    ComparisonSheet {
        comparison_sheet_id: Uuid::from_u128(7).to_string(),
        version: 1,
        competitor,
        rows: vec![ComparisonRow { aspect: "售后".into(), ours: "四小时".into(), theirs: "三天".into() }],
        success_case: String::new(),
    }
}

#[tonic::async_trait]
impl AiQa for Library {
    type TranscribeStream = Pin<Box<dyn Stream<Item = Result<TranscribeResponse, Status>> + Send>>;

    async fn suggest(&self, request: Request<SuggestRequest>) -> Result<Response<SuggestResponse>, Status> {
        self.hang().await;
        let SuggestRequest { about, industry } = request.into_inner();
        let about = about.ok_or_else(|| Status::invalid_argument("about what?"))?;
        let tracks = ["一", "一二", "一二三", "一二三四"].map(|title| track(title, &industry));
        Ok(Response::new(match about {
            About::PainPoint(words) if words.contains("无人能答") => SuggestResponse::default(),
            About::PainPoint(_) => SuggestResponse { talk_tracks: tracks[..3].into(), comparison_sheet: None },
            About::Competitor(name) => {
                SuggestResponse { talk_tracks: tracks[2..].into(), comparison_sheet: Some(sheet(name)) }
            }
        }))
    }

    async fn get_transcript(
        &self,
        request: Request<GetTranscriptRequest>,
    ) -> Result<Response<GetTranscriptResponse>, Status> {
        self.hang().await;
        let sentences = SENTENCES.iter().zip(0..).map(|(text, number)| Sentence {
            number,
            start_ms: u64::from(number) * 2_000,
            end_ms: u64::from(number) * 2_000 + 1_500,
            text: (*text).into(),
            confidence: 0.9,
            doubtful: number == 1,
            ..Sentence::default()
        });
        Ok(Response::new(GetTranscriptResponse {
            recording_id: request.into_inner().recording_id,
            owner_id: self.owner.to_string(),
            state: "completed".into(),
            sentences: sentences.collect(),
            ..GetTranscriptResponse::default()
        }))
    }

    async fn get_conclusion(
        &self,
        _: Request<GetConclusionRequest>,
    ) -> Result<Response<GetConclusionResponse>, Status> {
        Ok(Response::new(self.conclusion.clone()))
    }

    async fn transcribe(&self, _: Request<TranscribeRequest>) -> Result<Response<Self::TranscribeStream>, Status> {
        Err(Status::unimplemented("not asked by crm"))
    }

    async fn embed(&self, _: Request<EmbedRequest>) -> Result<Response<EmbedResponse>, Status> {
        Err(Status::unimplemented("not asked by crm"))
    }

    async fn score(&self, _: Request<ScoreRequest>) -> Result<Response<ScoreResponse>, Status> {
        Err(Status::unimplemented("not asked by crm"))
    }
}
