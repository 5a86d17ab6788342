use async_nats::jetstream;
use private_servers::{NatsServer, OnDrop};

use crate::folder;

async fn messages(server: &NatsServer) -> u64 {
    let client = async_nats::connect(server.url()).await.expect("connected");
    let stream = jetstream::new(client).get_stream("KEPT").await.expect("the stream is still there");
    stream.cached_info().state.messages
}

#[tokio::test]
async fn a_stream_and_the_port_survive_stop_and_kill() {
    let (_parent, folder) = folder();
    let first = NatsServer::start(&folder, OnDrop::Kill).expect("started");
    let port = first.port();
    let context = jetstream::new(async_nats::connect(first.url()).await.expect("connected"));
    let config = jetstream::stream::Config { name: "KEPT".into(), subjects: vec!["kept".into()], ..Default::default() };
    context.create_stream(config).await.expect("created");
    context.publish("kept", "one".into()).await.expect("sent").await.expect("stored");
    first.stop().expect("stopped");

    let second = NatsServer::start(&folder, OnDrop::Kill).expect("started");
    assert_eq!((second.port(), messages(&second).await), (port, 1));
    second.kill().expect("killed");

    let third = NatsServer::start(&folder, OnDrop::Kill).expect("started");
    assert_eq!((third.port(), messages(&third).await), (port, 1));
}

#[tokio::test]
async fn a_second_start_attaches_and_a_dropped_server_is_gone() {
    let (_parent, folder) = folder();
    let first = NatsServer::start(&folder, OnDrop::Kill).expect("started");
    let second = NatsServer::start(&folder, OnDrop::Keep).expect("attached");
    assert_eq!(first.url(), second.url());
    drop(second);
    async_nats::connect(first.url()).await.expect("still there");
    let url = first.url();
    drop(first);
    assert!(NatsServer::attach(&folder, OnDrop::Keep).expect("looked").is_none());
    assert!(async_nats::connect(url).await.is_err());
}

#[tokio::test]
async fn a_taken_port_is_replaced() {
    let (_parent, folder) = folder();
    let first = NatsServer::start(&folder, OnDrop::Kill).expect("started");
    let port = first.port();
    first.stop().expect("stopped");
    let taken = std::net::TcpListener::bind(("127.0.0.1", port)).expect("free again");
    let again = NatsServer::start(&folder, OnDrop::Kill).expect("started");
    assert_ne!(again.port(), port);
    drop(taken);
}
