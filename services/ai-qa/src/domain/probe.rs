//! What is learnt while a recording's bytes pass by once.

use sha2::{Digest, Sha256};

const KEPT: usize = 64 * 1024;

/// The first and the last bytes, how many there were, and what they hash to.
#[derive(Clone, Debug, Default)]
pub struct Probe {
    head: Vec<u8>,
    tail: Vec<u8>,
    length: u64,
    hash: Sha256,
}

impl Probe {
    pub fn add(&mut self, bytes: &[u8]) {
        self.hash.update(bytes);
        self.length += bytes.len() as u64;
        let room = KEPT - self.head.len();
        self.head.extend_from_slice(&bytes[..bytes.len().min(room)]);
        self.tail.extend_from_slice(&bytes[bytes.len().saturating_sub(KEPT)..]);
        let surplus = self.tail.len().saturating_sub(KEPT);
        self.tail.drain(..surplus);
    }

    pub fn head(&self) -> &[u8] {
        &self.head
    }

    pub fn tail(&self) -> &[u8] {
        &self.tail
    }

    pub fn length(&self) -> u64 {
        self.length
    }

    /// SHA-256 in lower-case hex.
    pub fn sha256(&self) -> String {
        hex::encode(self.hash.clone().finalize())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn how_the_bytes_are_cut_does_not_matter(length in 0_usize..200_000, step in 1_usize..90_000) {
            let bytes: Vec<u8> = (0..length).map(|at| (at % 251) as u8).collect();
            let mut probe = Probe::default();
            bytes.chunks(step).for_each(|chunk| probe.add(chunk));
            proptest::prop_assert_eq!(probe.head(), &bytes[..length.min(KEPT)]);
            proptest::prop_assert_eq!(probe.tail(), &bytes[length.saturating_sub(KEPT)..]);
            proptest::prop_assert_eq!(probe.length(), length as u64);
            proptest::prop_assert_eq!(probe.sha256(), hex::encode(Sha256::digest(&bytes)));
        }
    }
}
