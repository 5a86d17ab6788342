//! A directory, customers and leads under test control, and the service around them.

use contracts::crm::v1::customers_server::{Customers, CustomersServer};
use contracts::crm::v1::{GetCustomerRequest, GetCustomerResponse, GetOpportunityRequest, GetOpportunityResponse};
use contracts::gateway::v1::directory_server::{Directory, DirectoryServer};
use contracts::gateway::v1::{FindPeopleRequest, FindPeopleResponse, GetPersonRequest, GetPersonResponse, Person};
use contracts::lead_routing::v1::leads_server::{Leads, LeadsServer};
use contracts::lead_routing::v1::{GetLeadRequest, GetLeadResponse};
use kernel::{Principal, PrincipalKind, Role};
use serde_json::{Value, json};
use testkit::{AppBuilder, Client, HttpSink, TENANT, TestApp};
use tonic::{Request, Response, Status};
use uuid::Uuid;

pub const ORG: &str = "/huadong/shanghai/";
pub const REP: Uuid = Uuid::from_u128(0xa1);
pub const MANAGER: Uuid = Uuid::from_u128(0xa2);
pub const DIRECTOR: Uuid = Uuid::from_u128(0xa3);
pub const TECHNICAL_LEAD: Uuid = Uuid::from_u128(0xa4);
pub const FINANCE: Uuid = Uuid::from_u128(0xa5);
pub const PRODUCT_DIRECTOR: Uuid = Uuid::from_u128(0xa6);
pub const SECOND_MANAGER: Uuid = Uuid::from_u128(0xa7);
pub const CUSTOMER: Uuid = Uuid::from_u128(0xc1);
pub const COMPANY: &str = "晨光精密制造";

/// Everybody in the directory: id, role, language.
const PEOPLE: [(Uuid, Role, &str); 7] = [
    (REP, Role::SalesRep, "zh-CN"),
    (MANAGER, Role::SalesManager, "zh-CN"),
    (SECOND_MANAGER, Role::SalesManager, "en"),
    (DIRECTOR, Role::SalesDirector, "zh-CN"),
    (TECHNICAL_LEAD, Role::TechnicalLead, "zh-CN"),
    (FINANCE, Role::Finance, "en"),
    (PRODUCT_DIRECTOR, Role::ProductDirector, "zh-CN"),
];

fn person((id, role, language): (Uuid, Role, &str)) -> Person {
    let last = id.as_u128() & 0xff;
    Person {
        person_id: id.to_string(),
        name: format!("Person {last:x}"),
        org: ORG.into(),
        roles: vec![role.as_str().into()],
        email: format!("p{last:x}@example.com"),
        phone: format!("139000000{last}"),
        active: true,
        language: language.into(),
    }
}

#[derive(Clone)]
struct Everybody;

#[tonic::async_trait]
impl Directory for Everybody {
    async fn get_person(&self, request: Request<GetPersonRequest>) -> Result<Response<GetPersonResponse>, Status> {
        let wanted = request.into_inner().person_id;
        let found = PEOPLE.into_iter().find(|(id, ..)| id.to_string() == wanted).map(person);
        let found = found.ok_or_else(|| Status::not_found("no such person"))?;
        Ok(Response::new(GetPersonResponse { person: Some(found) }))
    }

    async fn find_people(&self, request: Request<FindPeopleRequest>) -> Result<Response<FindPeopleResponse>, Status> {
        let FindPeopleRequest { role, org } = request.into_inner();
        let holds = |(_, held, _): &(Uuid, Role, &str)| held.as_str() == role && org.starts_with("/huadong/");
        Ok(Response::new(FindPeopleResponse { people: PEOPLE.into_iter().filter(holds).map(person).collect() }))
    }
}

#[derive(Clone)]
struct OneCustomer;

#[tonic::async_trait]
impl Customers for OneCustomer {
    async fn get_customer(
        &self,
        request: Request<GetCustomerRequest>,
    ) -> Result<Response<GetCustomerResponse>, Status> {
        let customer_id = request.into_inner().customer_id;
        if customer_id != CUSTOMER.to_string() {
            return Err(Status::not_found("no such customer"));
        }
        Ok(Response::new(GetCustomerResponse {
            customer_id,
            company: COMPANY.into(),
            contact_phone: "13800000001".into(),
            contact_email: "buyer@example.com".into(),
            ..GetCustomerResponse::default()
        }))
    }

