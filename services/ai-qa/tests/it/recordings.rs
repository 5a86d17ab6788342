use chrono::Duration;
use contracts::ai_qa::v1::{RecordingDeleted, RecordingRead};
use kernel::Role;
use reqwest::Method;
use serde_json::json;

use crate::support::{announce, chunk, link, offset, show, start, upload, wav};

#[tokio::test]
async fn ranges_are_served_and_every_reading_is_written_down() {
    let suite = start().await;
    let bytes = wav(20);
    let id = upload(&suite.rep, bytes.clone()).await;
    let coach = suite.app.person(Role::SalesCoach, "/huadong/");
    let (path, coachs) = (link(&suite.rep, id).await, link(&coach, id).await);

    let whole = coach.request(Method::GET, &coachs).send().await.expect("an answer");
    assert_eq!(
        (whole.status().as_u16(), &whole.headers()["content-type"]),
        (200, &"audio/wav".parse().expect("ascii"))
    );
    assert_eq!(whole.bytes().await.expect("a body"), bytes);
    let part = suite.rep.request(Method::GET, &path).header("range", "bytes=10-19").send().await.expect("an answer");
    assert_eq!(part.status().as_u16(), 206);
    assert_eq!(part.headers()["content-range"], format!("bytes 10-19/{}", bytes.len()));
    assert_eq!(part.bytes().await.expect("a body"), bytes.slice(10..20));
    let beyond =
        suite.rep.request(Method::GET, &path).header("range", "bytes=9999999-").send().await.expect("an answer");
    assert_eq!(
        (beyond.status().as_u16(), &beyond.headers()["content-range"]),
        (416, &format!("bytes */{}", bytes.len()).parse().expect("ascii"))
    );

    let events = suite.app.events::<RecordingRead>(2).await;
    assert_eq!((events[0].reader_id.clone(), events[0].last_byte), (coach.id().to_string(), bytes.len() as u64 - 1));
    assert_eq!((events[1].first_byte, events[1].last_byte), (10, 19));
    let log = coach.get(&format!("/api/recordings/{id}/accesses")).await.ok();
    let readers: Vec<_> = log["items"].as_array().expect("a list").iter().map(|one| one["reader_id"].clone()).collect();
    assert_eq!(readers.len(), 2);
    assert!(readers.contains(&json!(coach.id())) && readers.contains(&json!(suite.rep.id())));
    let auditor = suite.app.person(Role::Auditor, "/");
    assert_eq!(
        auditor.get(&format!("/api/recordings/{id}/accesses")).await.ok()["items"].as_array().map(Vec::len),
        Some(2)
    );
    suite.rep.get(&format!("/api/recordings/{id}/accesses")).await.refused(403, "forbidden");
}

#[tokio::test]
async fn only_the_owner_their_leaders_and_coaches_hear_it() {
    let suite = start().await;
    let id = upload(&suite.rep, wav(5)).await;
    for (role, org) in [(Role::SalesManager, "/huadong/"), (Role::SalesCoach, "/huadong/shanghai/")] {
        let near = suite.app.person(role, org);
        assert_eq!(near.get(&link(&near, id).await).await.status.as_u16(), 200);
        assert_eq!(near.get("/api/recordings").await.ok()["items"].as_array().map(Vec::len), Some(1));
    }
    for (role, org) in
        [(Role::SalesRep, "/huadong/shanghai/"), (Role::SalesManager, "/huabei/"), (Role::SalesCoach, "/huabei/")]
    {
        let far = suite.app.person(role, org);
        far.get(&format!("/api/recordings/{id}")).await.refused(403, "forbidden");
        assert_eq!(far.get("/api/recordings").await.ok()["items"], json!([]));
    }
    assert_eq!(suite.app.count_events::<RecordingRead>().await, 2);
}

#[tokio::test]
async fn content_is_read_under_ones_own_link_for_a_short_time() {
    let suite = start().await;
    let (id, other) = (upload(&suite.rep, wav(5)).await, upload(&suite.rep, wav(6)).await);
    let coach = suite.app.person(Role::SalesCoach, "/huadong/");
    let mine = link(&suite.rep, id).await;
    suite.rep.get(&format!("/api/recordings/{id}/content")).await.refused(403, "content_link_missing");
    coach.get(&mine).await.refused(403, "content_link_wrong");
    suite.rep.get(&mine.replace(&id.to_string(), &other.to_string())).await.refused(403, "content_link_wrong");
    suite.app.clock.advance(Duration::minutes(14)).expect("moved");
    assert_eq!(suite.rep.get(&mine).await.status.as_u16(), 200);
    suite.app.clock.advance(Duration::minutes(1)).expect("moved");
    suite.rep.get(&mine).await.refused(410, "content_link_expired");
    assert_eq!(suite.rep.get(&link(&suite.rep, id).await).await.status.as_u16(), 200);
    let listed = suite.rep.get("/api/recordings").await.ok();
    assert_eq!(listed["items"][0]["content_link"], json!(null), "links are made one by one");
    assert_eq!(suite.app.count_events::<RecordingRead>().await, 2);
}

#[tokio::test]
async fn content_is_deleted_when_its_time_is_up_and_dead_uploads_are_given_up() {
    let suite = start().await;
    let id = upload(&suite.rep, wav(5)).await;
    let dead = announce(&suite.rep, 100).await;
    chunk(&suite.rep, dead, 0, "some").send().await.expect("an answer");
    assert_eq!(offset(&suite.rep, dead).await, 4);
    suite.app.clock.advance(Duration::days(364)).expect("moved");
    let path = link(&suite.rep, id).await;
    let state = async |id| show(&suite.rep, id).await["state"].as_str().map(str::to_owned);
    suite.app.eventually("given up", async || (state(dead).await.as_deref() == Some("abandoned")).then_some(())).await;
    assert_eq!(state(id).await.as_deref(), Some("stored"));
    suite.app.clock.advance(Duration::days(2)).expect("moved");
    suite.rep.get(&path).await.refused(410, "content_link_expired");
    suite.app.eventually("deleted", async || (state(id).await.as_deref() == Some("deleted")).then_some(())).await;

    let event: RecordingDeleted = suite.app.event().await;
    assert_eq!(json!(event.sha256), show(&suite.rep, id).await["sha256"]);
    assert_eq!(show(&suite.rep, id).await["content_link"], json!(null), "no content, no link");
    let left = std::fs::read_dir(suite.folder.path()).expect("a folder").count();
    assert_eq!(left, 0, "no content, no parts");
}
