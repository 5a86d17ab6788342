use std::collections::HashMap;

use journal::Entry;
use journal::ledger::{Checkpoint, Hash, Signer, inclusion_proof, leaf_hash, verify_inclusion};
use uuid::Uuid;

use crate::stage::{OTHER_TENANT, Stage, TENANT, caller, person, touched};

const UNPUBLISHED: &str = "select count(*) from lead_routing.outbox";
const SEALED: &str = "select coalesce(sum(cardinality(event_ids)), 0)::bigint from lead_routing.ledger_leaves";
const SIGNED: &str = "select coalesce(max(size), 0) from lead_routing.ledger_checkpoints";

#[tokio::test]
async fn every_write_is_published_once_and_sealed_in_order() {
    let stage = Stage::set().await;
    stage.touch(Uuid::from_u128(10), 1..=20).await;
    let _relay = stage.relay();
    stage.until(UNPUBLISHED, 0).await;
    stage.until(SIGNED, 20).await;
    assert_eq!(stage.count(SEALED).await, 20);

    let mut stream = stage.js.get_stream("EVT_LEAD_ROUTING").await.expect("the stream");
    assert_eq!(stream.info().await.expect("info").state.messages, 20);
    let message = stream.get_raw_message(1).await.expect("the first message");
    assert_eq!(message.headers.get("ce-version").map(async_nats::HeaderValue::as_str), Some("1"));
    assert!(message.subject.as_str() == "evt.lead-routing.lead.touched");
}

#[tokio::test]
async fn checkpoints_are_signed_per_tenant_over_the_sealed_records() {
    let stage = Stage::set().await;
    for n in 0..3 {
        stage.touch_as(&caller(TENANT), Uuid::from_u128(10 + n), 1).await.expect("written");
    }
    stage.touch_as(&caller(OTHER_TENANT), Uuid::from_u128(20), 1).await.expect("written");
    let _relay = stage.relay();
    stage.until("select count(distinct tenant_id) from lead_routing.ledger_checkpoints", 2).await;
    stage.until(SIGNED, 3).await;

    let keys = [Signer::new("sluice/lead-routing", &[9; 32]).expect("a key").verifier().clone()];
    let signed = stage.journal.checkpoints(&person(TENANT)).await.expect("read");
    let last = Checkpoint::open(&signed.last().expect("one").note, &keys).expect("a valid signature");
    assert_eq!((last.size, last.origin), (3, format!("sluice/lead-routing/{TENANT}")));
}

#[tokio::test]
async fn two_relays_lose_nothing_and_seal_nothing_twice() {
    let stage = Stage::set().await;
    let (one, _two) = (stage.relay(), stage.relay());
    for n in 0..30 {
        stage.touch(Uuid::from_u128(100 + n), 1..=2).await;
        if n == 15 {
            one.cancel();
        }
    }
    stage.until(UNPUBLISHED, 0).await;
    assert_eq!(stage.count(SEALED).await, 60);
    let mut stream = stage.js.get_stream("EVT_LEAD_ROUTING").await.expect("the stream");
    assert_eq!(stream.info().await.expect("info").state.messages, 60);
}

#[tokio::test]
async fn a_stream_configured_differently_is_refused_with_the_difference() {
    let stage = Stage::set().await;
    let other = async_nats::jetstream::stream::Config {
        name: "EVT_LEAD_ROUTING".into(),
        subjects: vec!["evt.lead-routing.lead.*".into()],
        ..Default::default()
    };
    stage.js.create_stream(other).await.expect("created");
    let error =
        journal::broker::ensure_stream(&stage.js, "lead-routing").await.expect_err("must be refused").to_string();
    assert!(error.contains("EVT_LEAD_ROUTING") && error.contains("subjects"), "{error}");
}

#[tokio::test]
async fn each_aggregate_is_published_in_order_and_its_sequences_are_kept() {
    let stage = Stage::set().await;
    let leads = [Uuid::from_u128(10), Uuid::from_u128(11), Uuid::from_u128(12)];
    let mut write = stage.journal.begin(&caller(TENANT)).await.expect("begun");
    for version in 1..=400 {
        for lead in leads {
            write.record(Entry::new(&touched(lead, version), lead, version).expect("an entry"));
        }
    }
    write.commit(()).await.expect("written");
    let _relay = stage.relay();
    stage.until(UNPUBLISHED, 0).await;
    assert_eq!(stage.count(SEALED).await, 1200);

    let kept =
        "select event_id, sequence from lead_routing.published, unnest(event_ids, sequences) as e (event_id, sequence)";
    let kept: HashMap<Uuid, i64> = sqlx::query_as::<_, (Uuid, i64)>(kept)
        .fetch_all(&mut stage.database.admin().await)
        .await
        .expect("read")
        .into_iter()
        .collect();
    let stream = stage.js.get_stream("EVT_LEAD_ROUTING").await.expect("the stream");
    let mut reached: HashMap<String, i64> = HashMap::new();
    for sequence in 1..=1200 {
        let message = stream.get_raw_message(sequence).await.expect("a message");
        let header = |name| message.headers.get(name).expect("a header").as_str().to_owned();
        let version: i64 = header("ce-version").parse().expect("a number");
        let before = reached.insert(header("ce-subject"), version).unwrap_or(0);
        assert_eq!(version, before + 1);
        assert_eq!(kept.get(&header("ce-id").parse().expect("an id")).copied(), i64::try_from(sequence).ok());
    }
}

