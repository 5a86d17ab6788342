//! The Cedar policies, compiled once, and one decision by them.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use cedar_policy::{
    ActionConstraint, Authorizer, Context, Decision, Entities, Entity, EntityId, EntityTypeName, EntityUid, Policy,
    PolicyId, PolicySet, Request, RestrictedExpression,
};
use kernel::{OrgPath, Principal, PrincipalKind};

use crate::{Action, Resource, ResourceKind};

const FILES: [(&str, &str); 16] = [
    ("guards", include_str!("../policies/guards.cedar")),
    ("staff", include_str!("../policies/staff.cedar")),
    ("sales_rep", include_str!("../policies/sales_rep.cedar")),
    ("store_guide", include_str!("../policies/store_guide.cedar")),
    ("sales_leadership", include_str!("../policies/sales_leadership.cedar")),
    ("technical", include_str!("../policies/technical.cedar")),
    ("product", include_str!("../policies/product.cedar")),
    ("finance", include_str!("../policies/finance.cedar")),
    ("legal", include_str!("../policies/legal.cedar")),
    ("delivery", include_str!("../policies/delivery.cedar")),
    ("sales_coach", include_str!("../policies/sales_coach.cedar")),
    ("operations", include_str!("../policies/operations.cedar")),
    ("auditor", include_str!("../policies/auditor.cedar")),
    ("administrator", include_str!("../policies/administrator.cedar")),
    ("dealer", include_str!("../policies/dealer.cedar")),
    ("service", include_str!("../policies/service.cedar")),
];

/// The group of every `…:read` action.
const READ_GROUP: &str = "read";

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

    fn entities(
        &self,
        principal: &Principal,
        stepped_up: bool,
        action: Action,
        resource: &Resource,
    ) -> Result<Entities, PolicyError> {
        let entities = [
            self.principal_entity(principal, stepped_up)?,
            self.action_entity(action),
            self.resource_entity(resource)?,
            self.org_entity(&resource.org),
        ];
        Entities::from_entities(entities, None).map_err(failed)
    }

    fn principal_entity(&self, principal: &Principal, stepped_up: bool) -> Result<Entity, PolicyError> {
        let roles = principal.roles.iter().map(|role| RestrictedExpression::new_string(role.as_str().to_owned()));
        let attributes = HashMap::from([
            ("tenant".to_owned(), RestrictedExpression::new_string(principal.tenant.to_string())),
            ("kind".to_owned(), RestrictedExpression::new_string(kind_name(principal.kind).to_owned())),
            ("roles".to_owned(), RestrictedExpression::new_set(roles)),
            ("org".to_owned(), RestrictedExpression::new_entity_uid(self.org_uid(&principal.org))),
            ("stepped_up".to_owned(), RestrictedExpression::new_bool(stepped_up)),
        ]);
        Entity::new(self.principal_uid(principal.id), attributes, HashSet::new()).map_err(failed)
    }

    fn action_entity(&self, action: Action) -> Entity {
        let groups = action.is_read().then(|| self.action_uid(READ_GROUP));
        Entity::new_no_attrs(self.action_uid(action.as_str()), groups.into_iter().collect())
    }

    fn resource_entity(&self, resource: &Resource) -> Result<Entity, PolicyError> {
        let mut attributes = HashMap::from([
            ("tenant".to_owned(), RestrictedExpression::new_string(resource.tenant.to_string())),
            ("org".to_owned(), RestrictedExpression::new_entity_uid(self.org_uid(&resource.org))),
        ]);
        if let Some(owner) = resource.owner {
            attributes.insert("owner".to_owned(), RestrictedExpression::new_entity_uid(self.principal_uid(owner)));
        }
        Entity::new(self.resource_uid(resource)?, attributes, HashSet::new()).map_err(failed)
    }

    /// A node with all its ancestors, so that `in` means "is, or lies below".
    fn org_entity(&self, org: &OrgPath) -> Entity {
        let ancestors = org.lineage().skip(1).map(|ancestor| self.org_uid(&ancestor));
        Entity::new_no_attrs(self.org_uid(org), ancestors.collect())
    }

    fn principal_uid(&self, id: uuid::Uuid) -> EntityUid {
        uid(&self.principal, &id.to_string())
    }

    fn org_uid(&self, org: &OrgPath) -> EntityUid {
        uid(&self.org_unit, org.as_str())
    }

    fn action_uid(&self, name: &str) -> EntityUid {
        uid(&self.action, name)
    }

    /// Policies look at a resource's attributes only, so one name serves them all.
    fn resource_uid(&self, resource: &Resource) -> Result<EntityUid, PolicyError> {
        let kind = self.kinds.get(&resource.kind).ok_or_else(|| failed(format!("no entity type {}", resource.kind)))?;
        Ok(uid(kind, "requested"))
    }
}

fn load_policies() -> Result<PolicySet, PolicyError> {
    let mut all = PolicySet::new();
    for (file, text) in FILES {
        let malformed = |reason: String| PolicyError::Malformed { file, reason };
        let parsed: PolicySet = text.parse().map_err(|error| malformed(format!("{error:?}")))?;
        for (number, policy) in parsed.policies().enumerate() {
            let named = policy.new_id(PolicyId::new(format!("{file}/{number}")));
            all.add(named).map_err(|error| malformed(error.to_string()))?;
        }
    }
    Ok(all)
}

fn policies_for(action: Action, all: &PolicySet) -> Result<PolicySet, PolicyError> {
    let action_type = type_name("Action")?;
    let mut names = vec![uid(&action_type, action.as_str())];
    names.extend(action.is_read().then(|| uid(&action_type, READ_GROUP)));
    PolicySet::from_policies(all.policies().filter(|policy| can_apply(policy, &names)).cloned()).map_err(failed)
}

fn can_apply(policy: &Policy, names: &[EntityUid]) -> bool {
    match policy.action_constraint() {
        ActionConstraint::Any => true,
        ActionConstraint::Eq(one) => names.contains(&one),
        ActionConstraint::In(several) => several.iter().any(|one| names.contains(one)),
    }
}

fn kind_name(kind: PrincipalKind) -> &'static str {
    match kind {
        PrincipalKind::Person => "person",
        PrincipalKind::ApiClient => "api_client",
        PrincipalKind::Service => "service",
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
    use cedar_policy::{Schema, ValidationMode, Validator};
    use kernel::TenantId;
    use uuid::Uuid;

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
