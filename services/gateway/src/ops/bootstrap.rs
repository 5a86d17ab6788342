//! Loading an organisation: tenant, org units, people and API keys, from a file or from code.
//!
//! Adds what is missing and leaves alone what is there, so that it may run at every start, on every
//! replica, and never undoes what administrators have changed since.

use chrono::{DateTime, Utc};
use contracts::gateway::v1::{SecondFactorEnrolled, TenantAdded, TenantChanged};
use journal::{Caller, Entry, Journal, Write};
use kernel::id::derived_id;
use kernel::{OrgPath, Role, TenantId};
use runtime::sealed::SealingKey;
use serde::Deserialize;
use uuid::Uuid;

use super::passwords::Passwords;
use super::{add_person, change_person, issue_api_key, org_units};
use crate::config::Config;
use crate::domain::language::Language;
use crate::domain::org_unit::OrgUnit;
use crate::domain::person::{Person, Profile};
use crate::domain::secret::ApiKey;
use crate::domain::{base32, passwords};
use crate::error::GatewayError;
use crate::ops::issue_api_key::KeyRequest;
use crate::store;
use crate::store::tenants::Tenant;

/// One organisation as its file describes it.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Organisation {
    pub tenant: TenantSeed,
    /// Parents before children; the root `/` is added when it is missing.
    pub org_units: Vec<OrgUnit>,
    #[serde(default)]
    pub people: Vec<PersonSeed>,
    #[serde(default)]
    pub api_keys: Vec<KeySeed>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TenantSeed {
    /// Derived from the slug when absent.
    pub id: Option<Uuid>,
    pub slug: String,
    pub name: String,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PersonSeed {
    /// Derived from tenant and login when absent.
    pub id: Option<Uuid>,
    pub login: String,
    pub name: String,
    pub org: OrgPath,
    pub roles: Vec<Role>,
    pub email: Option<String>,
    pub phone: Option<String>,
    #[serde(default)]
    pub language: Language,
    pub password: Option<String>,
    /// Base32, at least 16 bytes.
    pub totp_secret: Option<String>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeySeed {
    pub name: String,
    pub role: Role,
    pub org: OrgPath,
    /// The whole key: `slk_<public id>_<secret>`, the secret at least 20 characters.
    pub key: String,
    pub expires_at: Option<DateTime<Utc>>,
}

/// What a load has done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bootstrapped {
    pub tenant: TenantId,
    pub people_added: usize,
    pub keys_added: usize,
}

impl Organisation {
    /// Reads the YAML form; errors name the line.
    pub fn from_yaml(text: &str) -> Result<Self, GatewayError> {
        serde_saphyr::from_str(text).map_err(|error| GatewayError::Organisation(error.to_string()))
    }

    pub fn tenant_id(&self) -> TenantId {
        let derived = || derived_id(Uuid::NAMESPACE_URL, &format!("sluice/tenant/{}", self.tenant.slug));
        TenantId(self.tenant.id.unwrap_or_else(derived))
    }

    /// The id that a person of this file gets.
    pub fn person_id(&self, person: &PersonSeed) -> Uuid {
        person.id.unwrap_or_else(|| derived_id(self.tenant_id().0, &format!("person/{}", person.login)))
    }
}

impl PersonSeed {
    fn profile(&self) -> Result<Profile, GatewayError> {
        let profile = Profile {
            name: self.name.clone(),
            org: self.org.clone(),
            roles: self.roles.clone(),
            login: Some(self.login.clone()),
            email: self.email.clone(),
            phone: self.phone.clone(),
            language: self.language,
            active: true,
        }
        .tidied();
        let mut faults = profile.faults();
        faults.extend(self.password.iter().flat_map(|password| passwords::faults("password", password)));
        match faults.first() {
            Some(fault) => Err(refused(&self.login, format!("{} {}", fault.field, fault.reason.en))),
            None => Ok(profile),
        }
    }

    fn totp_secret(&self) -> Result<Option<Vec<u8>>, GatewayError> {
        let Some(text) = &self.totp_secret else { return Ok(None) };
        let secret = base32::decode(text).filter(|secret| secret.len() >= 16);
        secret.map(Some).ok_or_else(|| refused(&self.login, "totp_secret is not base32 of at least 16 bytes"))
    }
}

fn refused(what: &str, why: impl std::fmt::Display) -> GatewayError {
    GatewayError::Organisation(format!("{what}: {why}"))
}

/// Loads an organisation through the gateway's own journal, before or while it serves.
///
/// `journal` is the gateway's (`Journal::new("gateway", pool, clock, ids)`), `config` its `[service]` table.
pub async fn bootstrap(
    journal: &Journal,
    config: &Config,
    organisation: &Organisation,
) -> Result<Bootstrapped, GatewayError> {
    let passwords = Passwords::new(config.cost(), config.directory.argon2_at_once.max(1), journal.ids().clone())?;
    let sealing = config.sealing_key(journal.ids()).map_err(|error| GatewayError::Organisation(error.to_string()))?;
    let tenant = organisation.tenant_id();
    let newcomers = newcomers(journal, organisation, &passwords).await?;
    let caller = Caller::job(tenant, "gateway", journal.ids().new_id());
    let mut write = journal.begin(&caller).await?;
    store::tenants::lock_loading(write.db()).await?;
    load_tenant(&mut write, organisation).await?;
    load_org_units(&mut write, organisation).await?;
    let mut people_added = 0;
    for newcomer in &newcomers {
        people_added += usize::from(load_person(&mut write, newcomer, &sealing).await?);
    }
    let mut keys_added = 0;
    for key in &organisation.api_keys {
        keys_added += usize::from(load_key(&mut write, key).await?);
    }
    write.commit(()).await?;
    Ok(Bootstrapped { tenant, people_added, keys_added })
}

struct Newcomer {
    person: Person,
    hash: Option<String>,
    totp_secret: Option<Vec<u8>>,
}

/// People of the file who are not in the directory yet, their passwords hashed before the transaction.
async fn newcomers(
    journal: &Journal,
    organisation: &Organisation,
    passwords: &Passwords,
) -> Result<Vec<Newcomer>, GatewayError> {
    let tenant = organisation.tenant_id();
    let mut newcomers = Vec::new();
    for seed in &organisation.people {
        let (id, profile, totp_secret) = (organisation.person_id(seed), seed.profile()?, seed.totp_secret()?);
        let known = {
            let mut tx = journal.read_as_system().await?;
            store::people::by_id(&mut tx, tenant, id).await?.is_some()
        };
        if known {
            continue;
        }
        let hash = match &seed.password {
            Some(password) => Some(passwords.hash(password.clone()).await?),
            None => None,
        };
        newcomers.push(Newcomer { person: Person { id, tenant, profile, version: 1 }, hash, totp_secret });
    }
    Ok(newcomers)
}

/// Adds the tenant, or renames it.
async fn load_tenant(write: &mut Write, organisation: &Organisation) -> Result<(), GatewayError> {
    let (id, now) = (organisation.tenant_id().0, write.now());
    let TenantSeed { slug, name, .. } = organisation.tenant.clone();
    let wanted = Tenant { id, slug: slug.clone(), name };
    let tenant_id = id.to_string();
    let entry = match store::tenants::lock(write.db(), id).await? {
        Some((kept, _)) if kept == wanted => return Ok(()),
        Some((_, version)) => {
            store::tenants::update(write.db(), &wanted, version + 1).await?;
            Entry::new(&TenantChanged { tenant_id, slug }, id, version + 1)?
        }
        None => {
            store::tenants::insert(write.db(), &wanted, now).await?;
            Entry::new(&TenantAdded { tenant_id, slug }, id, 1)?
        }
    };
    write.record(entry);
    Ok(())
}

async fn load_org_units(write: &mut Write, organisation: &Organisation) -> Result<(), GatewayError> {
    let tenant = organisation.tenant_id().0;
    let root = OrgUnit {
        path: OrgPath::root(),
        name: organisation.tenant.name.clone(),
        kind: crate::domain::org_unit::OrgUnitKind::Group,
    };
    let named_root = organisation.org_units.iter().any(|unit| unit.path == OrgPath::root());
    for unit in (!named_root).then_some(&root).into_iter().chain(&organisation.org_units) {
        if let Some(parent) = unit.parent()
            && !store::org_units::exists(write.db(), tenant, &parent).await?
        {
            return Err(refused(unit.path.as_str(), "the unit above it is neither there nor listed before it"));
        }
        org_units::insert(write, unit).await?;
    }
    Ok(())
}

/// False when somebody else has added the person meanwhile.
async fn load_person(write: &mut Write, newcomer: &Newcomer, sealing: &SealingKey) -> Result<bool, GatewayError> {
    let Newcomer { person, hash, totp_secret } = newcomer;
    if store::people::lock(write.db(), person.tenant, person.id).await?.is_some() {
        return Ok(false);
    }
    add_person::require_org_unit(write, &person.profile.org)
        .await
        .map_err(|_| refused(person.profile.org.as_str(), "no such org unit"))?;
    add_person::insert(write, person, hash.as_deref()).await?;
    if let Some(secret) = totp_secret {
        enrol(write, person, &sealing.seal(person.id, secret)?).await?;
    }
    Ok(true)
}

async fn enrol(write: &mut Write, person: &Person, sealed: &[u8]) -> Result<(), GatewayError> {
    let (now, mut person) = (write.now(), person.clone());
    store::second_factors::propose(write.db(), person.tenant.0, person.id, sealed).await?;
    store::second_factors::confirm(write.db(), person.id, 0, now).await?;
    let event = SecondFactorEnrolled { person_id: person.id.to_string() };
    change_person::record_about(write, &mut person, &event).await
}

async fn load_key(write: &mut Write, seed: &KeySeed) -> Result<bool, GatewayError> {
    let key = ApiKey::parse(&seed.key).ok_or_else(|| refused(&seed.name, "key is not slk_<public id>_<secret>"))?;
    let request =
        KeyRequest { name: seed.name.clone(), role: seed.role, org: seed.org.clone(), expires_at: seed.expires_at };
    let id = derived_id(write.caller().tenant().0, &format!("api-key/{}", key.public_id));
    issue_api_key::insert(write, id, &key, &request).await
}