    async fn get_opportunity(
        &self,
        _: Request<GetOpportunityRequest>,
    ) -> Result<Response<GetOpportunityResponse>, Status> {
        Err(Status::not_found("no such opportunity"))
    }
}

#[derive(Clone)]
struct AnyLead;

#[tonic::async_trait]
impl Leads for AnyLead {
    async fn get_lead(&self, request: Request<GetLeadRequest>) -> Result<Response<GetLeadResponse>, Status> {
        let lead_id = request.into_inner().lead_id;
        Ok(Response::new(GetLeadResponse { lead_id, company: COMPANY.into(), ..GetLeadResponse::default() }))
    }
}

/// The service with its peers; outgoing messages end in the sink.
pub fn with_peers() -> AppBuilder {
    TestApp::builder(notifier::definition())
        .peer("gateway", DirectoryServer::new(Everybody))
        .peer("crm", CustomersServer::new(OneCustomer))
        .peer("lead-routing", LeadsServer::new(AnyLead))
        .set(&["service", "send_every_ms"], "20")
        .set(&["service", "allow_private_targets"], "true")
}

pub async fn in_sink_mode() -> TestApp {
    with_peers().start().await
}

/// The service sending to real providers, which tests set up.
pub async fn live() -> TestApp {
    with_peers().set(&["service", "mode"], "\"live\"").start().await
}

/// Somebody of the directory.
pub fn acting_as(app: &TestApp, id: Uuid) -> Client {
    let role = PEOPLE.into_iter().find(|(known, ..)| *known == id).map(|(_, role, _)| role).expect("in the directory");
    app.principal(Principal {
        kind: PrincipalKind::Person,
        tenant: TENANT,
        id,
        org: ORG.parse().expect("an organisation path"),
        roles: vec![role],
        stepped_up_until: None,
    })
}

pub fn administrator(app: &TestApp) -> Client {
    app.person(Role::Administrator, "/")
}

/// Sets a channel up on an HTTP sink.
pub async fn set_up(app: &TestApp, channel: &str, sink: &HttpSink) {
    let settings = match channel {
        "sms" | "voice" => json!({ "url": format!("{}/{channel}", sink.url()), "token": "t0ken" }),
        "dingtalk" => json!({ "url": format!("{}/dingtalk?access_token=k", sink.url()), "secret": "SECabc" }),
        _ => json!({ "url": format!("{}/{channel}?key=k", sink.url()) }),
    };
    administrator(app).put(&format!("/api/channels/{channel}"), &json!({ "settings": settings })).await.ok();
}

/// One rule for every test that needs exactly one way out.
pub async fn only_rule(app: &TestApp, rule: Value) {
    administrator(app).put("/api/channels/rules", &json!({ "rules": [rule] })).await.ok();
}

/// The first outgoing message in this state.
pub async fn message_in(app: &TestApp, state: &str) -> Value {
    let administrator = administrator(app);
    let path = format!("/api/outbox-messages?state={state}");
    let (administrator, path) = (&administrator, &path);
    app.eventually(&format!("a {state} message"), async || {
        let page = administrator.get(path).await.ok();
        page["items"].as_array().and_then(|items| items.first().cloned())
    })
    .await
}

/// Everybody's inbox, once it holds `count` messages.
pub async fn inbox(app: &TestApp, person: Uuid, count: usize) -> Vec<Value> {
    let client = acting_as(app, person);
    let client = &client;
    app.eventually("messages in the inbox", async || {
        let page = client.get("/api/notifications").await.ok();
        let items = page["items"].as_array().cloned().unwrap_or_default();
        (items.len() >= count).then_some(items)
    })
    .await
}

/// The journal's records of these types, oldest first.
pub async fn recorded(app: &TestApp, types: &str) -> Vec<Value> {
    let sql = "select record from notifier.journal where type like $1 order by event_id";
    let texts: Vec<String> =
        sqlx::query_scalar(sql).bind(types).fetch_all(&mut app.admin().await).await.expect("the journal");
    texts.iter().map(|text| serde_json::from_str(text).expect("json")).collect()
}
