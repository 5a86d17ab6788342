//! The folder of one server: its owner, its lock, and the port it remembers.

use std::fs::{self, File, OpenOptions, Permissions};
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::ServerError;
use crate::port;
use crate::process::until;

#[derive(Debug)]
pub(crate) struct Folder {
    pub path: PathBuf,
    user: Option<ServerUser>,
}

/// The operating system's user that a server runs as when we are root.
#[derive(Clone, Debug)]
struct ServerUser {
    name: String,
    uid: u32,
    gid: u32,
}

impl Folder {
    /// A folder whose server runs as the current user.
    pub fn prepare(path: &Path) -> Result<Self, ServerError> {
        Self::new(path, None)
    }

    /// A folder whose server must not run as root.
    pub fn prepare_for_postgres(path: &Path) -> Result<Self, ServerError> {
        let user = if rustix::process::geteuid().is_root() { Some(server_user()?) } else { None };
        Self::new(path, user)
    }

    fn new(path: &Path, user: Option<ServerUser>) -> Result<Self, ServerError> {
        fs::create_dir_all(path).map_err(ServerError::folder("create", path))?;
        let path = path.canonicalize().map_err(ServerError::folder("open", path))?;
        let folder = Self { path, user };
        folder.hand_over(&folder.path)?;
        fs::set_permissions(&folder.path, Permissions::from_mode(0o700))
            .map_err(ServerError::folder("protect", &folder.path))?;
        Ok(folder)
    }

    /// Makes the server's user the owner.
    fn hand_over(&self, path: &Path) -> Result<(), ServerError> {
        let Some(user) = &self.user else { return Ok(()) };
        chown(path, Some(user.uid), Some(user.gid)).map_err(ServerError::folder("hand over", path))
    }

    /// A command that runs as the server's user, outside the terminal's process group so that Ctrl-C does not reach it.
    pub fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.path).process_group(0);
        if let Some(user) = &self.user {
            command.uid(user.uid).gid(user.gid);
        }
        command
    }

    /// Fails when the server's user cannot get into the folder, because a folder above it is private.
    pub fn check_reachable(&self) -> Result<(), ServerError> {
        let Some(user) = &self.user else { return Ok(()) };
        let entered =
            self.command(Path::new("/bin/sh")).current_dir("/").args(["-c", "cd \"$0\""]).arg(&self.path).output();
        if entered.is_ok_and(|output| output.status.success()) {
            return Ok(());
        }
        Err(ServerError::FolderNotReachable { folder: self.path.clone(), user: user.name.clone() })
    }

    /// Keeps other processes from starting or stopping a server here until the file is dropped.
    pub fn lock(&self, limit: Duration) -> Result<File, ServerError> {
        let path = self.path.join("lock");
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
        let file = file.map_err(ServerError::folder("open", &path))?;
        let locked = until(limit, || Ok(file.try_lock().is_ok().then_some(())))?;
        if locked.is_none() {
            return Err(ServerError::Locked { folder: self.path.clone(), seconds: limit.as_secs() });
        }
        Ok(file)
    }

    /// Writes a small file that only the server's user can read.
    pub fn write_private(&self, name: &str, text: &str) -> Result<PathBuf, ServerError> {
        let path = self.path.join(name);
        fs::write(&path, text).map_err(ServerError::folder("write", &path))?;
        fs::set_permissions(&path, Permissions::from_mode(0o600)).map_err(ServerError::folder("protect", &path))?;
        self.hand_over(&path)?;
        Ok(path)
    }

    pub fn read(&self, name: &str) -> Option<String> {
        fs::read_to_string(self.path.join(name)).ok().map(|text| text.trim().to_owned())
    }

    /// The port that the server had last time, unless somebody else took it meanwhile.
    fn remembered_port(&self) -> Option<u16> {
        self.read("port")?.parse().ok().filter(|port| port::is_free(*port))
    }

    /// The remembered port at the first attempt, and another one when a server has ended with it.
    pub fn port(&self, attempt: u32) -> Result<u16, ServerError> {
        let remembered = self.remembered_port().filter(|_| attempt == 1);
        remembered.or_else(port::choose).ok_or_else(|| ServerError::NoFreePort { folder: self.path.clone() })
    }

    pub fn remember_port(&self, port: u16) -> Result<(), ServerError> {
        self.write_private("port", &port.to_string()).map(|_| ())
    }
}

fn server_user() -> Result<ServerUser, ServerError> {
    let users = fs::read_to_string("/etc/passwd").unwrap_or_default();
    ["postgres", "nobody"].iter().find_map(|name| user_in(&users, name)).ok_or(ServerError::NoServerUser)
}

fn user_in(users: &str, name: &str) -> Option<ServerUser> {
    let fields: Vec<_> =
        users.lines().map(|line| line.split(':').collect::<Vec<_>>()).find(|fields| fields[0] == name)?;
    Some(ServerUser { name: name.to_owned(), uid: fields.get(2)?.parse().ok()?, gid: fields.get(3)?.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn users_are_read_from_the_password_file() {
        let users = "root:x:0:0:root:/root:/bin/sh\npostgres:x:101:104:,,,:/var/lib/postgresql:/bin/bash\n";
        let user = user_in(users, "postgres").expect("listed");
        assert_eq!((user.uid, user.gid), (101, 104));
        assert!(user_in(users, "nobody").is_none());
    }
}
