//! Five nodes, a stall, a bank statement that counts once, health and the next lead.

use reqwest::Method;
use serde_json::{Value, json};

use crate::play::{Failed, Play, PlayError, expect};

const REP: &str = "lu";

pub async fn play(play: &mut Play<'_>) -> Result<(), Failed> {
    play.chapter = "回款";
    play.step("“客户答应了”不能推进节点", words_move_nothing).await?;
    play.step("发票签收、采购发起付款", advance_to_purchasing).await?;
    play.step("节点③停滞 48 小时，三人收到卡点清单", stall).await?;
    play.step("银行对账单导入两次只入账一次", import_twice).await?;
    play.step("客户健康转绿，复购线索出现", repurchase).await
}

fn receivable(play: &Play<'_>) -> Result<String, PlayError> {
    Ok(format!("/api/receivables/{}", play.kept("receivable")?))
}

async fn words_move_nothing(play: &mut Play<'_>) -> Result<(), PlayError> {
    let path = format!("{}/advance", receivable(play)?);
    let words = json!({ "to": 2, "note": "客户答应了" });
    let refused = play.person(REP)?.json(Method::POST, &path, &words).await?.refused("evidence_missing")?;
    play.fact("missing", refused["errors"].clone());
    Ok(())
}

async fn advance_to_purchasing(play: &mut Play<'_>) -> Result<(), PlayError> {
    let path = format!("{}/advance", receivable(play)?);
    let expected = (play.clock.now() + chrono::Duration::days(10)).to_rfc3339();
    let receipt = json!({ "kind": "file", "name": "invoice_receipt", "reference": "files/invoice-receipt-demo.jpg",
        "sha256": "1a1b2c3d4e5f60718293a4b5c6d7e8f90123456789abcdef0123456789abcdef" });
    play.person(REP)?.post(&path, json!({ "to": 2, "evidence": receipt, "expected_payment_at": expected })).await?;
    play.until_sent("sms", "发票").await?;
    let order = json!({ "kind": "text", "name": "purchasing_order_no", "reference": "付款流程 PO-20270118" });
    let moved = play.person(REP)?.post(&path, json!({ "to": 3, "evidence": order })).await?;
    expect(moved["node"] == 3, "node ③", &moved["node"])?;
    Ok(())
}

async fn stall(play: &mut Play<'_>) -> Result<(), PlayError> {
    play.advance_by(chrono::Duration::hours(48)).await?;
    for login in [REP, "caiwu", "zongjian"] {
        play.until_told(login, "receivable_journey_stalled").await?;
    }
    let path = receivable(play)?;
    let blockers = play
        .until("caiwu", &path, "the blocker checklist is open", |detail| {
            let open = detail["open_blockers"].as_array()?;
            (!open.is_empty()).then(|| open.clone())
        })
        .await?;
    let code = blockers.first().and_then(|blocker| blocker["code"].as_str()).unwrap_or_default().to_owned();
    let resolution = json!({ "resolution": "已与客户采购核对，流程资料补齐" });
    play.person(REP)?.post(&format!("{path}/blockers/{code}/resolve"), resolution).await?;
    play.fact("checklist", Value::Array(blockers));
    play.fact("told", json!([REP, "caiwu", "zongjian"]));
    Ok(())
}

/// The bank's statement for this contract, from the demonstration's template.
fn statement(play: &Play<'_>, detail: &Value) -> Result<Vec<u8>, PlayError> {
    let template = String::from_utf8_lossy(&play.read("bank/statement.camt053.xml")?).into_owned();
    let text = |field: &Value| field.as_str().unwrap_or_default().to_owned();
    let filled = template
        .replace("{company}", &text(&detail["company"]))
        .replace("{contract}", &text(&detail["contract_number"]))
        .replace("{amount}", &text(&detail["amount"]["amount"]))
        .replace("{date}", &play.clock.now().format("%Y-%m-%d").to_string());
    Ok(filled.into_bytes())
}

async fn import_twice(play: &mut Play<'_>) -> Result<(), PlayError> {
    let path = receivable(play)?;
    let detail = play.person("caiwu")?.get(&path).await?;
    let file = statement(play, &detail)?;
    let first = play.person("caiwu")?.upload("/api/bank-statements", "application/xml", file.clone()).await?;
    expect(first["matched"] == 1, "one matched entry", &first)?;
    let second = play.person("caiwu")?.upload("/api/bank-statements", "application/xml", file).await?;
    expect(second["already_imported"] == true, "a statement that was imported before", &second)?;
    let cleared = play
        .until("caiwu", &path, "the receivable is cleared", |detail| {
            (detail["state"] == "cleared").then(|| detail.clone())
        })
        .await?;
    expect(cleared["payments"].as_array().map(Vec::len) == Some(1), "one payment", &cleared["payments"])?;
    expect(cleared["paid"] == cleared["amount"], "the whole amount", &cleared["paid"])?;
    play.fact("explanation", cleared["payments"][0]["explanation"].clone());
    play.fact("paid", cleared["paid"].clone());
    Ok(())
}

async fn repurchase(play: &mut Play<'_>) -> Result<(), PlayError> {
    let path = format!("/api/customers/{}", play.kept("customer")?);
    let health = play
        .until(REP, &path, "the customer's health turns green", |customer| {
            (customer["health"] == "green").then(|| customer.clone())
        })
        .await?;
    let company = health["company"].as_str().unwrap_or_default().to_owned();
    let lead = play
        .until("shen", "/api/leads?source=repurchase", "the repurchase lead appears", |list| {
            list["items"].as_array()?.iter().find(|lead| lead["company"] == company.as_str()).cloned()
        })
        .await?;
    play.fact("health_reasons", health["health_reasons"].clone());
    play.keep("repurchase_lead", &lead["id"]);
    Ok(())
}
