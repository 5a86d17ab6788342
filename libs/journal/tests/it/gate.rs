use journal::{Passage, gate};
use uuid::Uuid;

use crate::stage::Stage;

#[tokio::test]
async fn versions_pass_once_and_in_order() {
    let stage = Stage::set().await;
    let lead = Uuid::from_u128(10);
    let mut db = stage.journal.pool().acquire().await.expect("a connection");
    let mut offer = async |version| gate::advance(&mut db, "analytics-x", lead, version).await.expect("decided");
    assert_eq!(offer(1).await, Passage::Next);
    assert_eq!(offer(3).await, Passage::Gap);
    assert_eq!(offer(1).await, Passage::Seen);
    assert_eq!(offer(2).await, Passage::Next);
    assert_eq!(offer(3).await, Passage::Next);
}
