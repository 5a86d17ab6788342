//! The secrets of one installation: made once, kept readable for its owner only.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use authz::token::Signer;
use kernel::IdSource;
use serde::{Deserialize, Serialize};

use super::StackError;

/// Signing seeds and database passwords, by service.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Keys {
    principal_seeds: BTreeMap<String, String>,
    ledger_seeds: BTreeMap<String, String>,
    passwords: BTreeMap<String, String>,
}

impl Keys {
    /// The keys in `file`; made on the first start.
    pub fn load_or_make(file: &Path, services: &[&str], ids: &IdSource) -> Result<Self, StackError> {
        if let Ok(text) = fs::read_to_string(file) {
            return serde_json::from_str(&text).map_err(|error| StackError::Keys(error.to_string()));
        }
        let fresh = || services.iter().map(|name| ((*name).to_owned(), hex::encode(ids.secret()))).collect();
        let keys = Self { principal_seeds: fresh(), ledger_seeds: fresh(), passwords: fresh() };
        keys.save(file)?;
        Ok(keys)
    }

    fn save(&self, file: &Path) -> Result<(), StackError> {
        let text = serde_json::to_vec_pretty(self).map_err(|error| StackError::Keys(error.to_string()))?;
        let open = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(file);
        open.and_then(|mut file| file.write_all(&text)).map_err(|error| StackError::Keys(error.to_string()))
    }

    pub fn password(&self, service: &str) -> &str {
        self.passwords.get(service).map_or("", String::as_str)
    }

    /// The key with which a service signs principal tokens.
    pub fn signer(&self, service: &str) -> Result<Signer, StackError> {
        let seed = self.principal_seeds.get(service).and_then(|seed| hex::decode(seed).ok());
        let seed = seed.and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
        Ok(Signer::new(service, seed.ok_or_else(|| StackError::Keys(format!("the seed of {service} is damaged")))?))
    }

    /// The `runtime.trust` and `runtime.ledger` sections of one service.
    pub fn settings(&self, service: &str) -> Result<String, StackError> {
        let mut trusted = Vec::new();
        for name in self.principal_seeds.keys() {
            let public_key = hex::encode(self.signer(name)?.public_key());
            trusted.push(format!("{{ service = {name:?}, public_key = {public_key:?} }}"));
        }
        let own = |seeds: &BTreeMap<String, String>| seeds.get(service).cloned().unwrap_or_default();
        Ok(format!(
            "[runtime.trust]\nseed = {:?}\nkeys = [{}]\n[runtime.ledger]\nseed = {:?}\n",
            own(&self.principal_seeds),
            trusted.join(", "),
            own(&self.ledger_seeds),
        ))
    }
}
