//! Inclusion and consistency proofs as in RFC 6962, verified as in RFC 9162, section 2.1.

use super::error::LedgerError;
use super::merkle::{Frontier, Hash, empty_root, node_hash};

/// The audit path of the leaf at `index`, from the leaf upwards; `None` if there is no such leaf.
pub fn inclusion_proof(leaves: &[Hash], index: usize) -> Option<Vec<Hash>> {
    if index >= leaves.len() {
        return None;
    }
    let mut path = Vec::new();
    audit_path(leaves, index, &mut path);
    Some(path)
}

fn audit_path(leaves: &[Hash], index: usize, path: &mut Vec<Hash>) {
    if leaves.len() < 2 {
        return;
    }
    let middle = split_point(leaves.len());
    let (left, right) = leaves.split_at(middle);
    if index < middle {
        audit_path(left, index, path);
        path.push(root_of(right));
    } else {
        audit_path(right, index - middle, path);
        path.push(root_of(left));
    }
}

/// The proof that the tree of the first `old_size` leaves is a prefix of the whole; `None` if it is larger.
/// Empty when there is nothing to show: for an empty and for the same tree.
pub fn consistency_proof(leaves: &[Hash], old_size: usize) -> Option<Vec<Hash>> {
    if old_size > leaves.len() {
        return None;
    }
    let mut proof = Vec::new();
    if old_size > 0 {
        subproof(leaves, old_size, true, &mut proof);
    }
    Some(proof)
}

/// `known`: the verifier knows the old tree's root and `leaves` starts where that tree starts.
fn subproof(leaves: &[Hash], old_size: usize, known: bool, proof: &mut Vec<Hash>) {
    if old_size == leaves.len() {
        if !known {
            proof.push(root_of(leaves));
        }
        return;
    }
    let middle = split_point(leaves.len());
    let (left, right) = leaves.split_at(middle);
    if old_size <= middle {
        subproof(left, old_size, known, proof);
        proof.push(root_of(right));
    } else {
        subproof(right, old_size - middle, false, proof);
        proof.push(root_of(left));
    }
}

fn root_of(leaves: &[Hash]) -> Hash {
    leaves.iter().copied().collect::<Frontier>().root()
}

/// The largest power of two below `size`, which is at least 2.
fn split_point(size: usize) -> usize {
    1 << (size - 1).ilog2()
}

