//! A hash as lower-case hex in JSON.

use serde::{Deserialize, Deserializer, Serializer, de::Error};

use super::merkle::Hash;

pub fn serialize<S: Serializer>(hash: &Hash, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&hex::encode(hash))
}

pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Hash, D::Error> {
    let text = String::deserialize(deserializer)?;
    let mut hash = [0; 32];
    hex::decode_to_slice(&text, &mut hash).map_err(|_| D::Error::custom("a hash is 64 lower-case hex digits"))?;
    Ok(hash)
}
