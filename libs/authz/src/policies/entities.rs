//! A question in Cedar's terms: who, what, on what, and where that hangs in the organisation.

use std::collections::{HashMap, HashSet};

use cedar_policy::{Entities, Entity, EntityUid, RestrictedExpression};
use kernel::{OrgPath, Principal, PrincipalKind};

use super::files::READ_GROUP;
use super::{Engine, PolicyError, failed, uid};
use crate::{Action, Resource};

impl Engine {
    pub(super) fn entities(
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

    pub(super) fn principal_entity(&self, principal: &Principal, stepped_up: bool) -> Result<Entity, PolicyError> {
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

    pub(super) fn action_entity(&self, action: Action) -> Entity {
        let groups = action.is_read().then(|| self.action_uid(READ_GROUP));
        Entity::new_no_attrs(self.action_uid(action.as_str()), groups.into_iter().collect())
    }

    pub(super) fn resource_entity(&self, resource: &Resource) -> Result<Entity, PolicyError> {
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
    pub(super) fn org_entity(&self, org: &OrgPath) -> Entity {
        let ancestors = org.lineage().skip(1).map(|ancestor| self.org_uid(&ancestor));
        Entity::new_no_attrs(self.org_uid(org), ancestors.collect())
    }

    pub(super) fn principal_uid(&self, id: uuid::Uuid) -> EntityUid {
        uid(&self.principal, &id.to_string())
    }

    fn org_uid(&self, org: &OrgPath) -> EntityUid {
        uid(&self.org_unit, org.as_str())
    }

    pub(super) fn action_uid(&self, name: &str) -> EntityUid {
        uid(&self.action, name)
    }

    /// Policies look at a resource's attributes only, so one name serves them all.
    pub(super) fn resource_uid(&self, resource: &Resource) -> Result<EntityUid, PolicyError> {
        let kind = self.kinds.get(&resource.kind).ok_or_else(|| failed(format!("no entity type {}", resource.kind)))?;
        Ok(uid(kind, "requested"))
    }
}

fn kind_name(kind: PrincipalKind) -> &'static str {
    match kind {
        PrincipalKind::Person => "person",
        PrincipalKind::ApiClient => "api_client",
        PrincipalKind::Service => "service",
    }
}
