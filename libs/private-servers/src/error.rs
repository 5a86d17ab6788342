use std::path::{Path, PathBuf};

/// What went wrong with a private server. Every message says what failed, why it matters and what to do.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// No usable program was found.
    #[error(
        "{program} {needed} or newer is not installed; Sluice keeps its data there. Remedy: {remedy}, or add its folder to PATH"
    )]
    ProgramMissing { program: &'static str, needed: &'static str, remedy: &'static str },

    /// PostgreSQL is installed without one of its programs.
    #[error(
        "{} is missing from the installed PostgreSQL. Remedy: reinstall the package that owns the programs beside it",
        program.display()
    )]
    PartMissing { program: PathBuf },

    /// The data was made by another major version of PostgreSQL than any that is installed.
    #[error(
        "the data in {} was made by PostgreSQL {made_by}, which is not installed; another version cannot read it. \
         Remedy: apt-get install postgresql-{made_by}, or move the folder away to start empty", folder.display()
    )]
    OtherVersion { folder: PathBuf, made_by: String },

    /// Running as root, and there is no user to run the database as.
    #[error(
        "there is neither a user `postgres` nor `nobody`; PostgreSQL refuses to run as root. \
         Remedy: useradd --system postgres, or run as an ordinary user"
    )]
    NoServerUser,

    /// Running as root, and the database's user cannot enter the data folder.
    #[error(
        "the user `{user}` cannot enter {}; PostgreSQL refuses to run as root and runs as that user. \
         Remedy: choose a folder outside private home folders, such as one under /var/lib", folder.display()
    )]
    FolderNotReachable { folder: PathBuf, user: String },

    /// The data folder could not be used.
    #[error("cannot {action} {}: {source}; the server keeps its data there. Remedy: check the folder's owner and free space", path.display())]
    Folder { action: &'static str, path: PathBuf, source: std::io::Error },

    /// Another process holds the folder's lock.
    #[error(
        "another process has been starting or stopping a server in {} for {seconds} s; two starts would damage its data. \
         Remedy: wait for it or end it, then try again", folder.display()
    )]
    Locked { folder: PathBuf, seconds: u64 },

    /// Every port that servers may have is in use.
    #[error("no port between 10000 and the ephemeral ones is free for the server of {}. Remedy: end what listens there", folder.display())]
    NoFreePort { folder: PathBuf },

    /// A program could not be executed at all.
    #[error("cannot execute {}: {source}; the server cannot start. Remedy: reinstall the program", program.display())]
    Execute { program: PathBuf, source: std::io::Error },

    /// `initdb` failed.
    #[error("initdb failed: {output}; there is no database without it. Remedy: fix what it says, remove {} and try again", folder.display())]
    Initialise { folder: PathBuf, output: String },

    /// The server ended while starting.
    #[error("{program} ended while starting; the last lines of its log {} are:\n{tail}\nRemedy: fix what they say", log.display())]
    Ended { program: &'static str, log: PathBuf, tail: String },

    /// The server did not become ready in time.
    #[error(
        "{program} was not ready after {seconds} s; nothing can connect to it. Remedy: read {}; \
         after a crash a large database may need a longer limit", log.display()
    )]
    NotReady { program: &'static str, seconds: u64, log: PathBuf },

    /// The server ignored the request to stop.
    #[error(
        "{program} (process {pid}) did not stop after {seconds} s; its folder is still in use. Remedy: kill -QUIT {pid}"
    )]
    DidNotStop { program: &'static str, pid: u32, seconds: u64 },
}

impl ServerError {
    pub(crate) fn folder(action: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Folder { action, path, source }
    }
}
