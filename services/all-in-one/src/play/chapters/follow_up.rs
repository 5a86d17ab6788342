//! Screening, conversion, a recorded visit, and actions that cannot be dressed up.

use chrono::{DateTime, Duration, Utc};
use serde_json::{Value, json};

use crate::play::{Failed, Play, PlayError, expect};

const REP: &str = "lu";

pub async fn play(play: &mut Play<'_>) -> Result<(), Failed> {
    play.chapter = "跟进";
    play.step("未填初筛表不能转商机", convert_before_screening).await?;
    play.step("填写客户初筛表并首次联系", screen_and_touch).await?;
    play.step("线索转商机", convert).await?;
    play.step("上传拜访录音（断点续传）", upload_recording).await?;
    play.step("登记拜访", record_visit).await?;
    play.step("拜访后随机抽取一个异议", answer_objection).await?;
    play.step("未来的时间不能算完成", refuse_future_action).await?;
    play.step("距上一动作不足 30 分钟被拒绝", refuse_hasty_action).await
}

async fn convert_before_screening(play: &mut Play<'_>) -> Result<(), PlayError> {
    let lead = play.kept("lead")?;
    let path = format!("/api/leads/{lead}/convert");
    let body = json!({ "subject": "洁净车间输送线改造" });
    let refused = play.person(REP)?.json(reqwest::Method::POST, &path, &body).await?.refused("gate_closed")?;
    play.fact("missing", refused["errors"].clone());
    Ok(())
}

async fn screen_and_touch(play: &mut Play<'_>) -> Result<(), PlayError> {
    let lead = play.kept("lead")?;
    let first_chat = (play.clock.now() - Duration::minutes(20)).to_rfc3339();
    let form = json!({ "avatar": "avatars/demo-customer.png", "nickname": "海桥·采购", "first_chat_at": first_chat });
    play.person(REP)?.put(&format!("/api/leads/{lead}/screening"), form).await?;
    let carrier = json!({ "kind": "message", "reference": "wecom:conversation/demo-0001" });
    play.person(REP)?.post(&format!("/api/leads/{lead}/touch"), json!({ "evidence": [carrier] })).await?;
    Ok(())
}

async fn convert(play: &mut Play<'_>) -> Result<(), PlayError> {
    let lead = play.kept("lead")?;
    let body = json!({ "subject": "洁净车间输送线改造" });
    let converted = play.person(REP)?.post(&format!("/api/leads/{lead}/convert"), body).await?;
    play.keep("opportunity", &converted["opportunity_id"]);
    play.keep("customer", &converted["customer_id"]);
    let path = format!("/api/opportunities/{}", play.kept("opportunity")?);
    let stage = play
        .until(REP, &path, "the opportunity is opened by the event", |view| view["stage"].as_str().map(str::to_owned))
        .await?;
    play.fact("stage", stage);
    Ok(())
}

