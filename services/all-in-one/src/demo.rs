//! The demonstration: its organisation and the settings it needs.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use gateway::Organisation as Seed;
use kernel::Role;

/// The organisation that the play acts in.
pub struct Organisation(Seed);

#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    #[error("{0}: {1}")]
    File(PathBuf, std::io::Error),
    #[error("{0}: {1}")]
    Organisation(PathBuf, Box<gateway::GatewayError>),
}

/// How somebody of the organisation signs in.
pub struct SignIn<'a> {
    pub login: &'a str,
    pub name: &'a str,
    pub password: &'a str,
    pub totp_secret: Option<&'a str>,
    pub roles: &'a [Role],
}

impl Organisation {
    /// Reads `organisation.yaml` of the demonstration's folder.
    pub fn read(folder: &Path) -> Result<Self, DemoError> {
        let path = organisation_file(folder);
        let text = std::fs::read_to_string(&path).map_err(|error| DemoError::File(path.clone(), error))?;
        Seed::from_yaml(&text).map(Self).map_err(|error| DemoError::Organisation(path, Box::new(error)))
    }

    pub fn tenant_slug(&self) -> &str {
        &self.0.tenant.slug
    }

    pub fn tenant_id(&self) -> kernel::TenantId {
        self.0.tenant_id()
    }

    pub fn people(&self) -> impl Iterator<Item = SignIn<'_>> {
        self.0.people.iter().map(|person| SignIn {
            login: &person.login,
            name: &person.name,
            password: person.password.as_deref().unwrap_or_default(),
            totp_secret: person.totp_secret.as_deref(),
            roles: &person.roles,
        })
    }

    /// The person with this login.
    pub fn person(&self, login: &str) -> Option<SignIn<'_>> {
        self.people().find(|person| person.login == login)
    }

    /// The directory id of the person with this login.
    pub fn person_id(&self, login: &str) -> Option<uuid::Uuid> {
        let person = self.0.people.iter().find(|person| person.login == login)?;
        Some(self.0.person_id(person))
    }

    /// The key of the dealer's system.
    pub fn api_key(&self) -> Option<&str> {
        self.0.api_keys.first().map(|key| key.key.as_str())
    }
}

fn organisation_file(folder: &Path) -> PathBuf {
    folder.join("organisation.yaml")
}

/// Settings of single services in a demonstration, as TOML.
pub fn settings(demo: &Path, data: &Path) -> BTreeMap<&'static str, String> {
    let organisation = organisation_file(demo);
    let organisation = organisation.canonicalize().unwrap_or(organisation);
    let gateway = format!(
        "[service.session]\nsecure_cookie = false\n\
         [service.bootstrap]\nfile = {:?}\n\
         [service.directory]\nargon2_memory_kib = 4096\n\
         [service.limits]\nwrite = {{ per_minute = 6000, burst = 2000 }}\nread = {{ per_minute = 12000, burst = 2000 }}\nlogin = {{ per_minute = 600, burst = 200 }}\n",
        organisation.display().to_string(),
    );
    let model = demo.join("../models/sluice-zh-small");
    let model = model.canonicalize().unwrap_or(model);
    let recordings = format!(
        "[service.storage]\npath = {:?}\n[service.transcription]\nmodel_folder = {:?}\n",
        data.join("recordings").display().to_string(),
        model.display().to_string(),
    );
    BTreeMap::from([("gateway", gateway), ("ai-qa", recordings)])
}

/// Has the gateway serve the built console in `folder`; without one it serves none.
pub fn serve_console(settings: &mut BTreeMap<&'static str, String>, folder: &Path) {
    if folder.join("index.html").exists() {
        let console = format!("[service.console]\nfolder = {:?}\n", folder.display().to_string());
        settings.entry("gateway").or_default().push_str(&console);
    }
}
