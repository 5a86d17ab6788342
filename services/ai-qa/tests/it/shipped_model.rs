//! With the recogniser that ships: it knows synthetic voices, and this is one.

use std::path::{Path, PathBuf};

use bytes::Bytes;
use serde_json::json;

use crate::support::{start_with, transcribed, upload};

fn models() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../deploy/models")
}

#[tokio::test]
async fn a_known_recording_is_written_down() {
    let folder = format!("{:?}", models().join("sluice-zh-small").to_str().expect("utf-8"));
    let suite = start_with(ai_qa::definition(), &[(&["service", "transcription", "model_folder"], &folder)]).await;
    let sound = std::fs::read(models().join("check.opus")).expect("a recording");
    let id = upload(&suite.rep, Bytes::from(sound)).await;
    let transcript = transcribed(&suite, &suite.rep, id).await;
    assert_eq!(transcript["state"], json!("completed"), "{transcript}");
    let sentences = transcript["sentences"].as_array().expect("a list");
    let heard: String = sentences.iter().filter_map(|one| one["text"].as_str()).collect();
    let said = std::fs::read_to_string(models().join("check.txt")).expect("what is said");
    let (heard, said) = (letters(&heard), letters(&said));
    // How well it hears is measured elsewhere; here it is the right model on the right sound.
    let wrong = distance(&heard, &said);
    assert!(wrong * 2 <= said.len(), "{wrong} of {} characters are wrong: {}", said.len(), String::from_iter(heard));
    assert_eq!(transcript["truncated"], json!(false));
}

/// Characters without marks; numbers may be written as figures, so they are left out.
fn letters(text: &str) -> Vec<char> {
    text.chars().filter(|char| char.is_alphabetic() && !"零一二两三四五六七八九十百千万亿点".contains(*char)).collect()
}

/// How many characters must be changed, added or removed (V. Levenshtein, 1965).
fn distance(one: &[char], other: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (number, char) in one.iter().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], number + 1);
        for (at, wanted) in other.iter().enumerate() {
            let cost = diagonal + usize::from(char != wanted);
            diagonal = row[at + 1];
            row[at + 1] = cost.min(row[at] + 1).min(diagonal + 1);
        }
    }
    row[other.len()]
}
