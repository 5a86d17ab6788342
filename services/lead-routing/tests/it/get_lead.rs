use contracts::lead_routing::v1::GetLeadRequest;
use contracts::lead_routing::v1::leads_client::LeadsClient;
use kernel::Principal;
use testkit::{Client, TENANT};
use tonic::{Code, Request};

use crate::scene::Scene;

fn ask(client: &Client, lead_id: &str) -> Request<GetLeadRequest> {
    let signed = client.request(http::Method::GET, "/").build().expect("a request");
    let token = &signed.headers()[runtime::trust::PRINCIPAL_HEADER];
    let mut request = Request::new(GetLeadRequest { lead_id: lead_id.to_owned() });
    let token = token.to_str().expect("text").parse().expect("a header");
    request.metadata_mut().insert(runtime::trust::PRINCIPAL_HEADER, token);
    request
}

#[tokio::test]
async fn services_learn_how_to_reach_a_contact_and_nobody_else() {
    let scene = Scene::open().await;
    let rep = scene.rep().await;
    let lead = scene.lead(1).await;
    let id = lead["id"].as_str().expect("an id");
    let mut leads = LeadsClient::connect(scene.app.base_url.clone()).await.expect("connected");
    let crm = scene.app.principal(Principal::service(TENANT, "crm"));
    let answer = leads.get_lead(ask(&crm, id)).await.expect("an answer").into_inner();
    assert_eq!((answer.contact_phone.as_str(), answer.contact_name.as_str()), ("+8613800000001", "测试联系人"));
    assert_eq!(answer.owner_id, rep.id().to_string());
    let refused = leads.get_lead(ask(&rep, id)).await.expect_err("a person");
    assert_eq!(refused.code(), Code::PermissionDenied);
    let unknown = leads.get_lead(ask(&crm, "nonsense")).await.expect_err("no lead");
    assert_eq!(unknown.code(), Code::NotFound);
    let stranger = scene.app.principal(Principal::service(kernel::TenantId(scene.app.ids.new_id()), "crm"));
    let hidden = leads.get_lead(ask(&stranger, id)).await.expect_err("another tenant's");
    assert_eq!(hidden.code(), Code::NotFound);
}
