//! What the decoder is given before it writes.

use super::options::DecodeOptions;
use super::vocabulary::Vocabulary;

/// The tokens up to `<|startoftranscript|>`, after which silence and language show, and those after it.
pub(super) struct Prompt {
    pub(super) before: Vec<u32>,
    pub(super) after: Vec<u32>,
}

/// Hot words and earlier text, then the start, the language and the task. The prompt takes less than half of
/// `max_positions`: hot words come first, of the earlier text the end.
pub(super) fn prompt(
    vocabulary: &Vocabulary,
    options: &DecodeOptions,
    [words, earlier]: [&str; 2],
    language: Option<u32>,
    max_positions: usize,
) -> Prompt {
    let mut before = Vec::new();
    let room = (max_positions / 2).saturating_sub(1);
    let mut words = vocabulary.tokens(&spaced(words));
    words.truncate(room);
    let text = [options.prompt.as_deref().unwrap_or_default(), earlier].concat();
    let text = vocabulary.tokens(&spaced(&text));
    words.extend(&text[text.len().saturating_sub(room - words.len())..]);
    if let (Some(previous), false) = (vocabulary.previous, words.is_empty()) {
        before.push(previous);
        before.extend(words);
    }
    before.push(vocabulary.start);
    let task = language.and(vocabulary.transcribe);
    let times = (!options.times).then_some(vocabulary.no_times);
    Prompt { before, after: [language, task, times].into_iter().flatten().collect() }
}

/// Text tokens expect a blank in front.
fn spaced(text: &str) -> String {
    match text.trim() {
        "" => String::new(),
        text => format!(" {text}"),
    }
}
