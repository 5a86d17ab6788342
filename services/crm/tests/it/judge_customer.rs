use chrono::Duration;
use contracts::collections::v1::{JourneyStalled, PaymentPosted, ReceivableCleared};
use contracts::crm::v1::{CustomerFactNoted, CustomerHealthChanged, RepurchaseDue};
use contracts::delivery::v1::{DeliveryAccepted, DeliveryRejected, PromiseTurnedGreen, PromiseTurnedRed};
use kernel::Money;
use uuid::Uuid;

use crate::support::{Deal, deal};
use crate::win_opportunity::signed;

/// One delivery and one receivable of a customer, whose events arrive in any order.
struct Course {
    deal: Deal,
    contract: Uuid,
    delivery: Uuid,
    receivable: Uuid,
}

impl Course {
    async fn new() -> Self {
        let deal = deal().await;
        let [contract, delivery, receivable] = std::array::from_fn(|_| deal.app.ids.new_id());
        Self { deal, contract, delivery, receivable }
    }

    fn customer(&self) -> String {
        self.deal.customer.to_string()
    }

    async fn red(&self, version: i64) {
        let event = PromiseTurnedRed {
            delivery_id: self.delivery.to_string(),
            customer_id: self.customer(),
            ..PromiseTurnedRed::default()
        };
        self.deal.app.publish(&event, self.delivery, version).await;
    }

    async fn green(&self, version: i64) {
        let (delivery_id, customer_id) = (self.delivery.to_string(), self.customer());
        let event = PromiseTurnedGreen { delivery_id, customer_id, ..PromiseTurnedGreen::default() };
        self.deal.app.publish(&event, self.delivery, version).await;
    }

    async fn accepted(&self, version: i64, first_pass: bool) {
        let (delivery_id, customer_id) = (self.delivery.to_string(), self.customer());
        let event = DeliveryAccepted { delivery_id, customer_id, first_pass, ..DeliveryAccepted::default() };
        self.deal.app.publish(&event, self.delivery, version).await;
    }

    async fn rejected(&self, version: i64) {
        let (delivery_id, customer_id) = (self.delivery.to_string(), self.customer());
        let event =
            DeliveryRejected { delivery_id, customer_id, reason: "尺寸超差".into(), ..DeliveryRejected::default() };
        self.deal.app.publish(&event, self.delivery, version).await;
    }

    async fn stalled(&self, version: i64) {
        let event = JourneyStalled {
            receivable_id: self.receivable.to_string(),
            customer_id: self.customer(),
            node: 3,
            ..JourneyStalled::default()
        };
        self.deal.app.publish(&event, self.receivable, version).await;
    }

    async fn paid(&self, version: i64) {
        let (receivable_id, customer_id) = (self.receivable.to_string(), self.customer());
        let event = PaymentPosted { receivable_id, customer_id, ..PaymentPosted::default() };
        self.deal.app.publish(&event, self.receivable, version).await;
    }

    fn cleared(&self) -> ReceivableCleared {
        ReceivableCleared {
            receivable_id: self.receivable.to_string(),
            contract_id: self.contract.to_string(),
            customer_id: self.customer(),
            amount: Some(Money::cny(30_000_000).into()),
            ..ReceivableCleared::default()
        }
    }

    /// The health once this many facts are noted.
    async fn health_after(&self, facts: usize) -> (String, Vec<String>) {
        self.deal.app.events::<CustomerFactNoted>(facts).await;
        let customer = self.deal.rep.get(&self.deal.customer_path()).await.ok();
        let reasons = customer["health_reasons"].as_array().expect("reasons").iter();
        let reasons = reasons.map(|reason| reason["zh"].as_str().expect("text").to_owned()).collect();
        (customer["health"].as_str().expect("health").to_owned(), reasons)
    }
}

