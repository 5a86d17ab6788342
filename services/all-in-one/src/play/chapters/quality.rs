//! Recordings are heard, answers are scored, a coach convinces; what was heard reaches the visit.

use std::time::Instant;

use chrono::Duration;
use reqwest::Method;
use serde_json::{Value, json};

use crate::play::voice::{Recordings, Speech};
use crate::play::{Failed, Play, PlayError, expect};

const REP: &str = "lu";
const COACH: &str = "jiaolian";

pub async fn play(play: &mut Play<'_>) -> Result<(), Failed> {
    play.chapter = "质检";
    play.step("拜访录音转写，与原文对照", hear_voice_note).await?;
    play.step("转写成为小结草稿，业务员确认", confirm_summary).await?;
    play.step("录入痛点与竞品，得到话术、成功案例与对比表", give_back).await?;
    play.step("录音中的关键结论经确认写入拜访", confirm_conclusions).await?;
    play.step("不合格的回答：查出违规承诺，进入待辅导", flag_bad_answer).await?;
    play.step("教练听录音（留痕），按时间点评", listen_and_comment).await?;
    play.step("教练布置练习，业务员按话术重说", practise).await?;
    play.step("合格的回答：要点齐全，不进待辅导", pass_good_answer).await
}

/// What is recorded in the play.
pub fn recordings(play: &Play<'_>) -> Result<Recordings, PlayError> {
    serde_json::from_value(play.read_json("recordings.json")?)
        .map_err(|error| PlayError::Data(play.files.join("recordings.json"), error))
}

/// Waits for the objection that is drawn after a visit, and answers it with a recording.
pub async fn answer(
    play: &mut Play<'_>,
    visit: &str,
    name: &str,
    choose: impl Fn(Recordings, &str) -> Option<Speech>,
) -> Result<(Value, String, Speech), PlayError> {
    let drawn = |list: &Value| list["items"].as_array()?.iter().find(|review| review["visit_id"] == visit).cloned();
    let review = play.until(REP, "/api/reviews", "an objection is drawn", drawn).await?;
    let objection = review["objection"].as_str().unwrap_or_default().to_owned();
    let speech = choose(recordings(play)?, &objection);
    let speech = speech.ok_or_else(|| PlayError::Never(format!("somebody knows an answer to {objection}")))?;
    let recording = play.record(REP, name, &speech).await?;
    let id = review["id"].as_str().unwrap_or_default();
    // What was said decides, not what was typed.
    let answer = json!({ "text": "回答见录音。", "recording_id": recording });
    play.person(REP)?.post(&format!("/api/reviews/{id}/answer"), answer).await?;
    play.fact("objection", objection);
    Ok((review["id"].clone(), recording, speech))
}

async fn hear_voice_note(play: &mut Play<'_>) -> Result<(), PlayError> {
    let speech = recordings(play)?.voice_note;
    let recording = play.kept("recording")?;
    play.transcript(REP, &recording, &speech).await?;
    Ok(())
}

async fn confirm_summary(play: &mut Play<'_>) -> Result<(), PlayError> {
    let path = format!("/api/visits/{}", play.kept("visit")?);
    let offered = |view: &Value| view["voice_note"]["summary"].is_string().then(|| view.clone());
    let visit = play.until(REP, &path, "the words are offered as the summary", offered).await?;
    play.fact("draft", visit["draft"].clone());
    play.fact("notice", visit["voice_note"]["notice"]["zh"].clone());
    let note = visit["voice_note"]["summary"].clone();
    let confirmed = play.person(REP)?.post(&format!("{path}/summary"), json!({ "note": note })).await?;
    expect(confirmed["draft"] == "confirmed" && confirmed["note"] == note, "a confirmed summary", &confirmed)?;
    let again = play.person(REP)?.json(Method::POST, &format!("{path}/summary"), &json!({ "note": "改写" })).await?;
    again.refused("no_draft")?;
    play.fact("summary", note);
    Ok(())
}

async fn give_back(play: &mut Play<'_>) -> Result<(), PlayError> {
    let path = format!("/api/opportunities/{}", play.kept("opportunity")?);
    let entered = json!({ "pain": "停产改造时间长，产线停不起；五年的维护成本和培训没有底", "competitors": ["恒岳"] });
    let started = Instant::now();
    let answer = play.person(REP)?.json(Method::PATCH, &path, &entered).await?.ok()?;
    let milliseconds = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    let suggestions = &answer["suggestions"];
    let tracks = suggestions["talk_tracks"].as_array().cloned().unwrap_or_default();
    expect(tracks.len() == 3, "three talk tracks", suggestions)?;
    expect(tracks.iter().all(|track| track["success_case"].is_string()), "a success case each", suggestions)?;
    expect(suggestions["comparison_sheets"][0]["competitor"] == "恒岳", "a comparison sheet", suggestions)?;
    play.fact("talk_tracks", tracks.iter().map(|track| track["title"].clone()).collect::<Vec<_>>());
    play.fact("comparison", suggestions["comparison_sheets"][0]["rows"].clone());
    play.fact("answered_in_ms", milliseconds);
    Ok(())
}

async fn confirm_conclusions(play: &mut Play<'_>) -> Result<(), PlayError> {
    let list = format!("/api/conclusions?recording_id={}", play.kept("recording")?);
    let offered = |page: &Value| page["items"].as_array().filter(|items| !items.is_empty()).cloned();
    let offered = play.until(REP, &list, "conclusions are offered", offered).await?;
    for conclusion in &offered {
        let path = format!("/api/conclusions/{}/confirm", conclusion["id"].as_str().unwrap_or_default());
        play.person(REP)?.post(&path, json!({})).await?;
    }
    let path = format!("/api/visits/{}", play.kept("visit")?);
    let applied = |view: &Value| {
        let conclusions = view["conclusions"].as_array()?;
        (conclusions.len() == offered.len()).then(|| conclusions.clone())
    };
    let applied = play.until(REP, &path, "the conclusions are on the visit", applied).await?;
    let shown =
        |one: &Value| json!({ "kind": one["kind"], "text": one["text"], "amount": one["amount"], "date": one["date"] });
    play.fact("conclusions", applied.iter().map(shown).collect::<Vec<_>>());
    Ok(())
}

