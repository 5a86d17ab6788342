use scenarios::fleet::Fleet;

use crate::{invariants, leads};

const SERVICE: &str = "lead-routing";
const LEADS: u32 = 12;

/// Posts leads while the process dies at `point`, starts it again, and posts on.
async fn survives(point: &str) {
    let mut fleet = Fleet::start(&[]).await;
    fleet.add(SERVICE, &format!("{point}:4")).await;
    let client = leads::dealer(&fleet);
    for number in 0..LEADS {
        if !leads::post(&fleet, &client, number).await {
            break;
        }
    }
    fleet.crashed(SERVICE).await;
    fleet.run(SERVICE, "").await;
    // With the same keys: what was accepted before is answered as before.
    for number in 0..LEADS {
        leads::post_until_accepted(&fleet, &client, number).await;
    }
    invariants::hold(&fleet, &[SERVICE]).await;
    leads::exist_once(&fleet, i64::from(LEADS)).await;
}

#[tokio::test]
async fn killed_before_commit() {
    survives("before_commit").await;
}

#[tokio::test]
async fn killed_after_commit() {
    survives("after_commit").await;
}

#[tokio::test]
async fn killed_after_publish() {
    survives("after_publish").await;
}

#[tokio::test]
async fn two_processes_of_one_service_lose_and_double_nothing() {
    let mut fleet = Fleet::start(&[SERVICE]).await;
    let client = leads::dealer(&fleet);
    let mut twin = fleet.run_twin(SERVICE).await;
    for number in 0..LEADS {
        leads::post_until_accepted(&fleet, &client, number).await;
        if number == LEADS / 2 {
            twin.kill();
        }
    }
    invariants::hold(&fleet, &[SERVICE]).await;
    leads::exist_once(&fleet, i64::from(LEADS)).await;
}