#[tokio::test]
async fn delivered_well_and_paid_turns_green_and_asks_for_a_repurchase_once() {
    let one = Course::new().await;
    one.deal.app.publish(&signed(&one.deal, 300_000), one.contract, 5).await;
    assert_eq!(one.health_after(1).await.0, "yellow");
    one.accepted(6, true).await;
    assert_eq!(one.health_after(2).await.0, "yellow");
    let (event, cleared) = (one.deal.app.ids.new_id(), one.cleared());
    one.deal.app.publish_again(&cleared, event, one.receivable, 8).await;
    one.deal.app.publish_again(&cleared, event, one.receivable, 8).await;
    let due: RepurchaseDue = one.deal.app.event().await;
    assert_eq!((due.customer_id, due.last_order.map(|money| money.minor)), (one.customer(), Some(30_000_000)));
    let reason = due.reason.expect("a reason");
    assert!(reason.zh.contains("应收已结清") && reason.en.contains("cleared"), "{reason:?}");
    let (health, reasons) = one.health_after(3).await;
    assert_eq!(health, "green");
    assert!(reasons.iter().any(|reason| reason.contains("一次验收通过")), "{reasons:?}");
    let changed: CustomerHealthChanged = one.deal.app.event().await;
    assert_eq!((changed.health.as_str(), changed.owner_id), ("green", one.deal.rep.id().to_string()));
    one.deal.app.publish(&cleared, one.receivable, 9).await;
    one.health_after(4).await;
    assert_eq!(one.deal.app.count_events::<RepurchaseDue>().await, 1, "once per contract");
}

#[tokio::test]
async fn a_contract_paid_before_delivery_is_accepted_asks_when_it_turns_green() {
    let one = Course::new().await;
    one.deal.app.publish(&one.cleared(), one.receivable, 8).await;
    assert_eq!(one.health_after(1).await.0, "yellow");
    assert_eq!(one.deal.app.count_events::<RepurchaseDue>().await, 0);
    one.accepted(6, true).await;
    one.deal.app.event::<RepurchaseDue>().await;
}

#[tokio::test]
async fn a_stalled_journey_turns_red_and_money_turns_it_back() {
    let one = Course::new().await;
    one.stalled(4).await;
    let (health, reasons) = one.health_after(1).await;
    assert_eq!(health, "red");
    assert!(reasons.iter().any(|reason| reason.contains("停滞")), "{reasons:?}");
    one.paid(5).await;
    assert_eq!(one.health_after(2).await.0, "yellow");
    let changes: Vec<_> =
        one.deal.app.events::<CustomerHealthChanged>(2).await.into_iter().map(|one| one.health).collect();
    assert_eq!(changes, ["red", "yellow"]);
}

#[tokio::test]
async fn a_red_promise_counts_until_it_is_green_or_delivered() {
    let one = Course::new().await;
    one.red(2).await;
    assert_eq!(one.health_after(1).await.0, "red");
    one.green(3).await;
    assert_eq!(one.health_after(2).await.0, "yellow");
    one.red(4).await;
    assert_eq!(one.health_after(3).await.0, "red");
    one.accepted(5, false).await;
    assert_eq!(one.health_after(4).await.0, "yellow");
}

#[tokio::test]
async fn an_older_event_never_undoes_a_newer_one() {
    let one = Course::new().await;
    one.green(3).await;
    one.health_after(1).await;
    one.red(2).await;
    one.rejected(7).await;
    let (health, reasons) = one.health_after(2).await;
    assert_eq!(health, "red", "the rejection alone");
    assert!(!reasons.iter().any(|reason| reason.contains("早于排产")), "{reasons:?}");
}

#[tokio::test]
async fn a_month_without_contact_lowers_the_colour_by_itself() {
    let deal = deal().await;
    deal.app.clock.advance(Duration::days(20)).expect("movable");
    deal.rep.post("/api/visits", &deal.visit(&["finance"])).await.ok();
    deal.app.clock.advance(Duration::days(15)).expect("movable");
    let visited = deal.rep.get(&deal.customer_path()).await.ok();
    assert_eq!(visited["health"], "yellow", "the visit moved the deadline");
    deal.app.clock.advance(Duration::days(17)).expect("movable");
    let changed: CustomerHealthChanged = deal.app.event().await;
    assert_eq!(changed.health, "red");
    assert!(changed.reasons.iter().any(|reason| reason.zh.contains("30 天没有联系")), "{:?}", changed.reasons);
    deal.rep.post("/api/visits", &deal.visit(&["finance"])).await.ok();
    deal.customer_when(|customer| customer["health"] == "yellow").await;
}
