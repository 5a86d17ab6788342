//! Broker or database die while leads come in, contracts are signed and statements imported.

use scenarios::fleet::{Fleet, until};
use tokio::task::JoinHandle;

use crate::deal::{Contract, Office, SERVICES};
use crate::{camt, intake, invariants, statement};

const DEALS: usize = 3;
const LEADS: usize = 20;
const SIGNED: &str = "select count(*) from quote_contract.contracts where status = 'signed'";
const PAID: &str = "select count(*) from collections.payments";

/// Everything that is under way when something dies.
struct Business {
    office: Office,
    signed: Vec<Contract>,
    to_sign: Vec<Contract>,
}

impl Business {
    /// Half of the deals are signed and will be paid, the others will be signed.
    async fn open(fleet: &Fleet) -> Self {
        let office = Office::open(fleet).await;
        let signed = office.contracts(0..DEALS).await;
        office.sign_all(&signed).await;
        let to_sign = office.contracts(DEALS..2 * DEALS).await;
        invariants::hold(fleet).await;
        Self { office, signed, to_sign }
    }

    /// Goes on beside the test, whatever happens.
    fn begin(&self, fleet: &Fleet) -> [JoinHandle<()>; 3] {
        let (office, to_sign) = (self.office.clone(), self.to_sign.clone());
        let (finance, statements) = (statement::finance(fleet), self.signed.clone());
        let dealer = intake::dealer(fleet);
        [
            tokio::spawn(async move { office.sign_all(&to_sign).await }),
            tokio::spawn(async move {
                for contract in statements {
                    finance.insist(&camt::paying(&contract)).await;
                }
            }),
            tokio::spawn(async move { intake::post(&dealer, 0..LEADS).await }),
        ]
    }

    async fn assert_done(&self, fleet: &Fleet) {
        let deals = i64::try_from(DEALS).expect("few");
        for (sql, wanted) in [
            (SIGNED, 2 * deals),
            ("select count(*) from delivery.deliveries", 2 * deals),
            ("select count(*) from collections.receivables", 2 * deals),
            ("select count(*) from collections.receivables where state = 'cleared'", deals),
            (PAID, deals),
            ("select count(*) from lead_routing.leads", i64::try_from(LEADS).expect("few")),
        ] {
            assert_eq!(fleet.count(sql).await, wanted, "{sql}");
        }
    }
}

async fn survives(strike: impl AsyncFnOnce(&mut Fleet)) {
    let mut fleet = Fleet::start(&SERVICES).await;
    fleet.add("lead-routing").await;
    let business = Business::open(&fleet).await;
    let consumers = fleet.consumers().await;
    let under_way = business.begin(&fleet);
    let first = || async { fleet.count(SIGNED).await > 3 || fleet.count(PAID).await > 0 };
    until("something is signed or paid", first).await;
    strike(&mut fleet).await;
    for task in under_way {
        task.await.expect("answered");
    }
    invariants::hold_with(&fleet, &consumers).await;
    business.assert_done(&fleet).await;
}

async fn broker_dies(fleet: &mut Fleet, wipe: bool) {
    fleet.kill_nats().await;
    // Nobody who asks notices.
    fleet.until_count(SIGNED, 6).await;
    fleet.until_count(PAID, 3).await;
    fleet.restart_nats(wipe).await;
}

#[tokio::test]
#[ignore = "long form: tests/faults"]
async fn the_broker_is_killed_and_comes_back() {
    survives(async |fleet| broker_dies(fleet, false).await).await;
}

#[tokio::test]
async fn the_broker_is_killed_and_comes_back_empty() {
    survives(async |fleet| broker_dies(fleet, true).await).await;
}

#[tokio::test]
async fn the_database_stops_immediately_and_recovers() {
    survives(async |fleet| fleet.crash_postgres().await).await;
}