/// Checks that `leaf` (a leaf hash) is the leaf at `index` of the tree of `size` leaves with this root.
pub fn verify_inclusion(leaf: &Hash, index: u64, size: u64, proof: &[Hash], root: &Hash) -> Result<(), LedgerError> {
    if index >= size {
        return Err(LedgerError::Proof);
    }
    let (mut node, mut last, mut hash) = (index, size - 1, *leaf);
    for sibling in proof {
        if last == 0 {
            return Err(LedgerError::Proof);
        }
        if is_right(node, last) {
            hash = node_hash(sibling, &hash);
            skip_missing_levels(&mut node, &mut last);
        } else {
            hash = node_hash(&hash, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    holds(last == 0 && hash == *root)
}

/// Checks that the tree of `new_size` leaves with `new_root` extends the tree of `old_size` leaves with `old_root`.
pub fn verify_consistency(
    old_size: u64,
    old_root: &Hash,
    new_size: u64,
    new_root: &Hash,
    proof: &[Hash],
) -> Result<(), LedgerError> {
    if old_size > new_size {
        return Err(LedgerError::Proof);
    }
    if old_size == new_size {
        return holds(proof.is_empty() && old_root == new_root);
    }
    if old_size == 0 {
        return holds(proof.is_empty() && *old_root == empty_root());
    }
    // A complete old tree is itself a node of the new one, so its root is left out of the proof.
    let (first, rest) = match proof.split_first() {
        Some(_) if old_size.is_power_of_two() => (old_root, proof),
        Some((first, rest)) => (first, rest),
        None => return Err(LedgerError::Proof),
    };
    let (mut node, mut last) = (old_size - 1, new_size - 1);
    let complete_levels = node.trailing_ones();
    node >>= complete_levels;
    last >>= complete_levels;
    let (mut old, mut new) = (*first, *first);
    for sibling in rest {
        if last == 0 {
            return Err(LedgerError::Proof);
        }
        if is_right(node, last) {
            old = node_hash(sibling, &old);
            new = node_hash(sibling, &new);
            skip_missing_levels(&mut node, &mut last);
        } else {
            new = node_hash(&new, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    holds(last == 0 && old == *old_root && new == *new_root)
}

fn is_right(node: u64, last: u64) -> bool {
    node & 1 == 1 || node == last
}

/// The last node of a level without a right sibling moves up unhashed.
fn skip_missing_levels(node: &mut u64, last: &mut u64) {
    if *node & 1 == 1 {
        return;
    }
    let levels = if *node == 0 { 0 } else { node.trailing_zeros() };
    *node >>= levels;
    *last >>= levels;
}

fn holds(condition: bool) -> Result<(), LedgerError> {
    if condition { Ok(()) } else { Err(LedgerError::Proof) }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::Index;

    use super::super::merkle::reference::{ROOTS, hash, leaves, naive_root};
    use super::*;

    const N10: &str = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7";
    const N23: &str = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e";
    const N47: &str = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4";
    const L4: &str = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b";
    const N67: &str = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0";
    const N45: &str = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a";

    fn hashes(texts: &[&str]) -> Vec<Hash> {
        texts.iter().map(|text| hash(text)).collect()
    }

    #[test]
    fn the_reference_tree_has_the_known_inclusion_proofs() {
        let leaves = leaves();
        let known: [(usize, usize, &[&str]); 4] =
            [(0, 8, &[N10, N23, N47]), (5, 8, &[L4, N67, ROOTS[3]]), (2, 3, &[ROOTS[1]]), (1, 5, &[ROOTS[0], N23, L4])];
        for (index, size, texts) in known {
            let proof = inclusion_proof(&leaves[..size], index).expect("in range");
            assert_eq!(proof, hashes(texts));
            verify_inclusion(&leaves[index], index as u64, size as u64, &proof, &hash(ROOTS[size - 1])).expect("holds");
        }
    }

    #[test]
    fn the_reference_tree_has_the_known_consistency_proofs() {
        let leaves = leaves();
        let known: [(usize, usize, &[&str]); 4] =
            [(1, 1, &[]), (1, 8, &[N10, N23, N47]), (6, 8, &[N45, N67, ROOTS[3]]), (2, 5, &[N23, L4])];
        for (old, new, texts) in known {
            let proof = consistency_proof(&leaves[..new], old).expect("in range");
            assert_eq!(proof, hashes(texts));
            let (old_root, new_root) = (hash(ROOTS[old - 1]), hash(ROOTS[new - 1]));
            verify_consistency(old as u64, &old_root, new as u64, &new_root, &proof).expect("holds");
        }
    }

    #[test]
    fn there_is_no_proof_outside_the_tree() {
        let leaves = leaves();
        assert_eq!(inclusion_proof(&leaves, 8), None);
        assert_eq!(consistency_proof(&leaves, 9), None);
        assert!(verify_inclusion(&leaves[0], 8, 8, &[], &leaves[0]).is_err());
        assert!(verify_consistency(2, &leaves[0], 1, &leaves[0], &[]).is_err());
        assert!(verify_consistency(1, &leaves[0], 2, &leaves[0], &[]).is_err());
    }

    proptest! {
        #[test]
        fn inclusion_holds_for_the_leaf_and_its_place_only(
            leaves in vec(any::<Hash>(), 1..70), at in any::<Index>(), elsewhere in any::<Index>(), spoilt in any::<Index>(),
        ) {
            let (index, other) = (at.index(leaves.len()), elsewhere.index(leaves.len()));
            let (size, root) = (leaves.len() as u64, naive_root(&leaves));
            let proof = inclusion_proof(&leaves, index).expect("in range");
            prop_assert!(verify_inclusion(&leaves[index], index as u64, size, &proof, &root).is_ok());
            let moved = verify_inclusion(&leaves[index], other as u64, size, &proof, &root);
            prop_assert_eq!(moved.is_ok(), index == other);
            for broken in spoil(&proof, spoilt) {
                prop_assert!(verify_inclusion(&leaves[index], index as u64, size, &broken, &root).is_err());
            }
        }

        #[test]
        fn consistency_holds_for_prefixes_only(leaves in vec(any::<Hash>(), 1..70), at in any::<Index>(), spoilt in any::<Index>()) {
            let old = at.index(leaves.len() + 1);
            let (old_root, new_root, size) = (naive_root(&leaves[..old]), naive_root(&leaves), leaves.len() as u64);
            let proof = consistency_proof(&leaves, old).expect("in range");
            prop_assert!(verify_consistency(old as u64, &old_root, size, &new_root, &proof).is_ok());
            prop_assert!(verify_consistency(old as u64, &[9; 32], size, &new_root, &proof).is_err());
            for broken in spoil(&proof, spoilt) {
                prop_assert!(verify_consistency(old as u64, &old_root, size, &new_root, &broken).is_err());
            }
        }
    }

    /// The proof with one hash altered, one left out and one added.
    fn spoil(proof: &[Hash], at: Index) -> Vec<Vec<Hash>> {
        let mut broken = vec![[proof, &[[3; 32]]].concat()];
        if !proof.is_empty() {
            let at = at.index(proof.len());
            let mut altered = proof.to_vec();
            altered[at][0] ^= 1;
            let mut shortened = proof.to_vec();
            shortened.remove(at);
            broken.extend([altered, shortened]);
        }
        broken
    }
}