/// The review once the machine has made up its mind.
async fn scored(play: &mut Play<'_>, review: &str) -> Result<(Value, Value), PlayError> {
    let path = format!("/api/reviews/{review}");
    let judged = |view: &Value| view["outcome"].is_string().then(|| view.clone());
    let view = play.until(COACH, &path, "the answer is scored", judged).await?;
    let score = play.person(COACH)?.get(&format!("{path}/score")).await?;
    play.fact("outcome", view["outcome"].clone());
    play.fact("percent", view["percent"].clone());
    Ok((view, score))
}

async fn flag_bad_answer(play: &mut Play<'_>) -> Result<(), PlayError> {
    let (review, recording) = (play.kept("bad_review")?, play.kept("bad_recording")?);
    let objection = play.kept("bad_objection")?;
    let speech = recordings(play)?.answer_to(&objection, false);
    let speech = speech.ok_or_else(|| PlayError::Never(format!("a bad answer to {objection}")))?;
    play.transcript(COACH, &recording, &speech).await?;
    let (view, score) = scored(play, &review).await?;
    expect(view["outcome"] == "needs_coaching", "an answer that is flagged", &score)?;
    let queue = play.person(COACH)?.get("/api/reviews/queue").await?;
    expect(queue.to_string().contains(&review), "the answer in the coach's queue", &queue)?;
    play.fact("missing", score["missing"].clone());
    play.fact("forbidden", score["forbidden"].clone());
    let promised = score["forbidden"].as_array().and_then(|all| all.first()).map(|one| one["start_ms"].clone());
    expect(promised.is_some(), "a forbidden promise", &score)?;
    play.found.insert("promise_at", promised.unwrap_or_default());
    Ok(())
}

async fn listen_and_comment(play: &mut Play<'_>) -> Result<(), PlayError> {
    let (review, recording) = (play.kept("bad_review")?, play.kept("bad_recording")?);
    let shown = play.person(COACH)?.get(&format!("/api/recordings/{recording}")).await?;
    let link = shown["content_link"]["url"].as_str().unwrap_or_default();
    let sound = play.person(COACH)?.download(link).await?;
    expect(sound.starts_with(b"RIFF"), "the recording", &json!(sound.len()))?;
    let coach = play.person_id(COACH)?;
    let accesses = play.person(COACH)?.get(&format!("/api/recordings/{recording}/accesses")).await?;
    let listened =
        accesses["items"].as_array().is_some_and(|all| all.iter().any(|one| one["reader_id"] == coach.as_str()));
    expect(listened, "the coach in the access log", &accesses)?;
    let at = play.found.get("promise_at").cloned().unwrap_or(json!(0));
    let comment = json!({ "at_ms": at, "text": "这里做了公司不允许的承诺，请按话术用事实回答。" });
    play.person(COACH)?.post(&format!("/api/reviews/{review}/comments"), comment).await?;
    let comments = play.person(REP)?.get(&format!("/api/reviews/{review}/comments")).await?;
    play.fact("comments_seen_by_rep", comments);
    Ok(())
}

async fn practise(play: &mut Play<'_>) -> Result<(), PlayError> {
    let (review, objection) = (play.kept("bad_review")?, play.kept("bad_objection")?);
    let decision = json!({ "decision": "practice", "comment": "先用事实回答，再谈条件。" });
    play.person(COACH)?.post(&format!("/api/reviews/{review}/decide"), decision).await?;
    let due = (play.clock.now() + Duration::days(3)).format("%Y-%m-%d").to_string();
    let practice = json!({ "due": due, "note": "按话术重说一遍" });
    let assigned = play.person(COACH)?.post(&format!("/api/reviews/{review}/practices"), practice).await?;
    let speech = recordings(play)?.answer_to(&objection, true);
    let speech = speech.ok_or_else(|| PlayError::Never(format!("a good answer to {objection}")))?;
    let recording = play.record(REP, "practice", &speech).await?;
    let path = format!("/api/practices/{}/done", assigned["id"].as_str().unwrap_or_default());
    let done = play.person(REP)?.post(&path, json!({ "recording_id": recording })).await?;
    expect(done["state"] == "done", "a practice that is done", &done)?;
    play.keep("practice", &assigned["id"]);
    Ok(())
}

async fn pass_good_answer(play: &mut Play<'_>) -> Result<(), PlayError> {
    let visit = json!({
        "opportunity_id": play.kept("opportunity")?,
        "decision_chain": ["technical_director"],
        "note": "补充现场测量数据，确认停产窗口。",
        "next_step": "提交切换计划",
        "next_step_at": (play.clock.now() + Duration::days(2)).to_rfc3339(),
    });
    let recorded = play.person(REP)?.post("/api/visits", visit).await?;
    let visit = recorded["id"].as_str().unwrap_or_default().to_owned();
    let (review, recording, speech) = answer(play, &visit, "good-answer", |all, to| all.answer_to(to, true)).await?;
    let review = review.as_str().unwrap_or_default().to_owned();
    play.transcript(REP, &recording, &speech).await?;
    let (view, score) = scored(play, &review).await?;
    expect(view["outcome"] == "good", "a good answer", &score)?;
    play.fact("missing", score["missing"].clone());
    play.fact("covered", score["covered"].clone());
    Ok(())
}
