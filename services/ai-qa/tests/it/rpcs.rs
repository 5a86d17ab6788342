//! What other services ask.

use std::sync::Arc;
use std::time::Instant;

use contracts::ai_qa::v1::ai_qa_client::AiQaClient;
use contracts::ai_qa::v1::suggest_request::About;
use contracts::ai_qa::v1::{
    EmbedRequest, GetTranscriptRequest, ScoreRequest, SuggestRequest, TranscribeRequest, TranscribeResponse,
};
use futures::StreamExt;
use kernel::{Principal, Role};
use reqwest::Method;
use runtime::trust::PRINCIPAL_HEADER;
use serde_json::json;
use testkit::{Client, TENANT};
use tonic::transport::Channel;
use tonic::{Code, Request};

use crate::ear::{Ear, voice};
use crate::scoring::{GOOD, answered, drawn};
use crate::support::{Suite, start_hearing, start_with, transcribed, upload};
use crate::talk_tracks::{add, price_track};

async fn connect(suite: &Suite) -> AiQaClient<Channel> {
    AiQaClient::connect(suite.app.base_url.clone()).await.expect("connected")
}

/// The question, signed as `client` would sign it.
fn signed<T>(client: &Client, message: T) -> Request<T> {
    let built = client.request(Method::GET, "/").build().expect("a request");
    let token = built.headers()[PRINCIPAL_HEADER].to_str().expect("text").to_owned();
    let mut request = Request::new(message);
    request.metadata_mut().insert(PRINCIPAL_HEADER, token.parse().expect("metadata"));
    request
}

async fn followed(suite: &Suite, client: &Client, recording: uuid::Uuid) -> Vec<TranscribeResponse> {
    let question = TranscribeRequest { recording_id: recording.to_string(), after: 0 };
    let answer = connect(suite).await.transcribe(signed(client, question)).await.expect("an answer");
    answer.into_inner().map(|one| one.expect("a message")).collect().await
}

#[tokio::test]
async fn a_transcription_is_followed_to_its_end() {
    let ear = Ear::default();
    ear.says(4, "您先看看样品。再谈别的");
    ear.hold();
    let suite = start_hearing(&ear).await;
    let id = upload(&suite.rep, voice(4)).await;
    let following = followed(&suite, &suite.rep, id);
    let released = async {
        tokio::task::yield_now().await;
        ear.release();
    };
    let (messages, ()) = tokio::join!(following, released);
    let last = messages.last().expect("a message");
    assert_eq!((last.state.as_str(), last.percent), ("completed", 100));
    let texts: Vec<_> = messages.iter().flat_map(|one| &one.sentences).map(|one| one.text.as_str()).collect();
    assert_eq!(texts, ["您先看看样品", "再谈别的"], "every sentence once");
    let again = followed(&suite, &suite.rep, id).await;
    assert_eq!((again.len(), again[0].sentences.len()), (1, 2));

    let stranger = suite.app.person(Role::SalesRep, "/huadong/shanghai/");
    let question = TranscribeRequest { recording_id: id.to_string(), after: 0 };
    let refused = connect(&suite).await.transcribe(signed(&stranger, question)).await.expect_err("refused");
    assert_eq!(refused.code(), Code::PermissionDenied);
}

#[tokio::test]
async fn a_service_reads_a_transcript_of_its_tenant() {
    let ear = Ear::default();
    ear.says(3, "客户想要两台。电话幺三八幺二三四五六七八");
    let suite = start_hearing(&ear).await;
    let id = upload(&suite.rep, voice(3)).await;
    transcribed(&suite, &suite.rep, id).await;
    let crm = suite.app.principal(Principal::service(TENANT, "crm"));
    let question = GetTranscriptRequest { recording_id: id.to_string() };
    let answer = connect(&suite).await.get_transcript(signed(&crm, question)).await.expect("an answer").into_inner();
    assert_eq!((answer.state.as_str(), answer.owner_id), ("completed", suite.rep.id().to_string()));
    assert_eq!(answer.text.lines().count(), 2);
    assert!(!answer.doubtful && answer.text.contains("【电话】"), "{}", answer.text);
}