async fn upload_recording(play: &mut Play<'_>) -> Result<(), PlayError> {
    let sound = one_second_of_wav();
    let rep = play.person(REP)?;
    let new = json!({ "bytes": sound.len(), "consent": true, "media_type": "audio/wav" });
    let recording = rep.post("/api/recordings", new).await?;
    let id = recording["id"].as_str().unwrap_or_default().to_owned();
    let path = format!("/api/recordings/{id}/content");
    let half = sound.len() / 2;
    for (offset, part) in [(0, &sound[..half]), (half, &sound[half..])] {
        let answer = rep
            .send(reqwest::Method::PATCH, &path, |request| {
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
    play.fact("sha256", stored["sha256"].clone());
    play.keep("recording", &Value::String(id));
    Ok(())
}

/// 8 kHz, 16 bit, mono: a quiet tone.
fn one_second_of_wav() -> Vec<u8> {
    let samples: Vec<u8> = (0..8_000_i32).flat_map(|n| (((n % 40) - 20) as i16 * 200).to_le_bytes()).collect();
    let length = u32::try_from(samples.len()).unwrap_or(0);
    let mut wav = Vec::with_capacity(samples.len() + 44);
    wav.extend_from_slice(b"RIFF");
    wav.extend_from_slice(&(36 + length).to_le_bytes());
    wav.extend_from_slice(b"WAVEfmt ");
    for (value, bytes) in [(16_u32, 4), (1, 2), (1, 2), (8_000, 4), (16_000, 4), (2, 2), (16, 2)] {
        wav.extend_from_slice(&value.to_le_bytes()[..bytes]);
    }
    wav.extend_from_slice(b"data");
    wav.extend_from_slice(&length.to_le_bytes());
    wav.extend_from_slice(&samples);
    wav
}

async fn record_visit(play: &mut Play<'_>) -> Result<(), PlayError> {
    let (opportunity, recording) = (play.kept("opportunity")?, play.kept("recording")?);
    let visit = json!({
        "opportunity_id": opportunity,
        "decision_chain": ["technical_director", "purchasing"],
        "recording_id": recording,
        "next_step": "周三上午带样机到现场演示",
        "next_step_at": (play.clock.now() + Duration::days(2)).to_rfc3339(),
    });
    let recorded = play.person(REP)?.post("/api/visits", visit).await?;
    play.keep("visit", &recorded["id"]);
    Ok(())
}

async fn answer_objection(play: &mut Play<'_>) -> Result<(), PlayError> {
    let visit = play.kept("visit")?;
    let review = play
        .until(REP, "/api/reviews", "an objection is drawn", |list| {
            list["items"].as_array()?.iter().find(|review| review["visit_id"] == visit.as_str()).cloned()
        })
        .await?;
    let id = review["id"].as_str().unwrap_or_default();
    let answer = json!({ "text": "同规格产线的能耗数据可以现场实测，我们按实测结果签入合同。", "recording_id": play.kept("recording")? });
    play.person(REP)?.post(&format!("/api/reviews/{id}/answer"), answer).await?;
    play.fact("objection", review["objection"].clone());
    let queue = play.person("jiaolian")?.get("/api/reviews?state=waiting_review").await?;
    expect(
        queue["items"].as_array().is_some_and(|items| !items.is_empty()),
        "the answer in the coach's queue",
        &queue,
    )?;
    Ok(())
}

async fn plan(play: &mut Play<'_>, kind: &str, purpose: &str) -> Result<String, PlayError> {
    let action = json!({
        "opportunity_id": play.kept("opportunity")?,
        "kind": kind,
        "planned_at": play.clock.now().to_rfc3339(),
        "purpose": purpose,
    });
    let planned = play.person(REP)?.post("/api/actions", action).await?;
    Ok(planned["id"].as_str().unwrap_or_default().to_owned())
}

fn done(at: DateTime<Utc>, next: DateTime<Utc>, own_field: &str, own_value: &str) -> Value {
    json!({
        "done_at": at.to_rfc3339(),
        "summary": "客户确认洁净度等级与节拍要求，关注停产窗口。",
        "linked_communication": "wecom:conversation/demo-0001",
        "next_step": "提交方案初稿",
        "next_step_at": next.to_rfc3339(),
        own_field: own_value,
    })
}

async fn refuse_future_action(play: &mut Play<'_>) -> Result<(), PlayError> {
    let id = plan(play, "needs_diagnosis", "确认产线节拍与洁净度").await?;
    let now = play.clock.now();
    let body = done(now + Duration::hours(3), now + Duration::days(1), "pain", "换线停产时间长");
    let path = format!("/api/actions/{id}/done");
    let refused = play.person(REP)?.json(reqwest::Method::POST, &path, &body).await?.refused("action_in_future")?;
    play.fact("reason", refused["title"].clone());
    let body = done(now - Duration::minutes(40), now + Duration::days(1), "pain", "换线停产时间长");
    play.person(REP)?.post(&path, body).await?;
    Ok(())
}

async fn refuse_hasty_action(play: &mut Play<'_>) -> Result<(), PlayError> {
    let id = plan(play, "demonstration", "演示快换模块").await?;
    let now = play.clock.now();
    let path = format!("/api/actions/{id}/done");
    let hasty = done(now - Duration::minutes(30), now + Duration::days(1), "shown_solution", "快换模块与在线检测");
    let refused = play.person(REP)?.json(reqwest::Method::POST, &path, &hasty).await?.refused("action_too_close")?;
    play.fact("reason", refused["title"].clone());
    Ok(())
}
