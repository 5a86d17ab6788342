use async_nats::jetstream::{self, stream::Config};
use testkit::TestNats;

async fn streams(nats: &TestNats) -> jetstream::Context {
    jetstream::new(async_nats::connect(nats.url()).await.expect("connected"))
}

fn config() -> Config {
    Config { name: "KEPT".into(), subjects: vec!["kept".into()], ..Config::default() }
}

#[tokio::test]
async fn a_restarted_broker_keeps_its_streams_and_a_replaced_one_has_none() {
    let mut nats = TestNats::start().await;
    streams(&nats).await.create_stream(config()).await.expect("created");
    nats.restart().await;
    streams(&nats).await.get_stream("KEPT").await.expect("kept");
    nats.replace().await;
    assert!(streams(&nats).await.get_stream("KEPT").await.is_err());
}

#[tokio::test]
async fn a_killed_broker_answers_nobody() {
    let mut nats = TestNats::start().await;
    nats.kill().await;
    assert!(async_nats::connect(nats.url()).await.is_err());
}
