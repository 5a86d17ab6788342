//! A quote computed from the BOM, a line below authority, a contract whose locked clauses stay as they are.

use chrono::Duration;
use reqwest::Method;
use serde_json::{Value, json};

use crate::play::{Failed, Play, PlayError, expect};

const REP: &str = "lu";

pub async fn play(play: &mut Play<'_>) -> Result<(), Failed> {
    play.chapter = "报价与合同";
    play.step("按物料清单报价，一行低于权限，转第二角色审批", draft_and_submit).await?;
    play.step("未批准的报价发不出去", refuse_to_send).await?;
    play.step("主管审批通过", approve_quote).await?;
    play.step("发送报价，生成可验证的 PDF", send_quote).await?;
    play.step("由最新条款生成合同", create_contract).await?;
    play.step("改动锁定条款被拒绝（接口与导入）", refuse_tampering).await?;
    play.step("法务、财务、销售会签", approve_contract).await?;
    play.step("双方签署", sign).await
}

async fn draft_and_submit(play: &mut Play<'_>) -> Result<(), PlayError> {
    let delivery = (play.clock.now() + Duration::days(45)).format("%Y-%m-%d").to_string();
    let quote = json!({
        "opportunity_id": play.kept("opportunity")?,
        "lines": [
            { "product_code": "LC-SSX-200", "quantity": "2", "discount_percent": "3" },
            { "product_code": "LC-JHM-060", "quantity": "2", "discount_percent": "12" },
        ],
        "validity_days": 30,
        "delivery_date": delivery,
        "note": "含安装调试与操作培训。",
    });
    let drafted = play.person(REP)?.post("/api/quotes", quote).await?;
    play.keep("quote", &drafted["id"]);
    play.keep("quote_number", &drafted["number"]);
    play.fact("total", drafted["total"].clone());
    let path = format!("/api/quotes/{}/submit", play.kept("quote")?);
    let submitted = play.person(REP)?.post(&path, json!({})).await?;
    play.keep("quote_approval", &submitted["current"]["approval_id"]);
    play.until_told("shen", "quote_approval_requested").await
}

async fn refuse_to_send(play: &mut Play<'_>) -> Result<(), PlayError> {
    let path = format!("/api/quotes/{}/send", play.kept("quote")?);
    play.person(REP)?.json(Method::POST, &path, &json!({})).await?.refused("quote_not_approved")?;
    Ok(())
}

/// Opens the approval, as a person reading it does, and decides.
async fn decide(play: &mut Play<'_>, login: &str, approval: &str) -> Result<Value, PlayError> {
    let approver = play.person(login)?;
    approver.post(&format!("/api/approvals/{approval}/open"), json!({})).await?;
    let decision = json!({ "decision": "approve", "reason": "条件合理，同意" });
    Ok(approver.post(&format!("/api/approvals/{approval}/decide"), decision).await?)
}

async fn approve_quote(play: &mut Play<'_>) -> Result<(), PlayError> {
    let approval = play.kept("quote_approval")?;
    let own = json!({ "decision": "approve", "reason": "自批" });
    let path = format!("/api/approvals/{approval}/decide");
    let refused = play.person(REP)?.json(Method::POST, &path, &own).await?;
    expect(refused.is_refusal(), "nobody approves their own request", &refused.body)?;
    let decided = decide(play, "shen", &approval).await?;
    play.fact("steps", decided["steps"].clone());
    let path = format!("/api/quotes/{}", play.kept("quote")?);
    let quote = play.person(REP)?.get(&path).await?;
    expect(quote["status"] == "approved", "an approved quote", &quote["status"])
}

async fn send_quote(play: &mut Play<'_>) -> Result<(), PlayError> {
    let path = format!("/api/quotes/{}", play.kept("quote")?);
    let sent = play.person(REP)?.post(&format!("{path}/send"), json!({})).await?;
    let pdf = play.person(REP)?.download(&format!("{path}/pdf")).await?;
    expect(pdf.starts_with(b"%PDF"), "a PDF", &Value::Null)?;
    let file = play.folder.join("quote.pdf");
    std::fs::write(&file, &pdf).map_err(|error| PlayError::File(file.clone(), error))?;
    let code = sent["current"]["verification_code"].as_str().unwrap_or_default().to_owned();
    let verified = play.visitor().get(&format!("/api/quote-verifications/{code}")).await?;
    expect(verified["valid"] == true, "a verifiable quote", &verified)?;
    play.fact("pdf", file.display().to_string());
    play.fact("pdf_sha256", sent["current"]["pdf_sha256"].clone());
    let advance = format!("/api/opportunities/{}/advance", play.kept("opportunity")?);
    let opportunity = advance.trim_end_matches("/advance").to_owned();
    play.until(REP, &opportunity, "the quote is noted on the opportunity", |view| {
        view["quotes"].as_array().is_some_and(|quotes| !quotes.is_empty()).then_some(())
    })
    .await?;
    play.person(REP)?.post(&advance, json!({ "to": "negotiation", "reason": "客户接受报价方案" })).await?;
    Ok(())
}

