use std::borrow::Cow;

use runtime::database::{self, DatabaseConfig, ServiceSchema, connect, provision, service_url};
use sqlx::error::DatabaseError;
use sqlx::migrate::Migrator;
use sqlx::{PgConnection, PgPool};
use testkit::{Template, TestDatabase};

static LIBRARIES: [&Migrator; 2] = [&journal::MIGRATOR, &process::MIGRATOR];

// Roles belong to the whole cluster, so each test that sets passwords has a service of its own.
fn wanted(service: &'static str) -> ServiceSchema<'static> {
    ServiceSchema { service, password: "demo", migrators: &LIBRARIES }
}

async fn empty() -> TestDatabase {
    TestDatabase::new(&Template::new()).await
}

async fn pool(database: &TestDatabase, service: &str) -> PgPool {
    let url = service_url(&database.admin_url(), service, "demo").expect("valid");
    let config = DatabaseConfig { url, max_connections: 2, acquire_timeout_ms: 10_000 };
    connect(&config, service).await.expect("connected")
}

async fn migrated_at(admin: &mut PgConnection) -> Vec<(i64, String)> {
    sqlx::query_as("select version, installed_on::text from provision_twice._sqlx_migrations order by version")
        .fetch_all(admin)
        .await
        .expect("read")
}

fn code(result: Result<sqlx::postgres::PgQueryResult, sqlx::Error>) -> String {
    let error = result.expect_err("refused");
    error.as_database_error().and_then(DatabaseError::code).map(Cow::into_owned).unwrap_or_default()
}

#[tokio::test]
async fn provisioning_twice_changes_nothing() {
    let database = empty().await;
    let mut admin = database.admin().await;
    provision(&mut admin, &wanted("provision-twice")).await.expect("provisioned");
    let first = migrated_at(&mut admin).await;
    assert!(first.len() >= 3, "{first:?}");
    provision(&mut admin, &wanted("provision-twice")).await.expect("provisioned again");
    assert_eq!(migrated_at(&mut admin).await, first);
}

#[tokio::test]
async fn two_at_once_wait_for_each_other() {
    let database = empty().await;
    let (mut one, mut two) = (database.admin().await, database.admin().await);
    let wanted = wanted("provision-race");
    let (first, second) = tokio::join!(provision(&mut one, &wanted), provision(&mut two, &wanted));
    first.and(second).expect("both provisioned");
}

#[tokio::test]
async fn an_older_release_accepts_a_newer_schema() {
    let database = empty().await;
    let mut admin = database.admin().await;
    provision(&mut admin, &wanted("provision-newer")).await.expect("provisioned");
    let older = ServiceSchema { migrators: &[&journal::MIGRATOR], ..wanted("provision-newer") };
    provision(&mut admin, &older).await.expect("accepted");
}

#[tokio::test]
async fn evidence_can_be_added_but_never_changed() {
    let database = empty().await;
    provision(&mut database.admin().await, &wanted("provision-evidence")).await.expect("provisioned");
    let pool = pool(&database, "provision-evidence").await;
    for table in ["journal", "ledger_leaves", "ledger_checkpoints"] {
        for statement in [
            format!("update {table} set tenant_id = tenant_id"),
            format!("delete from {table}"),
            format!("truncate {table}"),
        ] {
            let result = sqlx::raw_sql(sqlx::AssertSqlSafe(statement.clone())).execute(&pool).await;
            assert_eq!(code(result), "42501", "{statement}");
        }
    }
    sqlx::raw_sql("update outbox set sealed = sealed; delete from timers")
        .execute(&pool)
        .await
        .expect("other tables allow it");
}

#[tokio::test]
async fn a_service_cannot_change_tables_or_see_other_services() {
    let database = empty().await;
    let mut admin = database.admin().await;
    provision(&mut admin, &wanted("provision-one")).await.expect("provisioned");
    provision(&mut admin, &wanted("provision-other")).await.expect("provisioned");
    let pool = pool(&database, "provision-one").await;
    for statement in [
        "create table provision_one.mine (id int)",
        "create table public.mine (id int)",
        "alter table timers disable row level security",
        "select * from provision_other.journal",
        "set role provision_one_owner",
    ] {
        assert_eq!(code(sqlx::raw_sql(statement).execute(&pool).await), "42501", "{statement}");
    }
}

#[tokio::test]
async fn row_level_security_binds_the_service() {
    let database = empty().await;
    provision(&mut database.admin().await, &wanted("provision-rows")).await.expect("provisioned");
    let pool = pool(&database, "provision-rows").await;
    let insert = "insert into inbox (consumer, event_id, tenant_id, done_at) \
                  values ('c', gen_random_uuid(), '00000000-0000-0000-0000-000000000001', now())";
    assert_eq!(code(sqlx::raw_sql(insert).execute(&pool).await), "42501", "no tenant is set");
}

#[tokio::test]
async fn a_failed_migration_is_named_and_leaves_the_lock_free() {
    let database = empty().await;
    let mut admin = database.admin().await;
    let broken = Migrator::with_migrations(vec![sqlx::migrate::Migration::new(
        1,
        "broken".into(),
        sqlx::migrate::MigrationType::Simple,
        sqlx::SqlSafeStr::into_sql_str("select no_such_function()"),
        false,
    )]);
    let broken = ServiceSchema { service: "provision-broken", password: "demo", migrators: &[&broken] };
    let error = provision(&mut admin, &broken).await.expect_err("refused");
    assert!(
        matches!(error, database::DatabaseError::Migrate { ref service, .. } if service == "provision-broken"),
        "{error}"
    );
    provision(&mut database.admin().await, &wanted("provision-broken"))
        .await
        .expect("another connection gets the lock");
}
