//! Plays the main job through the public door: one lead from intake to money in the bank and to the
//! repurchase trigger. Nothing here reaches into a service; what a step claims, the product answered.

mod actor;
mod chapters;
mod recording;
mod report;
mod second_factor;
pub mod voice;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::{Map, Value, json};

pub use actor::{Actor, ActorError};
pub use report::{Report, Status, Step};

use crate::demo::Organisation;
use crate::stack::Stack;
use crate::summary;

const PATIENCE: Duration = Duration::from_secs(30);
const LOOK_AGAIN: Duration = Duration::from_millis(50);

#[derive(Debug, thiserror::Error)]
pub enum PlayError {
    #[error(transparent)]
    Actor(#[from] ActorError),
    #[error("{0}: {1}")]
    File(PathBuf, std::io::Error),
    #[error("{0}: {1}")]
    Data(PathBuf, serde_json::Error),
    #[error("nobody in the organisation has the login {0}")]
    NoSuchPerson(String),
    #[error("did not happen: {0}")]
    Never(String),
    #[error("expected {what}: found {found}")]
    Unexpected { what: String, found: Value },
    #[error("espeak-ng: {0}; deploy/prerequisites install brings it")]
    Voice(String),
    #[error("ledger: {0}")]
    Ledger(#[from] journal::ledger::LedgerError),
    #[error("second factor: {0}")]
    SecondFactor(String),
    #[error(transparent)]
    Bus(#[from] journal::JournalError),
}

/// The stage of the play: who acts, where the files are, what came out so far.
pub struct Play<'a> {
    organisation: &'a Organisation,
    base_url: String,
    http: reqwest::Client,
    files: PathBuf,
    folder: PathBuf,
    clock: kernel::Clock,
    actors: HashMap<String, Actor>,
    chapter: &'static str,
    facts: Map<String, Value>,
    /// Ids that later steps need, by name.
    found: HashMap<&'static str, Value>,
    report: Report,
}

/// Plays every chapter; stops at the first step that fails.
pub async fn run(stack: &Stack, organisation: &Organisation, files: &Path, folder: &Path) -> Report {
    let mut play = Play::new(stack, organisation, files, folder);
    let started = tokio::time::Instant::now();
    let _ = chapters::play_all(&mut play).await;
    play.report.milliseconds = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    play.report
}

/// The play has failed; the report says where and why.
pub struct Failed;

impl<'a> Play<'a> {
    fn new(stack: &Stack, organisation: &'a Organisation, files: &Path, folder: &Path) -> Self {
        Self {
            organisation,
            base_url: stack.base_url.clone(),
            http: reqwest::Client::new(),
            files: files.to_owned(),
            folder: folder.to_owned(),
            clock: stack.clock.clone(),
            actors: HashMap::new(),
            chapter: "",
            facts: Map::new(),
            found: HashMap::new(),
            report: Report::default(),
        }
    }

    /// Carries out one step and reports it.
    async fn step(
        &mut self,
        name: &str,
        act: impl AsyncFnOnce(&mut Self) -> Result<(), PlayError>,
    ) -> Result<(), Failed> {
        let started = tokio::time::Instant::now();
        self.facts = Map::new();
        let done = act(self).await;
        let step = Step {
            chapter: self.chapter.to_owned(),
            name: name.to_owned(),
            status: if done.is_ok() { Status::Done } else { Status::Failed },
            facts: std::mem::take(&mut self.facts),
            failure: done.as_ref().err().map(ToString::to_string),
            milliseconds: u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
        };
        summary::step(&step);
        self.report.steps.push(step);
        done.map_err(|_| Failed)
    }

    /// Adds to what the current step reports.
    fn fact(&mut self, name: &str, value: impl Into<Value>) {
        self.facts.insert(name.to_owned(), value.into());
    }

    /// Keeps something for later steps and reports it.
    fn keep(&mut self, name: &'static str, value: &Value) {
        self.found.insert(name, value.clone());
        self.fact(name, value.clone());
    }

    /// What an earlier step kept, as text.
    fn kept(&self, name: &'static str) -> Result<String, PlayError> {
        let value = self.found.get(name).and_then(Value::as_str).map(str::to_owned);
        value.ok_or_else(|| PlayError::Never(format!("no step kept {name}")))
    }

    /// The person with this login.
    fn person(&mut self, login: &str) -> Result<&Actor, PlayError> {
        if !self.actors.contains_key(login) {
            let person = self.organisation.person(login).ok_or_else(|| PlayError::NoSuchPerson(login.into()))?;
            let tenant = self.organisation.tenant_slug();
            let actor = Actor::person(self.http.clone(), &self.base_url, tenant, login, person.password);
            self.actors.insert(login.to_owned(), actor);
        }
        self.actors.get(login).ok_or_else(|| PlayError::NoSuchPerson(login.into()))
    }

    /// Somebody outside who is not signed in.
    fn visitor(&self) -> Actor {
        Actor::visitor(self.http.clone(), &self.base_url)
    }

    /// The dealer's system.
    fn dealer(&self, api_key: &str) -> Actor {
        Actor::system(self.http.clone(), &self.base_url, api_key)
    }

    fn read(&self, file: &str) -> Result<Vec<u8>, PlayError> {
        let path = self.files.join(file);
        std::fs::read(&path).map_err(|error| PlayError::File(path, error))
    }

    fn read_json(&self, file: &str) -> Result<Value, PlayError> {
        let path = self.files.join(file);
        serde_json::from_slice(&self.read(file)?).map_err(|error| PlayError::Data(path, error))
    }

    /// Moves time forward, as an administrator of the demonstration may.
    async fn advance_by(&mut self, by: chrono::Duration) -> Result<(), PlayError> {
        self.person("admin")?.post("/api/demo/clock/advance", json!({ "seconds": by.num_seconds() })).await?;
        Ok(())
    }

    fn person_id(&self, login: &str) -> Result<String, PlayError> {
        let id = self.organisation.person_id(login).ok_or_else(|| PlayError::NoSuchPerson(login.into()))?;
        Ok(id.to_string())
    }

    fn name(&self, login: &str) -> Result<String, PlayError> {
        let person = self.organisation.person(login).ok_or_else(|| PlayError::NoSuchPerson(login.into()))?;
        Ok(person.name.to_owned())
    }

    /// Who this is.
    fn login_of(&self, id: &str) -> Result<String, PlayError> {
        let is = |login: &str| self.organisation.person_id(login).is_some_and(|known| known.to_string() == id);
        let found = self.organisation.people().find(|person| is(person.login)).map(|person| person.login.to_owned());
        found.ok_or_else(|| PlayError::NoSuchPerson(id.into()))
    }

    /// Asks `path` as `login` until it is there and `wanted` finds what it looks for in the answer.
    async fn until<T>(
        &mut self,
        login: &str,
        path: &str,
        what: &str,
        wanted: impl Fn(&Value) -> Option<T>,
    ) -> Result<T, PlayError> {
        let actor = self.person(login)?;
        let asking = async {
            loop {
                let found = match actor.get(path).await {
                    Err(ActorError::Refused(answer)) if answer.status == reqwest::StatusCode::NOT_FOUND => None,
                    answer => wanted(&answer?),
                };
                if let Some(found) = found {
                    return Ok::<T, PlayError>(found);
                }
                tokio::time::sleep(LOOK_AGAIN).await;
            }
        };
        tokio::time::timeout(PATIENCE, asking).await.map_err(|_| PlayError::Never(what.to_owned()))?
    }

    /// Waits until the person's inbox holds a message made from this template.
    async fn until_told(&mut self, login: &str, template: &str) -> Result<(), PlayError> {
        let what = format!("{login} is told {template}");
        self.until(login, "/api/notifications", &what, |list| {
            list["items"].as_array()?.iter().any(|message| message["template"] == template).then_some(())
        })
        .await
    }

    /// Waits until a message with these words has gone out on a channel.
    async fn until_sent(&mut self, channel: &str, words: &str) -> Result<(), PlayError> {
        let what = format!("a message by {channel} with {words:?}");
        self.until("admin", "/api/outbox-messages/sink", &what, |list| {
            let sent = |message: &&Value| {
                message["channel"] == channel && message["body"].as_str().is_some_and(|body| body.contains(words))
            };
            list["items"].as_array()?.iter().find(sent).map(|_| ())
        })
        .await
    }

    /// Gives the person's second factor.
    async fn step_up(&mut self, login: &str) -> Result<(), PlayError> {
        let secret = self.organisation.person(login).and_then(|person| person.totp_secret.map(str::to_owned));
        let secret = secret.ok_or_else(|| PlayError::SecondFactor(format!("{login} has none")))?;
        let code = second_factor::code(&secret, self.clock.now())?;
        self.person(login)?.post("/api/session/step-up", json!({ "code": code })).await?;
        Ok(())
    }
}

/// Fails the step unless `holds`.
fn expect(holds: bool, what: &str, found: &Value) -> Result<(), PlayError> {
    if holds {
        return Ok(());
    }
    Err(PlayError::Unexpected { what: what.to_owned(), found: found.clone() })
}
