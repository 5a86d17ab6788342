//! `/api/coaching` and `/api/calibrations`: what coaching comes to, and how scores follow coaches.

use axum::extract::State as Shared;
use axum::http::StatusCode;
use chrono::NaiveDate;
use runtime::http::{Call, Json, Path, Query};
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::State;
use crate::domain::measure::AgreementReport;
use crate::error::AiQaError;
use crate::ops::CalibrationVersion;
use crate::ops::measure::{By, KeyShare, Span, measure_agreement, measure_quality, measure_resolution};
use crate::ops::refit_calibration::{list_calibrations, refit_calibration, restore_calibration};

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .routes(routes!(agreement))
        .routes(routes!(quality))
        .routes(routes!(resolution))
        .routes(routes!(calibrations, refit))
        .routes(routes!(restore))
}

/// Both days belong to it; days are those of China.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct Days {
    from: NaiveDate,
    until: NaiveDate,
}

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct QualityWanted {
    from: NaiveDate,
    until: NaiveDate,
    /// rep, team or objection.
    #[param(inline)]
    by: By,
}

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct ResolutionWanted {
    from: NaiveDate,
    until: NaiveDate,
    objection_id: Option<Uuid>,
}

/// Cohen's kappa between coaches and with the machine, and the share of wrong flags.
#[utoipa::path(get, path = "/api/coaching/agreement", params(Days), tag = "coaching",
    responses((status = 200, body = AgreementReport)))]
async fn agreement(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Query(days): Query<Days>,
) -> Result<Json<AgreementReport>, AiQaError> {
    Ok(Json(measure_agreement(&state, &caller, Span::days(days.from, days.until)).await?))
}

/// Answers of high quality (80 and flawless), of all that have a score.
#[utoipa::path(get, path = "/api/coaching/quality", params(QualityWanted), tag = "coaching",
    responses((status = 200, body = Vec<KeyShare>)))]
async fn quality(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Query(wanted): Query<QualityWanted>,
) -> Result<Json<Vec<KeyShare>>, AiQaError> {
    let span = Span::days(wanted.from, wanted.until);
    Ok(Json(measure_quality(&state, &caller, span, wanted.by).await?))
}

/// Objections that were out of the way afterwards, of those of which it is known, by month.
#[utoipa::path(get, path = "/api/coaching/resolution", params(ResolutionWanted), tag = "coaching",
    responses((status = 200, body = Vec<KeyShare>)))]
async fn resolution(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Query(wanted): Query<ResolutionWanted>,
) -> Result<Json<Vec<KeyShare>>, AiQaError> {
    let span = Span::days(wanted.from, wanted.until);
    Ok(Json(measure_resolution(&state, &caller, span, wanted.objection_id).await?))
}

/// Every calibration, the newest first; that one scores. Before the first, the one built in does.
#[utoipa::path(get, path = "/api/calibrations", tag = "coaching", responses((status = 200, body = Vec<CalibrationVersion>)))]
async fn calibrations(
    Shared(state): Shared<State>,
    Call(caller): Call,
) -> Result<Json<Vec<CalibrationVersion>>, AiQaError> {
    Ok(Json(list_calibrations(&state, &caller).await?))
}

/// Fits a new calibration to everything coaches have judged; at least 200 judged answers.
#[utoipa::path(post, path = "/api/calibrations", tag = "coaching", responses((status = 201, body = CalibrationVersion)))]
async fn refit(
    Shared(state): Shared<State>,
    Call(caller): Call,
) -> Result<(StatusCode, Json<CalibrationVersion>), AiQaError> {
    Ok((StatusCode::CREATED, Json(refit_calibration(&state, &caller).await?)))
}

/// Goes back to an earlier version, as a new one; 0 is the one built in.
#[utoipa::path(post, path = "/api/calibrations/{version}/restore", params(("version" = i32, Path)), tag = "coaching",
    responses((status = 201, body = CalibrationVersion)))]
async fn restore(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Path(version): Path<i32>,
) -> Result<(StatusCode, Json<CalibrationVersion>), AiQaError> {
    Ok((StatusCode::CREATED, Json(restore_calibration(&state, &caller, version).await?)))
}
