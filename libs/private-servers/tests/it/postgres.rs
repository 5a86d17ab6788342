use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use private_servers::{OnDrop, PostgresOptions, PostgresServer, ServerError};
use sqlx::{Connection, PgConnection};

use crate::folder;

fn options() -> PostgresOptions {
    PostgresOptions { durable: false, on_drop: OnDrop::Kill, ..PostgresOptions::default() }
}

fn start(folder: &Path) -> PostgresServer {
    PostgresServer::start(folder, options()).expect("started")
}

fn start_durable(folder: &Path) -> PostgresServer {
    PostgresServer::start(folder, PostgresOptions { durable: true, ..options() }).expect("started")
}

async fn execute(server: &PostgresServer, sql: &'static str) {
    let mut connection = PgConnection::connect(&server.admin_url()).await.expect("connected");
    sqlx::raw_sql(sql).execute(&mut connection).await.expect("executed");
}

async fn kept(server: &PostgresServer) -> i64 {
    let mut connection = PgConnection::connect(&server.admin_url()).await.expect("connected");
    sqlx::query_scalar("select count(*) from kept").fetch_one(&mut connection).await.expect("counted")
}

#[tokio::test]
async fn a_cluster_keeps_data_and_port_over_restart_and_crash() {
    let (_parent, folder) = folder();
    let first = start_durable(&folder);
    let port = first.port();
    execute(&first, "create table kept (id int); insert into kept values (1)").await;
    first.stop().expect("stopped");

    let second = start_durable(&folder);
    assert_eq!(second.port(), port);
    assert_eq!(kept(&second).await, 1);
    execute(&second, "insert into kept values (2)").await;
    second.stop_immediate().expect("stopped");

    assert_eq!(kept(&start_durable(&folder)).await, 2, "recovered");
}

#[tokio::test]
async fn a_second_start_attaches_to_what_runs() {
    let (_parent, folder) = folder();
    let first = start(&folder);
    let second =
        PostgresServer::start(&folder, PostgresOptions { on_drop: OnDrop::Keep, ..options() }).expect("attached");
    assert_eq!(second.admin_url(), first.admin_url());
    drop(second);
    let third = PostgresServer::attach(&folder, OnDrop::Keep).expect("looked").expect("running");
    assert_eq!(third.port(), first.port());
    execute(&first, "select 1").await;
}

#[tokio::test]
async fn a_dropped_server_is_gone() {
    let (_parent, folder) = folder();
    let server = start(&folder);
    let url = server.admin_url();
    drop(server);
    assert!(PgConnection::connect(&url).await.is_err());
    assert!(PostgresServer::attach(&folder, OnDrop::Keep).expect("looked").is_none());
}

#[tokio::test]
async fn a_stale_pid_file_and_a_taken_port_are_no_obstacle() {
    let (_parent, folder) = folder();
    let server = start(&folder);
    let port = server.port();
    server.stop().expect("stopped");
    let taken = std::net::TcpListener::bind(("127.0.0.1", port)).expect("free again");
    let stale = format!("{}\n/elsewhere\n1\n{port}\n\n127.0.0.1\n\nready\n", std::process::id());
    std::fs::write(folder.join("data/postmaster.pid"), stale).expect("written");

    let again = start(&folder);
    assert_ne!(again.port(), port);
    execute(&again, "select 1").await;
    drop(taken);
}

#[tokio::test]
async fn a_password_is_asked_for_over_tcp() {
    let (_parent, folder) = folder();
    let with_password = PostgresOptions { password: Some("6f3d20".to_owned()), ..options() };
    let server = PostgresServer::start(&folder, with_password).expect("started");
    execute(&server, "select 1").await;
    let without = server.admin_url().replace(":6f3d20@", "@");
    assert_ne!(without, server.admin_url());
    assert!(PgConnection::connect(&without).await.is_err());
}

#[test]
fn data_of_another_version_is_refused_and_left_alone() {
    let (_parent, folder) = folder();
    std::fs::create_dir_all(folder.join("data")).expect("created");
    std::fs::write(folder.join("data/PG_VERSION"), "9\n").expect("written");
    let error = PostgresServer::start(&folder, options()).expect_err("refused");
    assert!(matches!(error, ServerError::OtherVersion { ref made_by, .. } if made_by == "9"), "{error}");
}

#[test]
fn as_root_a_private_parent_folder_is_explained() {
    let (parent, _) = folder();
    std::fs::set_permissions(parent.path(), std::fs::Permissions::from_mode(0o700)).expect("ours");
    let started = PostgresServer::start(&parent.path().join("server"), options());
    if rustix::process::geteuid().is_root() {
        let error = started.expect_err("the database's user cannot enter");
        assert!(matches!(error, ServerError::FolderNotReachable { .. }), "{error}");
    } else {
        started.expect("an ordinary user's own folder").stop().expect("stopped");
    }
}
