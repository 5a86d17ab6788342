//! One process per data folder: whoever serves from it holds the lock of `sluice.pid`, and its id stands in there. The
//! lock ends with the process, however that ends.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

#[derive(Debug, thiserror::Error)]
pub enum ClaimError {
    #[error("sluice runs in {} already (process {process}); deploy/down stops it", folder.display())]
    Taken { folder: PathBuf, process: String },
    #[error("cannot use {}: {source}", file.display())]
    File { file: PathBuf, source: std::io::Error },
}

/// The data folder is this process's until it is dropped.
pub struct Claim {
    /// Holds the lock.
    _file: File,
}

impl Claim {
    pub fn take(folder: &Path) -> Result<Self, ClaimError> {
        let path = folder.join("sluice.pid");
        let unusable = |source| ClaimError::File { file: path.clone(), source };
        let mut file = open(&path).map_err(unusable)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let process = process_in(&mut file).map_err(unusable)?;
                return Err(ClaimError::Taken { folder: folder.to_owned(), process });
            }
            Err(TryLockError::Error(error)) => return Err(unusable(error)),
        }
        file.set_len(0).and_then(|()| write!(file, "{}", std::process::id())).map_err(unusable)?;
        Ok(Self { _file: file })
    }
}

/// Asks the process that serves from `folder` to stop and waits until it has ended; answers its id, if there was one.
pub fn stop_process(folder: &Path) -> Result<Option<String>, ClaimError> {
    let path = folder.join("sluice.pid");
    let unusable = |source| ClaimError::File { file: path.clone(), source };
    if !path.exists() {
        return Ok(None);
    }
    let mut file = open(&path).map_err(unusable)?;
    match file.try_lock() {
        Ok(()) => return Ok(None),
        Err(TryLockError::WouldBlock) => {}
        Err(TryLockError::Error(error)) => return Err(unusable(error)),
    }
    let process = process_in(&mut file).map_err(unusable)?;
    Command::new("kill").arg(&process).status().map_err(unusable)?;
    file.lock().map_err(unusable)?;
    Ok(Some(process))
}

fn open(path: &Path) -> std::io::Result<File> {
    OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)
}

fn process_in(file: &mut File) -> std::io::Result<String> {
    let mut process = String::new();
    file.read_to_string(&mut process)?;
    Ok(process.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_claimed_once_until_the_claim_ends() {
        let folder = tempfile::tempdir().expect("a folder");
        let claim = Claim::take(folder.path()).expect("free");
        let refused = Claim::take(folder.path()).err().expect("taken").to_string();
        assert!(refused.contains(&format!("process {}", std::process::id())), "{refused}");
        drop(claim);
        assert_eq!(stop_process(folder.path()).expect("readable"), None, "nobody is left to stop");
        Claim::take(folder.path()).expect("free again");
    }

    #[test]
    fn where_nothing_ever_ran_there_is_nothing_to_stop() {
        let folder = tempfile::tempdir().expect("a folder");
        assert_eq!(stop_process(folder.path()).expect("readable"), None);
        assert!(!folder.path().join("sluice.pid").exists());
    }
}
