//! How full a week is.

use contracts::delivery::v1::capacity_server;
use contracts::delivery::v1::{GetCapacityRequest, GetCapacityResponse};
use kernel::{FieldError, Text};
use runtime::grpc::RpcEdge;
use tonic::{Request, Response, Status};

use crate::app::State;
use crate::domain::Week;
use crate::error::DeliveryError;
use crate::ops;
use crate::store::weeks::Load;

/// The RPC service `sluice.delivery.v1.Capacity`.
#[derive(Clone)]
pub struct Capacity {
    pub state: State,
    pub edge: RpcEdge,
}

#[tonic::async_trait]
impl capacity_server::Capacity for Capacity {
    /// `booked` counts scheduled deliveries and places kept for opportunities.
    async fn get_capacity(
        &self,
        request: Request<GetCapacityRequest>,
    ) -> Result<Response<GetCapacityResponse>, Status> {
        let caller = self.edge.caller(&request)?;
        let week = week(&request.into_inner().week)?;
        let loads = ops::capacity::show_capacity(&self.state, &caller, &[week]).await?;
        let load = loads.into_iter().next().ok_or(DeliveryError::NotFound)?;
        Ok(Response::new(answer(&load)))
    }
}

fn answer(load: &Load) -> GetCapacityResponse {
    GetCapacityResponse {
        week: load.week.to_string(),
        slots: load.slots,
        booked: i32::try_from(load.taken()).unwrap_or(i32::MAX),
    }
}

fn week(text: &str) -> Result<Week, DeliveryError> {
    let reason = Text::new("须为星期一的日期", "must be the date of a Monday");
    text.parse().map_err(|_| DeliveryError::Invalid(vec![FieldError::new("week", "not_a_monday", reason)]))
}