async fn create_contract(play: &mut Play<'_>) -> Result<(), PlayError> {
    let contract = json!({
        "quote_id": play.kept("quote")?,
        "destination": "domestic",
        "customer_type": "manufacturer",
        "payment_plan": [
            { "kind": "prepayment", "percent": 30, "days": 7 },
            { "kind": "on_delivery", "percent": 60, "days": 0 },
            { "kind": "retention", "percent": 10, "days": 365 },
        ],
        "promised_delivery_at": (play.clock.now() + Duration::days(30)).to_rfc3339(),
        "delivery_place": "买方一号厂房",
    });
    let created = play.person(REP)?.post("/api/contracts", contract).await?;
    play.keep("contract", &created["id"]);
    play.keep("contract_number", &created["number"]);
    let path = format!("/api/contracts/{}/consistency", play.kept("contract")?);
    let proof = play.person(REP)?.get(&path).await?;
    play.fact("consistency", proof);
    Ok(())
}

async fn refuse_tampering(play: &mut Play<'_>) -> Result<(), PlayError> {
    let path = format!("/api/contracts/{}", play.kept("contract")?);
    let contract = play.person(REP)?.get(&path).await?;
    let mut clauses = contract["clauses"].as_array().cloned().unwrap_or_default();
    let text = |clause: &Value| json!({ "code": clause["code"], "title": clause["title"], "body": clause["body"] });
    let locked = clauses.iter().find(|clause| clause["kind"] == "locked").cloned().unwrap_or_default();
    let mut altered = text(&locked);
    altered["body"] = "知识产权归买方所有。".into();
    let change = json!({ "clauses": [altered.clone()] });
    let by_api = play.person(REP)?.json(Method::PATCH, &path, &change).await?.refused("clause_locked")?;
    for clause in &mut clauses {
        *clause = if clause["code"] == altered["code"] { altered.clone() } else { text(clause) };
    }
    let document = json!({ "clauses": clauses });
    let import = format!("{path}/import");
    let by_import = play.person(REP)?.json(Method::POST, &import, &document).await?.refused("clause_locked")?;
    play.fact("by_api", by_api["errors"].clone());
    play.fact("by_import", by_import["errors"].clone());
    Ok(())
}

async fn approve_contract(play: &mut Play<'_>) -> Result<(), PlayError> {
    let path = format!("/api/contracts/{}", play.kept("contract")?);
    let submitted = play.person(REP)?.post(&format!("{path}/submit"), json!({})).await?;
    let approval = submitted["approval_id"].as_str().unwrap_or_default().to_owned();
    for login in ["fawu", "caiwu", "shen"] {
        decide(play, login, &approval).await?;
    }
    let contract = play.person(REP)?.get(&path).await?;
    expect(contract["status"] == "approved", "an approved contract", &contract["status"])
}

async fn sign(play: &mut Play<'_>) -> Result<(), PlayError> {
    let stroke = "M10 40 C 30 10, 60 70, 90 30 L 120 45";
    let signature =
        |party: &str, name: &str| json!({ "party": party, "signer_name": name, "format": "svg_path", "data": stroke });
    let path = format!("/api/contracts/{}/sign", play.kept("contract")?);
    let body =
        json!({ "signatures": [signature("ours", "授权代表（演示）"), signature("customer", "客户代表（演示）")] });
    let signed = play.person(REP)?.post(&path, body).await?;
    expect(signed["status"] == "signed", "a signed contract", &signed["status"])?;
    play.fact("signed_sha256", signed["signed_sha256"].clone());
    play.fact("invoice", signed["invoice"].clone());
    Ok(())
}
