//! Every answer of the demonstration, spoken, heard by the shipped recogniser and scored: whichever objection the play
//! draws, the good answer passes and the bad one is flagged for its promise.

use std::path::{Path, PathBuf};

use all_in_one::play::voice::{Recordings, Speech};
use bytes::Bytes;
use contracts::crm::v1::VisitRecorded;
use kernel::Role;
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Answer, Client, TestApp};
use uuid::Uuid;

fn deploy(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../deploy").join(path)
}

fn demo<T: serde::de::DeserializeOwned>(name: &str) -> T {
    let text = std::fs::read_to_string(deploy("demo").join(name)).expect("a demonstration file");
    serde_json::from_str(&text).expect("as the play reads it")
}

struct Coaching {
    app: TestApp,
    coach: Client,
    rep: Client,
    folder: tempfile::TempDir,
}

impl Coaching {
    async fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let quoted = |path: &Path| format!("{:?}", path.to_str().expect("utf-8"));
        let app = TestApp::builder(ai_qa::definition())
            .set(&["service", "storage", "path"], quoted(&folder.path().join("recordings")))
            .set(&["service", "transcription", "model_folder"], quoted(&deploy("models/sluice-zh-small")))
            .start()
            .await;
        let (coach, rep) = (app.person(Role::SalesCoach, "/huadong/"), app.person(Role::SalesRep, "/huadong/"));
        Self { app, coach, rep, folder }
    }

    /// A visit of an industry in which only this objection is known.
    async fn drawn(&self, track: &Value, number: u128) -> String {
        let industry = format!("行业{number}");
        let objection = json!({ "text": track["objection"], "industry": industry });
        let objection = self.coach.post("/api/objections", &objection).await.id();
        let mut track = track.clone();
        track["objection_ids"] = json!([objection]);
        track["industry"] = json!(industry);
        self.coach.post("/api/talk-tracks", &track).await.ok();
        let visit = Uuid::from_u128(500 + number);
        let recorded = VisitRecorded {
            visit_id: visit.to_string(),
            customer_id: Uuid::from_u128(60).to_string(),
            rep_id: self.rep.id().to_string(),
            org: "/huadong/".into(),
            industry,
            ..Default::default()
        };
        self.app.publish(&recorded, visit, 1).await;
        let review = async || {
            let page = self.rep.get("/api/reviews").await.ok();
            let reviews = page["items"].as_array().cloned().expect("a list");
            reviews.into_iter().find(|one| one["visit_id"] == json!(visit))
        };
        self.app.eventually("a review", review).await["id"].as_str().expect("an id").to_owned()
    }

    async fn upload(&self, sound: Bytes) -> Uuid {
        let announced = json!({ "bytes": sound.len(), "consent": true });
        let id = self.rep.post("/api/recordings", &announced).await.id();
        let request = self.rep.request(Method::PATCH, &format!("/api/recordings/{id}/content"));
        let part = request.header("content-type", "application/offset+octet-stream").header("upload-offset", "0");
        Answer::of(part.body(sound)).await.ok();
        id
    }

    /// The outcome, the score and what was heard.
    async fn judged(&self, track: &Value, number: u128, speech: &Speech) -> (Value, Value, String) {
        let review = self.drawn(track, number).await;
        let sound = speech.record(&self.folder.path().join(format!("{number}.wav"))).await.expect("a voice");
        let recording = self.upload(sound.into()).await;
        let answer = json!({ "text": "回答见录音。", "recording_id": recording });
        self.rep.post(&format!("/api/reviews/{review}/answer"), &answer).await.ok();
        let path = format!("/api/reviews/{review}");
        let outcome = async || {
            let now = self.coach.get(&path).await.ok();
            (!now["outcome"].is_null()).then(|| now["outcome"].clone())
        };
        let outcome = self.app.eventually("the answer is scored", outcome).await;
        let score = self.coach.get(&format!("{path}/score")).await.ok();
        let transcript = self.coach.get(&format!("/api/recordings/{recording}/transcript")).await.ok();
        let sentences = transcript["sentences"].as_array().cloned().unwrap_or_default();
        let heard: Vec<&str> = sentences.iter().filter_map(|one| one["text"].as_str()).collect();
        (outcome, score, heard.join("。"))
    }
}

#[tokio::test]
async fn whichever_objection_is_drawn_good_is_good_and_bad_is_flagged() {
    let coaching = Coaching::start().await;
    let tracks: Vec<Value> = demo("talk-tracks.json");
    let recordings: Recordings = demo("recordings.json");
    assert_eq!(recordings.answers.len(), tracks.len());
    let mut wrong = Vec::new();
    for (number, answers) in (0..).zip(&recordings.answers) {
        let track = tracks.iter().find(|track| track["objection"] == json!(answers.objection)).expect("a talk track");
        let (outcome, score, heard) = coaching.judged(track, 2 * number, &answers.good).await;
        if outcome != "good" || score["missing"].as_array().is_none_or(|missing| !missing.is_empty()) {
            wrong.push(format!("good is {outcome}: {}\nheard {heard}\n{score:#}", answers.good.text()));
        }
        let (outcome, score, heard) = coaching.judged(track, 2 * number + 1, &answers.bad).await;
        if outcome != "needs_coaching" || score["forbidden"].as_array().is_none_or(Vec::is_empty) {
            wrong.push(format!("bad is {outcome}: {}\nheard {heard}\n{score:#}", answers.bad.text()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
