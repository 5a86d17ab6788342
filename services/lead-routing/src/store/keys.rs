//! What companies are recognised by. The primary key decides which of two concurrent leads came first.

use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::key::{Key, KeyKind};

/// A key that belongs to another lead.
#[derive(Clone, Debug)]
pub struct Hit {
    pub kind: KeyKind,
    pub lead_id: Uuid,
}

/// Takes the keys for a lead; true when nobody had any of them. Waits for whoever is taking one at this moment.
///
/// `keys` must be in order, so that two leads never wait for each other.
pub async fn claim(db: &mut PgConnection, tenant: Uuid, lead_id: Uuid, keys: &[Key]) -> sqlx::Result<bool> {
    let (kinds, values) = columns(keys);
    let claimed = sqlx::query!(
        "insert into lead_routing.lead_keys (tenant_id, kind, key, lead_id)
         select $1, k.kind, k.key, $2 from unnest($3::text[], $4::text[]) with ordinality as k (kind, key, at) order by k.at
         on conflict do nothing",
        tenant,
        lead_id,
        &kinds,
        &values,
    )
    .execute(db)
    .await?;
    Ok(usize::try_from(claimed.rows_affected()).is_ok_and(|count| count == keys.len()))
}

/// The keys that belong to other leads, the strongest match first.
pub async fn hits(db: &mut PgConnection, tenant: Uuid, lead_id: Uuid, keys: &[Key]) -> sqlx::Result<Vec<Hit>> {
    let (kinds, values) = columns(keys);
    let rows = sqlx::query!(
        "select k.kind, k.lead_id from lead_routing.lead_keys k
         join unnest($3::text[], $4::text[]) as mine (kind, key) on k.kind = mine.kind and k.key = mine.key
         where k.tenant_id = $1 and k.lead_id <> $2",
        tenant,
        lead_id,
        &kinds,
        &values,
    )
    .fetch_all(db)
    .await?;
    let hit = |kind: String, lead_id| Some(Hit { kind: kind.parse().ok()?, lead_id });
    let mut hits: Vec<Hit> = rows.into_iter().filter_map(|row| hit(row.kind, row.lead_id)).collect();
    hits.sort_by_key(|hit| hit.kind);
    Ok(hits)
}

/// Gives the keys that a lead has just taken to another one: they mean the same company. A reference stays with
/// the lead that it was handed in for.
pub async fn hand_over(db: &mut PgConnection, tenant: Uuid, from: Uuid, to: Uuid, keys: &[Key]) -> sqlx::Result<()> {
    let (kinds, values) = columns(keys);
    sqlx::query!(
        "update lead_routing.lead_keys k set lead_id = $3
         from unnest($4::text[], $5::text[]) as mine (kind, key)
         where k.tenant_id = $1 and k.lead_id = $2 and k.kind = mine.kind and k.key = mine.key and k.kind <> 'reference'",
        tenant,
        from,
        to,
        &kinds,
        &values,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Lets go of the keys that a lead has just taken.
pub async fn release(db: &mut PgConnection, tenant: Uuid, lead_id: Uuid, keys: &[Key]) -> sqlx::Result<()> {
    let (kinds, values) = columns(keys);
    sqlx::query!(
        "delete from lead_routing.lead_keys k using unnest($3::text[], $4::text[]) as mine (kind, key)
         where k.tenant_id = $1 and k.lead_id = $2 and k.kind = mine.kind and k.key = mine.key",
        tenant,
        lead_id,
        &kinds,
        &values,
    )
    .execute(db)
    .await?;
    Ok(())
}

fn columns(keys: &[Key]) -> (Vec<String>, Vec<String>) {
    keys.iter().map(|key| (key.kind.as_str().to_owned(), key.value.clone())).unzip()
}
