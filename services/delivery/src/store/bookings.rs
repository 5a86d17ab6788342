//! Which delivery takes a place in which week.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::{Delivery, Week};
use crate::error::DeliveryError;

/// The Monday of the week a delivery is booked in.
pub async fn monday_of(db: &mut PgConnection, delivery_id: Uuid) -> Result<Option<NaiveDate>, DeliveryError> {
    let monday = sqlx::query_scalar!("select monday from delivery.bookings where delivery_id = $1", delivery_id)
        .fetch_optional(db)
        .await?;
    Ok(monday)
}

/// Books a place, giving back the one held before.
pub async fn put(
    db: &mut PgConnection,
    card: &Delivery,
    week: Week,
    over_capacity: bool,
    at: DateTime<Utc>,
) -> Result<(), DeliveryError> {
    sqlx::query!(
        "insert into delivery.bookings (delivery_id, tenant_id, monday, over_capacity, booked_at)
         values ($1, $2, $3, $4, $5)
         on conflict (delivery_id) do update set monday = excluded.monday, over_capacity = excluded.over_capacity,
            booked_at = excluded.booked_at",
        card.id,
        card.tenant.0,
        week.monday(),
        over_capacity,
        at,
    )
    .execute(db)
    .await?;
    Ok(())
}
