//! A small sales organisation around the service: what `crm`, `gateway` and `delivery` answer, the people, a product.

use std::sync::{Arc, Mutex};

use contracts::crm::v1::customers_server::{Customers, CustomersServer};
use contracts::crm::v1::{GetCustomerRequest, GetCustomerResponse, GetOpportunityRequest, GetOpportunityResponse};
use contracts::delivery::v1::capacity_server::{Capacity, CapacityServer};
use contracts::delivery::v1::{GetCapacityRequest, GetCapacityResponse};
use contracts::gateway::v1::directory_server::{Directory, DirectoryServer};
use contracts::gateway::v1::{FindPeopleRequest, FindPeopleResponse, GetPersonRequest, GetPersonResponse, Person};
use contracts::shared::v1::Money;
use kernel::Role;
use serde_json::{Value, json};
use testkit::{Client, TestApp};
use tonic::{Request, Response, Status};
use uuid::Uuid;

pub const ORG: &str = "/huadong/shanghai/";

/// What the other services answer; tests change it.
#[derive(Default)]
pub struct Facts {
    pub frozen: bool,
    pub authorised: Option<(i64, i64)>,
    pub grade: &'static str,
    pub tier: &'static str,
    pub owner: String,
    pub people: Vec<Person>,
    pub week: (i32, i32),
}

#[derive(Clone)]
struct Peer(Arc<Mutex<Facts>>);

pub struct World {
    pub app: TestApp,
    pub facts: Arc<Mutex<Facts>>,
    pub rep: Client,
    pub manager: Client,
    pub director: Client,
    pub finance: Client,
    pub legal: Client,
    pub product_manager: Client,
    pub operations: Client,
    pub opportunity: Uuid,
}

pub const CUSTOMER: Uuid = Uuid::from_u128(0xc057);
/// The opportunity that `crm` does not know.
pub const UNKNOWN: Uuid = Uuid::from_u128(0xdead);

impl World {
    pub async fn start() -> Self {
        Self::start_with(&[]).await
    }

