//! A model folder as it is downloaded, with its checksums when it has them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use crate::error::ModelError;

const SUMS: &str = "SHA256SUMS";

/// A folder of model files. When it has a `SHA256SUMS`, every file listed there is checked as it is read.
pub struct ModelFolder {
    path: PathBuf,
    sums: BTreeMap<String, String>,
}

impl ModelFolder {
    /// Opens a folder; reads nothing but its checksums.
    pub fn open(path: &Path) -> Result<Self, ModelError> {
        let mut folder = Self { path: path.into(), sums: BTreeMap::new() };
        if folder.has(SUMS) {
            let text = folder.read(SUMS)?;
            folder.sums = parse_sums(&String::from_utf8_lossy(&text));
        }
        Ok(folder)
    }

    /// Whether the folder has a file of that name.
    pub fn has(&self, file: &str) -> bool {
        self.path.join(file).is_file()
    }

    /// A whole file, checked against its checksum.
    pub fn read(&self, file: &str) -> Result<Vec<u8>, ModelError> {
        let path = self.path.join(file);
        let bytes = std::fs::read(&path).map_err(|source| ModelError::Read { path, source })?;
        let Some(expected) = self.sums.get(file) else { return Ok(bytes) };
        let found = hex::encode(Sha256::digest(&bytes));
        if !found.eq_ignore_ascii_case(expected) {
            return Err(ModelError::Checksum { file: file.into(), expected: expected.clone(), found });
        }
        Ok(bytes)
    }

    /// SHA-256 of a file in hexadecimal digits, as `SHA256SUMS` has it, or computed.
    pub fn digest(&self, file: &str) -> Result<String, ModelError> {
        match self.sums.get(file) {
            Some(digest) => Ok(digest.to_lowercase()),
            None => Ok(hex::encode(Sha256::digest(self.read(file)?))),
        }
    }

    /// Reads every file that has a checksum; returns how many there are.
    pub fn verify(&self) -> Result<usize, ModelError> {
        self.sums.keys().try_for_each(|file| self.read(file).map(drop))?;
        Ok(self.sums.len())
    }

    /// A JSON file.
    pub fn json<T: DeserializeOwned>(&self, file: &str) -> Result<T, ModelError> {
        serde_json::from_slice(&self.read(file)?).map_err(|error| ModelError::config(file, error))
    }
}

/// Lines of a digest, blanks, perhaps a star, and a name, as `sha256sum` writes them.
fn parse_sums(text: &str) -> BTreeMap<String, String> {
    let entry = |line: &str| {
        let (digest, name) = line.split_once(char::is_whitespace)?;
        let name = name.trim().trim_start_matches('*').trim_start_matches("./");
        Some((name.to_owned(), digest.to_owned()))
    };
    text.lines().filter_map(entry).collect()
}
