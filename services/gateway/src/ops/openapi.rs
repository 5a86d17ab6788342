//! The services' API descriptions, fetched now and then and merged into one.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use contracts::SERVICES;
use futures::future::join_all;
use serde_json::Value;

use crate::State;
use crate::domain::merge;

const ANSWER_WITHIN: Duration = Duration::from_secs(5);

/// The last good description of each service.
#[derive(Clone, Default)]
pub struct Descriptions(Arc<RwLock<BTreeMap<&'static str, Value>>>);

impl Descriptions {
    fn put(&self, service: &'static str, description: Value) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(service, description);
    }

    fn all(&self) -> BTreeMap<&'static str, Value> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn lacks(&self, services: &[&'static str]) -> bool {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        services.iter().any(|service| !known.contains_key(service))
    }
}

fn reachable(state: &State) -> Vec<&'static str> {
    SERVICES.into_iter().filter(|service| state.peers.address(service).is_some()).collect()
}

/// Fetches every description anew; what cannot be fetched stays as it was.
pub async fn refresh(state: &State) {
    join_all(reachable(state).into_iter().map(async |service| match fetch(state, service).await {
        Ok(description) => state.descriptions.put(service, description),
        Err(error) => tracing::debug!(service, %error, "API description not fetched; keeping the last one"),
    }))
    .await;
}

async fn fetch(state: &State, service: &'static str) -> Result<Value, reqwest::Error> {
    let address = state.peers.address(service).unwrap_or_default();
    let request = state.inside.get(format!("{address}/openapi.json")).timeout(ANSWER_WITHIN);
    let mut description: Value = request.send().await?.error_for_status()?.json().await?;
    // Only what this gateway would send there.
    if let Some(paths) = description.get_mut("paths").and_then(Value::as_object_mut) {
        paths.retain(|path, _| service == "gateway" || state.routes.service_of(path) == Some(service));
    }
    Ok(description)
}

/// One description of everything behind this door.
pub async fn merged(state: &State) -> Value {
    if state.descriptions.lacks(&reachable(state)) {
        refresh(state).await;
    }
    let all = state.descriptions.all();
    let own_public = ["/api/session/options", "/api/openapi.json", "/api/oauth/token"];
    let public = |path: &str| {
        state.config.public.iter().any(|prefix| path.starts_with(prefix.as_str()))
            || path.starts_with("/api/session/oidc/")
            || own_public.contains(&path)
    };
    merge::merge(all.iter().map(|(service, description)| (*service, description)), env!("CARGO_PKG_VERSION"), public)
}