    pub async fn start_with(settings: &[(&[&'static str], &str)]) -> Self {
        let facts = Arc::new(Mutex::new(Facts { grade: "B", tier: "standard", week: (5, 0), ..Facts::default() }));
        let peer = Peer(facts.clone());
        let mut builder = TestApp::builder(quote_contract::definition())
            .peer("crm", CustomersServer::new(peer.clone()))
            .peer("gateway", DirectoryServer::new(peer.clone()))
            .peer("delivery", CapacityServer::new(peer));
        for (path, value) in settings {
            builder = builder.set(path, *value);
        }
        let app = builder.start().await;
        let world = Self {
            rep: app.person(Role::SalesRep, ORG),
            manager: app.person(Role::SalesManager, "/huadong/"),
            director: app.person(Role::SalesDirector, "/"),
            finance: app.person(Role::Finance, "/"),
            legal: app.person(Role::Legal, "/"),
            product_manager: app.person(Role::ProductManager, "/"),
            operations: app.person(Role::Operations, "/"),
            opportunity: app.ids.new_id(),
            facts,
            app,
        };
        world.facts().owner = world.rep.id().to_string();
        for client in [&world.rep, &world.manager, &world.director, &world.finance, &world.legal] {
            world.employ(client);
        }
        world
    }

    pub fn facts(&self) -> std::sync::MutexGuard<'_, Facts> {
        self.facts.lock().expect("not poisoned")
    }

    /// Puts a person into the directory.
    pub fn employ(&self, client: &Client) {
        self.facts().people.push(Person {
            person_id: client.id().to_string(),
            org: client.principal.org.to_string(),
            roles: client.principal.roles.iter().map(|role| role.as_str().to_owned()).collect(),
            active: true,
            ..Person::default()
        });
    }

    /// Takes everybody with a role out of the directory.
    pub fn dismiss(&self, role: Role) {
        self.facts().people.retain(|person| !person.roles.contains(&role.as_str().to_owned()));
    }

    /// A pump of 7 000.00 cost and 10 000.00 list price, 13 % tax.
    pub async fn product(&self) -> Value {
        self.product_manager.post("/api/products", &pump("XT-200", "700.00")).await.ok()
    }

    /// A quote for two pumps at this discount.
    pub async fn draft(&self, discount: &str) -> Uuid {
        self.rep.post("/api/quotes", &self.quote(discount)).await.id()
    }

    pub fn quote(&self, discount: &str) -> Value {
        let mut quote = content(discount);
        quote["opportunity_id"] = json!(self.opportunity);
        quote
    }

    /// A quote within the rep's authority, submitted: approved at once.
    pub async fn approved(&self) -> Uuid {
        let id = self.draft("3").await;
        self.rep.post(&format!("/api/quotes/{id}/submit"), &json!({})).await.ok();
        id
    }

    /// A quote beyond the rep's authority, submitted; answers the quote's and the approval's id.
    pub async fn waiting(&self) -> (Uuid, Uuid) {
        let id = self.draft("8").await;
        let quote = self.rep.post(&format!("/api/quotes/{id}/submit"), &json!({})).await.ok();
        let approval = quote["current"]["approval_id"].as_str().expect("an approval").parse().expect("an id");
        (id, approval)
    }

    /// Two clauses of legal's, one locked and one business, published.
    pub async fn clauses(&self) {
        self.publish(&clause("FORCE-MAJEURE", "locked", "因不可抗力不能履行合同的，部分或者全部免除责任。")).await;
        self.publish(&clause("DELIVERY", "business", "乙方在承诺日期前交付至甲方指定地点。")).await;
    }

    pub async fn publish(&self, clause: &Value) -> Uuid {
        let id = self.legal.post("/api/clauses", clause).await.id();
        self.legal.stepped_up().post(&format!("/api/clauses/{id}/publish"), &json!({})).await.ok();
        id
    }

    /// A contract from an approved quote.
    pub async fn contract(&self) -> Uuid {
        let quote = self.approved().await;
        self.rep.post("/api/contracts", &contract(quote)).await.id()
    }

    /// A contract that legal, finance and the sales manager have approved.
    pub async fn approved_contract(&self) -> Uuid {
        let id = self.contract().await;
        let view = self.rep.post(&format!("/api/contracts/{id}/submit"), &json!({})).await.ok();
        let approval = view["approval_id"].as_str().expect("an approval").to_owned();
        for approver in [&self.legal, &self.finance, &self.manager] {
            approver.post(&format!("/api/approvals/{approval}/decide"), &json!({ "decision": "approve" })).await.ok();
        }
        id
    }
}

/// The part of a quote that its author writes.
pub fn content(discount: &str) -> Value {
    json!({
        "lines": [{ "product_code": "XT-200", "quantity": "2", "discount_percent": discount }],
        "validity_days": 30,
        "delivery_date": "2027-03-01",
        "note": "含现场安装指导"
    })
}

pub fn pump(code: &str, material: &str) -> Value {
    json!({
        "code": code, "name_zh": "旋涡自吸泵", "name_en": "Vortex pump", "unit": "台", "category": "pump",
        "tax_rate": "13", "currency": "CNY", "target_margin_percent": "30",
        "bom": {
            "components": [{ "name": "泵体铸件", "material_price": { "amount": material, "currency": "CNY" }, "quantity": "8", "scrap_percent": "0" }],
            "labour": [{ "name": "装配", "hours": "10", "rate": { "amount": "140.00", "currency": "CNY" } }],
            "overhead_percent": "0"
        }
    })
}

pub fn clause(code: &str, kind: &str, body: &str) -> Value {
    json!({ "code": code, "title": "不可抗力", "body": body, "kind": kind })
}

pub fn contract(quote: Uuid) -> Value {
    json!({
        "quote_id": quote, "destination": "domestic", "customer_type": "standard",
        "delivery_place": "临溪市滨河路 8 号", "promised_delivery_at": "2027-03-01T00:00:00Z",
        "payment_plan": [
            { "kind": "prepayment", "percent": 30, "days": 7 },
            { "kind": "on_delivery", "percent": 60 },
            { "kind": "retention", "percent": 10, "days": 365 }
        ]
    })
}

#[tonic::async_trait]
impl Customers for Peer {
    async fn get_customer(
        &self,
        request: Request<GetCustomerRequest>,
    ) -> Result<Response<GetCustomerResponse>, Status> {
        let facts = self.0.lock().expect("not poisoned");
        Ok(Response::new(GetCustomerResponse {
            customer_id: request.into_inner().customer_id,
            company: "临溪水务有限公司".into(),
            grade: facts.grade.into(),
            store_tier: facts.tier.into(),
            ..GetCustomerResponse::default()
        }))
    }

    async fn get_opportunity(
        &self,
        request: Request<GetOpportunityRequest>,
    ) -> Result<Response<GetOpportunityResponse>, Status> {
        let opportunity_id = request.into_inner().opportunity_id;
        if opportunity_id == UNKNOWN.to_string() {
            return Err(Status::not_found("opportunity_not_found"));
        }
        let facts = self.0.lock().expect("not poisoned");
        let money = |minor| Money { minor, currency: "CNY".into() };
        Ok(Response::new(GetOpportunityResponse {
            opportunity_id,
            customer_id: CUSTOMER.to_string(),
            stage: "quotation".into(),
            frozen: facts.frozen,
            owner_id: facts.owner.clone(),
            org: ORG.into(),
            authorised_low: facts.authorised.map(|(low, _)| money(low)),
            authorised_high: facts.authorised.map(|(_, high)| money(high)),
            subject: "城南泵站改造".into(),
        }))
    }
}

#[tonic::async_trait]
impl Directory for Peer {
    async fn get_person(&self, request: Request<GetPersonRequest>) -> Result<Response<GetPersonResponse>, Status> {
        let id = request.into_inner().person_id;
        let person = self.0.lock().expect("not poisoned").people.iter().find(|person| person.person_id == id).cloned();
        person
            .map(|person| Response::new(GetPersonResponse { person: Some(person) }))
            .ok_or(Status::not_found("person"))
    }

    async fn find_people(&self, request: Request<FindPeopleRequest>) -> Result<Response<FindPeopleResponse>, Status> {
        let asked = request.into_inner();
        let facts = self.0.lock().expect("not poisoned");
        let holds = |person: &&Person| person.roles.contains(&asked.role) && asked.org.starts_with(&person.org);
        Ok(Response::new(FindPeopleResponse { people: facts.people.iter().filter(holds).cloned().collect() }))
    }
}

#[tonic::async_trait]
impl Capacity for Peer {
    async fn get_capacity(
        &self,
        request: Request<GetCapacityRequest>,
    ) -> Result<Response<GetCapacityResponse>, Status> {
        let (slots, booked) = self.0.lock().expect("not poisoned").week;
        Ok(Response::new(GetCapacityResponse { week: request.into_inner().week, slots, booked }))
    }
}
