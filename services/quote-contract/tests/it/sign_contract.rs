use contracts::quote_contract::v1::{ContractSignatureCaptured, ContractSigned, ContractTamperRefused, InvoiceApplied};
use reqwest::Method;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::world::World;

const DRAWN: &str = "M10 40 C20 5 35 5 40 40 S 0 0 0 0";
const PATH: &str = "M10 40 C20 5 35 5 40 40 Q52 70 66 30 L80 44 Q95 12 110 38 C118 52 130 20 150 34";

fn signature(party: &str, data: &str) -> Value {
    json!({ "party": party, "signer_name": "签署代表", "format": "svg_path", "data": data })
}

fn both() -> Value {
    json!({ "signatures": [signature("ours", PATH), signature("customer", PATH)] })
}

async fn pdf(world: &World, contract: Uuid) -> Vec<u8> {
    let request = world.rep.request(Method::GET, &format!("/api/contracts/{contract}/pdf"));
    request.send().await.expect("an answer").bytes().await.expect("a body").to_vec()
}

#[tokio::test]
async fn with_both_signatures_everything_follows_in_one_stroke() {
    let world = World::start().await;
    world.product().await;
    world.clauses().await;
    let id = world.approved_contract().await;
    let sign = format!("/api/contracts/{id}/sign");
    let half = world.rep.post(&sign, &json!({ "signatures": [signature("ours", PATH)] })).await.ok();
    assert_eq!((&half["status"], half.get("invoice")), (&json!("signing"), None));
    world.rep.post(&sign, &json!({ "signatures": [signature("ours", PATH)] })).await.refused(409, "already_signed");
    let signed = world.rep.post(&sign, &json!({ "signatures": [signature("customer", PATH)] })).await.ok();
    assert_eq!(signed["status"], "signed");

    let event: ContractSigned = world.app.event().await;
    assert_eq!(
        (event.company.as_str(), event.total.clone().map(|total| total.minor)),
        ("临溪水务有限公司", Some(2_192_200))
    );
    let paid: i64 = event.payments.iter().map(|payment| payment.amount.clone().expect("an amount").minor).sum();
    assert_eq!((event.payments.len(), paid), (3, 2_192_200));
    assert_eq!((event.lines[0].product_code.as_str(), event.lines[0].quantity.as_str()), ("XT-200", "2"));
    assert_eq!(event.signed_sha256, hex::encode(Sha256::digest(pdf(&world, id).await)));

    let invoice: InvoiceApplied = world.app.event().await;
    assert_eq!((invoice.amount.map(|amount| amount.minor), invoice.tax_rate.as_str()), (Some(2_192_200), "13"));
    assert_eq!((invoice.number.as_str(), invoice.account.is_empty()), ("FP-2027-000001", false));
    assert_eq!(signed["invoice"]["number"], "FP-2027-000001");
    let captured = world.app.events::<ContractSignatureCaptured>(2).await;
    assert_eq!(captured.iter().map(|one| one.party.as_str()).collect::<Vec<_>>(), ["ours", "customer"]);
    std::fs::write(concat!(env!("CARGO_TARGET_TMPDIR"), "/contract.pdf"), pdf(&world, id).await).expect("written");
}

#[tokio::test]
async fn signing_twice_makes_one_contract_and_one_invoice() {
    let world = World::start().await;
    world.product().await;
    let id = world.approved_contract().await;
    let sign = format!("/api/contracts/{id}/sign");
    let first = world.rep.post_once("s", &sign, &both()).await.ok();
    assert_eq!(first, world.rep.post_once("s", &sign, &both()).await.ok());
    world.rep.post(&sign, &both()).await.refused(409, "already_signed");
    world.app.event::<InvoiceApplied>().await;
    assert_eq!(world.app.count_events::<ContractSigned>().await, 1);
    assert_eq!(world.app.count_events::<InvoiceApplied>().await, 1);
}

#[tokio::test]
async fn only_an_approved_contract_is_signed_and_only_with_a_signature() {
    let world = World::start().await;
    world.product().await;
    let draft = world.contract().await;
    world.rep.post(&format!("/api/contracts/{draft}/sign"), &both()).await.refused(422, "contract_not_approved");
    let id = world.approved_contract().await;
    let sign = format!("/api/contracts/{id}/sign");
    let wrong = json!({ "signatures": [signature("ours", DRAWN), { "party": "ours", "signer_name": " ", "format": "png", "data": "AAAA" }] });
    let problem = world.rep.post(&sign, &wrong).await.refused(400, "invalid_request");
    let fields: Vec<_> =
        problem["errors"].as_array().expect("errors").iter().map(|error| error["field"].clone()).collect();
    assert_eq!(
        fields,
        ["signatures[0].data", "signatures[1].signer_name", "signatures[1].data", "signatures[1].party"]
    );
    let other = world.app.person(kernel::Role::SalesRep, crate::world::ORG);
    other.post(&sign, &both()).await.refused(403, "forbidden");
}

#[tokio::test]
async fn the_name_of_the_signer_stays_out_of_the_journal() {
    let world = World::start().await;
    world.product().await;
    let id = world.approved_contract().await;
    world.rep.post(&format!("/api/contracts/{id}/sign"), &both()).await.ok();
    let sql = "select count(*) from quote_contract.journal where record like '%签署代表%'";
    let found: i64 = sqlx::query_scalar(sql).fetch_one(&mut world.app.admin().await).await.expect("a count");
    assert_eq!(found, 0);
}

#[tokio::test]
async fn nothing_of_a_signed_contract_can_be_changed() {
    let world = World::start().await;
    world.product().await;
    world.clauses().await;
    let id = world.approved_contract().await;
    world.rep.post(&format!("/api/contracts/{id}/sign"), &both()).await.ok();
    world
        .rep
        .patch(&format!("/api/contracts/{id}"), &json!({ "lead_time_days": 1 }))
        .await
        .refused(409, "contract_not_editable");
    let tampered = json!({ "clauses": [{ "code": "FORCE-MAJEURE", "title": "不可抗力", "body": "概不适用。" }] });
    world.rep.patch(&format!("/api/contracts/{id}"), &tampered).await.refused(422, "clause_locked");
    assert_eq!(world.app.event::<ContractTamperRefused>().await.clause_code, "FORCE-MAJEURE");
    for sql in [
        "update quote_contract.contracts set total = 1 where id = $1",
        "update quote_contract.contract_clauses set body = '' where contract_id = $1 and kind = 'business'",
    ] {
        let refused = sqlx::query(sql).bind(id).execute(&mut world.app.admin().await).await.expect_err("refused");
        assert!(refused.to_string().contains("signed"), "{refused}");
    }
}
