//! `/api/bank-statements`

use axum::body::Bytes;
use axum::extract;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderMap, StatusCode, header};
use kernel::{Kind, Problem};
use runtime::http::{Call, Json, Page, PageQuery, Path, Query};
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::State;
use crate::domain::statement::{Format, Imported};
use crate::error::CollectionsError;
use crate::ops;
use crate::ops::import_statement::{ImportReport, Upload};
use crate::ops::list_entries::EntryQuery;
use crate::ops::match_entry::Match;
use crate::ops::view::EntryView;

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new().routes(routes!(import, list)).routes(routes!(entries)).routes(routes!(match_entry))
}

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct ImportQuery {
    /// The account, where a CSV does not name it.
    account: Option<String>,
}

/// Imports a bank statement: camt.053 as `application/xml`, or `text/csv` in UTF-8 or GBK. At most 4 MiB.
#[utoipa::path(post, path = "/api/bank-statements", params(ImportQuery),
    request_body(content((String = "application/xml"), (String = "text/csv"))),
    responses((status = 201, body = ImportReport), (status = 200, description = "imported before", body = ImportReport)),
    tag = "bank-statements")]
async fn import(
    extract::State(state): extract::State<State>,
    Call(caller): Call,
    Query(query): Query<ImportQuery>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<(StatusCode, Json<ImportReport>), CollectionsError> {
    let format = format(&headers)?;
    let bytes = body.map_err(|rejection| refused(&rejection))?;
    let upload = Upload { format, bytes: &bytes, account: query.account.as_deref() };
    let report = ops::import_statement::import_statement(&state, &caller, upload).await?;
    let status = if report.already_imported { StatusCode::OK } else { StatusCode::CREATED };
    Ok((status, Json(report)))
}

/// Imported statements, newest first.
#[utoipa::path(get, path = "/api/bank-statements", params(PageQuery),
    responses((status = 200, body = Page<Imported>)), tag = "bank-statements")]
async fn list(
    extract::State(state): extract::State<State>,
    Call(caller): Call,
    Query(page): Query<PageQuery>,
) -> Result<Json<Page<Imported>>, CollectionsError> {
    Ok(Json(ops::list_statements::list_statements(&state, &caller, page).await?))
}

/// Bank entries, newest bookings first; `state=queued` is the manual queue.
#[utoipa::path(get, path = "/api/bank-statements/entries", params(EntryQuery),
    responses((status = 200, body = Page<EntryView>)), tag = "bank-statements")]
async fn entries(
    extract::State(state): extract::State<State>,
    Call(caller): Call,
    Query(query): Query<EntryQuery>,
) -> Result<Json<Page<EntryView>>, CollectionsError> {
    Ok(Json(ops::list_entries::list_entries(&state, &caller, query).await?))
}

/// Says which receivable a queued entry pays.
#[utoipa::path(post, path = "/api/bank-statements/entries/{id}/match", request_body = Match,
    responses((status = 200, body = EntryView)), tag = "bank-statements")]
async fn match_entry(
    extract::State(state): extract::State<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
    Json(input): Json<Match>,
) -> Result<Json<EntryView>, CollectionsError> {
    Ok(Json(ops::match_entry::match_entry(&state, &caller, id, input).await?))
}

fn format(headers: &HeaderMap) -> Result<Format, Problem> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    match kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase().as_str() {
        "application/xml" | "text/xml" => Ok(Format::Camt053),
        "text/csv" | "application/csv" => Ok(Format::Csv),
        _ => Err(Problem::new(
            Kind::UnsupportedType,
            "statement_type_unsupported",
            "对账单须为 application/xml（camt.053）或 text/csv",
            "a bank statement must be application/xml (camt.053) or text/csv",
        )),
    }
}

fn refused(rejection: &BytesRejection) -> Problem {
    if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return Problem::new(
            Kind::TooLarge,
            "too_large",
            "对账单过大（最多 4 MiB）",
            "the statement is too large (4 MiB at most)",
        );
    }
    Problem::new(Kind::Invalid, "body_unreadable", "请求体读取失败", "the body could not be read")
}
