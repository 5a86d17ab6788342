//! Finds the people that a rule means, by asking the directory.

use contracts::gateway::v1::{FindPeopleRequest, GetPersonRequest, Person};
use kernel::{OrgPath, Role, TenantId};
use runtime::peers::PeerError;
use tonic::Code;
use uuid::Uuid;

use crate::app::State;
use crate::domain::fields::Fields;
use crate::domain::format::Language;
use crate::domain::rules::{Audience, Rule};
use crate::error::NotifierError;
use crate::store::notifications::RecipientKind;

/// Somebody to tell. The address is looked up when the message goes out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    pub kind: RecipientKind,
    pub id: Uuid,
    /// A role's name, `owner` or `customer_contact`.
    pub role: String,
    pub language: Language,
}

/// Everybody a rule means, each once. Nobody at all is an error: a message would vanish.
pub async fn resolve(
    state: &State,
    tenant: TenantId,
    rule: &Rule,
    fields: &Fields,
) -> Result<Vec<Recipient>, NotifierError> {
    let mut everybody: Vec<Recipient> = Vec::new();
    for audience in &rule.audience {
        for recipient in members(state, tenant, rule, audience, fields).await? {
            if !everybody.iter().any(|known| known.id == recipient.id) {
                everybody.push(recipient);
            }
        }
    }
    if everybody.is_empty() {
        return Err(NotifierError::NobodyToTell { event: rule.event.clone() });
    }
    Ok(everybody)
}

async fn members(
    state: &State,
    tenant: TenantId,
    rule: &Rule,
    audience: &Audience,
    fields: &Fields,
) -> Result<Vec<Recipient>, NotifierError> {
    match audience {
        Audience::Role(role) => holding(state, tenant, *role, &org(rule, fields)?).await,
        Audience::RolesIn(field) => {
            let (org, mut found) = (org(rule, fields)?, Vec::new());
            for name in fields.texts(field) {
                let role = name.parse().map_err(|_| missing(rule, field))?;
                found.extend(holding(state, tenant, role, &org).await?);
            }
            Ok(found)
        }
        Audience::Person(field) => {
            Ok(person(state, tenant, id_in(rule, fields, field)?, Some("owner")).await?.into_iter().collect())
        }
        Audience::PeopleIn(field) => {
            let mut found = Vec::new();
            for id in fields.texts(field) {
                let id = id.parse().map_err(|_| missing(rule, field))?;
                found.extend(person(state, tenant, id, None).await?);
            }
            Ok(found)
        }
        Audience::Customer(field) => Ok(vec![Recipient {
            kind: RecipientKind::Customer,
            id: id_in(rule, fields, field)?,
            role: "customer_contact".into(),
            language: Language::Chinese,
        }]),
    }
}

/// Everybody active who holds `role` at `org` or the nearest node above.
pub async fn holding(
    state: &State,
    tenant: TenantId,
    role: Role,
    org: &OrgPath,
) -> Result<Vec<Recipient>, NotifierError> {
    let question = FindPeopleRequest { role: role.as_str().into(), org: org.to_string() };
    let question = state.peers.ask(tenant, question)?;
    let answer = state.peers.directory()?.find_people(question).await.map_err(PeerError::from)?;
    let people = answer.into_inner().people;
    let found: Vec<Recipient> = people.iter().filter_map(|person| recipient(person, role.as_str())).collect();
    if found.is_empty() {
        tracing::warn!(role = role.as_str(), org = org.as_str(), "nobody active holds this role here");
    }
    Ok(found)
}

/// Nobody when the person has left. Told as `role`, or as what the person leads with.
async fn person(
    state: &State,
    tenant: TenantId,
    id: Uuid,
    role: Option<&str>,
) -> Result<Option<Recipient>, NotifierError> {
    let question = state.peers.ask(tenant, GetPersonRequest { person_id: id.to_string() })?;
    match state.peers.directory()?.get_person(question).await {
        Ok(answer) => Ok(answer.into_inner().person.and_then(|person| {
            let leading = person.roles.first().map_or("", String::as_str);
            recipient(&person, role.unwrap_or(leading))
        })),
        Err(status) if status.code() == Code::NotFound => Ok(None),
        Err(status) => Err(PeerError::from(status).into()),
    }
}

fn recipient(person: &Person, role: &str) -> Option<Recipient> {
    let id = person.person_id.parse().ok().filter(|_| person.active)?;
    Some(Recipient { kind: RecipientKind::Person, id, role: role.to_owned(), language: Language::of(&person.language) })
}

fn org(rule: &Rule, fields: &Fields) -> Result<OrgPath, NotifierError> {
    fields.text("org").and_then(|org| org.parse().ok()).ok_or_else(|| missing(rule, "org"))
}

fn id_in(rule: &Rule, fields: &Fields, field: &str) -> Result<Uuid, NotifierError> {
    fields.text(field).and_then(|id| id.parse().ok()).ok_or_else(|| missing(rule, field))
}

fn missing(rule: &Rule, field: &str) -> NotifierError {
    NotifierError::MissingField { event: rule.event.clone(), field: field.to_owned() }
}
