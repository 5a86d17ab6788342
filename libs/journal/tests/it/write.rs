use journal::ledger::Record;
use journal::{Entry, IdempotencyKey, JournalError, Origin, Write};
use kernel::{AsProblem, Kind, Scope};
use uuid::Uuid;

use crate::stage::{OTHER_TENANT, Stage, TENANT, caller, person, touched};

const RECORDS: &str = "select count(*) from lead_routing.journal";
const WAITING: &str = "select count(*) from lead_routing.outbox";

fn with_key(key: &str, fingerprint: u8) -> journal::Caller {
    let key = IdempotencyKey { key: key.into(), fingerprint: [fingerprint; 32] };
    journal::Caller { origin: Origin::Request(Some(key)), ..caller(TENANT) }
}

#[tokio::test]
async fn an_uncommitted_write_leaves_nothing() {
    let stage = Stage::set().await;
    let lead = Uuid::from_u128(10);
    let mut write = stage.journal.begin(&caller(TENANT)).await.expect("begun");
    write.record(Entry::new(&touched(lead, 1), lead, 1).expect("entry"));
    drop(write);
    assert_eq!((stage.count(RECORDS).await, stage.count(WAITING).await), (0, 0));
}

#[tokio::test]
async fn each_version_names_the_hash_of_the_one_before() {
    let stage = Stage::set().await;
    let lead = Uuid::from_u128(10);
    let mut write = stage.journal.begin(&caller(TENANT)).await.expect("begun");
    write.record(Entry::new(&touched(lead, 1), lead, 1).expect("entry"));
    write.record(Entry::new(&touched(lead, 2), lead, 2).expect("entry"));
    write.commit(()).await.expect("committed");
    stage.touch(lead, 3..=3).await;

    let records = stage.journal.unsealed(&person(TENANT)).await.expect("read");
    let parsed: Vec<Record> = records.iter().map(|placed| Record::parse(&placed.record).expect("canonical")).collect();
    assert_eq!(parsed.iter().map(|record| record.version).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!((parsed[1].prev, parsed[2].prev), (records[0].hash, records[1].hash));
    assert!(parsed[2].evidence.iter().any(|carrier| carrier.name == "commitment:phone"));
    assert!(!records[2].record.contains("13800000000"), "personal data must not be in the journal");
}

#[tokio::test]
async fn two_writers_of_the_same_version_cannot_both_win() {
    let stage = Stage::set().await;
    let lead = Uuid::from_u128(10);
    stage.touch(lead, 1..=1).await;
    let again = stage.touch_as(&caller(TENANT), lead, 1).await;
    assert!(matches!(again, Err(JournalError::Overtaken)), "{again:?}");
    let gap = stage.touch_as(&caller(TENANT), lead, 3).await;
    assert!(matches!(gap, Err(JournalError::Overtaken)), "{gap:?}");
    assert_eq!(stage.count(RECORDS).await, 1);
}

#[tokio::test]
async fn a_repeated_key_gets_the_first_answer_and_writes_nothing() {
    let stage = Stage::set().await;
    let lead = Uuid::from_u128(10);
    stage.touch_as(&with_key("k1", 1), lead, 1).await.expect("first");
    match stage.touch_as(&with_key("k1", 1), lead, 2).await {
        Err(JournalError::Replayed(Some(answer))) => assert_eq!(answer, "\"version 1\""),
        other => panic!("{other:?}"),
    }
    let other_request = stage.touch_as(&with_key("k1", 2), lead, 2).await;
    assert!(matches!(other_request, Err(JournalError::KeyReused)), "{other_request:?}");
    assert_eq!(stage.count(RECORDS).await, 1);
}

#[tokio::test]
async fn the_same_key_at_the_same_time_is_carried_out_once() {
    let stage = Stage::set().await;
    let attempts = (0..8).map(|n| {
        let (journal, lead) = (stage.journal.clone(), Uuid::from_u128(100 + n));
        async move {
            let mut write = journal.begin(&with_key("k1", 1)).await?;
            write.record(Entry::new(&touched(lead, 1), lead, 1)?);
            write.commit(()).await
        }
    });
    let done: Vec<Result<(), JournalError>> = futures::future::join_all(attempts).await;
    assert_eq!(done.iter().filter(|result| result.is_ok()).count(), 1);
    assert!(
        done.iter().filter_map(|result| result.as_ref().err()).all(|error| matches!(error, JournalError::Replayed(_)))
    );
    assert_eq!(stage.count(RECORDS).await, 1);
}

#[tokio::test]
async fn a_deadlock_is_unavailable_since_trying_again_helps() {
    let stage = Stage::set().await;
    let mut one = stage.journal.begin(&caller(TENANT)).await.expect("begun");
    let mut other = stage.journal.begin(&caller(TENANT)).await.expect("begun");
    lock(&mut one, 1).await.expect("free");
    lock(&mut other, 2).await.expect("free");
    let (first, second) = tokio::join!(lock(&mut one, 2), lock(&mut other, 1));
    let gave_way = first.and(second).expect_err("one has to give way");
    assert_eq!(JournalError::from(gave_way).problem().kind, Kind::Unavailable);
}

/// A reaction that meets this is tried again for as long as it lasts, and never put aside.
#[tokio::test]
async fn a_database_that_is_stopping_or_full_is_unavailable() {
    let stage = Stage::set().await;
    let terminated = "select pg_terminate_backend(pg_backend_pid())";
    let mut write = stage.journal.begin(&caller(TENANT)).await.expect("begun");
    let stopped = sqlx::query(terminated).execute(write.db()).await.expect_err("the connection ends");
    assert_eq!(JournalError::from(stopped).problem().kind, Kind::Unavailable);

    let full = "do $$ begin raise exception using errcode = 'disk_full'; end $$";
    let mut write = stage.journal.begin(&caller(TENANT)).await.expect("begun");
    let refused = sqlx::query(full).execute(write.db()).await.expect_err("refused");
    assert_eq!(JournalError::from(refused).problem().kind, Kind::Unavailable);
}

async fn lock(write: &mut Write, number: i64) -> sqlx::Result<()> {
    sqlx::query("select pg_advisory_xact_lock($1)").bind(number).execute(write.db()).await.map(|_| ())
}

#[tokio::test]
async fn a_refusal_keeps_its_evidence_and_frees_the_key() {
    let stage = Stage::set().await;
    let lead = Uuid::from_u128(10);
    let mut write = stage.journal.begin(&with_key("k1", 1)).await.expect("begun");
    write.record(Entry::new(&touched(lead, 1), lead, 1).expect("entry"));
    write.commit_refusal().await.expect("kept");
    stage.touch_as(&with_key("k1", 1), lead, 2).await.expect("the key is free for another try");
    assert_eq!(stage.count(RECORDS).await, 2);
}

#[tokio::test]
async fn no_tenant_sees_anothers_evidence() {
    let stage = Stage::set().await;
    stage.touch_as(&caller(TENANT), Uuid::from_u128(10), 1).await.expect("written");
    stage.touch_as(&caller(OTHER_TENANT), Uuid::from_u128(11), 1).await.expect("written");
    assert_eq!(stage.journal.unsealed(&person(TENANT)).await.expect("read").len(), 1);

    let mut tx = stage.journal.pool().begin().await.expect("begun");
    let without_tenant: i64 = sqlx::query_scalar(RECORDS).fetch_one(&mut *tx).await.expect("counted");
    assert_eq!(without_tenant, 0, "a connection that names no tenant sees nothing");
}

#[tokio::test]
async fn what_is_read_in_several_statements_is_of_one_moment() {
    let stage = Stage::set().await;
    stage.touch(Uuid::from_u128(10), 1..=1).await;
    let mut tx = stage.journal.read(&person(TENANT), Scope::All).await.expect("begun");
    let mut counts = Vec::new();
    for version in [2, 3] {
        counts.push(sqlx::query_scalar::<_, i64>(RECORDS).fetch_one(&mut *tx).await.expect("counted"));
        stage.touch(Uuid::from_u128(10), version..=version).await;
    }
    assert_eq!((counts, stage.count(RECORDS).await), (vec![1, 1], 3));
}

#[tokio::test]
async fn the_service_cannot_change_or_delete_evidence() {
    let stage = Stage::set().await;
    stage.touch(Uuid::from_u128(10), 1..=1).await;
    for sql in [
        "update lead_routing.journal set record = 'x'",
        "delete from lead_routing.journal",
        "truncate lead_routing.journal cascade",
    ] {
        let mut write = stage.journal.begin(&caller(TENANT)).await.expect("begun");
        let error = sqlx::raw_sql(sql).execute(write.db()).await.expect_err("must be refused").to_string();
        assert!(error.contains("permission denied"), "{sql}: {error}");
    }
}
