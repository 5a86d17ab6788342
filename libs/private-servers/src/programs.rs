//! Finds installed programs and checks their versions.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::ServerError;

const OLDEST_POSTGRES: u32 = 15;
const OLDEST_NATS: (u32, u32) = (2, 9);
/// Folders that hold one folder per PostgreSQL version and are usually not in PATH.
const POSTGRES_HOMES: [&str; 3] = ["/usr/lib/postgresql", "/usr", "/opt/homebrew/opt"];
const NO_POSTGRES: ServerError = ServerError::ProgramMissing {
    program: "PostgreSQL",
    needed: "15",
    remedy: "apt-get install postgresql (brew install postgresql@17 on macOS)",
};

/// One installed PostgreSQL.
#[derive(Debug)]
pub(crate) struct Postgres {
    pub server: PathBuf,
    pub initdb: PathBuf,
    major: u32,
}

/// The PostgreSQL that made the data, or the newest one when there is no data yet.
pub(crate) fn postgres(data: &Path) -> Result<Postgres, ServerError> {
    let mut installed = installed();
    if let Ok(made_by) = fs::read_to_string(data.join("PG_VERSION")) {
        let made_by = made_by.trim().to_owned();
        let same = installed.into_iter().find(|found| found.major.to_string() == made_by);
        return same.ok_or(ServerError::OtherVersion { folder: data.to_owned(), made_by });
    }
    installed.pop().ok_or(NO_POSTGRES)
}

/// A program of the newest PostgreSQL that is installed, such as `pgbench`.
pub fn postgres_program(name: &str) -> Result<PathBuf, ServerError> {
    let newest = installed().pop().ok_or(NO_POSTGRES)?;
    let program = newest.server.with_file_name(name);
    if program.is_file() { Ok(program) } else { Err(ServerError::PartMissing { program }) }
}

/// From old to new.
fn installed() -> Vec<Postgres> {
    let mut installed: Vec<_> = postgres_folders().iter().filter_map(|bin| postgres_in(bin)).collect();
    installed.sort_by_key(|found| found.major);
    installed
}

/// The first nats-server in PATH that is new enough.
pub(crate) fn nats_server() -> Result<PathBuf, ServerError> {
    let candidates = search_path().into_iter().chain([PathBuf::from("/usr/sbin"), PathBuf::from("/usr/local/bin")]);
    let found = candidates.map(|folder| folder.join("nats-server")).find(|program| is_new_enough(program));
    found.ok_or(ServerError::ProgramMissing {
        program: "nats-server",
        needed: "2.9",
        remedy: "apt-get install nats-server (brew install nats-server on macOS)",
    })
}

fn is_new_enough(nats_server: &Path) -> bool {
    let version = nats_server.is_file().then(|| numbers(nats_server)).flatten();
    version.is_some_and(|version| version >= OLDEST_NATS)
}

fn postgres_folders() -> Vec<PathBuf> {
    let mut folders = search_path();
    for home in POSTGRES_HOMES {
        let versions = fs::read_dir(home).into_iter().flatten().flatten();
        folders.extend(versions.map(|version| version.path().join("bin")));
    }
    // PATH often links into the versions' own folders.
    let mut folders: Vec<_> = folders
        .iter()
        .filter_map(|folder| folder.join("postgres").canonicalize().ok()?.parent().map(Path::to_owned))
        .collect();
    folders.sort();
    folders.dedup();
    folders
}

fn postgres_in(bin: &Path) -> Option<Postgres> {
    let (postgres, initdb) = (bin.join("postgres"), bin.join("initdb"));
    if !initdb.is_file() {
        return None;
    }
    let (major, _) = numbers(&postgres)?;
    (major >= OLDEST_POSTGRES).then_some(Postgres { server: postgres, initdb, major })
}

/// The first two numbers of what `--version` prints.
fn numbers(program: &Path) -> Option<(u32, u32)> {
    let output = Command::new(program).arg("--version").output().ok()?;
    version_in(&String::from_utf8_lossy(&output.stdout))
}

/// Understands `postgres (PostgreSQL) 15.18 (Debian …)`, `17beta1` and `nats-server: v2.9.10`.
fn version_in(text: &str) -> Option<(u32, u32)> {
    let word = text.split_whitespace().map(|word| word.trim_start_matches('v')).find(|word| starts_with_digit(word))?;
    let mut numbers = word.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    let major = numbers.next()?.parse().ok()?;
    Some((major, numbers.next().and_then(|minor| minor.parse().ok()).unwrap_or(0)))
}

fn starts_with_digit(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
}

#[expect(clippy::disallowed_methods, reason = "PATH says where programs are; it is not configuration")]
fn search_path() -> Vec<PathBuf> {
    std::env::var_os("PATH").map(|path| std::env::split_paths(&path).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::version_in;

    #[test]
    fn versions_are_read_from_what_the_programs_print() {
        assert_eq!(version_in("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"), Some((15, 18)));
        assert_eq!(version_in("postgres (PostgreSQL) 19beta1"), Some((19, 1)));
        assert_eq!(version_in("nats-server: v2.9.10"), Some((2, 9)));
        assert_eq!(version_in("no version here"), None);
    }
}
