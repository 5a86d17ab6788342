//! REST: decode, call the operation, encode.

mod approvals;
mod attachment;
mod authority;
mod clauses;
mod contract_documents;
mod contracts;
mod products;
mod quote_documents;
mod quotes;
mod verifications;

use utoipa_axum::router::OpenApiRouter;

use crate::State;

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .merge(products::routes())
        .merge(authority::routes())
        .merge(quotes::routes())
        .merge(quote_documents::routes())
        .merge(verifications::routes())
        .merge(clauses::routes())
        .merge(contracts::routes())
        .merge(contract_documents::routes())
        .merge(approvals::routes())
}
