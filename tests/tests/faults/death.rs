//! The four points of a write at which a process is killed.

use scenarios::fleet::Fleet;
use serde_json::Value;
use tokio::task::JoinHandle;

/// The event is out and not yet marked as published. First, because a process that was killed keeps the relay's lease
/// for ten seconds.
pub const AFTER_PUBLISH: &str = "after_publish";
pub const BEFORE_COMMIT: &str = "before_commit";
/// Nothing is published and nobody answered.
pub const AFTER_COMMIT: &str = "after_commit";
/// The reaction is committed and the broker does not know.
pub const BEFORE_ACK: &str = "before_ack";

/// What a service passes that only answers requests.
pub const WRITING: [&str; 3] = [AFTER_PUBLISH, BEFORE_COMMIT, AFTER_COMMIT];
/// What a service passes that reacts to events and records events of its own.
pub const REACTING: [&str; 4] = [AFTER_PUBLISH, BEFORE_COMMIT, AFTER_COMMIT, BEFORE_ACK];
/// What a service passes that reacts to events and records none.
pub const PROJECTING: [&str; 3] = [BEFORE_COMMIT, AFTER_COMMIT, BEFORE_ACK];

/// Lets the service die at each point while `begin` has begun the piece of work with that number, counted from 0, and
/// starts it again. Clients go on asking while it is dead.
pub async fn at_each(
    fleet: &mut Fleet,
    service: &'static str,
    points: &[&str],
    begin: impl AsyncFn(&Fleet, usize) -> Option<JoinHandle<Value>>,
) {
    for (number, point) in points.iter().enumerate() {
        fleet.arm(service, point).await;
        let asking = begin(fleet, number).await;
        fleet.crashed(service).await;
        if let Some(asking) = asking {
            asking.await.expect("answered");
        }
    }
}
