//! Appends published records to each tenant's Merkle log and signs checkpoints of it.

use std::collections::BTreeMap;

use kernel::TenantId;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::ledger::{Checkpoint, Frontier, Signer, leaf_hash, origin};
use crate::{Journal, JournalError};

/// Appends `(tenant, event, record text)` in the order given.
pub(crate) async fn append<'a>(
    db: &mut PgConnection,
    records: impl Iterator<Item = (Uuid, Uuid, &'a str)>,
) -> Result<(), JournalError> {
    let mut by_tenant: BTreeMap<Uuid, Vec<(Uuid, [u8; 32])>> = BTreeMap::new();
    for (tenant, event, record) in records {
        by_tenant.entry(tenant).or_default().push((event, leaf_hash(record)));
    }
    for (tenant, leaves) in by_tenant {
        append_tenant(db, tenant, &leaves).await?;
    }
    Ok(())
}

async fn append_tenant(db: &mut PgConnection, tenant: Uuid, leaves: &[(Uuid, [u8; 32])]) -> Result<(), JournalError> {
    let mut tree = lock_tree(db, tenant).await?;
    let first = i64::try_from(tree.size()).unwrap_or(i64::MAX);
    let events: Vec<Uuid> = leaves.iter().map(|(event, _)| *event).collect();
    for (_, hash) in leaves {
        tree.append(*hash);
    }
    sqlx::query!(
        "insert into ledger_leaves (tenant_id, index, event_id)
         select $1, $2 + e.at - 1, e.event_id from unnest($3::uuid[]) with ordinality as e (event_id, at)",
        tenant,
        first,
        &events,
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "update ledger_trees set size = $2, frontier = $3 where tenant_id = $1",
        tenant,
        i64::try_from(tree.size()).unwrap_or(i64::MAX),
        tree.to_bytes(),
    )
    .execute(db)
    .await?;
    Ok(())
}

async fn lock_tree(db: &mut PgConnection, tenant: Uuid) -> Result<Frontier, JournalError> {
    sqlx::query!(
        "insert into ledger_trees (tenant_id, size, frontier) values ($1, 0, $2) on conflict do nothing",
        tenant,
        Frontier::default().to_bytes(),
    )
    .execute(&mut *db)
    .await?;
    let frontier = sqlx::query_scalar!("select frontier from ledger_trees where tenant_id = $1 for update", tenant)
        .fetch_one(db)
        .await?;
    Ok(Frontier::from_bytes(&frontier)?)
}

/// Signs a checkpoint of every tenant's log that has grown since the last one.
pub async fn sign_checkpoints(journal: &Journal, signer: &Signer) -> Result<(), JournalError> {
    let mut tx = journal.read_as_system().await?;
    let grown = sqlx::query!(
        "select tenant_id, size, frontier from ledger_trees where size > checkpoint_size for update skip locked"
    )
    .fetch_all(&mut *tx)
    .await?;
    for tree in grown {
        let frontier = Frontier::from_bytes(&tree.frontier)?;
        let checkpoint = Checkpoint {
            origin: origin(journal.service(), TenantId(tree.tenant_id)),
            size: frontier.size(),
            root: frontier.root(),
        };
        sqlx::query!(
            "with signed as (
                 insert into ledger_checkpoints (tenant_id, size, note, signed_at) values ($1, $2, $3, $4)
             ) update ledger_trees set checkpoint_size = $2 where tenant_id = $1",
            tree.tenant_id,
            tree.size,
            checkpoint.sign(signer)?,
            journal.clock().now(),
        )
        .execute(&mut *tx)
        .await?;
    }
    tx.commit().await?;
    Ok(())
}
