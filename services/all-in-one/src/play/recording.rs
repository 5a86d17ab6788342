//! Recordings of the play: uploaded as a phone does that loses its network on the way.

use reqwest::Method;
use serde_json::{Value, json};
use speech::text::Accuracy;

use super::voice::Speech;
use super::{Play, PlayError, expect};

impl Play<'_> {
    /// Speaks, uploads in two parts and answers the id of the stored recording.
    pub(super) async fn record(&mut self, login: &str, name: &str, speech: &Speech) -> Result<String, PlayError> {
        let folder = self.folder.join("spoken");
        std::fs::create_dir_all(&folder).map_err(|error| PlayError::File(folder.clone(), error))?;
        let sound = speech.record(&folder.join(format!("{name}.wav"))).await?;
        let rep = self.person(login)?;
        let new = json!({ "bytes": sound.len(), "consent": true, "media_type": "audio/wav" });
        let recording = rep.post("/api/recordings", new).await?;
        let id = recording["id"].as_str().unwrap_or_default().to_owned();
        let path = format!("/api/recordings/{id}/content");
        let half = sound.len() / 2;
        for (offset, part) in [(0, &sound[..half]), (half, &sound[half..])] {
            let answer = rep
                .send(Method::PATCH, &path, |request| {
                    request
                        .header("content-type", "application/offset+octet-stream")
                        .header("upload-offset", offset)
                        .body(part.to_vec())
                })
                .await?;
            answer.ok()?;
        }
        let stored = rep.get(&format!("/api/recordings/{id}")).await?;
        expect(stored["sha256"].is_string(), "a stored recording with its hash", &stored)?;
        self.fact("sha256", stored["sha256"].clone());
        self.fact("seconds", stored["seconds"].clone());
        Ok(id)
    }

    /// Waits until a recording is written down, and reports the transcript beside what was said.
    pub(super) async fn transcript(
        &mut self,
        login: &str,
        recording: &str,
        speech: &Speech,
    ) -> Result<Value, PlayError> {
        let path = format!("/api/recordings/{recording}/transcript");
        let ended = |view: &Value| matches!(view["state"].as_str(), Some("completed" | "failed")).then(|| view.clone());
        let view = self.until(login, &path, "the recording is written down", ended).await?;
        expect(view["state"] == "completed", "a complete transcript", &view)?;
        let sentences = view["sentences"].as_array().into_iter().flatten();
        let text: String = sentences.filter_map(|sentence| sentence["text"].as_str()).collect();
        let accuracy = Accuracy::of(&speech.text(), &text);
        let percent = (accuracy.error_rate() * 10.0).round() / 10.0;
        self.fact("said", speech.text());
        self.fact("heard", text);
        self.fact("character_errors", json!({ "errors": accuracy.errors, "of": accuracy.said, "percent": percent }));
        self.fact("doubtful_sentences", view["doubtful"].clone());
        self.fact("model", view["model"].clone());
        Ok(view)
    }
}
