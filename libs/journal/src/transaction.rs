//! Transactions that begin, or never have.

use sqlx::{PgPool, Postgres, Transaction};

/// A transaction that can write.
pub(crate) const ANSI: &str = "begin";
/// What several statements read fits together: all of them see one moment.
pub(crate) const ONE_MOMENT: &str = "begin isolation level repeatable read, read only";

/// Begins a transaction with one of the statements above; whoever stops waiting for it leaves none open.
///
/// sqlx 0.9 undoes what has begun, but not what is beginning: dropped at that moment, the connection goes back to the
/// pool inside a transaction that nobody knows of, and whoever gets it next works in there. A task of its own goes on
/// to the end, and drops what nobody waits for any more.
pub(crate) async fn begin(
    pool: &PgPool,
    statement: &'static str,
) -> Result<Transaction<'static, Postgres>, sqlx::Error> {
    let pool = pool.clone();
    let begun = tokio::spawn(async move { pool.begin_with(statement).await });
    begun.await.unwrap_or(Err(sqlx::Error::WorkerCrashed))
}
