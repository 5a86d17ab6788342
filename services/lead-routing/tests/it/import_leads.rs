use contracts::lead_routing::v1::{LeadImportFinished, LeadReceived};
use kernel::Role;
use serde_json::{Value, json};
use testkit::{Answer, Client};

use crate::scene::Scene;

const FILE: &str = "公司名称,联系人,手机号,邮箱,预算,行业,地区,微信\n\
    远山机电有限公司,测试甲,13800000001,,20万,化工,上海,x\n\
    华辰精密仪器有限公司,测试乙,12,bad,面议,化工,上海,\n\
    远山机电,测试丙,13800000003,,,化工,上海,\n\
    只有公司名,,,,,,,\n\
    少一列,测试丁,13800000004\n\
    临港泵业有限公司,测试戊,021-55501234,,\"85,000.00\",机械,上海,\n";

async fn send(client: &Client, bytes: Vec<u8>) -> Answer {
    let request =
        client.request(http::Method::POST, "/api/lead-imports").header("content-type", "text/csv").body(bytes);
    Answer::of(request).await
}

fn outcome(import: &Value) -> Vec<(i64, &str)> {
    let rows = import["rows"].as_array().expect("rows").iter();
    rows.map(|row| (row["row"].as_i64().expect("a number"), row["status"].as_str().expect("a status"))).collect()
}

const EXPECTED: [(i64, &str); 6] =
    [(2, "accepted"), (3, "rejected"), (4, "duplicate"), (5, "rejected"), (6, "rejected"), (7, "accepted")];

#[tokio::test]
async fn every_row_gets_its_own_answer_and_a_bad_one_loses_nothing() {
    let scene = Scene::open().await;
    let rep = scene.rep().await;
    let import = send(&scene.operations, FILE.into()).await.ok();
    assert_eq!(outcome(&import), EXPECTED);
    assert_eq!((&import["accepted"], &import["duplicate"], &import["rejected"]), (&json!(2), &json!(1), &json!(3)));
    assert_eq!((&import["encoding"], &import["ignored_columns"]), (&json!("utf-8"), &json!(["微信"])));
    let bad = &import["rows"][1];
    assert_eq!(bad["raw"]["公司名称"], "华辰精密仪器有限公司");
    assert_eq!(bad["errors"][0]["field"], "budget");
    assert!(bad["errors"][0]["reason"]["zh"].is_string());
    let id = import["id"].as_str().expect("an id");
    let read = scene.operations.get(&format!("/api/lead-imports/{id}")).await.ok();
    assert_eq!(outcome(&read), EXPECTED);
    assert!(read["finished_at"].is_string());

    let leads = rep.get("/api/leads?source=csv_import").await.ok();
    assert_eq!(leads["items"].as_array().map(Vec::len), Some(3), "two of their own, and who repeats them");
    let finished: LeadImportFinished = scene.app.event().await;
    assert_eq!((finished.accepted, finished.duplicate, finished.rejected), (2, 1, 3));
}

#[tokio::test]
async fn a_repeated_file_does_nothing_twice() {
    let scene = Scene::open().await;
    let first = send(&scene.operations, FILE.into()).await.ok();
    let again = send(&scene.operations, FILE.into()).await.ok();
    assert_eq!(first, again);
    scene.app.events::<LeadImportFinished>(1).await;
    assert_eq!(scene.app.count_events::<LeadReceived>().await, 3);
    assert_eq!(scene.app.count_events::<LeadImportFinished>().await, 1);
}

#[tokio::test]
async fn gbk_and_marked_utf8_are_recognised() {
    let scene = Scene::open().await;
    let gbk = encoding_rs::GBK.encode(FILE).0.into_owned();
    let import = send(&scene.operations, gbk).await.ok();
    assert_eq!(import["encoding"], "gbk");
    assert_eq!(outcome(&import), EXPECTED);
    let marked = [b"\xef\xbb\xbf".as_slice(), "company,phone\n山海阀门有限公司,13900000001\n".as_bytes()].concat();
    let import = send(&scene.operations, marked).await.ok();
    assert_eq!(outcome(&import), [(2, "accepted")]);
}

#[tokio::test]
async fn what_is_no_file_of_leads_is_refused_as_a_whole() {
    let scene = Scene::open().await;
    let problem = send(&scene.operations, "姓名,星座\n甲,乙\n".into()).await.refused(400, "invalid_request");
    assert_eq!(problem["errors"][0]["code"], "column_missing");
    let json = scene.operations.post("/api/lead-imports", &json!({})).await;
    json.refused(415, "csv_expected");
    let rep = scene.rep().await;
    send(&rep, FILE.into()).await.refused(403, "forbidden");
    let import = send(&scene.operations, FILE.into()).await.ok();
    let other = scene.app.person(Role::SalesManager, "/huabei/");
    other
        .get(&format!("/api/lead-imports/{}", import["id"].as_str().expect("an id")))
        .await
        .refused(404, "lead_import_not_found");
}

#[tokio::test]
async fn a_file_gives_the_same_result_as_one_by_one() {
    let owners = |scene: &Scene, leads: Value, reps: Vec<Client>| {
        let _ = scene;
        let mut leads = leads["items"].as_array().expect("leads").clone();
        leads.sort_by_key(|lead| lead["company"].to_string());
        let place = |lead: &Value| reps.iter().position(|rep| lead["owner_id"] == json!(rep.id()));
        leads.iter().map(place).collect::<Vec<_>>()
    };
    let (one_by_one, as_file) = (Scene::open().await, Scene::open().await);
    let mut results = Vec::new();
    for scene in [&one_by_one, &as_file] {
        let mut reps = Vec::new();
        for limit in [2, 4, 9] {
            reps.push(scene.rep_with(json!({"open_limit": limit})).await);
        }
        if std::ptr::eq(scene, &raw const one_by_one) {
            for n in 10..24 {
                let lead =
                    json!({"source": "phone", "company": format!("批量{n}厂"), "contact_phone": format!("139{n:08}")});
                scene.operations.post("/api/leads", &lead).await.ok();
            }
        } else {
            let rows: String = (10..24).fold(String::new(), |rows, n| rows + &format!("批量{n}厂,139{n:08}\n"));
            send(&scene.operations, format!("公司,电话\n{rows}").into()).await.ok();
        }
        results.push(owners(scene, scene.operations.get("/api/leads").await.ok(), reps));
    }
    assert_eq!(results[0], results[1]);
    assert!(results[0].iter().all(Option::is_some));
}
