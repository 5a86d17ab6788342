//! The organisation directory for the other services.

use authz::{Action, Resource, ResourceKind};
use contracts::gateway::v1 as wire;
use contracts::gateway::v1::directory_server;
use kernel::{FieldError, OrgPath, Principal, Role, Text};
use runtime::grpc::RpcEdge;
use tonic::{Request, Response, Status};
use uuid::Uuid;

use crate::State;
use crate::domain::person::Person;
use crate::error::{GatewayError, Thing};
use crate::ops::find_people::find_people;
use crate::store;

/// Answers `sluice.gateway.v1.Directory`. Contact data goes to Sluice's own services only.
pub struct Directory {
    pub state: State,
    pub edge: RpcEdge,
}

impl Directory {
    fn reader<T>(&self, request: &Request<T>) -> Result<Principal, Status> {
        let principal = self.edge.principal(request)?;
        let people = Resource::tenant_wide(ResourceKind::Person, principal.tenant);
        authz::check(&principal, self.state.clock.now(), Action::PersonRead, &people).map_err(GatewayError::from)?;
        Ok(principal)
    }

    async fn person(&self, principal: &Principal, id: Uuid) -> Result<Person, GatewayError> {
        let mut tx = self.state.journal.read(principal, kernel::Scope::All).await?;
        store::people::by_id(&mut tx, principal.tenant, id).await?.ok_or(GatewayError::NotFound(Thing::Person))
    }

    fn wire(&self, principal: &Principal, person: Person) -> wire::Person {
        let view = crate::ops::people::view(principal, self.state.clock.now(), person);
        wire::Person {
            person_id: view.id.to_string(),
            name: view.name,
            org: view.org.to_string(),
            roles: view.roles.iter().map(|role| role.as_str().to_owned()).collect(),
            email: view.email.unwrap_or_default(),
            phone: view.phone.unwrap_or_default(),
            active: view.active,
            language: view.language.as_str().to_owned(),
        }
    }
}

fn malformed(field: &str) -> GatewayError {
    GatewayError::Invalid(vec![FieldError::new(field, "malformed", Text::new("格式不正确", "is not well-formed"))])
}

#[tonic::async_trait]
impl directory_server::Directory for Directory {
    async fn get_person(
        &self,
        request: Request<wire::GetPersonRequest>,
    ) -> Result<Response<wire::GetPersonResponse>, Status> {
        let principal = self.reader(&request)?;
        let id = request.get_ref().person_id.parse().map_err(|_| malformed("person_id"))?;
        let person = self.person(&principal, id).await?;
        Ok(Response::new(wire::GetPersonResponse { person: Some(self.wire(&principal, person)) }))
    }

    async fn find_people(
        &self,
        request: Request<wire::FindPeopleRequest>,
    ) -> Result<Response<wire::FindPeopleResponse>, Status> {
        let principal = self.reader(&request)?;
        let asked = request.get_ref();
        let role: Role = asked.role.parse().map_err(|_| malformed("role"))?;
        let org: OrgPath = asked.org.parse().map_err(|_| malformed("org"))?;
        let people = find_people(&self.state, &principal, role, &org).await?;
        let people = people.into_iter().map(|person| self.wire(&principal, person)).collect();
        Ok(Response::new(wire::FindPeopleResponse { people }))
    }
}
