//! Every event three times and shuffled: the outcome is the same.

use scenarios::fleet::Fleet;
use uuid::Uuid;

use crate::contract::signed;
use crate::invariants;

#[tokio::test]
async fn everything_arrives_three_times_and_shuffled() {
    let services = ["delivery", "collections"];
    let fleet = Fleet::start(&services).await;
    // A fixed shuffle of every number three times: 7 is prime to 24.
    for at in 0..24_u32 {
        let number = (at * 7) % 24 % 8 + 1;
        let (id, event) = signed(number);
        fleet.publish(&event, Uuid::from_u128(u128::from(number)), id, 1).await;
    }
    fleet.until("select count(*) from delivery.deliveries", 8).await;
    fleet.until("select count(*) from collections.receivables", 8).await;
    fleet.until("select count(*) from delivery.inbox", 8).await;
    fleet.consumed("quote-contract").await;
    invariants::hold(&fleet, &services).await;
    assert_eq!(fleet.count("select count(*) from delivery.deliveries").await, 8);
    assert_eq!(fleet.count("select count(*) from collections.receivables").await, 8);
    assert_eq!(fleet.count("select count(*) from delivery.dead_letters").await, 0);
    assert_eq!(fleet.count("select count(*) from collections.dead_letters").await, 0);
}
