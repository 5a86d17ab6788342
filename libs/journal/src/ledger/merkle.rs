//! The RFC 6962 Merkle tree, kept as its frontier.

use sha2::{Digest, Sha256};

use super::error::LedgerError;

/// A SHA-256 digest.
pub type Hash = [u8; 32];

const SIZE_BYTES: usize = 8;

/// `SHA-256(0x00 || data)`.
pub fn leaf_hash(data: &[u8]) -> Hash {
    Sha256::new_with_prefix([0]).chain_update(data).finalize().into()
}

/// `SHA-256(0x01 || left || right)`.
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Sha256::new_with_prefix([1]).chain_update(left).chain_update(right).finalize().into()
}

/// The root of a tree without leaves: the hash of nothing.
pub fn empty_root() -> Hash {
    Sha256::digest([]).into()
}

/// All that is needed to append to a tree and to know its root: the roots of its complete subtrees, widest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    peaks: Vec<Hash>,
}

impl Frontier {
    /// The empty tree.
    pub fn new() -> Self {
        Self::default()
    }

    /// The number of leaves.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Adds a leaf, given its leaf hash, and returns the leaf's index.
    pub fn append(&mut self, leaf: Hash) -> u64 {
        let merges = self.size.trailing_ones() as usize;
        let complete = self.peaks.split_off(self.peaks.len().saturating_sub(merges));
        self.peaks.push(complete.iter().rev().fold(leaf, |right, left| node_hash(left, &right)));
        self.size += 1;
        self.size - 1
    }

    /// The Merkle tree hash of all leaves.
    pub fn root(&self) -> Hash {
        self.peaks.iter().rev().copied().reduce(|right, left| node_hash(&left, &right)).unwrap_or_else(empty_root)
    }

    /// The size (8 bytes, big-endian) followed by the subtree roots, widest first.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.size.to_be_bytes().to_vec();
        bytes.extend(self.peaks.iter().flatten());
        bytes
    }

    /// Reads what [`Frontier::to_bytes`] wrote.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, LedgerError> {
        let Some((size, peaks)) = bytes.split_first_chunk::<SIZE_BYTES>() else {
            return Err(LedgerError::Frontier("shorter than its size field"));
        };
        let size = u64::from_be_bytes(*size);
        let (peaks, rest) = peaks.as_chunks::<32>();
        if i64::try_from(size).is_err() {
            return Err(LedgerError::Frontier("larger than any log"));
        }
        if !rest.is_empty() || peaks.len() != size.count_ones() as usize {
            return Err(LedgerError::Frontier("its length does not fit its size"));
        }
        Ok(Self { size, peaks: peaks.to_vec() })
    }
}

impl FromIterator<Hash> for Frontier {
    fn from_iter<I: IntoIterator<Item = Hash>>(leaves: I) -> Self {
        let mut frontier = Self::new();
        for leaf in leaves {
            frontier.append(leaf);
        }
        frontier
    }
}

#[cfg(test)]
pub mod reference {
    //! The eight-leaf tree that implementations of certificate transparency share, and a naive definition.

    use super::{Hash, empty_root, leaf_hash, node_hash};

    pub const ROOTS: [&str; 8] = [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    const LEAVES: [&str; 8] =
        ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];

    pub fn leaves() -> Vec<Hash> {
        LEAVES.iter().map(|leaf| leaf_hash(&hex::decode(leaf).expect("hex"))).collect()
    }

    pub fn hash(text: &str) -> Hash {
        hex::decode(text).expect("hex").try_into().expect("32 bytes")
    }

    /// The definition in RFC 6962, section 2.1, word for word.
    pub fn naive_root(leaves: &[Hash]) -> Hash {
        match leaves {
            [] => empty_root(),
            [leaf] => *leaf,
            _ => {
                let mut k = 1;
                while k * 2 < leaves.len() {
                    k *= 2;
                }
                node_hash(&naive_root(&leaves[..k]), &naive_root(&leaves[k..]))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::reference::{ROOTS, hash, leaves, naive_root};
    use super::*;

    #[test]
    fn the_reference_tree_has_the_known_roots() {
        let mut frontier = Frontier::new();
        assert_eq!(frontier.root(), hash("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
        for (index, leaf) in leaves().into_iter().enumerate() {
            assert_eq!(frontier.append(leaf), index as u64);
            assert_eq!(frontier.root(), hash(ROOTS[index]));
        }
    }

    #[test]
    fn bytes_that_fit_no_tree_are_refused() {
        let bytes = leaves().into_iter().collect::<Frontier>().to_bytes();
        assert!(Frontier::from_bytes(&bytes[..7]).is_err());
        assert!(Frontier::from_bytes(&bytes[..39]).is_err());
        assert!(Frontier::from_bytes(&[&bytes[..], &[0; 32]].concat()).is_err());
        assert!(Frontier::from_bytes(&[0xff; 8 + 64 * 32]).is_err());
    }

    proptest! {
        #[test]
        fn appending_agrees_with_the_definition(leaves in vec(any::<Hash>(), 0..70)) {
            let frontier: Frontier = leaves.iter().copied().collect();
            prop_assert_eq!(frontier.size(), leaves.len() as u64);
            prop_assert_eq!(frontier.root(), naive_root(&leaves));
        }

        #[test]
        fn a_stored_frontier_goes_on_where_it_stopped(leaves in vec(any::<Hash>(), 1..70), at in any::<prop::sample::Index>()) {
            let (before, after) = leaves.split_at(at.index(leaves.len()));
            let stored = before.iter().copied().collect::<Frontier>().to_bytes();
            let mut frontier = Frontier::from_bytes(&stored).expect("stored");
            for leaf in after {
                frontier.append(*leaf);
            }
            prop_assert_eq!(frontier.root(), naive_root(&leaves));
        }
    }
}
