//! The SQL against a real database, as the service's own role under row-level security.

use chrono::Duration;
use kernel::{AsProblem, Role, TenantId};
use process::approval::{Approval, Decision, Policy, Seat, Status};
use process::calendar::WorkingHours;
use process::store::{self, Definitions};
use process::{DeadlineClock, ProcessError};
use sqlx::{PgConnection, Postgres, Transaction};
use testkit::{Template, TestDatabase};
use uuid::Uuid;

use crate::approval::{actor, now, request};
use crate::support::{person, readme_yaml};

const SERVICE: &str = "crm";
const EDITOR: Uuid = Uuid::from_u128(40);

fn tenant(number: u128) -> TenantId {
    TenantId(Uuid::from_u128(number))
}

async fn database() -> TestDatabase {
    TestDatabase::new(&Template::new().service(SERVICE, &[&journal::MIGRATOR, &process::MIGRATOR])).await
}

async fn enter(conn: &mut PgConnection, tenant: TenantId) {
    let set = sqlx::query("select set_config('sluice.tenant', $1, true)").bind(tenant.to_string());
    set.execute(conn).await.expect("set");
}

/// A transaction of the service, for one tenant.
async fn transaction(database: &TestDatabase, tenant: TenantId) -> Transaction<'static, Postgres> {
    let mut tx = database.pool(SERVICE).await.begin().await.expect("begun");
    enter(&mut tx, tenant).await;
    tx
}

fn edited(version: u32) -> String {
    readme_yaml().replacen("version: 1", &format!("version: {version}"), 1)
}

fn pending() -> Approval {
    let seats = [(Role::SalesManager, 2), (Role::Finance, 3)];
    let seats = seats.map(|(role, number)| Seat { role, person: Some(person(number)) });
    request(Policy::InOrder, &seats, Some(4)).expect("asked")
}

#[tokio::test]
async fn tenants_publish_over_what_is_built_in_and_old_versions_stay() {
    let (database, ours) = (database().await, tenant(1));
    let definitions = Definitions::new(&[readme_yaml()]).expect("valid");
    let mut tx = transaction(&database, ours).await;
    assert_eq!(definitions.current(&mut tx, ours, "opportunity").await.expect("built in").version, 1);
    for version in [1, 3] {
        let refused = definitions.publish(&mut tx, ours, &edited(version), EDITOR, now()).await;
        assert!(matches!(refused, Err(ProcessError::VersionConflict { expected: 2, .. })), "{refused:?}");
    }
    definitions.publish(&mut tx, ours, &edited(2), EDITOR, now()).await.expect("published");
    assert_eq!(definitions.current(&mut tx, ours, "opportunity").await.expect("published").version, 2);
    assert_eq!(definitions.version(&mut tx, ours, "opportunity", 1).await.expect("built in").version, 1);
    let unknown = definitions.version(&mut tx, ours, "opportunity", 9).await;
    assert!(matches!(unknown, Err(ProcessError::UnknownVersion { version: 9, .. })), "{unknown:?}");
    assert_eq!(definitions.text(&mut tx, ours, "opportunity", 1).await.expect("built in"), readme_yaml());
    assert_eq!(definitions.text(&mut tx, ours, "opportunity", 2).await.expect("published"), edited(2));
    assert_eq!(definitions.names(), ["opportunity"]);
    let versions = store::versions(&mut tx, ours, "opportunity").await.expect("listed");
    assert_eq!(versions.iter().map(|one| (one.version, one.published_by)).collect::<Vec<_>>(), [(2, EDITOR)]);

    let theirs = tenant(2);
    enter(&mut tx, theirs).await;
    assert_eq!(definitions.current(&mut tx, theirs, "opportunity").await.expect("built in").version, 1);
    assert_eq!(store::source(&mut tx, ours, "opportunity", 2).await.expect("hidden"), None);
}

#[tokio::test]
async fn published_definitions_cannot_be_changed() {
    let (database, ours) = (database().await, tenant(1));
    let definitions = Definitions::new(&[]).expect("valid");
    let mut tx = transaction(&database, ours).await;
    definitions.publish(&mut tx, ours, readme_yaml(), EDITOR, now()).await.expect("published");
    let changed = sqlx::query("update process_definitions set source = 'x'").execute(&mut *tx).await;
    assert!(changed.expect_err("refused").as_database_error().is_some());
}

