//! The Cedar policies, compiled once, and one decision by them.

mod entities;
mod files;

use std::collections::HashMap;
use std::sync::LazyLock;

use cedar_policy::{Authorizer, Context, Decision, EntityId, EntityTypeName, EntityUid, PolicySet, Request};
use kernel::Principal;

use self::files::{load_policies, policies_for};
use crate::{Action, Resource, ResourceKind};

static ENGINE: LazyLock<Result<Engine, PolicyError>> = LazyLock::new(Engine::load);

/// The policies cannot be used, or broke on a request. Either way the answer is no.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PolicyError {
    /// A policy file does not parse; names the file.
    #[error("policy file {file}.cedar: {reason}")]
    Malformed { file: &'static str, reason: String },
    /// A request could not be put to the policies, or one of them failed on it.
    #[error("policy evaluation: {0}")]
    Evaluation(String),
}

/// Compiles the policies; call it at start so that a broken build fails there and not at the first request.
pub fn ready() -> Result<(), PolicyError> {
    engine().map(|_| ())
}

pub(crate) fn engine() -> Result<&'static Engine, PolicyError> {
    ENGINE.as_ref().map_err(Clone::clone)
}

/// What the policies say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Allowed,
    /// No permission covers it.
    NotPermitted,
    /// A prohibition applies, such as the one that asks for a second factor.
    Prohibited,
}

pub(crate) struct Engine {
    authorizer: Authorizer,
    /// Per action the policies that can apply to it: a tenth of all, and a tenth of the time.
    policies: HashMap<Action, PolicySet>,
    kinds: HashMap<ResourceKind, EntityTypeName>,
    principal: EntityTypeName,
    org_unit: EntityTypeName,
    action: EntityTypeName,
}

impl Engine {
    fn load() -> Result<Self, PolicyError> {
        let kinds = ResourceKind::ALL.iter().map(|kind| Ok((*kind, type_name(kind.entity_type())?)));
        let all = load_policies()?;
        let policies = Action::ALL.iter().map(|action| Ok((*action, policies_for(*action, &all)?)));
        Ok(Self {
            authorizer: Authorizer::new(),
            policies: policies.collect::<Result<_, PolicyError>>()?,
            kinds: kinds.collect::<Result<_, PolicyError>>()?,
            principal: type_name("Principal")?,
            org_unit: type_name("OrgUnit")?,
            action: type_name("Action")?,
        })
    }

    /// What the policies say about `action`, with the second factor as given.
    pub(crate) fn decide(
        &self,
        principal: &Principal,
        stepped_up: bool,
        action: Action,
        resource: &Resource,
    ) -> Result<Verdict, PolicyError> {
        let policies = self.policies.get(&action).ok_or_else(|| failed(format!("no policies for {action}")))?;
        let entities = self.entities(principal, stepped_up, action, resource)?;
        let request = self.request(principal, action, resource)?;
        let response = self.authorizer.is_authorized(&request, policies, &entities);
        if let Some(error) = response.diagnostics().errors().next() {
            return Err(failed(error));
        }
        Ok(match response.decision() {
            Decision::Allow => Verdict::Allowed,
            // The reasons of a refusal are the prohibitions that applied.
            Decision::Deny if response.diagnostics().reason().next().is_none() => Verdict::NotPermitted,
            Decision::Deny => Verdict::Prohibited,
        })
    }

    fn request(&self, principal: &Principal, action: Action, resource: &Resource) -> Result<Request, PolicyError> {
        let who = self.principal_uid(principal.id);
        Request::new(who, self.action_uid(action.as_str()), self.resource_uid(resource)?, Context::empty(), None)
            .map_err(failed)
    }
}

fn type_name(name: &'static str) -> Result<EntityTypeName, PolicyError> {
    name.parse().map_err(failed)
}

fn uid(of: &EntityTypeName, id: &str) -> EntityUid {
    EntityUid::from_type_name_and_id(of.clone(), EntityId::new(id))
}

fn failed(error: impl ToString) -> PolicyError {
    PolicyError::Evaluation(error.to_string())
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use cedar_policy::{Entities, PolicyId, Schema, ValidationMode, Validator};
    use kernel::TenantId;
    use uuid::Uuid;

    use super::files::READ_GROUP;
    use super::*;

    fn schema() -> Schema {
        let text = include_str!("../policies/schema.cedarschema");
        let (schema, warnings) = Schema::from_cedarschema_str(text).expect("the schema parses");
        assert_eq!(warnings.map(|warning| warning.to_string()).collect::<Vec<_>>(), Vec::<String>::new());
        schema
    }

    #[test]
    fn policies_fit_the_schema_strictly_and_without_warnings() {
        let policies = load_policies().expect("policies parse");
        let result = Validator::new(schema()).validate(&policies, ValidationMode::Strict);
        assert!(result.validation_passed_without_warnings(), "{result:?}");
    }

    #[test]
    fn schema_and_catalogue_hold_the_same_actions_on_the_same_kinds() {
        let (schema, engine) = (schema(), engine().expect("policies parse"));
        let group = engine.action_uid(READ_GROUP);
        assert_eq!(schema.actions().filter(|action| **action != group).count(), Action::ALL.len());
        for action in Action::ALL {
            let mut kinds = schema.resources_for_action(&engine.action_uid(action.as_str())).expect("in the schema");
            assert_eq!(kinds.next(), engine.kinds.get(&action.kind()), "{action}");
            assert_eq!(kinds.next(), None, "{action}");
        }
    }

    #[test]
    fn what_is_asked_has_the_shape_the_schema_promises() {
        let (schema, engine) = (schema(), engine().expect("policies parse"));
        let tenant = TenantId(Uuid::from_u128(1));
        let who = Principal::service(tenant, "crm");
        for action in Action::ALL {
            let resource = Resource::owned(action.kind(), tenant, "/a/b/".parse().expect("path"), who.id);
            let asked = [
                engine.principal_entity(&who, false).expect("entity"),
                engine.action_entity(*action),
                engine.resource_entity(&resource).expect("entity"),
                engine.org_entity(&resource.org),
            ];
            Entities::from_entities(asked, Some(&schema)).expect("conforms");
        }
    }

    #[test]
    fn a_policy_left_aside_for_an_action_could_not_have_applied_to_it() {
        let (all, engine) = (load_policies().expect("policies parse"), engine().expect("policies parse"));
        let who = Principal { roles: kernel::Role::ALL.to_vec(), ..Principal::service(TenantId(Uuid::nil()), "crm") };
        for action in Action::ALL {
            let resource = Resource::owned(action.kind(), who.tenant, who.org.clone(), who.id);
            let entities = engine.entities(&who, false, *action, &resource).expect("entities");
            let request = engine.request(&who, *action, &resource).expect("request");
            let reasons = |policies: &PolicySet| -> HashSet<PolicyId> {
                engine.authorizer.is_authorized(&request, policies, &entities).diagnostics().reason().cloned().collect()
            };
            assert_eq!(reasons(&engine.policies[action]), reasons(&all), "{action}");
        }
    }
}
