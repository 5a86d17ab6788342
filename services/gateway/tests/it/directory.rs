//! The directory as the other services ask it.

use contracts::gateway::v1::directory_client::DirectoryClient;
use contracts::gateway::v1::{FindPeopleRequest, GetPersonRequest, Person};
use kernel::Principal;
use reqwest::Method;
use runtime::trust::PRINCIPAL_HEADER;
use serde_json::json;
use testkit::TENANT;
use tonic::transport::Channel;
use tonic::{Code, Request, Status};

use crate::support::{World, world};

async fn client(world: &World) -> DirectoryClient<Channel> {
    DirectoryClient::connect(world.app.base_url.clone()).await.expect("connected")
}

fn asked_by<T>(world: &World, principal: Principal, message: T) -> Request<T> {
    let signed = world.app.principal(principal).request(Method::GET, "/").build().expect("a request");
    let mut request = Request::new(message);
    let token = signed.headers()[PRINCIPAL_HEADER].to_str().expect("text").parse().expect("metadata");
    request.metadata_mut().insert(PRINCIPAL_HEADER, token);
    request
}

async fn find(world: &World, role: &str, org: &str) -> Result<Vec<String>, Status> {
    let message = FindPeopleRequest { role: role.into(), org: org.into() };
    let request = asked_by(world, Principal::service(TENANT, "gateway"), message);
    let found = client(world).await.find_people(request).await?.into_inner().people;
    Ok(found.into_iter().map(|person: Person| person.name).collect())
}

#[tokio::test]
async fn services_get_people_with_their_contact_data() {
    let world = world().await;
    let id = world.sign_in("lin.demo").await.id().await;
    let request = asked_by(&world, Principal::service(TENANT, "gateway"), GetPersonRequest { person_id: id.clone() });
    let person = client(&world).await.get_person(request).await.expect("found").into_inner().person.expect("a person");
    assert_eq!((person.person_id, person.name.as_str(), person.phone.as_str()), (id, "林示例", "13800002222"));
    assert_eq!((person.email.as_str(), person.language.as_str(), person.active), ("lin@example.com", "zh-CN", true));
}

#[tokio::test]
async fn others_are_found_and_refused_as_they_should() {
    let world = world().await;
    let mut client = client(&world).await;
    let service = || Principal::service(TENANT, "gateway");
    let unknown = GetPersonRequest { person_id: world.app.ids.new_id().to_string() };
    assert_eq!(client.get_person(asked_by(&world, service(), unknown)).await.expect_err("none").code(), Code::NotFound);
    let malformed = GetPersonRequest { person_id: "7".into() };
    assert_eq!(
        client.get_person(asked_by(&world, service(), malformed)).await.expect_err("bad").code(),
        Code::InvalidArgument
    );
    let unsigned = client.get_person(GetPersonRequest { person_id: String::new() }).await;
    assert_eq!(unsigned.expect_err("unsigned").code(), Code::Unauthenticated);
    let elsewhere = Principal::service(kernel::TenantId(world.app.ids.new_id()), "gateway");
    let id = world.sign_in("lin.demo").await.id().await;
    let foreign = client.get_person(asked_by(&world, elsewhere, GetPersonRequest { person_id: id })).await;
    assert_eq!(foreign.expect_err("another tenant").code(), Code::NotFound);
}

#[tokio::test]
async fn a_role_is_found_at_the_place_above_it_or_anywhere() {
    let world = world().await;
    assert_eq!(find(&world, "sales_rep", "/huadong/shanghai/").await.expect("found"), ["林示例"]);
    assert_eq!(find(&world, "sales_manager", "/huadong/shanghai/").await.expect("found"), ["管示例"]);
    assert_eq!(find(&world, "legal", "/huadong/shanghai/").await.expect("found"), ["法示例"], "anywhere in the tenant");
    assert!(find(&world, "finance", "/").await.expect("nobody").is_empty());
    assert_eq!(find(&world, "king", "/").await.expect_err("no role").code(), Code::InvalidArgument);
    assert_eq!(find(&world, "legal", "nowhere").await.expect_err("no path").code(), Code::InvalidArgument);
}

#[tokio::test]
async fn the_nearest_holders_win_and_those_who_left_do_not_count() {
    let world = world().await;
    let admin = world.sign_in("admin.demo").await;
    let boss = json!({ "name": "总示例", "org": "/", "roles": ["sales_manager"], "login": "boss.demo" });
    admin.post("/api/people", &boss).await.ok();
    assert_eq!(find(&world, "sales_manager", "/huadong/shanghai/").await.expect("found"), ["管示例"]);
    assert_eq!(find(&world, "sales_manager", "/huanan/").await.expect("found"), ["总示例"]);
    let near = admin.get("/api/people?role=sales_manager&org=/huadong/").await.ok()["items"][0]["id"].clone();
    admin.delete(&format!("/api/people/{}", near.as_str().expect("an id"))).await.ok();
    assert_eq!(find(&world, "sales_manager", "/huadong/shanghai/").await.expect("found"), ["总示例"]);
}
