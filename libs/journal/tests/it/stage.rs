//! A journal on a database and a bus of the test's own, with one invented event.

use std::sync::Arc;

use async_nats::jetstream;
use contracts::lead_routing::v1::LeadTouched;
use journal::ledger::Signer;
use journal::relay::Relay;
use journal::{Caller, Entry, Journal, JournalError};
use kernel::{Clock, OrgPath, Principal, PrincipalKind, Role, TenantId};
use testkit::{Template, TestDatabase, TestNats};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

pub const TENANT: TenantId = TenantId(Uuid::from_u128(1));
pub const OTHER_TENANT: TenantId = TenantId(Uuid::from_u128(2));

pub struct Stage {
    pub database: TestDatabase,
    pub nats: TestNats,
    pub journal: Journal,
    pub clock: Clock,
    pub js: jetstream::Context,
}

impl Stage {
    pub async fn set() -> Self {
        let template = Template::new().service("lead-routing", &[&journal::MIGRATOR]);
        let (database, nats) = tokio::join!(TestDatabase::new(&template), TestNats::start());
        let clock = testkit::clock();
        let ids = kernel::IdSource::random(Clock::movable());
        let journal = Journal::new("lead-routing", database.pool("lead-routing").await, clock.clone(), ids);
        let js = connect(nats.url()).await;
        Self { database, nats, journal, clock, js }
    }

    /// Starts a relay that works until the token is cancelled.
    pub fn relay(&self) -> CancellationToken {
        let signer = Arc::new(Signer::new("sluice/lead-routing", &[9; 32]).expect("a key"));
        let stop = CancellationToken::new();
        tokio::spawn(Relay::new(self.journal.clone(), self.js.clone(), signer).run(stop.clone()));
        stop
    }

    /// Writes versions `from..=to` of one aggregate, one transaction each.
    pub async fn touch(&self, lead: Uuid, versions: std::ops::RangeInclusive<i64>) {
        for version in versions {
            self.touch_as(&caller(TENANT), lead, version).await.expect("written");
        }
    }

    pub async fn touch_as(&self, caller: &Caller, lead: Uuid, version: i64) -> Result<String, JournalError> {
        let mut write = self.journal.begin(caller).await?;
        write.record(
            Entry::new(&touched(lead, version), lead, version)?
                .change("new", "touched")
                .personal("phone", "13800000000"),
        );
        write.commit(format!("version {version}")).await
    }

    pub async fn count(&self, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql).fetch_one(&mut self.database.admin().await).await.expect("counted")
    }

    /// Waits until the query answers `wanted`.
    pub async fn until(&self, sql: &'static str, wanted: i64) {
        let waiting = async {
            while self.count(sql).await != wanted {
                tokio::time::sleep(std::time::Duration::from_millis(20)).await;
            }
        };
        let reached = tokio::time::timeout(std::time::Duration::from_secs(30), waiting).await;
        assert!(reached.is_ok(), "{sql} is {} and not {wanted}", self.count(sql).await);
    }
}

pub async fn connect(url: &str) -> jetstream::Context {
    jetstream::new(async_nats::connect(url).await.expect("connected"))
}

pub fn touched(lead: Uuid, version: i64) -> LeadTouched {
    LeadTouched { lead_id: lead.to_string(), rep_id: format!("rep-{version}"), touched_at: None }
}

pub fn caller(tenant: TenantId) -> Caller {
    Caller::request(person(tenant), Uuid::from_u128(77))
}

pub fn person(tenant: TenantId) -> Principal {
    Principal {
        kind: PrincipalKind::Person,
        tenant,
        id: Uuid::from_u128(5),
        org: OrgPath::root(),
        roles: vec![Role::SalesRep],
        stepped_up_until: None,
    }
}
