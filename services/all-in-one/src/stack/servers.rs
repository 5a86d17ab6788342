//! The private PostgreSQL and nats-server of one installation.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use kernel::id::derived_id;
use private_servers::{NatsServer, OnDrop, PostgresOptions, PostgresServer, ServerError};
use uuid::Uuid;

use super::StackError;

/// Names an installation's folder by its path.
const INSTALLATIONS: Uuid = Uuid::from_u128(0x91c1_52b0_40a7_4c55_9d0e_7ab3_e0f4_62d8);

/// Both servers, kept running until [`Servers::stop`].
pub struct Servers {
    postgres: PostgresServer,
    nats: NatsServer,
}

impl Servers {
    /// Starts both, or attaches to those that run already. Blocks.
    pub fn start(folder: &Path) -> Result<Self, StackError> {
        let options = PostgresOptions { on_drop: OnDrop::Keep, ..PostgresOptions::default() };
        let postgres = match PostgresServer::start(&database_folder(folder), options.clone()) {
            Err(ServerError::FolderNotReachable { .. }) => PostgresServer::start(&move_database(folder)?, options)?,
            other => other?,
        };
        match NatsServer::start(&folder.join("nats"), OnDrop::Keep) {
            Ok(nats) => Ok(Self { postgres, nats }),
            Err(error) => {
                postgres.stop()?;
                Err(error.into())
            }
        }
    }

    /// Stops whatever runs in `folder`; false when nothing did. Blocks.
    pub fn stop_in(folder: &Path) -> Result<bool, StackError> {
        let nats = NatsServer::attach(&folder.join("nats"), OnDrop::Keep)?;
        let postgres = PostgresServer::attach(&database_folder(folder), OnDrop::Keep)?;
        let ran = nats.is_some() || postgres.is_some();
        nats.map(NatsServer::stop).transpose()?;
        postgres.map(PostgresServer::stop).transpose()?;
        Ok(ran)
    }

    pub fn admin_url(&self) -> String {
        self.postgres.admin_url()
    }

    pub fn nats_url(&self) -> String {
        self.nats.url()
    }

    /// Stops both. Blocks.
    pub fn stop(self) -> Result<(), StackError> {
        self.nats.stop()?;
        self.postgres.stop()?;
        Ok(())
    }
}

/// Where the database is: in the installation's folder, or where an earlier start had to move it.
fn database_folder(folder: &Path) -> PathBuf {
    let moved = fs::read_to_string(folder.join("postgres-is-elsewhere")).ok();
    moved.map_or_else(|| folder.join("postgres"), |path| PathBuf::from(path.trim()))
}

/// As root PostgreSQL runs as another user, who may not be able to enter a private home folder.
fn move_database(folder: &Path) -> Result<PathBuf, StackError> {
    let unusable = |path: &Path| {
        let path = path.to_owned();
        move |error| StackError::Folder(path, error)
    };
    let name = derived_id(INSTALLATIONS, &folder.display().to_string()).simple().to_string();
    let elsewhere = PathBuf::from(format!("/var/lib/sluice-{}", &name[..12]));
    fs::create_dir_all(&elsewhere).map_err(unusable(&elsewhere))?;
    fs::set_permissions(&elsewhere, fs::Permissions::from_mode(0o711)).map_err(unusable(&elsewhere))?;
    let database = elsewhere.join("postgres");
    let note = folder.join("postgres-is-elsewhere");
    fs::write(&note, database.display().to_string()).map_err(unusable(&note))?;
    Ok(database)
}
