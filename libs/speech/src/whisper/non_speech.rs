//! Tokens that stand for no speech: brackets, quotation marks, notes. The list is OpenAI's (`non_speech_tokens` of its
//! tokenizer), which a suppress list means by −1.

use super::vocabulary::Vocabulary;

const SYMBOLS: &[&str] = &[
    "\"",
    "#",
    "(",
    ")",
    "*",
    "+",
    "/",
    ":",
    ";",
    "<",
    "=",
    ">",
    "@",
    "[",
    "\\",
    "]",
    "^",
    "_",
    "`",
    "{",
    "|",
    "}",
    "~",
    "「",
    "」",
    "『",
    "』",
    "<<",
    ">>",
    "<<<",
    ">>>",
    "--",
    "---",
    "-(",
    "-[",
    "('",
    "(\"",
    "((",
    "))",
    "(((",
    ")))",
    "[[",
    "]]",
    "{{",
    "}}",
    "♪♪",
    "♪♪♪",
];

/// These share their first bytes with other signs, but the first token of each is suppressed all the same.
const NOTES: &[&str] = &["♩", "♪", "♫", "♬", "♭", "♮", "♯"];

/// Allowed within a word, not before one.
const JOINING: &[&str] = &[" -", " '"];

pub(super) fn non_speech(vocabulary: &Vocabulary) -> Vec<u32> {
    let forms = |symbol: &&str| [(*symbol).to_owned(), format!(" {symbol}")];
    let single = SYMBOLS.iter().flat_map(forms).filter_map(|form| match *vocabulary.tokens(&form) {
        [token] => Some(token),
        _ => None,
    });
    let first = |form: String| vocabulary.tokens(&form).first().copied();
    let notes = NOTES.iter().flat_map(forms).filter_map(first);
    let joining = JOINING.iter().filter_map(|form| first((*form).to_owned()));
    single.chain(notes).chain(joining).collect()
}
