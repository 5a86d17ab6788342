//! Screening, conversion, a recorded visit, and actions that cannot be dressed up.

use chrono::{DateTime, Duration, Utc};
use serde_json::{Value, json};

use super::quality::{answer, recordings};
use crate::play::{Failed, Play, PlayError};

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
    let speech = recordings(play)?.voice_note;
    let recording = play.record(REP, "voice-note", &speech).await?;
    play.keep("recording", &Value::String(recording));
    Ok(())
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

/// Badly, as somebody does who wants the order today: the coach will hear it.
async fn answer_objection(play: &mut Play<'_>) -> Result<(), PlayError> {
    let visit = play.kept("visit")?;
    let (review, recording, _) = answer(play, &visit, "bad-answer", |all, to| all.answer_to(to, false)).await?;
    play.keep("bad_review", &review);
    play.keep("bad_recording", &Value::String(recording));
    let objection = play.facts["objection"].clone();
    play.keep("bad_objection", &objection);
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
