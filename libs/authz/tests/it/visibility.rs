//! The same records as in `agreement.rs`, with PostgreSQL deciding the lists: forced row-level security,
//! a role that cannot bypass it, and the settings that services make.

use std::collections::BTreeSet;

use crate::cases::{ELSEWHERE, HERE, now, reader, records};
use authz::visibility::is_visible;
use authz::{Action, Resource, ResourceKind, check, list_scope};
use journal::read::{enter_system, limit};
use kernel::{Role, Scope};
use private_servers::{OnDrop, PostgresOptions, PostgresServer};
use sqlx::{Connection, PgConnection};
use tempfile::TempDir;

const TABLE: &str = "
    create table records (name text not null, tenant_id uuid not null, org text not null, owner uuid);
    alter table records enable row level security;
    alter table records force row level security;
    create policy tenant on records
        using (sluice_visible(tenant_id, org, owner))
        with check (sluice_in_tenant(tenant_id));
    create role limited;
    grant select, insert, update on records to limited;";

/// A database of its own; removed with its server when dropped.
struct Database {
    url: String,
    _server: PostgresServer,
    _folder: TempDir,
}

impl Database {
    async fn start() -> Self {
        tokio::task::spawn_blocking(|| {
            let folder = tempfile::tempdir().expect("a folder");
            let options = PostgresOptions { durable: false, on_drop: OnDrop::Kill, ..PostgresOptions::default() };
            let server = PostgresServer::start(folder.path(), options).expect("PostgreSQL starts");
            Self { url: server.admin_url(), _server: server, _folder: folder }
        })
        .await
        .expect("started")
    }

    /// Migrated, filled with one row per case, and limited to what row-level security shows.
    async fn connect(&self) -> PgConnection {
        let mut conn = PgConnection::connect(&self.url).await.expect("connects");
        journal::MIGRATOR.run(&mut conn).await.expect("migrates");
        sqlx::raw_sql(TABLE).execute(&mut conn).await.expect("a table");
        for (name, resource) in records(ResourceKind::Lead) {
            insert(&mut conn, &name, &resource).await.expect("a row");
        }
        sqlx::raw_sql("set role limited").execute(&mut conn).await.expect("limited");
        conn
    }
}

async fn insert(conn: &mut PgConnection, name: &str, resource: &Resource) -> sqlx::Result<()> {
    sqlx::query("insert into records (name, tenant_id, org, owner) values ($1, $2, $3, $4)")
        .bind(name)
        .bind(resource.tenant.0)
        .bind(resource.org.as_str())
        .bind(resource.owner)
        .execute(conn)
        .await
        .map(|_| ())
}

async fn listed(conn: &mut PgConnection) -> BTreeSet<String> {
    let names: Vec<String> = sqlx::query_scalar("select name from records").fetch_all(conn).await.expect("a list");
    names.into_iter().collect()
}

async fn listed_as(conn: &mut PgConnection, role: Role, scope: Scope) -> BTreeSet<String> {
    let mut tx = conn.begin().await.expect("begins");
    limit(&mut tx, &reader(&[role]), scope).await.expect("settings");
    listed(&mut tx).await
}

#[tokio::test]
async fn postgres_lists_exactly_what_each_scope_promises() {
    let database = Database::start().await;
    let mut conn = database.connect().await;
    for scope in [Scope::None, Scope::Own, Scope::Team, Scope::Subtree, Scope::All] {
        let promised = records(ResourceKind::Lead)
            .into_iter()
            .filter(|(_, resource)| is_visible(&reader(&[]), scope, resource))
            .map(|(name, _)| name);
        assert_eq!(listed_as(&mut conn, Role::SalesRep, scope).await, promised.collect(), "{scope:?}");
    }
}

#[tokio::test]
async fn a_persons_list_holds_exactly_what_they_may_open() {
    let database = Database::start().await;
    let mut conn = database.connect().await;
    for role in Role::ALL {
        let who = reader(&[role]);
        let may_open = |resource: &Resource| check(&who, now(), Action::LeadRead, resource).is_ok();
        let readable = records(ResourceKind::Lead).into_iter().filter(|(_, lead)| may_open(lead)).map(|(name, _)| name);
        let scope = list_scope(&who, ResourceKind::Lead);
        assert_eq!(listed_as(&mut conn, role, scope).await, readable.collect(), "{role:?}");
    }
}

#[tokio::test]
async fn without_settings_nothing_is_visible_and_afterwards_nothing_stays_visible() {
    let database = Database::start().await;
    let mut conn = database.connect().await;
    assert_eq!(listed(&mut conn).await, BTreeSet::new());
    assert!(!listed_as(&mut conn, Role::SalesDirector, Scope::All).await.is_empty());
    assert_eq!(listed(&mut conn).await, BTreeSet::new());
}

#[tokio::test]
async fn background_work_sees_every_tenant_until_a_principal_takes_over() {
    let database = Database::start().await;
    let mut conn = database.connect().await;
    let mut tx = conn.begin().await.expect("begins");
    enter_system(&mut tx).await.expect("settings");
    assert_eq!(listed(&mut tx).await.len(), records(ResourceKind::Lead).len());
    limit(&mut tx, &reader(&[Role::SalesRep]), Scope::None).await.expect("settings");
    assert_eq!(listed(&mut tx).await, BTreeSet::new());
}

#[tokio::test]
async fn nothing_can_be_written_into_another_tenant() {
    let database = Database::start().await;
    let mut conn = database.connect().await;
    for (tenant, accepted) in [(HERE, true), (ELSEWHERE, false)] {
        let mut tx = conn.begin().await.expect("begins");
        limit(&mut tx, &reader(&[Role::SalesRep]), Scope::Own).await.expect("settings");
        let row = Resource::tenant_wide(ResourceKind::Lead, tenant);
        assert_eq!(insert(&mut tx, "new", &row).await.is_ok(), accepted);
    }
}

#[tokio::test]
async fn giving_a_record_away_needs_sight_of_the_whole_tenant() {
    let database = Database::start().await;
    let mut conn = database.connect().await;
    for (scope, accepted) in [(Scope::Own, false), (Scope::All, true)] {
        let mut tx = conn.begin().await.expect("begins");
        limit(&mut tx, &reader(&[Role::SalesRep]), scope).await.expect("settings");
        let given =
            sqlx::query("update records set owner = null where name = 'own, same team'").execute(&mut *tx).await;
        assert_eq!(given.is_ok_and(|done| done.rows_affected() == 1), accepted, "{scope:?}");
    }
}

#[tokio::test]
async fn the_planner_sees_through_the_functions() {
    let database = Database::start().await;
    let mut conn = database.connect().await;
    let plan: Vec<String> =
        sqlx::query_scalar("explain (costs off) select name from records").fetch_all(&mut conn).await.expect("a plan");
    let plan = plan.join("\n");
    assert!(plan.contains("starts_with") && !plan.contains("sluice_"), "{plan}");
}
