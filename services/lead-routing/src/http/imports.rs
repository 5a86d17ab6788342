//! `/api/lead-imports`: files of leads.

use axum::body::Bytes;
use axum::extract::State as Shared;
use axum::http::{HeaderMap, StatusCode, header};
use kernel::{Kind, OrgPath, Problem};
use runtime::http::{Call, Json, Path, Query};
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::State;
use crate::error::LeadError;
use crate::ops;
use crate::ops::import_leads::FileImport;
use crate::ops::read_import::ImportView;

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new().routes(routes!(import_leads)).routes(routes!(find_import))
}

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct Where {
    /// Where the leads belong until they are assigned; one's own node when not given.
    #[param(value_type = Option<String>)]
    org: Option<OrgPath>,
}

/// Takes in a CSV file, in UTF-8 or GBK, row by row. The first row has the headings, in Chinese or English. The same
/// file sent again does nothing twice.
#[utoipa::path(
    post, path = "/api/lead-imports", params(Where), request_body(content = String, content_type = "text/csv"),
    responses((status = 201, body = ImportView)), tag = "lead-imports"
)]
async fn import_leads(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Query(Where { org }): Query<Where>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<(StatusCode, Json<ImportView>), LeadError> {
    check_type(&headers)?;
    let file = FileImport { bytes: body.to_vec(), org };
    Ok((StatusCode::CREATED, Json(ops::import_leads::import_leads(&state, &caller, file).await?)))
}

fn check_type(headers: &HeaderMap) -> Result<(), LeadError> {
    let given = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("text/csv");
    let given = given.split(';').next().unwrap_or("").trim().to_ascii_lowercase();
    if ["text/csv", "text/plain", "application/csv", "application/vnd.ms-excel", "application/octet-stream"]
        .contains(&given.as_str())
    {
        return Ok(());
    }
    Err(Problem::new(Kind::UnsupportedType, "csv_expected", "请求体必须是 text/csv", "the body must be text/csv")
        .into())
}

/// What became of each row of a file; rejected rows as they came.
#[utoipa::path(
    get, path = "/api/lead-imports/{id}", params(("id" = Uuid, Path)),
    responses((status = 200, body = ImportView)), tag = "lead-imports"
)]
async fn find_import(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
) -> Result<Json<ImportView>, LeadError> {
    Ok(Json(ops::read_import::read_import(&state, &caller, id).await?))
}
