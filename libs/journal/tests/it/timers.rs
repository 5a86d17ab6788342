use std::collections::HashMap;
use std::sync::Arc;

use chrono::Duration;
use journal::timers::{Fired, Handler, Handlers};
use journal::{Caller, Entry, Journal, JournalError, Timer, timers};
use kernel::{AsProblem, Problem};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::stage::{Stage, TENANT, caller, touched};

const FIRED: &str = "select count(*) from lead_routing.timers where fired_at is not null";
const RECORDS: &str = "select count(*) from lead_routing.journal";

async fn arm(stage: &Stage, lead: Uuid, generation: i32, after: Duration) {
    let mut write = stage.journal.begin(&caller(TENANT)).await.expect("begun");
    let due_at = write.now() + after;
    let timer = Timer {
        aggregate: "lead",
        aggregate_id: lead,
        kind: "untouched",
        generation,
        due_at,
        payload: serde_json::json!({}),
    };
    write.arm(timer).await.expect("armed");
    write.commit(()).await.expect("committed");
}

async fn on_fired(journal: Journal, caller: Caller, fired: Fired) -> Result<(), JournalError> {
    let mut write = journal.begin(&caller).await?;
    let version = i64::from(fired.generation);
    write.record(Entry::new(&touched(fired.aggregate_id, version), fired.aggregate_id, version)?);
    write.commit(()).await
}

fn handlers(stage: &Stage) -> Handlers {
    let journal = stage.journal.clone();
    let handler: Handler = Arc::new(move |caller, fired| {
        let done = on_fired(journal.clone(), caller, fired);
        Box::pin(async move { done.await.map_err(|error| error.problem()) })
    });
    HashMap::from([("untouched", handler)])
}

#[tokio::test]
async fn a_timer_fires_once_when_its_time_comes() {
    let stage = Stage::set().await;
    arm(&stage, Uuid::from_u128(10), 1, Duration::hours(2)).await;
    let stop = CancellationToken::new();
    let workers: Vec<_> =
        (0..2).map(|_| tokio::spawn(timers::run(stage.journal.clone(), handlers(&stage), stop.clone()))).collect();
    stage.clock.advance(Duration::hours(1)).expect("moved");
    assert_eq!(timers::fire_due(&stage.journal, &handlers(&stage)).await.expect("looked"), 0);
    stage.clock.advance(Duration::hours(1)).expect("moved");
    stage.until(FIRED, 1).await;
    stop.cancel();
    for worker in workers {
        worker.await.expect("ended");
    }
    assert_eq!(stage.count(RECORDS).await, 1, "two workers fire it once");
}

#[tokio::test]
async fn arming_again_moves_a_timer_and_disarming_stops_it() {
    let stage = Stage::set().await;
    let (moved, stopped) = (Uuid::from_u128(10), Uuid::from_u128(11));
    arm(&stage, moved, 1, Duration::hours(1)).await;
    arm(&stage, moved, 1, Duration::hours(3)).await;
    arm(&stage, stopped, 1, Duration::hours(1)).await;
    let mut write = stage.journal.begin(&caller(TENANT)).await.expect("begun");
    write.disarm(stopped, "untouched").await.expect("disarmed");
    write.commit(()).await.expect("committed");

    stage.clock.advance(Duration::hours(2)).expect("moved");
    assert_eq!(timers::fire_due(&stage.journal, &handlers(&stage)).await.expect("fired"), 0);
    stage.clock.advance(Duration::hours(1)).expect("moved");
    assert_eq!(timers::fire_due(&stage.journal, &handlers(&stage)).await.expect("fired"), 1);
    assert_eq!(stage.count(FIRED).await, 1);
}

#[tokio::test]
async fn a_timer_that_is_moved_while_it_is_about_to_fire_waits() {
    let stage = Arc::new(Stage::set().await);
    let lead = Uuid::from_u128(10);
    arm(&stage, lead, 1, Duration::hours(1)).await;
    stage.clock.advance(Duration::hours(1)).expect("moved");
    let moving: Handler = Arc::new({
        let stage = stage.clone();
        move |caller, fired| {
            let stage = stage.clone();
            Box::pin(async move {
                arm(&stage, lead, 1, Duration::hours(1)).await;
                on_fired(stage.journal.clone(), caller, fired).await.map_err(|error| error.problem())
            })
        }
    });
    timers::fire_due(&stage.journal, &HashMap::from([("untouched", moving)])).await.expect("tried");
    assert_eq!((stage.count(FIRED).await, stage.count(RECORDS).await), (0, 0));
    stage.clock.advance(Duration::hours(1)).expect("moved");
    timers::fire_due(&stage.journal, &handlers(&stage)).await.expect("fired");
    assert_eq!(stage.count(FIRED).await, 1);
}

#[tokio::test]
async fn timers_that_keep_being_refused_do_not_hold_up_the_others() {
    let stage = Stage::set().await;
    let good = Uuid::from_u128(10_000);
    for lead in 0..300 {
        arm(&stage, Uuid::from_u128(lead), 1, Duration::hours(1)).await;
    }
    arm(&stage, good, 1, Duration::hours(2)).await;
    stage.clock.advance(Duration::hours(3)).expect("moved");
    let journal = stage.journal.clone();
    let choosy: Handler = Arc::new(move |caller, fired| {
        let journal = journal.clone();
        Box::pin(async move {
            if fired.aggregate_id != good {
                return Err(Problem::unavailable("not today"));
            }
            on_fired(journal, caller, fired).await.map_err(|error| error.problem())
        })
    });
    let choosy = HashMap::from([("untouched", choosy)]);
    let mut tried = Vec::new();
    for _ in 0..3 {
        tried.push(timers::fire_due(&stage.journal, &choosy).await.expect("tried"));
    }
    assert_eq!(stage.count(FIRED).await, 1);
    assert_eq!((tried.iter().sum::<usize>(), tried[2]), (301, 0), "each is tried once and then waits");
}

#[tokio::test]
async fn a_refused_firing_is_tried_again_and_not_lost() {
    let stage = Stage::set().await;
    arm(&stage, Uuid::from_u128(10), 1, Duration::hours(1)).await;
    stage.clock.advance(Duration::hours(1)).expect("moved");
    let refuse: Handler = Arc::new(|_, _| Box::pin(async { Err(Problem::unavailable("not today")) }));
    let refusing = HashMap::from([("untouched", refuse)]);
    timers::fire_due(&stage.journal, &refusing).await.expect("tried");
    assert_eq!(stage.count(FIRED).await, 0);
    assert_eq!(
        timers::fire_due(&stage.journal, &handlers(&stage)).await.expect("looked"),
        0,
        "it waits before the next try"
    );
    stage.clock.advance(Duration::seconds(5)).expect("moved");
    timers::fire_due(&stage.journal, &handlers(&stage)).await.expect("fired");
    assert_eq!(stage.count(FIRED).await, 1);
}
