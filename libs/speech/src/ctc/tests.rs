use super::hot::{HotWords, OUTSIDE};
use super::{LanguageModel, Lexicon, Search, SearchConfig};
use crate::ModelError;

const CHARACTERS: [char; 4] = ['你', '好', '号', '尼'];
/// Units: blank, n, i3, h, ao3.
const UNITS: [&str; 5] = ["<blank>", "n", "i3", "h", "ao3"];

/// ln in the file's steps.
fn cost(probability: f64) -> [u8; 2] {
    ((-probability.ln() * 2048.0).round() as u16).to_le_bytes()
}

/// Two-grams: 你 after the start, 好 after 你, the end after 好; all else by frequency and back-off 0.5.
fn model_bytes() -> Vec<u8> {
    let mut bytes = b"SLUICELM".to_vec();
    for number in [2u32, 7, 7, 3] {
        bytes.extend(number.to_le_bytes());
    }
    for point in [0, 0, 0].into_iter().chain(CHARACTERS.map(|c| c as u32)) {
        bytes.extend(point.to_le_bytes());
    }
    for probability in [0.01, 0.01, 0.2, 0.2, 0.2, 0.25, 0.13] {
        bytes.extend(cost(probability));
    }
    for _ in 0..7 {
        bytes.extend(((0.5f64.ln() * 2048.0).round() as i16).to_le_bytes());
    }
    // 你 = 3 follows the start = 1, 好 = 4 follows 3, the end = 2 follows 4.
    for child in [0u32, 0, 1, 1, 2, 3, 3, 3] {
        bytes.extend(child.to_le_bytes());
    }
    for word in [3u16, 4, 2] {
        bytes.extend(word.to_le_bytes());
    }
    for probability in [0.6, 0.7, 0.8] {
        bytes.extend(cost(probability));
    }
    bytes
}

fn model() -> LanguageModel {
    LanguageModel::parse("language.bin", &model_bytes()).unwrap()
}

fn search() -> Search {
    let units: Vec<String> = UNITS.map(String::from).to_vec();
    let rows = "你\tn i3\t0.0\n尼\tn i3\t-2.0\n好\th ao3\t-0.1\n号\th ao3\t-0.3\n";
    let lexicon = Lexicon::parse("lexicon.tsv", rows, &units, &model()).unwrap();
    let config = SearchConfig {
        beam: 8,
        paths: 4,
        candidates: 4,
        floor: -9.0,
        language_weight: 0.6,
        syllable_bonus: 1.0,
        reading_weight: 0.5,
    };
    Search::new(model(), lexicon, config)
}

/// Log-probabilities in which the named unit of each frame has 0.8 and the others share the rest.
fn frames(best: &[usize]) -> Vec<f32> {
    best.iter()
        .flat_map(|&best| (0..5).map(move |unit| if unit == best { 0.8f32.ln() } else { 0.05f32.ln() }))
        .collect()
}

#[test]
fn scores_are_those_of_the_longest_n_gram_or_backed_off() {
    let model = model();
    let near = |score: f32, probability: f64| assert!((f64::from(score) - probability.ln()).abs() < 1e-3, "{score}");
    let (you, good, number) = (model.number('你').unwrap(), model.number('好').unwrap(), model.number('号').unwrap());
    let start = model.begin();
    near(model.score(&start, you), 0.6);
    near(model.score(&start, good), 0.5 * 0.2);
    let after_you = model.follow(&start, you);
    near(model.score(&after_you, good), 0.7);
    near(model.score(&after_you, number), 0.5 * 0.25);
    assert_eq!((model.number('在'), model.character(good)), (None, '好'));
}

#[test]
fn damaged_models_are_refused() {
    let good = model_bytes();
    let refused = |bytes: &[u8]| matches!(LanguageModel::parse("language.bin", bytes), Err(ModelError::Config { .. }));
    assert!((0..good.len()).all(|length| refused(&good[..length])));
    let mut long = good.clone();
    long.push(0);
    assert!(refused(&long));
    let mut children = good;
    let at = 8 + 16 + 28 + 14 + 14;
    children[at] = 200;
    assert!(refused(&children));
}

#[test]
fn homophones_are_chosen_by_the_language_model() {
    let found = search().find(&frames(&[0, 1, 2, 0, 3, 3, 4, 0]), UNITS.len(), &[]);
    assert_eq!(found.text, "你好");
    assert_eq!(found.units, [(1, 0), (2, 0), (3, 1), (4, 1)]);
    assert!(found.margin > 0.0 && found.acoustic < 0.0 && found.language < 0.0);
}

#[test]
fn hot_words_win_over_what_is_usual_and_half_of_one_gains_nothing() {
    let frames = frames(&[0, 1, 2, 0, 3, 3, 4, 0]);
    let find = |words: &[&str]| {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        search().find(&frames, UNITS.len(), &words)
    };
    let plain = find(&[]);
    let named = find(&["尼好"]);
    assert_eq!((plain.text.as_str(), named.text.as_str()), ("你好", "尼好"));
    assert!(named.language < plain.language, "a bonus is no probability");
    assert_eq!(find(&["尼好你"]).text, "你好");
    assert_eq!(find(&["在", "Sluice", ""]), plain, "what cannot be written changes nothing");
}

#[test]
fn a_hot_word_is_found_behind_the_beginning_of_another() {
    let model = model();
    let number = |char| model.number(char).unwrap();
    let hot = HotWords::new(&["你你好".into(), "你号".into()], &model);
    let mut state = (OUTSIDE, 0.0);
    for char in ['你', '你', '你', '好', '你', '号', '尼'] {
        let (next, gained) = hot.follow(state.0, number(char));
        state = (next, state.1 + gained);
    }
    assert!((state.1 - 15.0).abs() < 1e-9, "three and two characters: {}", state.1);
    assert_eq!(state.0, OUTSIDE);
}

#[test]
fn an_initial_without_its_final_is_no_character() {
    let found = search().find(&frames(&[0, 1, 2, 0, 3, 0]), UNITS.len(), &[]);
    assert_eq!((found.text.as_str(), found.units.len()), ("你", 2));
    let silence = search().find(&frames(&[0, 0, 0]), UNITS.len(), &[]);
    assert_eq!(silence.text, "");
}

#[test]
fn wrong_lines_of_the_lexicon_are_named() {
    let units: Vec<String> = UNITS.map(String::from).to_vec();
    for row in ["你\tn i4\t0.0", "在\tn i3\t0.0", "你\tn i3", ""] {
        let text = format!("好\th ao3\t0.0\n{row}\n");
        let error = Lexicon::parse("lexicon.tsv", &text, &units, &model()).err().unwrap().to_string();
        assert!(error.contains("line 2"), "{error}");
    }
}
