//! Passwords: what is acceptable, and argon2id.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use kernel::{FieldError, IdSource, Text};

const SHORTEST: usize = 10;
const LONGEST: usize = 200;

/// What one check costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    pub memory_kib: u32,
    pub passes: u32,
    pub lanes: u32,
}

#[derive(Debug, thiserror::Error)]
#[error("argon2: {0}")]
pub struct HashingFailed(String);

impl Cost {
    /// Why argon2 refuses these parameters.
    pub fn check(&self) -> Result<(), HashingFailed> {
        self.argon2().map(|_| ())
    }

    fn argon2(&self) -> Result<Argon2<'static>, HashingFailed> {
        let params = Params::new(self.memory_kib, self.passes, self.lanes, None);
        let params = params.map_err(|error| HashingFailed(error.to_string()))?;
        Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
    }

    /// The PHC string to keep. Takes long on purpose: not for the async threads.
    pub fn hash(&self, password: &str, ids: &IdSource) -> Result<String, HashingFailed> {
        let salt = ids.secret();
        let hash: PasswordHash = self
            .argon2()?
            .hash_password_with_salt(password.as_bytes(), &salt[16..])
            .map_err(|error| HashingFailed(error.to_string()))?;
        Ok(hash.to_string())
    }
}

/// Whether `password` is the one behind `phc`. Takes as long as its parameters say.
pub fn matches(password: &str, phc: &str) -> bool {
    PasswordHash::new(phc).is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

/// Everything wrong with a new password.
pub fn faults(field: &str, password: &str) -> Vec<FieldError> {
    let length = password.chars().count();
    if length < SHORTEST {
        let reason = Text::new(format!("至少 {SHORTEST} 个字符"), format!("needs at least {SHORTEST} characters"));
        return vec![FieldError::new(field, "too_short", reason)];
    }
    if length > LONGEST {
        let reason = Text::new(format!("不超过 {LONGEST} 个字符"), format!("takes at most {LONGEST} characters"));
        return vec![FieldError::new(field, "too_long", reason)];
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHEAP: Cost = Cost { memory_kib: 8, passes: 1, lanes: 1 };

    #[test]
    fn only_the_right_password_matches_and_no_two_hashes_are_alike() {
        let ids = IdSource::seeded(3);
        let first = CHEAP.hash("correct horse 1", &ids).expect("hash");
        assert!(matches("correct horse 1", &first));
        assert!(!matches("correct horse 2", &first));
        assert!(!matches("correct horse 1", "no hash"));
        assert_ne!(first, CHEAP.hash("correct horse 1", &ids).expect("hash"));
        assert!(first.starts_with("$argon2id$"));
    }

    #[test]
    fn short_and_endless_passwords_are_refused() {
        assert_eq!(faults("password", "nine-char")[0].code, "too_short");
        assert_eq!(faults("password", &"x".repeat(201))[0].code, "too_long");
        assert!(faults("password", "ten--chars").is_empty());
    }

    #[test]
    fn impossible_parameters_are_noticed_at_start() {
        assert!(Cost { memory_kib: 1, passes: 1, lanes: 1 }.check().is_err());
    }
}
