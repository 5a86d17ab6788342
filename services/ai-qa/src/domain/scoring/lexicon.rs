//! Words that mean the same, and words that mean the opposite, in a sales conversation.

use std::collections::HashMap;
use std::sync::LazyLock;

/// A concept of the lexicon, by its place in it.
pub type Concept = u16;

/// A word of the lexicon in a text: where it stands and what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    pub start: usize,
    pub end: usize,
    pub concepts: Vec<Concept>,
}

/// A word as it is looked for; `None` is a gap of at most [`GAP`] characters.
type Pattern = Vec<Option<char>>;

#[derive(Debug, Default)]
pub struct Lexicon {
    /// By first character, the longest first.
    patterns: HashMap<char, Vec<(Pattern, Vec<Concept>)>>,
    opposites: HashMap<Concept, Vec<Concept>>,
}

const GAP: usize = 3;

/// The lexicon built in.
pub static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::parse(include_str!("lexicon.txt")));

impl Lexicon {
    /// Lines `name: word word …` or `-other name: word word …`, where `name` is the opposite of `other`.
    pub fn parse(text: &str) -> Self {
        let mut names: Vec<&str> = Vec::new();
        let mut words: HashMap<&str, Vec<Concept>> = HashMap::new();
        let mut lexicon = Self::default();
        let lines = text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(':'));
        for (head, list) in lines {
            let (other, name) = match head.strip_prefix('-').and_then(|head| head.split_once(' ')) {
                Some((other, name)) => (Some(other), name),
                None => (None, head),
            };
            let concept = place(&mut names, name);
            for word in list.split_whitespace() {
                words.entry(word).or_default().push(concept);
            }
            if let Some(other) = other {
                let other = place(&mut names, other);
                lexicon.opposites.entry(concept).or_default().push(other);
                lexicon.opposites.entry(other).or_default().push(concept);
            }
        }
        for (word, concepts) in words {
            let pattern: Pattern = word.chars().map(|c| (c != '*').then_some(c)).collect();
            if let Some(Some(first)) = pattern.first() {
                lexicon.patterns.entry(*first).or_default().push((pattern, concepts));
            }
        }
        lexicon
            .patterns
            .values_mut()
            .for_each(|list| list.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then(a.0.cmp(&b.0))));
        lexicon
    }

    /// The words in `chars`, from left to right, the longest where several begin; none overlap.
    pub fn words(&self, chars: &[char]) -> Vec<Word> {
        let mut found = Vec::new();
        let mut start = 0;
        while start < chars.len() {
            match self.word_at(chars, start) {
                Some(word) => {
                    start = word.end;
                    found.push(word);
                }
                None => start += 1,
            }
        }
        found
    }

    /// What means the opposite of `concept`.
    pub fn opposites(&self, concept: Concept) -> &[Concept] {
        self.opposites.get(&concept).map_or(&[], Vec::as_slice)
    }

    fn word_at(&self, chars: &[char], start: usize) -> Option<Word> {
        let list = self.patterns.get(&chars[start])?;
        list.iter().find_map(|(pattern, concepts)| {
            let length = matched(pattern, &chars[start..])?;
            Some(Word { start, end: start + length, concepts: concepts.clone() })
        })
    }
}

fn place<'a>(names: &mut Vec<&'a str>, name: &'a str) -> Concept {
    let at = names.iter().position(|known| *known == name).unwrap_or_else(|| {
        names.push(name);
        names.len() - 1
    });
    Concept::try_from(at).unwrap_or(Concept::MAX)
}

/// How many characters `pattern` takes at the start of `chars`; a gap never crosses a mark.
fn matched(pattern: &[Option<char>], chars: &[char]) -> Option<usize> {
    match pattern.split_first() {
        None => Some(0),
        Some((Some(wanted), rest)) => {
            let (first, behind) = chars.split_first()?;
            (first == wanted).then(|| matched(rest, behind)).flatten().map(|length| length + 1)
        }
        Some((None, rest)) => (0..=GAP.min(chars.len()))
            .take_while(|gap| chars[..*gap].iter().all(|c| c.is_alphanumeric()))
            .find_map(|gap| matched(rest, &chars[gap..]).map(|length| length + gap)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn concepts(lexicon: &Lexicon, text: &str) -> Vec<Vec<Concept>> {
        let chars: Vec<char> = text.chars().collect();
        lexicon.words(&chars).into_iter().map(|word| word.concepts).collect()
    }

    #[test]
    fn words_of_a_line_mean_the_same_and_the_longest_wins() {
        let lexicon = Lexicon::parse("# comment\nfree: 免费 不收*钱\n-free charged: 收钱\n");
        let free = concepts(&lexicon, "免费");
        assert_eq!(free, concepts(&lexicon, "不收您的钱"));
        let charged = concepts(&lexicon, "收钱");
        assert_ne!(free, charged);
        assert_eq!(lexicon.opposites(free[0][0]), charged[0]);
        assert!(concepts(&lexicon, "不收您的，钱").is_empty(), "a gap does not cross a mark");
    }

    #[test]
    fn the_built_in_lexicon_has_no_empty_line_and_no_word_twice_in_one() {
        for line in include_str!("lexicon.txt").lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            let (_, words) = line.split_once(": ").unwrap_or_else(|| panic!("{line}"));
            let words: Vec<_> = words.split_whitespace().collect();
            let mut once = words.clone();
            once.sort_unstable();
            once.dedup();
            assert_eq!(once.len(), words.len(), "{line}");
        }
        assert!(!concepts(&LEXICON, "不用您掏钱").is_empty());
    }
}
