//! `crm.opportunity_quotes`

use chrono::{DateTime, Utc};
use kernel::TenantId;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::opportunity::SentQuote;
use crate::error::CrmError;

struct Row {
    opportunity_id: Uuid,
    quote_id: Uuid,
    number: String,
    pdf_sha256: String,
    valid_until: Option<DateTime<Utc>>,
    sent_at: DateTime<Utc>,
}

/// In the order they were sent, each with the opportunity it was sent for.
pub async fn of_opportunities(
    db: &mut PgConnection,
    opportunities: &[Uuid],
) -> Result<Vec<(Uuid, SentQuote)>, CrmError> {
    let rows = sqlx::query_as!(
        Row,
        "select opportunity_id, quote_id, number, pdf_sha256, valid_until, sent_at from crm.opportunity_quotes
         where opportunity_id = any($1) order by sent_at, quote_id",
        opportunities,
    )
    .fetch_all(db)
    .await?;
    let quote = |row: Row| {
        let Row { opportunity_id, quote_id, number, pdf_sha256, valid_until, sent_at } = row;
        (opportunity_id, SentQuote { quote_id, number, pdf_sha256, valid_until, sent_at })
    };
    Ok(rows.into_iter().map(quote).collect())
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
