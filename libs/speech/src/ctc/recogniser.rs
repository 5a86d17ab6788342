//! A CTC model as a recogniser.

use std::ops::Range;
use std::path::Path;
use std::time::Duration;

use super::align::{Heard, align};
use super::confidence::confidence;
use super::config::CtcConfig;
use super::language::LanguageModel;
use super::lexicon::Lexicon;
use super::network::Network;
use super::pauses::{pauses, punctuate};
use super::search::{Found, Search};
use super::window::windows;
use crate::engine::{Hints, Piece, Progress, Recognise, RecogniseError, Utterance};
use crate::error::ModelError;
use crate::kernels::log_sum_exp;
use crate::layers::{Compute, ModelFolder, Weights};
use crate::mel::{HOP, MelFilter, SAMPLE_RATE};

/// Samples of one encoder position.
const POSITION: usize = 2 * HOP;

/// The lexicon and the language model are Mandarin's.
const LANGUAGE: &str = "zh";

/// Without a calibration, what is less certain than this is doubtful.
const UNCALIBRATED_DOUBT: f32 = 0.5;

/// A loaded model.
pub struct CtcRecogniser {
    name: String,
    mel: MelFilter,
    network: Network,
    max_frames: usize,
    search: Search,
    config: CtcConfig,
    compute: Compute,
    doubt: f32,
}

impl CtcRecogniser {
    /// Loads a folder with `config.json`, `model.safetensors`, `units.json`, `lexicon.tsv` and `language.bin`, checked
    /// against `SHA256SUMS` when the folder has it.
    pub fn load(path: &Path, compute: Compute) -> Result<Self, ModelError> {
        let folder = ModelFolder::open(path)?;
        let (sizes, config) = CtcConfig::read(&folder)?;
        let units: Vec<String> = folder.json("units.json")?;
        if units.len() != config.vocab_size {
            return Err(ModelError::config("units.json", format!("{} units, not {}", units.len(), config.vocab_size)));
        }
        let language = LanguageModel::parse("language.bin", &folder.read("language.bin")?)?;
        let lexicon = String::from_utf8_lossy(&folder.read("lexicon.tsv")?).into_owned();
        let lexicon = Lexicon::parse("lexicon.tsv", &lexicon, &units, &language)?;
        let weights = Weights::open(&folder)?;
        Ok(Self {
            name: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            mel: MelFilter::new(sizes.num_mel_bins),
            network: Network::load(&weights, &sizes, config.vocab_size, &compute)?,
            max_frames: 2 * sizes.max_source_positions,
            search: Search::new(language, lexicon, config.search),
            doubt: config.confidence.as_ref().map_or(UNCALIBRATED_DOUBT, |c| c.doubtful_below),
            config,
            compute,
        })
    }

    /// Log-probabilities of the units, `[positions][units]`, for 16 kHz samples that fit the model.
    pub fn posteriors(&self, samples: &[f32]) -> Result<Vec<f32>, RecogniseError> {
        let mut logs = self.network.scores(&self.compute, &self.mel.compute(&self.padded(samples)))?;
        for row in logs.chunks_exact_mut(self.config.vocab_size) {
            let total = log_sum_exp(self.compute.cpu(), row);
            for log in row {
                *log -= total;
            }
        }
        Ok(logs)
    }

    /// The silence around a clip that the model was trained with, up to a whole position.
    fn padded(&self, samples: &[f32]) -> Vec<f32> {
        let mut padded = vec![0.0; self.before()];
        padded.extend(samples);
        let length = padded.len() + self.config.pad_after_ms * SAMPLE_RATE / 1000;
        padded.resize(length.next_multiple_of(POSITION), 0.0);
        padded
    }

    fn before(&self) -> usize {
        self.config.pad_before_ms * SAMPLE_RATE / 1000
    }

    /// Samples that fit what the model was trained on together with the silence around them.
    fn most(&self) -> usize {
        let pads = self.before() + self.config.pad_after_ms * SAMPLE_RATE / 1000 + POSITION;
        let trained = (self.config.max_segment_seconds * SAMPLE_RATE as f32) as usize;
        trained.min(self.max_frames * HOP).saturating_sub(pads).max(SAMPLE_RATE / 2)
    }

    fn window(&self, samples: &[f32], offset: usize, words: &[String]) -> Result<Vec<Utterance>, RecogniseError> {
        let logs = self.posteriors(samples)?;
        let units = self.config.vocab_size;
        let found = self.search.find(&logs, units, words);
        let confidence = confidence(self.config.confidence.as_ref(), &logs, units, &found);
        let ids: Vec<u32> = found.units.iter().map(|(unit, _)| *unit).collect();
        let heard = align(&logs, units, &ids).unwrap_or_default();
        let start = time(offset as i64);
        let range = start..start + time(samples.len() as i64);
        let mut pieces = self.pieces(&found, &heard, offset, &range);
        self.punctuate(&mut pieces, samples, offset);
        let text = pieces.iter().map(|piece| piece.text.as_str()).collect();
        let doubtful = confidence < self.doubt;
        Ok(vec![Utterance { range, text, pieces, confidence, doubtful }])
    }

    fn punctuate(&self, pieces: &mut [Piece], samples: &[f32], offset: usize) {
        let Some(least) = self.config.comma_pause_ms else { return };
        let seconds = |at: usize| (offset + at) as f64 / SAMPLE_RATE as f64;
        let found = pauses(samples, least * SAMPLE_RATE / 1000);
        punctuate(pieces, found.into_iter().map(|pause| seconds(pause.start)..seconds(pause.end)));
    }

    /// The characters with the time and the certainty of their units.
    fn pieces(&self, found: &Found, heard: &[Heard], offset: usize, whole: &Range<Duration>) -> Vec<Piece> {
        let at = |position: usize| time((offset + position * POSITION) as i64 - self.before() as i64);
        let character = |(i, character): (u32, char)| {
            let own: Vec<&Heard> =
                found.units.iter().zip(heard).filter(|((_, c), _)| *c == i).map(|(_, h)| h).collect();
            let certain = own.iter().map(|h| h.log_probability).fold(0.0, f32::min).exp();
            let range = match (own.first(), own.last()) {
                (Some(first), Some(last)) => at(first.first)..at(last.last + 1),
                _ => whole.clone(),
            };
            let range = range.start.clamp(whole.start, whole.end)..range.end.clamp(whole.start, whole.end);
            Piece { text: character.into(), range: Some(range), confidence: certain }
        };
        (0..).zip(found.text.chars()).map(character).collect()
    }
}

fn time(samples: i64) -> Duration {
    Duration::from_secs_f64(samples.max(0) as f64 / SAMPLE_RATE as f64)
}

impl Recognise for CtcRecogniser {
    fn recognise(
        &self,
        clips: &[&[f32]],
        hints: &Hints,
        listener: &mut dyn FnMut(Progress),
    ) -> Result<Vec<Vec<Utterance>>, RecogniseError> {
        let mut out = Vec::with_capacity(clips.len());
        for samples in clips {
            let parts = windows(samples, self.most());
            let window = |part: Range<usize>| self.window(&samples[part.clone()], part.start, &hints.words);
            out.push(parts.into_iter().map(window).collect::<Result<Vec<_>, _>>()?.concat());
            listener(Progress { done: out.len(), clips: clips.len() });
        }
        Ok(out)
    }

    fn model(&self) -> &str {
        &self.name
    }

    fn language(&self) -> Option<&str> {
        Some(LANGUAGE)
    }
}
