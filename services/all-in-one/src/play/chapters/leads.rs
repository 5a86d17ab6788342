//! 200 leads by file, HTTP, dealer API and QR form; two that break their deadlines.

use chrono::Duration;
use futures::future::try_join_all;
use serde_json::{Value, json};

use super::preparation::reps;
use crate::play::{Failed, Play, PlayError, expect};

pub async fn play(play: &mut Play<'_>) -> Result<(), Failed> {
    play.chapter = "线索";
    play.step("无人可派的线索满 2 小时，主管获知并指派", unassigned_for_two_hours).await?;
    play.step("满 4 小时未触达：提醒、收回、改派", untouched_for_four_hours).await?;
    play.step("导入展会名单（UTF-8，含错误行与重复）", import_utf8).await?;
    play.step("导入代理名单（GBK）", import_gbk).await?;
    play.step("官网、电话、企业微信线索", post_website).await?;
    play.step("经销商系统推送线索", post_dealer).await?;
    play.step("展会扫码登记", submit_forms).await?;
    play.step("每次分配都有解释", explain).await?;
    play.step("业务员完成首次触达", first_touch).await
}

fn special(company: &str, phone: &str, region: &str) -> Value {
    json!({
        "source": "phone", "org": "/huadong/", "company": company, "contact_name": "来电客户（演示）", "contact_phone": phone,
        "industry": "精密机械", "region": region, "budget": { "amount": "320000.00", "currency": "CNY" },
        "note": "来电咨询，要求当天回复",
    })
}

async fn unassigned_for_two_hours(play: &mut Play<'_>) -> Result<(), PlayError> {
    let lead =
        play.person("yunying")?.post("/api/leads", special("宁波港岳起重装备有限公司", "13500008801", "海外")).await?;
    expect(lead["owner_id"].is_null(), "a lead without an owner", &lead)?;
    let id = lead["id"].as_str().unwrap_or_default().to_owned();
    play.advance_by(Duration::minutes(121)).await?;
    play.until_told("shen", "lead_unassigned_overdue").await?;
    let rep = play.person_id("gu")?;
    let order = json!({ "to": rep, "reason": "海外项目由顾南枝跟进" });
    play.person("shen")?.post(&format!("/api/leads/{id}/reassign"), order).await?;
    play.fact("lead", id.clone());
    touch(play, "gu", &id).await
}

async fn untouched_for_four_hours(play: &mut Play<'_>) -> Result<(), PlayError> {
    let lead =
        play.person("yunying")?.post("/api/leads", special("苏州衡砺精工有限公司", "13500008802", "华东")).await?;
    let first = lead["owner_id"].as_str().unwrap_or_default().to_owned();
    expect(!first.is_empty(), "an assigned lead", &lead)?;
    let id = lead["id"].as_str().unwrap_or_default().to_owned();
    play.advance_by(Duration::minutes(241)).await?;
    play.until_sent("voice", "").await?;
    play.advance_by(Duration::minutes(31)).await?;
    let path = format!("/api/leads/{id}");
    let second = play
        .until("yunying", &path, "the lead is recalled and given to somebody else", |lead| {
            lead["owner_id"].as_str().filter(|owner| *owner != first).map(str::to_owned)
        })
        .await?;
    play.fact("lead", id.clone());
    play.fact("recalled_from", first);
    play.fact("given_to", second.clone());
    let login = play.login_of(&second)?;
    touch(play, &login, &id).await
}

async fn import(play: &mut Play<'_>, file: &str, rejected: u64, duplicates: u64) -> Result<(), PlayError> {
    let content = play.read(file)?;
    let report = play.person("yunying")?.upload("/api/lead-imports", "text/csv", content).await?;
    expect(report["rejected"] == rejected, "the bad rows and no others rejected", &report["rows"])?;
    expect(report["duplicate"] == duplicates, "the duplicates recognised", &report["duplicate"])?;
    for counted in ["encoding", "total", "accepted", "duplicate", "rejected"] {
        play.fact(counted, report[counted].clone());
    }
    let errors = report["rows"].as_array().into_iter().flatten().filter(|row| row["status"] == "rejected");
    let errors: Vec<Value> = errors.map(|row| json!({ "row": row["row"], "errors": row["errors"] })).collect();
    play.fact("errors", Value::Array(errors));
    Ok(())
}

async fn import_utf8(play: &mut Play<'_>) -> Result<(), PlayError> {
    import(play, "leads/exhibition-utf8.csv", 4, 2).await
}

