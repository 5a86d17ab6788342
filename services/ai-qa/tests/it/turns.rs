//! Nobody waits long for others.

use contracts::ai_qa::v1::TranscriptCompleted;
use kernel::{Principal, PrincipalKind, Role, TenantId};
use testkit::Client;
use uuid::Uuid;

use crate::ear::{Ear, voice};
use crate::support::{Suite, start_hearing, start_with, transcribed, upload};

fn rep_elsewhere(suite: &Suite) -> Client {
    suite.app.principal(Principal {
        kind: PrincipalKind::Person,
        tenant: TenantId(Uuid::from_u128(0xe15e)),
        id: suite.app.ids.new_id(),
        org: "/".parse().expect("a path"),
        roles: vec![Role::SalesRep],
        stepped_up_until: None,
    })
}

#[tokio::test]
async fn tenants_take_turns_however_much_one_of_them_has() {
    let ear = Ear::default();
    ear.hold();
    let suite = start_hearing(&ear).await;
    let other = rep_elsewhere(&suite);
    let mut many = Vec::new();
    for _ in 0..4 {
        many.push(upload(&suite.rep, voice(2)).await);
    }
    let one = upload(&other, voice(5)).await;
    ear.release();
    for id in &many {
        transcribed(&suite, &suite.rep, *id).await;
    }
    transcribed(&suite, &other, one).await;
    let place = ear.heard().iter().position(|seconds| *seconds == 5).expect("heard");
    assert!(place <= 1, "the other tenant's only recording is the second at the latest: {:?}", ear.heard());
    suite.rep.get(&format!("/api/recordings/{one}/transcript")).await.refused(404, "transcript_not_found");
}

#[tokio::test]
async fn a_long_recording_lets_others_in_between_and_nothing_is_heard_twice() {
    let ear = Ear::default();
    ear.says(28, "很长的一段话");
    ear.hold();
    let definition = ai_qa::definition_hearing(std::sync::Arc::new(ear.clone()));
    let suite = start_with(definition, &[(&["service", "transcription", "turn_minutes"], "1")]).await;
    // Ten minutes, more than two batches of the recogniser.
    let long = upload(&suite.rep, voice(600)).await;
    let begun = async || {
        let now = suite.rep.get(&format!("/api/recordings/{long}/transcript")).await.ok();
        (now["state"] == "working").then_some(())
    };
    suite.app.eventually("somebody works on it", begun).await;
    let short = upload(&suite.rep, voice(3)).await;
    ear.release();
    transcribed(&suite, &suite.rep, short).await;
    let transcript = transcribed(&suite, &suite.rep, long).await;
    assert_eq!((transcript["state"].as_str(), transcript["percent"].as_i64()), (Some("completed"), Some(100)));
    let heard = ear.heard();
    let place = heard.iter().position(|seconds| *seconds == 3).expect("heard");
    assert!(place < heard.len() - 1, "the short one was not last: {heard:?}");
    let spoken: usize = heard.iter().sum::<usize>() - 3;
    assert!((590..=612).contains(&spoken), "every second once: {heard:?}");
    let starts: Vec<_> =
        transcript["sentences"].as_array().expect("a list").iter().map(|one| one["start_ms"].as_i64()).collect();
    assert!(starts.is_sorted() && starts.windows(2).all(|two| two[0] < two[1]), "{starts:?}");
    suite.app.events::<TranscriptCompleted>(2).await;
    assert_eq!(suite.app.count_events::<TranscriptCompleted>().await, 2);
}

#[tokio::test]
async fn a_turn_whose_holder_died_is_taken_over_after_its_lease() {
    let ear = Ear::default();
    ear.says(2, "接着听");
    ear.hold();
    let suite = start_hearing(&ear).await;
    let id = upload(&suite.rep, voice(2)).await;
    let working = async || {
        let now = suite.rep.get(&format!("/api/recordings/{id}/transcript")).await.ok();
        (now["state"] == "working").then_some(())
    };
    suite.app.eventually("somebody works on it", working).await;
    // As a process leaves it that was killed: a holder that nobody is.
    sqlx::query("update ai_qa.transcripts set holder = $1, lease_until = $2")
        .bind(Uuid::from_u128(9))
        .bind(suite.app.clock.now() + chrono::Duration::seconds(30))
        .execute(&mut suite.app.admin().await)
        .await
        .expect("changed");
    ear.release();
    suite.app.clock.advance(chrono::Duration::seconds(31)).expect("moved");
    let transcript = transcribed(&suite, &suite.rep, id).await;
    assert_eq!(transcript["sentences"].as_array().map(Vec::len), Some(1));
    suite.app.events::<TranscriptCompleted>(1).await;
    assert_eq!(suite.app.count_events::<TranscriptCompleted>().await, 1);
}

#[tokio::test]
async fn a_service_that_stops_gives_its_turn_back_at_once() {
    let ear = Ear::default();
    ear.hold();
    let mut suite = start_hearing(&ear).await;
    let id = upload(&suite.rep, voice(2)).await;
    let working = async || {
        let now = suite.rep.get(&format!("/api/recordings/{id}/transcript")).await.ok();
        (now["state"] == "working").then_some(())
    };
    suite.app.eventually("somebody works on it", working).await;
    suite.app.stop().await;
    let (state, holder): (String, Option<Uuid>) = sqlx::query_as("select state, holder from ai_qa.transcripts")
        .fetch_one(&mut suite.app.admin().await)
        .await
        .expect("a transcript");
    assert_eq!((state.as_str(), holder), ("waiting", None));
}

#[tokio::test]
async fn a_recording_that_kills_whoever_listens_is_given_up() {
    let ear = Ear::default();
    ear.hold();
    let suite = start_hearing(&ear).await;
    let first = upload(&suite.rep, voice(2)).await;
    let poison = upload(&suite.rep, voice(3)).await;
    sqlx::query("update ai_qa.transcripts set attempts = 5 where recording_id = $1")
        .bind(poison)
        .execute(&mut suite.app.admin().await)
        .await
        .expect("changed");
    ear.release();
    transcribed(&suite, &suite.rep, first).await;
    let transcript = transcribed(&suite, &suite.rep, poison).await;
    assert_eq!(
        (transcript["state"].as_str(), transcript["reason"].as_str()),
        (Some("failed"), Some("attempts_exhausted"))
    );
    assert!(!ear.heard().contains(&3));
}
