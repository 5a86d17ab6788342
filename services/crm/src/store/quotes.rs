//! `crm.opportunity_quotes`

use kernel::TenantId;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::opportunity::SentQuote;
use crate::error::CrmError;

/// In the order they were sent.
pub async fn of_opportunity(db: &mut PgConnection, opportunity: Uuid) -> Result<Vec<SentQuote>, CrmError> {
    let quotes = sqlx::query_as!(
        SentQuote,
        "select quote_id, number, pdf_sha256, valid_until, sent_at from crm.opportunity_quotes
         where opportunity_id = $1 order by sent_at, quote_id",
        opportunity,
    );
    Ok(quotes.fetch_all(db).await?)
}

/// Notes a quote; sent again, it is noted anew.
pub async fn put(
    db: &mut PgConnection,
    tenant: TenantId,
    opportunity: Uuid,
    quote: &SentQuote,
) -> Result<(), CrmError> {
    sqlx::query!(
        "insert into crm.opportunity_quotes (quote_id, tenant_id, opportunity_id, number, pdf_sha256, valid_until, sent_at)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (quote_id) do update
             set number = excluded.number, pdf_sha256 = excluded.pdf_sha256, valid_until = excluded.valid_until,
                 sent_at = excluded.sent_at",
        quote.quote_id,
        tenant.0,
        opportunity,
        quote.number,
        quote.pdf_sha256,
        quote.valid_until,
        quote.sent_at,
    )
    .execute(db)
    .await?;
    Ok(())
}