async fn import_gbk(play: &mut Play<'_>) -> Result<(), PlayError> {
    import(play, "leads/agency-gbk.csv", 1, 1).await
}

async fn post_website(play: &mut Play<'_>) -> Result<(), PlayError> {
    let leads = play.read_json("leads/website.json")?;
    let leads = leads.as_array().cloned().unwrap_or_default();
    let operations = play.person("yunying")?;
    let posted = try_join_all(leads.into_iter().map(|lead| operations.post("/api/leads", lead))).await?;
    let duplicates: Vec<&Value> = posted.iter().filter(|lead| lead["duplicate"].is_object()).collect();
    expect(duplicates.len() == 1, "one duplicate with its owner", &json!(duplicates))?;
    let (count, shown) = (posted.len(), duplicates.first().map_or(Value::Null, |lead| lead["duplicate"].clone()));
    play.fact("posted", count);
    play.fact("duplicate", shown);
    Ok(())
}

async fn post_dealer(play: &mut Play<'_>) -> Result<(), PlayError> {
    let leads = play.read_json("leads/dealer.json")?;
    let key = play.organisation.api_key().unwrap_or_default().to_owned();
    let dealer = play.dealer(&key);
    let mut posted = 0;
    for (number, mut lead) in leads.as_array().cloned().unwrap_or_default().into_iter().enumerate() {
        lead["source"] = "dealer_api".into();
        let key = format!("dealer-lead-{number}");
        let once = async |lead: &Value| {
            dealer
                .send(reqwest::Method::POST, "/api/leads", |request| request.header("idempotency-key", &key).json(lead))
                .await
        };
        let (first, again) = (once(&lead).await?.ok()?, once(&lead).await?.ok()?);
        expect(first["id"] == again["id"], "the same lead for the same key", &again)?;
        posted += 1;
    }
    play.fact("posted_twice_each", posted);
    Ok(())
}

async fn submit_forms(play: &mut Play<'_>) -> Result<(), PlayError> {
    let new = json!({ "exhibition": "2026 华东智能装备展", "org": "/huadong/" });
    let form = play.person("yunying")?.post("/api/lead-forms", new).await?;
    let path = format!("/api/lead-forms/{}", form["code"].as_str().unwrap_or_default());
    let leads = play.read_json("leads/exhibition-qr.json")?;
    let visitor = play.visitor();
    for lead in leads.as_array().cloned().unwrap_or_default() {
        visitor.post(&path, lead).await?;
    }
    play.fact("form", path);
    Ok(())
}

/// Picks the lead that the rest of the play follows, and shows why it went where it went.
async fn explain(play: &mut Play<'_>) -> Result<(), PlayError> {
    let owner = play.person_id("lu")?;
    let list = play.person("lu")?.get(&format!("/api/leads?owner={owner}&state=assigned&limit=200")).await?;
    let precision = |lead: &&Value| lead["industry"] == "精密机械" && lead["touched_at"].is_null();
    let lead = list["items"].as_array().into_iter().flatten().find(precision).cloned().unwrap_or_default();
    expect(lead["id"].is_string(), "an assigned lead of the rep", &list)?;
    play.keep("lead", &lead["id"]);
    play.keep("company", &lead["company"]);
    let id = play.kept("lead")?;
    let assignments = play.person("lu")?.get(&format!("/api/leads/{id}/assignments")).await?;
    let explained = assignments.to_string();
    expect(explained.contains("sentences"), "an explanation", &assignments)?;
    play.fact("explanation", assignments);
    Ok(())
}

async fn touch(play: &mut Play<'_>, login: &str, lead: &str) -> Result<(), PlayError> {
    let body = json!({ "evidence": [{ "kind": "message", "reference": format!("wecom:conversation/{lead}") }] });
    play.person(login)?.post(&format!("/api/leads/{lead}/touch"), body).await?;
    Ok(())
}

/// Everybody makes the first contact with every lead of theirs, except the one that the play follows.
async fn first_touch(play: &mut Play<'_>) -> Result<(), PlayError> {
    let followed = play.kept("lead")?;
    let mut touched = 0;
    for login in reps() {
        let owner = play.person_id(login)?;
        let list = play.person(login)?.get(&format!("/api/leads?owner={owner}&state=assigned&limit=200")).await?;
        for lead in list["items"].as_array().into_iter().flatten().filter(|lead| lead["touched_at"].is_null()) {
            let id = lead["id"].as_str().unwrap_or_default();
            if id != followed {
                touch(play, login, id).await?;
                touched += 1;
            }
        }
    }
    play.fact("touched", touched);
    Ok(())
}
