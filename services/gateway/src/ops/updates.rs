//! Tells browsers which records changed: one subscription to the bus, passed on to every open stream.
//!
//! Nothing depends on a browser hearing everything: after a gap it is told to ask again.

use std::time::Duration;

use async_nats::Message;
use futures::StreamExt;
use futures::stream::{self, Stream};
use kernel::{Principal, TenantId};
use serde::Deserialize;
use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{Instant, MissedTickBehavior, interval_at};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::State;
use crate::domain::update::{Change, Update};
use crate::error::GatewayError;
use crate::ops::identify;

const EVERYTHING: &str = "evt.>";
/// How far a slow browser may fall behind before it is told to ask again.
const BACKLOG: usize = 1024;
/// How often a session is looked at again; a stream outlives its session by this at most.
const LOOK_EVERY: Duration = Duration::from_secs(10);

/// What goes to a browser.
#[derive(Clone, Debug)]
pub enum Notice {
    Changed(Update),
    /// Some updates were missed: everything on the screen may be old.
    AskAgain,
    /// Still there, nothing new.
    Quiet,
}

#[derive(Clone, Debug)]
enum Heard {
    Change(Change),
    Gap,
}

/// What is heard on the bus.
#[derive(Clone)]
pub struct Updates {
    bus: async_nats::Client,
    heard: broadcast::Sender<Heard>,
    stopping: CancellationToken,
}

impl Updates {
    pub fn new(bus: async_nats::Client, stopping: CancellationToken) -> Self {
        Self { bus, heard: broadcast::channel(BACKLOG).0, stopping }
    }
}

/// Listens until shut down.
pub async fn follow(state: State) -> Result<(), GatewayError> {
    let updates = &state.updates;
    let lost = |error: async_nats::SubscribeError| GatewayError::BusLost(error.to_string());
    let mut messages = updates.bus.subscribe(EVERYTHING).await.map_err(lost)?;
    let mut connections = connections(updates);
    let mut look = interval_at(Instant::now() + LOOK_EVERY, LOOK_EVERY);
    let _ = updates.heard.send(Heard::Gap);
    loop {
        tokio::select! {
            () = updates.stopping.cancelled() => return Ok(()),
            _ = look.tick() => if connections != self::connections(updates) {
                connections = self::connections(updates);
                let _ = updates.heard.send(Heard::Gap);
            },
            message = messages.next() => match message {
                None => return Err(GatewayError::BusLost("the subscription ended".into())),
                Some(message) => if let Some(change) = change_of(&message) {
                    let _ = updates.heard.send(Heard::Change(change));
                },
            },
        }
    }
}

/// How often the bus was connected to: what happened between two connections was not heard.
fn connections(updates: &Updates) -> u64 {
    updates.bus.statistics().connects.load(std::sync::atomic::Ordering::Relaxed)
}

/// The person whose inbox a message is in.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Addressed {
    recipient_id: Option<Uuid>,
}

fn change_of(message: &Message) -> Option<Change> {
    let aggregate = message.subject.split('.').nth(2)?;
    let headers = message.headers.as_ref()?;
    let id = |name: &str| headers.get(name).and_then(|value| value.as_str().parse::<Uuid>().ok());
    let recipient = if aggregate == "notification" {
        Some(serde_json::from_slice::<Addressed>(&message.payload).ok()?.recipient_id?)
    } else {
        None
    };
    let update = Update { aggregate: aggregate.to_owned(), id: id("ce-subject")? };
    Some(Change { tenant: TenantId(id("ce-tenant")?), update, recipient })
}

/// One browser's stream: it ends with its session, and when the gateway stops.
struct Listener {
    state: State,
    token: String,
    principal: Principal,
    heard: broadcast::Receiver<Heard>,
    look: tokio::time::Interval,
}

/// What changes from now on, as far as the session's roles concern themselves with it.
pub async fn listen(state: &State, token: &str) -> Result<impl Stream<Item = Notice> + use<>, GatewayError> {
    let heard = state.updates.heard.subscribe();
    let principal = identify::alive(state, token).await?.ok_or(GatewayError::NotSignedIn)?;
    let mut look = interval_at(Instant::now() + LOOK_EVERY, LOOK_EVERY);
    look.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let listener = Listener { state: state.clone(), token: token.to_owned(), principal, heard, look };
    Ok(stream::unfold(listener, |mut listener| async move { listener.next().await.map(|notice| (notice, listener)) }))
}

impl Listener {
    async fn next(&mut self) -> Option<Notice> {
        loop {
            tokio::select! {
                () = self.state.updates.stopping.cancelled() => return None,
                _ = self.look.tick() => {
                    self.principal = identify::alive(&self.state, &self.token).await.ok().flatten()?;
                    return Some(Notice::Quiet);
                }
                heard = self.heard.recv() => match heard {
                    Ok(Heard::Change(change)) if change.concerns(&self.principal) => {
                        return Some(Notice::Changed(change.update));
                    }
                    Ok(Heard::Change(_)) => {}
                    Ok(Heard::Gap) | Err(RecvError::Lagged(_)) => return Some(Notice::AskAgain),
                    Err(RecvError::Closed) => return None,
                },
            }
        }
    }
}
