//! How full weeks are.

use chrono::NaiveDate;
use kernel::TenantId;
use serde::Serialize;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::Week;
use crate::error::DeliveryError;

/// A week's row, held until the transaction ends: nobody else books meanwhile.
#[derive(Clone, Copy, Debug)]
pub struct Held {
    pub id: Uuid,
    pub slots: Option<i32>,
    pub version: i64,
}

/// How full a week is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Load {
    pub week: Week,
    /// How many deliveries the week can take.
    pub slots: i32,
    /// Scheduled deliveries.
    pub booked: i64,
    /// Places kept for opportunities.
    pub locked: i64,
}

impl Load {
    /// Places that cannot be given to anybody else.
    pub fn taken(&self) -> i64 {
        self.booked + self.locked
    }
}

/// Takes hold of a week's row, making it when it is the first time.
pub async fn hold(db: &mut PgConnection, tenant: TenantId, week: Week, new_id: Uuid) -> Result<Held, DeliveryError> {
    sqlx::query!(
        "insert into delivery.weeks (id, tenant_id, monday, version) values ($1, $2, $3, 0)
         on conflict (tenant_id, monday) do nothing",
        new_id,
        tenant.0,
        week.monday(),
    )
    .execute(&mut *db)
    .await?;
    let held = sqlx::query_as!(
        Held,
        "select id, slots, version from delivery.weeks where tenant_id = $1 and monday = $2 for update",
        tenant.0,
        week.monday(),
    )
    .fetch_one(db)
    .await?;
    Ok(held)
}

pub async fn save(db: &mut PgConnection, held: &Held) -> Result<(), DeliveryError> {
    sqlx::query!("update delivery.weeks set slots = $2, version = $3 where id = $1", held.id, held.slots, held.version)
        .execute(db)
        .await?;
    Ok(())
}

/// How full these weeks are, in their order. What the transaction may see counts: one tenant.
pub async fn loads(db: &mut PgConnection, weeks: &[Week], default_slots: i32) -> Result<Vec<Load>, DeliveryError> {
    let mondays: Vec<NaiveDate> = weeks.iter().map(|week| week.monday()).collect();
    let rows = sqlx::query!(
        r#"select coalesce((select w.slots from delivery.weeks w where w.monday = asked.monday), $2) as "slots!",
            (select count(*) from delivery.bookings b where b.monday = asked.monday) as "booked!",
            (select count(*) from delivery.capacity_locks l
             where l.monday = asked.monday and l.released_at is null) as "locked!"
         from unnest($1::date[]) with ordinality as asked (monday, at) order by asked.at"#,
        &mondays,
        default_slots,
    )
    .fetch_all(db)
    .await?;
    let load = |(week, row): (&Week, _)| -> Load {
        let (slots, booked, locked) = row;
        Load { week: *week, slots, booked, locked }
    };
    Ok(weeks.iter().zip(rows.into_iter().map(|row| (row.slots, row.booked, row.locked))).map(load).collect())
}

/// How full one week is.
pub async fn load(db: &mut PgConnection, week: Week, default_slots: i32) -> Result<Load, DeliveryError> {
    loads(db, &[week], default_slots).await?.pop().ok_or_else(|| DeliveryError::stored("no week answered"))
}
