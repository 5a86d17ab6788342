//! One stroke of signing, one promise, one acceptance.

use chrono::Duration;
use reqwest::Method;
use serde_json::{Value, json};

use crate::play::{Failed, Play, PlayError, expect};

pub async fn play(play: &mut Play<'_>) -> Result<(), Failed> {
    play.chapter = "交付";
    play.step("签约恰好生成一张交付卡、一份开票申请、一份回款计划、一条回款路径", one_of_each).await?;
    play.step("承诺早于排期变红，两个角色获知", promise_turns_red).await?;
    play.step("客户通过链接确认可用", accept).await
}

/// The only item of a list that belongs to the contract.
fn only(list: &Value, contract: &str) -> Option<Value> {
    let mine: Vec<&Value> = list["items"].as_array()?.iter().filter(|item| item["contract_id"] == contract).collect();
    if mine.len() == 1 { mine.first().map(|item| (*item).clone()) } else { None }
}

async fn one_of_each(play: &mut Play<'_>) -> Result<(), PlayError> {
    let contract = play.kept("contract")?;
    let card = play.until("jiaofu", "/api/deliveries", "one delivery card", |list| only(list, &contract)).await?;
    let receivable = play.until("caiwu", "/api/receivables", "one receivable", |list| only(list, &contract)).await?;
    play.keep("delivery", &card["id"]);
    play.keep("receivable", &receivable["id"]);
    let path = format!("/api/receivables/{}", play.kept("receivable")?);
    let detail = play
        .until("caiwu", &path, "the invoice application is node ①", |detail| {
            (detail["node"] == 1).then(|| detail.clone())
        })
        .await?;
    expect(detail["plan"].as_array().map(Vec::len) == Some(3), "a payment plan of three instalments", &detail["plan"])?;
    play.until_told("jiaofu", "delivery_card_created").await?;
    play.fact("told", "jiaofu");
    Ok(())
}

async fn promise_turns_red(play: &mut Play<'_>) -> Result<(), PlayError> {
    let delivery = play.kept("delivery")?;
    let now = play.clock.now();
    let scheduled = now + Duration::days(40);
    let week = monday_of(scheduled);
    play.person("jihua")?
        .put(&format!("/api/capacity/{week}"), json!({ "slots": 4, "reason": "一号产线排产" }))
        .await?;
    let schedule = json!({ "scheduled_at": scheduled.to_rfc3339(), "reason": "洁净风机到货周期" });
    play.person("jihua")?.put(&format!("/api/deliveries/{delivery}/schedule"), schedule).await?;
    let red = play.person("jiaofu")?.get(&format!("/api/deliveries/{delivery}")).await?;
    expect(red["light"] == "red", "a red promise", &red["light"])?;
    play.until_told("shen", "delivery_promise_turned_red").await?;
    play.until_told("chanpin", "delivery_promise_turned_red").await?;
    let promise = json!({
        "promised_at": (scheduled + Duration::days(1)).to_rfc3339(),
        "reason": "与客户重新确认交期",
        "evidence": [{ "kind": "message", "name": "customer_agreement", "reference": "wecom:conversation/demo-0002" }],
    });
    let green = play.person("jiaofu")?.put(&format!("/api/deliveries/{delivery}/promise"), promise).await?;
    expect(green["light"] == "green", "a green promise", &green["light"])?;
    play.fact("told", json!(["shen", "chanpin"]));
    Ok(())
}

fn monday_of(at: chrono::DateTime<chrono::Utc>) -> chrono::NaiveDate {
    use chrono::Datelike;
    let local = process::calendar::shanghai(at).date_naive();
    local - Duration::days(i64::from(local.weekday().num_days_from_monday()))
}

async fn accept(play: &mut Play<'_>) -> Result<(), PlayError> {
    let delivery = play.kept("delivery")?;
    let issued = play.person("jiaofu")?.post(&format!("/api/deliveries/{delivery}/acceptances"), json!({})).await?;
    let link = format!("/api/acceptances/{}", issued["token"].as_str().unwrap_or_default());
    let customer = play.visitor();
    customer.get(&link).await?;
    let answer = json!({
        "decision": "确认可用",
        "signer": "验收人（演示）",
        "evidence": [{ "kind": "file", "name": "acceptance_video", "reference": "files/acceptance-demo.mp4",
                       "sha256": "0a1b2c3d4e5f60718293a4b5c6d7e8f90123456789abcdef0123456789abcdef" }],
    });
    let accepted = customer.post(&link, answer.clone()).await?;
    expect(accepted["state"] == "delivered", "a delivered card", &accepted)?;
    let again = customer.json(Method::POST, &link, &answer).await?.refused("acceptance_used")?;
    play.fact("second_use", again["title"].clone());
    Ok(())
}
