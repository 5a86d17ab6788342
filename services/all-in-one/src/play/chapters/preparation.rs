//! What operations, product, legal and the coach set up before the first lead comes.

use serde_json::{Value, json};

use crate::play::{Failed, Play, PlayError, expect};

/// Everybody who follows leads, and how experienced they are.
const REPS: [(&str, &str, &str); 7] = [
    ("lu", "/huadong/", "senior"),
    ("cheng", "/huadong/", "senior"),
    ("gu", "/huadong/", "senior"),
    ("su", "/huadong/", "novice"),
    ("wen", "/huanan/", "senior"),
    ("li", "/huanan/", "senior"),
    ("fang", "/huabei/", "senior"),
];

pub async fn play(play: &mut Play<'_>) -> Result<(), Failed> {
    play.chapter = "准备";
    play.step("登记业务员负荷与在岗情况", register_reps).await?;
    play.step("设置三层分配规则", set_rules).await?;
    play.step("录入产品物料清单并核算底价", publish_products).await?;
    play.step("法务发布条款（二次验证）", publish_clauses).await?;
    play.step("教练录入常见异议、话术与竞品对比", add_talk_tracks).await
}

/// The senior and junior reps of the play.
pub fn reps() -> impl Iterator<Item = &'static str> {
    REPS.iter().map(|(login, _, _)| *login)
}

async fn register_reps(play: &mut Play<'_>) -> Result<(), PlayError> {
    for (login, org, level) in REPS {
        let id = play.person_id(login)?;
        let name = play.name(login)?;
        let profile = json!({
            "org": org, "name": name, "level": level, "open_limit": 80, "on_duty": true,
            "last_signed_in_at": play.clock.now().to_rfc3339(),
        });
        play.person("yunying")?.put(&format!("/api/reps/{id}"), profile).await?;
    }
    play.fact("reps", REPS.len());
    Ok(())
}

async fn set_rules(play: &mut Play<'_>) -> Result<(), PlayError> {
    let rules = play.read_json("routing-rules.json")?;
    let mut names = Vec::new();
    for rule in rules.as_array().into_iter().flatten() {
        let mut candidates = Vec::new();
        for candidate in rule["candidates"].as_array().into_iter().flatten() {
            let id = play.person_id(candidate["login"].as_str().unwrap_or_default())?;
            candidates.push(json!({ "person_id": id, "weight": candidate["weight"] }));
        }
        let mut action = json!({ "candidates": candidates });
        if rule["org"].is_string() {
            action["org"] = rule["org"].clone();
        }
        let draft = json!({ "name": rule["name"], "position": rule["position"], "condition": rule["condition"], "action": action });
        play.person("yunying")?.post("/api/routing-rules", draft).await?;
        names.push(rule["name"].clone());
    }
    play.fact("rules", Value::Array(names));
    Ok(())
}

async fn publish_products(play: &mut Play<'_>) -> Result<(), PlayError> {
    let products = play.read_json("products.json")?;
    let mut prices = Vec::new();
    for product in products.as_array().cloned().unwrap_or_default() {
        let published = play.person("pinpai")?.post("/api/products", product).await?;
        prices.push(json!({ "code": published["code"], "price": published["price"] }));
    }
    let seen_by_rep = play.person("lu")?.get("/api/products").await?;
    expect(!seen_by_rep.to_string().contains("\"cost\""), "no cost shown to a rep", &seen_by_rep)?;
    play.fact("base_prices", Value::Array(prices));
    Ok(())
}

async fn publish_clauses(play: &mut Play<'_>) -> Result<(), PlayError> {
    let clauses = play.read_json("clauses.json")?;
    play.step_up("fawu").await?;
    let mut codes = Vec::new();
    for clause in clauses.as_array().cloned().unwrap_or_default() {
        let drafted = play.person("fawu")?.post("/api/clauses", clause).await?;
        let id = drafted["id"].as_str().unwrap_or_default().to_owned();
        let published = play.person("fawu")?.post(&format!("/api/clauses/{id}/publish"), json!({})).await?;
        codes.push(published["code"].clone());
    }
    play.fact("clauses", Value::Array(codes));
    Ok(())
}

/// Every objection with its talk track, and how the competitor compares.
async fn add_talk_tracks(play: &mut Play<'_>) -> Result<(), PlayError> {
    let (industry, tracks) = ("精密机械", play.read_json("talk-tracks.json")?);
    let mut titles = Vec::new();
    for mut track in tracks.as_array().cloned().unwrap_or_default() {
        let objection = json!({ "text": track["objection"], "industry": industry });
        let objection = play.person("jiaolian")?.post("/api/objections", objection).await?;
        track["objection_ids"] = json!([objection["id"]]);
        track["industry"] = industry.into();
        let track = play.person("jiaolian")?.post("/api/talk-tracks", track).await?;
        titles.push(track["title"].clone());
    }
    let sheets = play.read_json("comparison-sheets.json")?;
    for sheet in sheets.as_array().cloned().unwrap_or_default() {
        play.person("jiaolian")?.post("/api/comparison-sheets", sheet).await?;
    }
    play.fact("talk_tracks", Value::Array(titles));
    Ok(())
}
