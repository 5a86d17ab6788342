//! What people of the play say: written in the demonstration's files, spoken by espeak-ng, uploaded as recordings.

use std::path::Path;

use serde::Deserialize;
use tokio::process::Command;

use super::PlayError;

/// Debian's espeak-ng reads hanzi wrongly, so it is given pinyin.
const LANGUAGE: &str = "cmn-latn-pinyin";
/// People breathe between sentences; espeak-ng at this speed does not.
const SENTENCE_PAUSE: &str = ".<break time=\"900ms\"/> ";

/// Everything that is recorded in the play.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recordings {
    pub voice_note: Speech,
    pub answers: Vec<Answers>,
}

/// One objection, answered well and badly.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answers {
    pub objection: String,
    pub good: Speech,
    pub bad: Speech,
}

/// What somebody says, sentence by sentence.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Speech {
    voice: Voice,
    sentences: Vec<Sentence>,
}

/// A voice of espeak-ng: its variant, words per minute, and pitch from 0 to 99.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Voice {
    variant: String,
    speed: u16,
    pitch: u8,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sentence {
    /// As people write it.
    text: String,
    /// The same, a syllable with its tone for each character that is spoken.
    pinyin: String,
}

impl Recordings {
    /// A good or a bad answer to an objection.
    pub fn answer_to(self, objection: &str, good: bool) -> Option<Speech> {
        let answers = self.answers.into_iter().find(|answers| answers.objection == objection)?;
        Some(if good { answers.good } else { answers.bad })
    }
}

impl Speech {
    pub fn text(&self) -> String {
        self.sentences.iter().map(|sentence| sentence.text.as_str()).collect()
    }

    /// Speaks into a WAV file and answers its content.
    pub async fn record(&self, file: &Path) -> Result<Vec<u8>, PlayError> {
        let pinyin: Vec<&str> = self.sentences.iter().map(|sentence| sentence.pinyin.as_str()).collect();
        let said = Command::new("espeak-ng")
            .args(["-v", &format!("{LANGUAGE}+{}", self.voice.variant)])
            .args(["-s", &self.voice.speed.to_string(), "-p", &self.voice.pitch.to_string()])
            .arg("-w")
            .arg(file)
            .args(["-m", &pinyin.join(SENTENCE_PAUSE)])
            .output()
            .await
            .map_err(|error| PlayError::Voice(error.to_string()))?;
        if !said.status.success() {
            return Err(PlayError::Voice(String::from_utf8_lossy(&said.stderr).into_owned()));
        }
        std::fs::read(file).map_err(|error| PlayError::File(file.to_owned(), error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_of_the_demonstration_has_its_syllable() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../deploy/demo/recordings.json");
        let recordings: Recordings = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
        let answers = recordings.answers.iter().flat_map(|answers| [&answers.good, &answers.bad]);
        for sentence in answers.chain([&recordings.voice_note]).flat_map(|speech| &speech.sentences) {
            let digits = sentence.text.matches("90万").count();
            let spoken = sentence.text.chars().filter(|char| char.is_alphabetic()).count() + 2 * digits;
            let syllables = sentence.pinyin.split([' ', ',']).filter(|syllable| !syllable.is_empty());
            assert_eq!(syllables.clone().count(), spoken, "{}", sentence.text);
            for syllable in syllables {
                assert!(syllable.ends_with(['1', '2', '3', '4', '5']), "{syllable} has no tone");
            }
        }
    }
}
