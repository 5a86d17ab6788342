//! A pain point entered at the public door → the answer with its three talk tracks, the whole suite running.

use std::net::SocketAddr;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::Instant;

use all_in_one::demo::{self, Organisation};
use all_in_one::play::Actor;
use all_in_one::stack::{Stack, StackOptions};
use reqwest::Method;
use serde_json::{Value, json};

use crate::figure;

/// What the requirement allows, in milliseconds.
const LIMIT: f64 = 200.0;
const TRACKS: usize = 200;
const ENTERED: usize = 400;
/// Before these, pools and caches fill.
const WARM_UP: usize = 20;

const PAINS: [&str; 8] = [
    "停产改造时间长，产线停不起",
    "报价比另一家高出一成",
    "售后三天才到场，备件等半个月",
    "样本上的能耗现场做不到",
    "改造要多久，停产一天损失很大",
    "凭什么比别家的报价贵一成",
    "能耗数据是样本值，没有现场数据",
    "以前用过类似设备，售后太慢",
];
const TRADES: [&str; 10] = ["轴承", "电机", "水泵", "阀门", "压铸", "注塑", "包装", "冷链", "涂装", "线束"];

pub async fn run() {
    let folder = tempfile::Builder::new().prefix("sluice-suggest-").tempdir().expect("a folder");
    std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o711)).expect("ours");
    let files = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../deploy/demo"));
    let options = StackOptions {
        folder: folder.path().to_owned(),
        listen: SocketAddr::from(([127, 0, 0, 1], 0)),
        demo: true,
        settings: demo::settings(files, folder.path()),
    };
    let stack = Stack::start(options).await.unwrap_or_else(|error| panic!("{error}"));
    let organisation = Organisation::read(files).expect("the organisation");
    let (rep, coach) = (person(&stack, &organisation, "lu"), person(&stack, &organisation, "jiaolian"));
    fill(&coach, files).await;
    let opportunity = opened(&rep).await;
    let with =
        entered(&rep, &opportunity, |number| json!({ "pain": format!("{}（{number}）", PAINS[number % PAINS.len()]) }))
            .await;
    let without = entered(&rep, &opportunity, |number| json!({ "subject": format!("产线改造 {number}") })).await;
    report(with, without);
    stack.stop().await.expect("stopped");
}

fn person(stack: &Stack, organisation: &Organisation, login: &str) -> Actor {
    let person = organisation.person(login).expect("somebody with this login");
    Actor::person(reqwest::Client::new(), &stack.base_url, organisation.tenant_slug(), login, person.password)
}

/// A library of the demonstration's talk tracks, each in the words of many trades.
async fn fill(coach: &Actor, files: &Path) {
    let text = std::fs::read_to_string(files.join("talk-tracks.json")).expect("the talk tracks");
    let tracks: Vec<Value> = serde_json::from_str(&text).expect("JSON");
    for number in 0..TRACKS {
        let trade = TRADES[number / tracks.len() % TRADES.len()];
        let mut track = tracks[number % tracks.len()].clone();
        for field in ["title", "objection", "text"] {
            track[field] = format!("{trade}{number}：{}", track[field].as_str().unwrap_or_default()).into();
        }
        coach.post("/api/talk-tracks", track).await.expect("a talk track");
    }
}

async fn opened(rep: &Actor) -> String {
    let customer = json!({ "company": "云杉测量装备有限公司", "industry": "精密机械", "region": "上海" });
    let customer = rep.post("/api/customers", customer).await.expect("a customer");
    let opportunity = json!({ "customer_id": customer["id"], "subject": "产线改造" });
    let opportunity = rep.post("/api/opportunities", opportunity).await.expect("an opportunity");
    format!("/api/opportunities/{}", opportunity["id"].as_str().unwrap_or_default())
}

/// Milliseconds of every change.
async fn entered(rep: &Actor, path: &str, change: impl Fn(usize) -> Value) -> Vec<f64> {
    let mut took = Vec::new();
    for number in 0..WARM_UP + ENTERED {
        let change = change(number);
        let started = Instant::now();
        let answer = rep.json(Method::PATCH, path, &change).await.expect("an answer").ok().expect("a change");
        took.push(started.elapsed().as_secs_f64() * 1_000.0);
        if change["pain"].is_string() {
            let tracks = answer["suggestions"]["talk_tracks"].as_array().map_or(0, Vec::len);
            assert_eq!(tracks, 3, "{}", answer["suggestions"]);
        }
    }
    took.split_off(WARM_UP)
}

fn report(mut with: Vec<f64>, without: Vec<f64>) {
    let p99 = figure::percentile(&mut with, 99.0);
    let (p50, p95) = (figure::percentile(&mut with, 50.0), figure::percentile(&mut with, 95.0));
    let detail = json!({
        "p50": p50, "p95": p95, "p50 of a change without": figure::median(without), "talk tracks": TRACKS, "changes": ENTERED,
    });
    figure::print("suggest-p99", p99, Some(LIMIT), "ms", detail);
}
