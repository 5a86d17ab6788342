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

/// The services that seal secrets, and the table of their settings that holds the key.
const SEALING: [(&str, &str); 3] =
    [("ai-qa", "service.links"), ("gateway", "service.second_factor"), ("notifier", "service.secrets")];

/// Signing seeds, database passwords and sealing keys, by service.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Keys {
    principal_seeds: BTreeMap<String, String>,
    ledger_seeds: BTreeMap<String, String>,
    passwords: BTreeMap<String, String>,
    /// None in installations that were made before there were any: what they sealed opens with the default key.
    #[serde(default)]
    sealing: BTreeMap<String, String>,
}

impl Keys {
    /// The keys in `file`; made on the first start.
    pub fn load_or_make(file: &Path, services: &[&str], ids: &IdSource) -> Result<Self, StackError> {
        if let Ok(text) = fs::read_to_string(file) {
            return serde_json::from_str(&text).map_err(|error| StackError::Keys(error.to_string()));
        }
        let keys = Self::make(services, ids);
        keys.save(file)?;
        Ok(keys)
    }

    fn make(services: &[&str], ids: &IdSource) -> Self {
        let fresh = |names: &[&str]| names.iter().map(|name| ((*name).to_owned(), hex::encode(ids.secret()))).collect();
        Self {
            principal_seeds: fresh(services),
            ledger_seeds: fresh(services),
            passwords: fresh(services),
            sealing: fresh(&SEALING.map(|(name, _)| name)),
        }
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

    /// The secrets of one service: `runtime.trust`, `runtime.ledger`, and its sealing key when it has one.
    pub fn settings(&self, service: &str) -> Result<String, StackError> {
        let mut trusted = Vec::new();
        for name in self.principal_seeds.keys() {
            let public_key = hex::encode(self.signer(name)?.public_key());
            trusted.push(format!("{{ service = {name:?}, public_key = {public_key:?} }}"));
        }
        let own = |seeds: &BTreeMap<String, String>| seeds.get(service).cloned().unwrap_or_default();
        Ok(format!(
            "[runtime.trust]\nseed = {:?}\nkeys = [{}]\n[runtime.ledger]\nseed = {:?}\n{}",
            own(&self.principal_seeds),
            trusted.join(", "),
            own(&self.ledger_seeds),
            self.sealing_table(service),
        ))
    }

    fn sealing_table(&self, service: &str) -> String {
        let table = SEALING.iter().find(|(name, _)| *name == service).map(|(_, table)| table);
        let setting = table.zip(self.sealing.get(service));
        setting.map_or_else(String::new, |(table, key)| format!("[{table}]\nkey = {key:?}\n"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_service_that_seals_has_a_key_of_its_own() {
        let keys = Keys::make(&["gateway", "notifier", "crm"], &IdSource::seeded(7));
        let (gateway, notifier) = (keys.sealing_table("gateway"), keys.sealing_table("notifier"));
        assert!(gateway.starts_with("[service.second_factor]\nkey = \"") && gateway.len() > 64);
        assert!(notifier.starts_with("[service.secrets]\nkey = \""));
        assert_ne!(keys.sealing["gateway"], keys.sealing["notifier"]);
        assert_eq!(keys.sealing_table("crm"), "");
    }

    #[test]
    fn an_installation_from_before_keeps_what_it_sealed() {
        let text = r#"{"principal_seeds":{},"ledger_seeds":{},"passwords":{}}"#;
        let keys: Keys = serde_json::from_str(text).expect("the older form");
        assert_eq!(keys.sealing_table("gateway"), "");
    }
}
