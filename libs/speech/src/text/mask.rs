//! Removes telephone, identity and card numbers from a transcript before anything else reads it.
//!
//! What is found is replaced as a whole: the last digits of a number still point at a person.

mod secrets;

use std::ops::Range;

use super::digits;
pub use secrets::Secret;

/// A personal number that was removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What it was.
    pub secret: Secret,
    /// Where it was: bytes of the text before masking.
    pub source: Range<usize>,
}

/// A text without personal numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Masked {
    /// The text, with a placeholder such as 【电话】 for each number removed.
    pub text: String,
    /// What was removed, in order.
    pub found: Vec<Found>,
}

/// How far before a number the word for it may be, in bytes: eight characters.
const NEAR: usize = 24;

/// Replaces each personal number by a placeholder. Numbers said digit by digit must be written already; see
/// [`super::written`].
pub fn mask(text: &str) -> Masked {
    let mut masked = Masked { text: String::with_capacity(text.len()), found: Vec::new() };
    let mut from = 0;
    for chain in chains(text) {
        for (range, secret) in secrets_in(text, &chain) {
            masked.text.push_str(&text[from..range.start]);
            masked.text.push_str(secret.placeholder());
            from = range.end;
            masked.found.push(Found { secret, source: range });
        }
    }
    masked.text.push_str(&text[from..]);
    masked
}

/// Digits with no more than a pause between them: the byte range of each unbroken group.
type Chain = Vec<Range<usize>>;

fn chains(text: &str) -> Vec<Chain> {
    let mut chains: Vec<Chain> = Vec::new();
    for group in groups(text) {
        match chains.last_mut() {
            Some(chain) if chain.last().is_some_and(|last| digits::is_pause(&text[last.end..group.start])) => {
                chain.push(group);
            }
            _ => chains.push(vec![group]),
        }
    }
    chains
}

/// Unbroken runs of digits; an X that ends an identity number belongs to it.
fn groups(text: &str) -> Vec<Range<usize>> {
    let mut groups: Vec<Range<usize>> = Vec::new();
    for (at, char) in text.char_indices() {
        let open = groups.last().filter(|group| group.end == at).map(Range::len);
        match (char, open) {
            ('0'..='9', Some(_)) | ('X' | 'x', Some(17)) => {
                if let Some(group) = groups.last_mut() {
                    group.end = at + 1;
                }
            }
            ('0'..='9', None) => groups.push(at..at + 1),
            _ => {}
        }
    }
    groups
}

/// The personal numbers in a chain: the longest runs of its groups that make one.
fn secrets_in(text: &str, chain: &Chain) -> Vec<(Range<usize>, Secret)> {
    let mut found = Vec::new();
    let mut first = 0;
    while first < chain.len() {
        let hit = (first..chain.len()).rev().find_map(|last| {
            let range = chain[first].start..chain[last].end;
            let digits: String = text[range.clone()].chars().filter(char::is_ascii_alphanumeric).collect();
            let secret = Secret::of(&digits, before(text, range.start), last > first)?;
            Some((last, range, secret))
        });
        first = match hit {
            Some((last, range, secret)) => {
                found.push((range, secret));
                last + 1
            }
            None => first + 1,
        };
    }
    found
}

/// The text shortly before `at`; a placeholder in it says nothing of what follows.
fn before(text: &str, at: usize) -> &str {
    let from = (at.saturating_sub(NEAR)..=at).find(|from| text.is_char_boundary(*from)).unwrap_or(at);
    text[from..at].rsplit('】').next().unwrap_or_default()
}

#[cfg(test)]
mod tests;
