//! The gate before 方案报价: evidence, three budgets that must agree, a second factor.

use reqwest::Method;
use serde_json::{Value, json};

use crate::play::{Failed, Play, PlayError, expect};

const REP: &str = "lu";

pub async fn play(play: &mut Play<'_>) -> Result<(), Failed> {
    play.chapter = "三本预算";
    play.step("缺技术确认，方案报价被拒绝并列出缺项", refused_without_evidence).await?;
    play.step("上传技术确认扫描件", attach_confirmation).await?;
    play.step("三本预算不一致，商机冻结，三人获知", budgets_disagree).await?;
    play.step("预算一致后进入方案报价", budgets_agree).await
}

async fn advance(play: &mut Play<'_>, to: &str) -> Result<Value, PlayError> {
    let path = format!("/api/opportunities/{}/advance", play.kept("opportunity")?);
    Ok(play.person(REP)?.post(&path, json!({ "to": to, "reason": "按计划推进" })).await?)
}

async fn refuse_quote_stage(play: &mut Play<'_>, code: &'static str) -> Result<Value, PlayError> {
    let path = format!("/api/opportunities/{}/advance", play.kept("opportunity")?);
    let body = json!({ "to": "proposal_quote", "reason": "按计划推进" });
    Ok(play.person(REP)?.json(Method::POST, &path, &body).await?.refused(code)?)
}

async fn refused_without_evidence(play: &mut Play<'_>) -> Result<(), PlayError> {
    let moved = advance(play, "needs").await?;
    expect(moved["stage"] == "needs", "stage needs", &moved["stage"])?;
    let refused = refuse_quote_stage(play, "gate_closed").await?;
    let names_scan =
        refused["errors"].as_array().is_some_and(|all| all.iter().any(|one| one["field"] == "technical_confirmation"));
    expect(names_scan, "the missing technical confirmation", &refused)?;
    play.fact("missing", refused["errors"].clone());
    Ok(())
}

async fn attach_confirmation(play: &mut Play<'_>) -> Result<(), PlayError> {
    let path = format!("/api/opportunities/{}/evidence", play.kept("opportunity")?);
    let scan = json!({
        "name": "technical_confirmation",
        "reference": "files/technical-confirmation-demo.pdf",
        "sha256": "5f6d1c9b6c1e4a0f8c7a2d3e4b5f60718293a4b5c6d7e8f90123456789abcdef",
    });
    play.person(REP)?.post(&path, scan).await?;
    Ok(())
}

async fn state(play: &mut Play<'_>, login: &str, kind: &str, low: &str, high: &str) -> Result<Value, PlayError> {
    let path = format!("/api/opportunities/{}/budgets/{kind}", play.kept("opportunity")?);
    let money = |amount: &str| json!({ "amount": amount, "currency": "CNY" });
    let range = json!({ "low": money(low), "high": money(high), "basis": "演示数据" });
    Ok(play.person(login)?.put(&path, range).await?)
}

async fn budgets_disagree(play: &mut Play<'_>) -> Result<(), PlayError> {
    state(play, REP, "customer_stated", "850000.00", "1000000.00").await?;
    let path = format!("/api/opportunities/{}/budgets/cost_floor", play.kept("opportunity")?);
    let floor = json!({ "low": { "amount": "700000.00", "currency": "CNY" }, "high": { "amount": "760000.00", "currency": "CNY" } });
    play.person("jishu")?.json(Method::PUT, &path, &floor).await?.refused("step_up_required")?;
    play.step_up("jishu").await?;
    state(play, "jishu", "cost_floor", "700000.00", "760000.00").await?;
    let frozen = state(play, "caiwu", "authorised_range", "1150000.00", "1300000.00").await?;
    expect(frozen["frozen"] == true, "a frozen opportunity", &frozen)?;
    refuse_quote_stage(play, "budgets_disagree").await?;
    for login in [REP, "jishu", "caiwu"] {
        play.until_told(login, "opportunity_frozen").await?;
    }
    play.fact("disagreements", frozen["disagreements"].clone());
    play.fact("told", json!([REP, "jishu", "caiwu"]));
    Ok(())
}

async fn budgets_agree(play: &mut Play<'_>) -> Result<(), PlayError> {
    let thawed = state(play, "caiwu", "authorised_range", "780000.00", "980000.00").await?;
    expect(thawed["frozen"] == false, "an opportunity that moves again", &thawed)?;
    let moved = advance(play, "proposal_quote").await?;
    expect(moved["stage"] == "proposal_quote", "stage proposal_quote", &moved["stage"])?;
    play.fact("stage", moved["stage"].clone());
    Ok(())
}
