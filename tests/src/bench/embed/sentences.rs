//! Sentences of mixed lengths.

pub const COUNT: usize = 256;
const LENGTHS: [usize; 8] = [4, 8, 12, 16, 20, 24, 32, 48];
const WORDS: &str = "the meeting was moved to next thursday because our client in berlin asked for more time to review \
    contract terms and budget figures before signing anything new with supplier team about data storage energy prices";

/// Sentences of 4 to 51 words in mixed order, the same every time.
pub fn sentences() -> Vec<String> {
    let words: Vec<&str> = WORDS.split_whitespace().collect();
    let mut state = 1u64;
    let mut below = |n: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % n
    };
    let mut sentence = |index: usize| {
        let length = LENGTHS[index % LENGTHS.len()] + below(4);
        (0..length).map(|_| words[below(words.len())]).collect::<Vec<_>>().join(" ")
    };
    (0..COUNT).map(&mut sentence).collect()
}
