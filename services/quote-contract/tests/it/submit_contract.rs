use contracts::quote_contract::v1::{ContractApprovalRequested, ContractApproved, ContractRejected};
use serde_json::json;

use crate::world::World;

#[tokio::test]
async fn legal_finance_and_the_manager_approve_in_any_order() {
    let world = World::start().await;
    world.product().await;
    world.clauses().await;
    let id = world.contract().await;
    let submitted = world.rep.post(&format!("/api/contracts/{id}/submit"), &json!({})).await.ok();
    assert_eq!(submitted["status"], "pending_approval");
    let event: ContractApprovalRequested = world.app.event().await;
    assert_eq!(event.approver_roles, ["legal", "finance", "sales_manager"]);
    let decide = format!("/api/approvals/{}/decide", event.approval_id);
    for (approver, status) in [(&world.manager, "pending"), (&world.legal, "pending"), (&world.finance, "approved")] {
        assert_eq!(approver.post(&decide, &json!({ "decision": "approve" })).await.ok()["status"], status);
    }
    assert_eq!(world.app.event::<ContractApproved>().await.contract_id, id.to_string());
    world.rep.post(&format!("/api/contracts/{id}/submit"), &json!({})).await.refused(409, "contract_not_editable");
    world
        .rep
        .patch(&format!("/api/contracts/{id}"), &json!({ "lead_time_days": 1 }))
        .await
        .refused(409, "contract_not_editable");
}

#[tokio::test]
async fn a_rejected_contract_is_changed_and_submitted_again() {
    let world = World::start().await;
    world.product().await;
    let id = world.contract().await;
    let submit = format!("/api/contracts/{id}/submit");
    let approval =
        world.rep.post(&submit, &json!({})).await.ok()["approval_id"].as_str().expect("an approval").to_owned();
    let reject = json!({ "decision": "reject", "reason": "付款条件过宽" });
    world.finance.post(&format!("/api/approvals/{approval}/decide"), &reject).await.ok();
    assert_eq!(world.app.event::<ContractRejected>().await.reason, "付款条件过宽");
    world.rep.patch(&format!("/api/contracts/{id}"), &json!({ "lead_time_days": 20 })).await.ok();
    assert_eq!(world.rep.post(&submit, &json!({})).await.ok()["status"], "pending_approval");
}

#[tokio::test]
async fn a_withdrawn_contract_is_a_draft_again() {
    let world = World::start().await;
    world.product().await;
    let id = world.contract().await;
    let view = world.rep.post(&format!("/api/contracts/{id}/submit"), &json!({})).await.ok();
    let approval = view["approval_id"].as_str().expect("an approval");
    world.rep.post(&format!("/api/approvals/{approval}/withdraw"), &json!({})).await.ok();
    assert_eq!(world.rep.get(&format!("/api/contracts/{id}")).await.ok()["status"], "draft");
}

#[tokio::test]
async fn approvers_are_told_which_clauses_were_changed() {
    let world = World::start().await;
    world.product().await;
    world.clauses().await;
    let path = format!("/api/contracts/{}", world.contract().await);
    let clauses = json!({ "clauses": [{ "code": "DELIVERY", "title": "交付", "body": "分两批交付。" }] });
    world.rep.patch(&path, &clauses).await.ok();
    world.rep.post(&format!("{path}/submit"), &json!({})).await.ok();
    let event: ContractApprovalRequested = world.app.event().await;
    let approval = world.legal.get(&format!("/api/approvals/{}", event.approval_id)).await.ok();
    assert_eq!(approval["reasons"][1]["zh"], "已修改的业务条款：DELIVERY 交付");
}
