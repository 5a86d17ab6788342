//! `/api/products`

use axum::extract::State as Extract;
use axum::http::StatusCode;
use kernel::id::Cursor;
use runtime::http::{Call, Json, Page, PageQuery, Path, Query, Versioned};
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::State;
use crate::error::Error;
use crate::ops::publish_product::{self, NewProduct};
use crate::ops::read_catalogue::{self, ProductVersionView, ProductView};

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ProductQuery {
    pub category: Option<String>,
    pub cursor: Option<String>,
    pub limit: Option<i64>,
}

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .routes(routes!(list_products, publish))
        .routes(routes!(get_product))
        .routes(routes!(list_versions))
}

/// The catalogue, by code.
#[utoipa::path(get, path = "/api/products", params(ProductQuery), responses((status = 200, body = Page<ProductView>)), tag = "products")]
async fn list_products(
    Extract(state): Extract<State>,
    Call(caller): Call,
    Query(query): Query<ProductQuery>,
) -> Result<Json<Page<ProductView>>, Error> {
    let page = PageQuery { cursor: query.cursor, limit: query.limit };
    let after = page.cursor().map_err(Error::Worded)?.map(|cursor| cursor.key);
    let limit = page.limit();
    let found = read_catalogue::list_products(
        &state,
        &caller.principal,
        query.category.as_deref(),
        after.as_deref(),
        limit + 1,
    );
    Ok(Json(Page::of(found.await?, limit, |product| Cursor { key: product.code.clone(), id: product.id })))
}

/// Publishes a product, or the next version of one with the same code.
#[utoipa::path(post, path = "/api/products", request_body = NewProduct, responses((status = 201, body = ProductView)), tag = "products")]
async fn publish(
    Extract(state): Extract<State>,
    Call(caller): Call,
    Json(input): Json<NewProduct>,
) -> Result<(StatusCode, Json<ProductView>), Error> {
    let product = publish_product::publish_product(&state, &caller, input).await?;
    Ok((StatusCode::CREATED, Json(product)))
}

#[utoipa::path(get, path = "/api/products/{id}", responses((status = 200, body = ProductView)), tag = "products")]
async fn get_product(
    Extract(state): Extract<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
) -> Result<Versioned<ProductView>, Error> {
    let product = read_catalogue::get_product(&state, &caller.principal, id).await?;
    Ok(Versioned(product.version, product))
}

/// Bills of materials and costings, for those who may read costs.
#[utoipa::path(get, path = "/api/products/{id}/versions", responses((status = 200, body = Vec<ProductVersionView>)), tag = "products")]
async fn list_versions(
    Extract(state): Extract<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
) -> Result<Json<Vec<ProductVersionView>>, Error> {
    Ok(Json(read_catalogue::list_versions(&state, &caller.principal, id).await?))
}
