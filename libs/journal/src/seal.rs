//! Appends published records to each tenant's Merkle log and signs checkpoints of it.

use std::collections::BTreeMap;

use kernel::TenantId;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::ledger::{Checkpoint, Frontier, Hash, Signer, origin};
use crate::{Journal, JournalError};

/// A record that becomes a leaf.
pub(crate) struct Leaf {
    pub tenant_id: Uuid,
    pub event_id: Uuid,
    pub hash: Hash,
}

/// Appends the leaves in the order given, each to its tenant's log.
pub(crate) async fn append(db: &mut PgConnection, leaves: Vec<Leaf>) -> Result<(), JournalError> {
    let mut by_tenant: BTreeMap<Uuid, Vec<Leaf>> = BTreeMap::new();
    for leaf in leaves {
        by_tenant.entry(leaf.tenant_id).or_default().push(leaf);
    }
    for (tenant, run) in by_tenant {
        append_run(db, tenant, &run).await?;
    }
    Ok(())
}

/// Appends one run of leaves to a tenant's log.
async fn append_run(db: &mut PgConnection, tenant: Uuid, run: &[Leaf]) -> Result<(), JournalError> {
    let mut tree = lock_tree(db, tenant).await?;
    let first_index = i64::try_from(tree.size()).unwrap_or(i64::MAX);
    let events: Vec<Uuid> = run.iter().map(|leaf| leaf.event_id).collect();
    for leaf in run {
        tree.append(leaf.hash);
    }
    sqlx::query!(
        "with run as (insert into ledger_leaves (tenant_id, first_index, event_ids) values ($1, $2, $3))
         update ledger_trees set size = $4, frontier = $5 where tenant_id = $1",
        tenant,
        first_index,
        &events,
        i64::try_from(tree.size()).unwrap_or(i64::MAX),
        tree.to_bytes(),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The tenant's tree, locked until the transaction ends; an empty one when there is none yet.
async fn lock_tree(db: &mut PgConnection, tenant: Uuid) -> Result<Frontier, JournalError> {
    let stored = sqlx::query_scalar!("select frontier from ledger_trees where tenant_id = $1 for update", tenant)
        .fetch_optional(&mut *db)
        .await?;
    if let Some(frontier) = stored {
        return Ok(Frontier::from_bytes(&frontier)?);
    }
    let empty = Frontier::new();
    sqlx::query!("insert into ledger_trees (tenant_id, size, frontier) values ($1, 0, $2)", tenant, empty.to_bytes(),)
        .execute(db)
        .await?;
    Ok(empty)
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
