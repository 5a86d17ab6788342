use std::sync::{Arc, Mutex, OnceLock};

use contracts::crm::v1::customers_server::{Customers, CustomersServer};
use contracts::crm::v1::{
    CustomerRegistered, GetCustomerRequest, GetCustomerResponse, GetOpportunityRequest, GetOpportunityResponse,
    RepurchaseDue,
};
use kernel::Clock;
use kernel::Role;
use serde_json::json;
use testkit::TestApp;
use tonic::{Request, Response, Status};
use uuid::Uuid;

use crate::notes::definition;

async fn notes(app: &TestApp) -> i64 {
    let count = sqlx::query_scalar("select count(*) from lead_routing.notes");
    count.fetch_one(&mut app.admin().await).await.expect("counted")
}

fn due(company: &str) -> RepurchaseDue {
    RepurchaseDue { company: company.into(), ..Default::default() }
}

#[tokio::test]
async fn an_event_delivered_again_is_carried_out_once() {
    let app = TestApp::start(definition()).await;
    let customer = Uuid::from_u128(3);
    let id = app.publish(&due("healthy"), customer, 1).await;
    app.publish_again(&due("healthy"), id, customer, 1).await;
    app.publish(&due("another"), customer, 2).await;
    app.eventually("both events are handled", async || (notes(&app).await == 2).then_some(())).await;
    app.publish_again(&due("healthy"), id, customer, 1).await;
    app.publish(&due("last"), customer, 3).await;
    app.eventually("the last event is handled", async || (notes(&app).await == 3).then_some(())).await;
}

#[tokio::test]
async fn what_follows_from_an_event_names_it_as_its_cause() {
    let app = TestApp::start(definition()).await;
    let id = app.publish(&due("healthy"), Uuid::from_u128(3), 1).await;
    let sql = "select record from lead_routing.journal";
    let record: String = app
        .eventually("the reaction is recorded", async || {
            sqlx::query_scalar(sql).fetch_optional(&mut app.admin().await).await.expect("read")
        })
        .await;
    assert!(record.contains(&format!("\"causation\":\"{id}\"")), "{record}");
    assert!(record.contains(&format!("\"correlation\":\"{id}\"")), "{record}");
}

#[tokio::test]
async fn a_dead_letter_is_seen_and_replayed_by_those_who_may() {
    let app = TestApp::start(definition()).await;
    let sql = "alter table lead_routing.notes add constraint no_poison check (text <> 'poison')";
    sqlx::query(sql).execute(&mut app.admin().await).await.expect("altered");
    app.publish(&due("poison"), Uuid::from_u128(3), 1).await;
    let administrator = app.person(Role::Administrator, "/");
    let letter = app
        .eventually("the event is parked", async || {
            administrator
                .get("/api/dead-letters/lead-routing")
                .await
                .ok()
                .as_array()
                .and_then(|all| all.first().cloned())
        })
        .await;
    assert_eq!(letter["consumer"], "lead-routing-note_repurchase");
    let path = format!("/api/dead-letters/lead-routing/{}/replay", letter["id"].as_str().expect("an id"));
    app.person(Role::SalesRep, "/").post(&path, &json!({})).await.refused(403, "forbidden");
    administrator.post(&path, &json!({})).await.refused(500, "internal");
    let sql = "alter table lead_routing.notes drop constraint no_poison";
    sqlx::query(sql).execute(&mut app.admin().await).await.expect("altered");
    administrator.post(&path, &json!({})).await.ok();
    assert_eq!(notes(&app).await, 1);
}

/// A peer in front of whose door time jumps: the first tokens have run out when they arrive.
#[derive(Clone, Default)]
struct TimeJumps {
    jumps: usize,
    clock: Arc<OnceLock<Clock>>,
    tokens: Arc<Mutex<Vec<String>>>,
}

#[tonic::async_trait]
impl Customers for TimeJumps {
    async fn get_customer(
        &self,
        request: Request<GetCustomerRequest>,
    ) -> Result<Response<GetCustomerResponse>, Status> {
        let token = request.metadata().get("x-sluice-principal").expect("signed").to_str().expect("a token").to_owned();
        let seen = {
            let mut tokens = self.tokens.lock().expect("not poisoned");
            tokens.push(token);
            tokens.len()
        };
        if seen <= self.jumps {
            let clock = self.clock.get().expect("the clock of the service under test");
            clock.advance(chrono::Duration::hours(1)).expect("movable");
            return Err(Status::unauthenticated("invalid_token: expired"));
        }
        Ok(Response::new(GetCustomerResponse { company: "晨光".into(), ..GetCustomerResponse::default() }))
    }

    async fn get_opportunity(
        &self,
        _: Request<GetOpportunityRequest>,
    ) -> Result<Response<GetOpportunityResponse>, Status> {
        Err(Status::not_found("no such opportunity"))
    }
}

/// As many refusals as would park the event if they counted, and then one more attempt.
#[tokio::test]
async fn a_token_that_ran_out_on_the_way_is_no_refusal() {
    let crm = TimeJumps { jumps: 5, ..TimeJumps::default() };
    let app = TestApp::builder(definition()).peer("crm", CustomersServer::new(crm.clone())).start().await;
    crm.clock.set(app.clock.clone()).expect("set once");
    app.publish(&CustomerRegistered::default(), Uuid::from_u128(4), 1).await;
    app.eventually("the reaction succeeds", async || (notes(&app).await == 1).then_some(())).await;
    let parked = sqlx::query_scalar("select count(*) from lead_routing.dead_letters");
    let parked: i64 = parked.fetch_one(&mut app.admin().await).await.expect("counted");
    assert_eq!(parked, 0);
    let tokens = crm.tokens.lock().expect("not poisoned");
    let distinct: std::collections::HashSet<_> = tokens.iter().collect();
    assert_eq!((tokens.len(), distinct.len()), (6, 6), "every attempt signs a token of its own");
}