#[tokio::test]
async fn suggestions_come_within_two_hundred_milliseconds() {
    let suite = start_hearing(&Ear::default()).await;
    let coach = suite.app.person(Role::SalesCoach, "/huadong/");
    for number in 0..60 {
        let mut track = price_track();
        track["title"] = json!(format!("异议{number}"));
        track["objection"] = json!(format!("第{number}种顾虑：价格之外还有维护成本"));
        coach.post("/api/talk-tracks", &track).await.ok();
    }
    let price = add(&suite, &price_track()).await;
    let sheet = json!({ "competitor": "恒远机床", "rows": [{ "aspect": "质保", "ours": "三年", "theirs": "一年" }] });
    coach.post("/api/comparison-sheets", &sheet).await.id();
    let crm = suite.app.principal(Principal::service(TENANT, "crm"));
    let mut client = connect(&suite).await;
    let ask = |about| signed(&crm, SuggestRequest { about: Some(about), industry: "家具".into() });
    // The first question after a change builds the index.
    client.suggest(ask(About::PainPoint("价格".into()))).await.expect("an answer");
    let begun = Instant::now();
    let found =
        client.suggest(ask(About::PainPoint("你们的价格比同行贵两成".into()))).await.expect("an answer").into_inner();
    let taken = begun.elapsed();
    assert!(taken.as_millis() < 200, "{taken:?}");
    assert_eq!(found.talk_tracks.len(), 3);
    let best = &found.talk_tracks[0];
    assert_eq!((json!(best.talk_track_id), best.r#match.as_str()), (price["id"].clone(), "strong"));
    assert_eq!((best.key_points.len(), json!(best.success_case)), (3, price["success_case"].clone()));
    assert!(found.comparison_sheet.is_none());
    let found = client.suggest(ask(About::Competitor("恒远".into()))).await.expect("an answer").into_inner();
    assert_eq!(found.comparison_sheet.expect("a sheet").rows[0].theirs, "一年");
    let nothing = signed(&crm, SuggestRequest { about: None, industry: String::new() });
    assert_eq!(client.suggest(nothing).await.expect_err("refused").code(), Code::InvalidArgument);
}

#[tokio::test]
async fn answers_are_scored_without_being_kept() {
    let ear = Ear::default();
    ear.says(4, GOOD);
    let suite = start_hearing(&ear).await;
    let track = add(&suite, &price_track()).await["id"].as_str().expect("an id").to_owned();
    let id = upload(&suite.rep, voice(4)).await;
    transcribed(&suite, &suite.rep, id).await;
    let crm = suite.app.principal(Principal::service(TENANT, "crm"));
    let mut client = connect(&suite).await;
    let question = ScoreRequest { talk_track_id: track.clone(), recording_id: id.to_string(), sentences: Vec::new() };
    let scored = client.score(signed(&crm, question)).await.expect("an answer").into_inner();
    assert_eq!((scored.verdict.as_str(), scored.points.len(), scored.talk_track_version), ("good", 3, 1));
    assert!(scored.points[0].covered && !scored.points[0].sentences.is_empty() && !scored.points[2].covered);
    let both = ScoreRequest { talk_track_id: track, recording_id: id.to_string(), sentences: vec!["好".into()] };
    assert_eq!(client.score(signed(&crm, both)).await.expect_err("refused").code(), Code::InvalidArgument);
    let scores: i64 = sqlx::query_scalar("select count(*) from ai_qa.scores")
        .fetch_one(&mut suite.app.admin().await)
        .await
        .expect("counted");
    assert_eq!(scores, 0);
}

#[tokio::test]
async fn an_encoder_gives_vectors_and_takes_part_in_scores() {
    let ear = Ear::default();
    ear.says(4, GOOD);
    // Random weights: what they mean is nothing, but they take part.
    let folder = concat!("\"", env!("CARGO_MANIFEST_DIR"), "/../../libs/embedding/testdata/bert\"");
    let definition = ai_qa::definition_hearing(Arc::new(ear.clone()));
    let suite = start_with(definition, &[(&["service", "scoring", "encoder_folder"], folder)]).await;
    let crm = suite.app.principal(Principal::service(TENANT, "crm"));
    let embedded = async || {
        let question = EmbedRequest { texts: vec!["质保三年".into(), "交期太长".into()] };
        Some(connect(&suite).await.embed(signed(&crm, question)).await.ok()?.into_inner())
    };
    let answer = suite.app.eventually("the encoder is loaded", embedded).await;
    assert_eq!(answer.embeddings.len(), 2);
    for embedding in &answer.embeddings {
        let length: f32 = embedding.values.iter().map(|value| value * value).sum();
        assert!((length - 1.0).abs() < 1e-3, "{length}");
    }
    let (_, review) = drawn(&suite, 1, Some(&price_track())).await;
    answered(&suite, &review, 4, "质保三年").await;
    let encoder: Option<String> = sqlx::query_scalar("select score -> 'versions' ->> 'encoder' from ai_qa.scores")
        .fetch_one(&mut suite.app.admin().await)
        .await
        .expect("a score");
    assert_eq!(encoder, Some(answer.model));
}

#[tokio::test]
async fn without_an_encoder_nothing_is_embedded() {
    let suite = start_hearing(&Ear::default()).await;
    let crm = suite.app.principal(Principal::service(TENANT, "crm"));
    let question = EmbedRequest { texts: vec!["好".into()] };
    let refused = connect(&suite).await.embed(signed(&crm, question)).await.expect_err("refused");
    assert_eq!((refused.code(), refused.message().starts_with("encoder_missing")), (Code::Unavailable, true));
}
