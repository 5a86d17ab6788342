//! Texts put together so that no thread computes padding and none waits long for another.

use std::ops::Range;

/// Rows that stay in a core's second-level cache on their way through a layer.
const ROWS: usize = 128;

/// Texts that go through the model together, row behind row.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Block {
    /// Which texts.
    pub texts: Vec<usize>,
    /// The rows of each.
    pub rows: Vec<Range<usize>>,
}

impl Block {
    /// All rows.
    pub fn len(&self) -> usize {
        self.rows.last().map_or(0, |last| last.end)
    }

    fn push(&mut self, text: usize, length: usize) {
        let start = self.len();
        self.texts.push(text);
        self.rows.push(start..start + length);
    }
}

/// Packs texts of these lengths: the longest first, each into the block with the fewest rows, of as many blocks as
/// give every thread the same number of them.
pub(crate) fn pack(lengths: &[usize], threads: usize) -> Vec<Block> {
    let total: usize = lengths.iter().sum();
    let count = total.div_ceil(ROWS).next_multiple_of(threads).min(lengths.len());
    let mut blocks: Vec<Block> = (0..count).map(|_| Block::default()).collect();
    let mut order: Vec<usize> = (0..lengths.len()).collect();
    order.sort_by_key(|text| std::cmp::Reverse(lengths[*text]));
    for text in order {
        if let Some(shortest) = blocks.iter_mut().min_by_key(|block| block.len()) {
            shortest.push(text, lengths[text]);
        }
    }
    blocks
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_text_is_in_one_block_with_all_its_rows(
            lengths in prop::collection::vec(1usize..520, 0..80),
            threads in 1usize..5,
        ) {
            let blocks = pack(&lengths, threads);
            let mut seen = vec![0; lengths.len()];
            for block in &blocks {
                let mut end = 0;
                for (text, rows) in block.texts.iter().zip(&block.rows) {
                    seen[*text] += 1;
                    prop_assert_eq!(rows, &(end..end + lengths[*text]));
                    end = rows.end;
                }
                prop_assert!(block.len() > 0 && block.len() == end);
            }
            prop_assert!(seen.iter().all(|count| *count == 1));
        }

        #[test]
        fn blocks_differ_by_no_more_than_a_text(
            lengths in prop::collection::vec(1usize..100, 1..80),
            threads in 1usize..5,
        ) {
            let sizes: Vec<usize> = pack(&lengths, threads).iter().map(Block::len).collect();
            let (least, most) = (sizes.iter().min().copied(), sizes.iter().max().copied());
            prop_assert!(most.zip(least).is_some_and(|(most, least)| most - least <= lengths.iter().copied().max().unwrap_or(0)));
        }
    }
}
