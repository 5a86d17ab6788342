use axum::http::Method;
use contracts::crm::v1::customers_client::CustomersClient;
use contracts::crm::v1::{GetCustomerRequest, GetOpportunityRequest};
use kernel::Role;
use runtime::trust::PRINCIPAL_HEADER;
use testkit::Client;
use tonic::transport::Channel;
use tonic::{Code, Request};

use crate::support::{Deal, ORG, PHONE, deal, service};

async fn client(deal: &Deal) -> CustomersClient<Channel> {
    CustomersClient::connect(deal.app.base_url.clone()).await.expect("connected")
}

/// The question, signed as `client` would sign it.
fn signed<T>(client: &Client, message: T) -> Request<T> {
    let built = client.request(Method::GET, "/").build().expect("a request");
    let token = built.headers()[PRINCIPAL_HEADER].to_str().expect("text").to_owned();
    let mut request = Request::new(message);
    request.metadata_mut().insert(PRINCIPAL_HEADER, token.parse().expect("metadata"));
    request
}

#[tokio::test]
async fn services_learn_grade_tier_contact_and_the_authorised_range() {
    let deal = deal().await;
    deal.agree_on_budgets().await;
    let (mut peer, asker) = (client(&deal).await, service(&deal.app));
    let question = GetCustomerRequest { customer_id: deal.customer.to_string() };
    let customer = peer.get_customer(signed(&asker, question)).await.expect("an answer").into_inner();
    assert_eq!((customer.grade.as_str(), customer.store_tier.as_str()), ("D", "standard"));
    assert_eq!((customer.contact_phone.as_str(), customer.org.as_str()), (PHONE, ORG));
    let question = GetOpportunityRequest { opportunity_id: deal.opportunity.to_string() };
    let opportunity = peer.get_opportunity(signed(&asker, question)).await.expect("an answer").into_inner();
    assert_eq!((opportunity.stage.as_str(), opportunity.frozen), ("first_contact", false));
    let range = [opportunity.authorised_low, opportunity.authorised_high].map(|money| money.map(|money| money.minor));
    assert_eq!(range, [Some(9_500_000), Some(14_000_000)]);
}

#[tokio::test]
async fn who_may_not_see_it_finds_nothing() {
    let deal = deal().await;
    let mut peer = client(&deal).await;
    let other = deal.app.person(Role::SalesRep, ORG);
    let question = || GetCustomerRequest { customer_id: deal.customer.to_string() };
    let code = |answer: Result<_, tonic::Status>| answer.map(|_: tonic::Response<_>| ()).expect_err("refused").code();
    assert_eq!(code(peer.get_customer(signed(&other, question())).await), Code::NotFound);
    assert_eq!(code(peer.get_customer(Request::new(question())).await), Code::Unauthenticated);
    let nonsense = GetCustomerRequest { customer_id: "x".into() };
    assert_eq!(code(peer.get_customer(signed(&other, nonsense)).await), Code::InvalidArgument);
}
