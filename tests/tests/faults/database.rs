use scenarios::fleet::Fleet;

use crate::{invariants, leads};

const SERVICE: &str = "lead-routing";

#[tokio::test]
async fn the_database_stops_immediately_and_recovers() {
    let mut fleet = Fleet::start(&[SERVICE]).await;
    let client = leads::dealer(&fleet);
    for number in 0..5 {
        leads::post_until_accepted(&fleet, &client, number).await;
    }
    fleet.crash_postgres().await;
    for number in 3..10 {
        leads::post_until_accepted(&fleet, &client, number).await;
    }
    invariants::hold(&fleet, &[SERVICE]).await;
    leads::exist_once(&fleet, 10).await;
}