#[tokio::test]
async fn an_approval_is_stored_with_every_stamp() {
    let (database, ours) = (database().await, tenant(1));
    let mut tx = transaction(&database, ours).await;
    let approval = pending();
    store::insert_approval(&mut tx, ours, &approval).await.expect("stored");
    let mut loaded = store::lock_approval(&mut tx, ours, approval.id).await.expect("locked");
    assert_eq!(loaded, approval);

    loaded.open(person(2), now()).expect("opened");
    loaded.add_signer(person(2), actor(6, Role::Legal), Uuid::from_u128(99), now()).expect("added");
    loaded.delegate(person(2), actor(5, Role::SalesDirector), now()).expect("delegated");
    loaded.open(person(5), now()).expect("opened");
    let decided = now() + Duration::minutes(7);
    loaded.decide(actor(5, Role::SalesDirector), Decision::Approve, None, decided).expect("approved");
    loaded.escalate(Uuid::from_u128(99), actor(4, Role::Legal), decided).expect("escalated");
    store::save_approval(&mut tx, ours, &loaded).await.expect("saved");
    assert_eq!(store::load_approval(&mut tx, ours, approval.id).await.expect("there"), loaded);

    let idle = sqlx::query_scalar::<_, i64>(
        "select extract(epoch from idle)::bigint from process_approval_steps where idle is not null",
    );
    assert_eq!(idle.fetch_all(&mut *tx).await.expect("read"), [7 * 60]);
}

#[tokio::test]
async fn a_request_is_listed_for_whoever_is_asked_and_open_only_once() {
    let (database, ours) = (database().await, tenant(1));
    let mut tx = transaction(&database, ours).await;
    let mut approval = pending();
    store::insert_approval(&mut tx, ours, &approval).await.expect("stored");
    let asked = store::waiting_for(&mut tx, ours, person(2), 10).await.expect("listed");
    assert_eq!(asked, [approval.clone()]);
    assert_eq!(store::waiting_for(&mut tx, ours, person(3), 10).await.expect("listed"), []);
    approval.withdraw(person(1), None, now()).expect("withdrawn");
    store::save_approval(&mut tx, ours, &approval).await.expect("saved");
    assert_eq!(store::waiting_for(&mut tx, ours, person(2), 10).await.expect("listed"), []);
    let about = store::subject_approvals(&mut tx, ours, &approval.subject).await.expect("listed");
    assert_eq!(about.iter().map(|one| one.status).collect::<Vec<_>>(), [Status::Withdrawn]);

    let again = |id: u128| {
        let mut approval = pending();
        approval.id = Uuid::from_u128(id);
        approval.steps.iter_mut().zip(0..).for_each(|(step, n)| step.id = Uuid::from_u128(id * 10 + n));
        approval
    };
    store::insert_approval(&mut tx, ours, &again(500)).await.expect("the first is closed");
    let twice = store::insert_approval(&mut tx, ours, &again(600)).await.expect_err("open already");
    assert_eq!(twice.problem().code, "approval_already_open");
}

#[tokio::test]
async fn a_tenant_neither_sees_nor_changes_anothers_approvals() {
    let (database, ours, theirs) = (database().await, tenant(1), tenant(2));
    let mut tx = transaction(&database, ours).await;
    let approval = pending();
    store::insert_approval(&mut tx, ours, &approval).await.expect("stored");
    enter(&mut tx, theirs).await;
    for whose in [ours, theirs] {
        let hidden = store::load_approval(&mut tx, whose, approval.id).await;
        assert!(matches!(hidden, Err(ProcessError::UnknownApproval)), "{hidden:?}");
        let unchanged = store::save_approval(&mut tx, whose, &approval).await;
        assert!(matches!(unchanged, Err(ProcessError::UnknownApproval)), "{unchanged:?}");
    }
}

#[tokio::test]
async fn a_loaded_year_replaces_the_provisional_one_for_its_tenant_and_can_be_amended() {
    let (database, ours) = (database().await, tenant(1));
    let mut tx = transaction(&database, ours).await;
    let year = |status: &str, last: u32| {
        format!(
            "{{year: 2027, status: {status}, source: notice, make_up_days: [], \
             holidays: [{{name: 元旦, from: 2027-01-01, to: 2027-01-0{last}}}]}}"
        )
    };
    let refused = store::load_year(&mut tx, ours, &year("provisional", 3), EDITOR, now()).await;
    assert!(matches!(refused, Err(ProcessError::Calendar(_))), "{refused:?}");
    let start = now();
    let mut due = Vec::new();
    for last in [3, 5] {
        store::load_year(&mut tx, ours, &year("published", last), EDITOR, now()).await.expect("loaded");
        let calendar = store::load_calendar(&mut tx, ours, WorkingHours::default()).await.expect("loaded");
        due.push(calendar.due(start, Duration::hours(9 * 60), DeadlineClock::Working));
    }
    assert!(due.iter().all(|one| !one.provisional) && due[0].at < due[1].at, "{due:?}");
    enter(&mut tx, tenant(2)).await;
    let theirs = store::load_calendar(&mut tx, tenant(2), WorkingHours::default()).await.expect("built in");
    assert!(theirs.is_provisional(2027));
}