/// A record gets its position when it is written, and is seen when its transaction ends.
#[tokio::test]
async fn a_record_committed_after_later_ones_were_published_is_found() {
    let stage = Stage::set().await;
    let _relay = stage.relay();
    let mut admin = stage.database.admin().await;
    let hold = "begin; lock table lead_routing.journal_salts in exclusive mode";
    sqlx::raw_sql(hold).execute(&mut admin).await.expect("locked");
    let slow = async { stage.touch(Uuid::from_u128(10), 1..=1).await };
    let fast = async {
        stage.until("select count(*) from pg_locks where mode = 'RowExclusiveLock' and not granted", 1).await;
        let lead = Uuid::from_u128(11);
        let mut write = stage.journal.begin(&caller(TENANT)).await.expect("begun");
        write.record(Entry::new(&touched(lead, 1), lead, 1).expect("an entry"));
        write.commit(()).await.expect("written");
        stage.until(SEALED, 1).await;
        sqlx::raw_sql("rollback").execute(&mut admin).await.expect("unlocked");
    };
    tokio::join!(slow, fast);
    stage.until(SEALED, 2).await;
    assert_eq!(stage.count(UNPUBLISHED).await, 0);
    let order = "select count(*) from lead_routing.journal a, lead_routing.journal b, lead_routing.ledger_leaves l
        where a.position < b.position and l.first_index = 0 and b.event_id = l.event_ids[1]";
    assert_eq!(stage.count(order).await, 1, "the first to be published has the higher position");
}

/// As if another relay, whose lease this one took over wrongly, had published the record first.
#[tokio::test]
async fn a_record_that_somebody_else_took_is_neither_marked_nor_sealed_again() {
    let stage = Stage::set().await;
    stage.touch(Uuid::from_u128(10), 1..=1).await;
    let mut admin = stage.database.admin().await;
    sqlx::raw_sql("begin; delete from lead_routing.outbox").execute(&mut admin).await.expect("taken");
    let _relay = stage.relay();
    stage.until("select count(*) from pg_stat_activity where wait_event = 'transactionid'", 1).await;
    sqlx::raw_sql("commit").execute(&mut admin).await.expect("gone");
    stage.touch(Uuid::from_u128(11), 1..=1).await;
    stage.until(UNPUBLISHED, 0).await;
    assert_eq!(stage.count(SEALED).await, 1);
    assert_eq!(stage.count("select count(*) from lead_routing.published").await, 1);
}

#[tokio::test]
async fn an_event_is_proved_to_be_included_in_a_signed_log() {
    let stage = Stage::set().await;
    stage.touch(Uuid::from_u128(10), 1..=7).await;
    let relay = stage.relay();
    stage.until(SIGNED, 7).await;
    stage.touch(Uuid::from_u128(10), 8..=13).await;
    stage.until(SIGNED, 13).await;
    relay.cancel();

    let auditor = person(TENANT);
    let log = stage.journal.sealed(&auditor, 0, 100).await.expect("read");
    assert_eq!(log.iter().map(|leaf| leaf.index).collect::<Vec<_>>(), (0..13).map(Some).collect::<Vec<_>>());
    let later = stage.journal.sealed(&auditor, 5, 4).await.expect("read");
    assert_eq!(later.iter().map(|leaf| leaf.index).collect::<Vec<_>>(), (5..9).map(Some).collect::<Vec<_>>());

    let keys = [Signer::new("sluice/lead-routing", &[9; 32]).expect("a key").verifier().clone()];
    let signed = stage.journal.checkpoints(&auditor).await.expect("read");
    let checkpoint = Checkpoint::open(&signed.last().expect("one").note, &keys).expect("a valid signature");
    let leaves: Vec<Hash> = log.iter().map(|leaf| leaf_hash(&leaf.record)).collect();
    for leaf in log {
        let record = journal::ledger::Record::parse(&leaf.record).expect("canonical");
        let index = stage.journal.leaf_index(&auditor, record.id).await.expect("read").expect("sealed");
        assert_eq!(Some(index), leaf.index);
        let at = usize::try_from(index).expect("small");
        let proof = inclusion_proof(&leaves, at).expect("in range");
        let included = verify_inclusion(&leaf_hash(&leaf.record), at as u64, checkpoint.size, &proof, &checkpoint.root);
        included.expect("proved");
        assert_eq!(stage.journal.leaf_index(&person(OTHER_TENANT), record.id).await.expect("read"), None);
    }
}
