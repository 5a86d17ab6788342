//! A Whisper checkpoint as a recogniser.

use std::path::Path;
use std::time::Duration;

use crate::engine::{Hints, Progress, Recognise, RecogniseError, Utterance};
use crate::error::ModelError;
use crate::layers::{Compute, ModelFolder, Weights};
use crate::mel::{HOP, MelFilter, SAMPLE_RATE};

use super::config::{Config, GenerationConfig};
use super::decode::Clip;
use super::decoded::Decoded;
use super::network::Network;
use super::options::{DecodeOptions, Randomness};
use super::pieces::utterances;
use super::rules::Rules;
use super::sample::Dice;
use super::vocabulary::Vocabulary;

/// Memory that keys and values of the clips of a batch may take.
const BATCH_BYTES: usize = 100 << 20;

/// A loaded checkpoint.
pub struct Whisper {
    name: String,
    mel: MelFilter,
    pub(super) network: Network,
    max_frames: usize,
    pub(super) vocabulary: Vocabulary,
    pub(super) rules: Rules,
    pub(super) compute: Compute,
    pub(super) options: DecodeOptions,
    clip_bytes: usize,
}

impl Whisper {
    /// Loads a Hugging Face folder: `config.json`, `model.safetensors`, `tokenizer.json` and, when there is one,
    /// `generation_config.json`; checked against `SHA256SUMS` when the folder has it.
    pub fn load(path: &Path, compute: Compute, options: DecodeOptions) -> Result<Self, ModelError> {
        let folder = ModelFolder::open(path)?;
        let config = Config::read(&folder)?;
        let vocabulary = Vocabulary::read(&folder)?;
        if let Some(code) = options.language.as_ref()
            && !vocabulary.languages().is_empty()
            && !vocabulary.languages().contains_key(code)
        {
            return Err(ModelError::config("tokenizer.json", format!("it has no language {code}")));
        }
        let weights = Weights::open(&folder)?;
        Ok(Self {
            name: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            mel: MelFilter::new(config.num_mel_bins),
            network: Network::load(&weights, &config, &compute)?,
            max_frames: 2 * config.max_source_positions,
            rules: Rules::new(&vocabulary, &GenerationConfig::read(&folder)?),
            clip_bytes: 4
                * config.decoder.map_or(1, |d| d.decoder_layers)
                * config.max_source_positions
                * config.d_model,
            vocabulary,
            compute,
            options,
        })
    }

    /// The mel frames, the encoder and the decoder's view of samples, as long as they are.
    pub(super) fn hear(&self, samples: &[f32], words: &str, earlier: &str) -> Result<Clip, RecogniseError> {
        let cross = self.network.hear(&self.compute, &self.mel.compute(samples))?;
        let seconds = samples.len() as f64 / SAMPLE_RATE as f64;
        Ok(Clip { cross, seconds, earlier: earlier.into(), words: words.into() })
    }

    /// The most samples the encoder hears at once: 30 seconds.
    pub(super) fn window(&self) -> usize {
        self.max_frames * HOP
    }

    pub(super) fn utterances(&self, decoded: &Decoded, length: Duration) -> Vec<Utterance> {
        utterances(&self.vocabulary, decoded, length, self.options.doubt)
    }

    /// Writes down clips that fit the window, together.
    fn together(
        &self,
        clips: &[&[f32]],
        words: &str,
        random: &mut Randomness<'_>,
    ) -> Result<Vec<Vec<Utterance>>, RecogniseError> {
        let heard: Vec<Clip> = clips.iter().map(|samples| self.hear(samples, words, "")).collect::<Result<_, _>>()?;
        let decoded = self.decode(&heard, random)?;
        let one = |(decoded, clip): (&Decoded, &Clip)| self.utterances(decoded, Duration::from_secs_f64(clip.seconds));
        Ok(decoded.iter().zip(&heard).map(one).collect())
    }
}

impl Recognise for Whisper {
    fn recognise(
        &self,
        clips: &[&[f32]],
        hints: &Hints,
        listener: &mut dyn FnMut(Progress),
    ) -> Result<Vec<Vec<Utterance>>, RecogniseError> {
        let words = hints.words.join(" ");
        let mut dice = Dice::new(hints.seed);
        let batch = (BATCH_BYTES / self.clip_bytes.max(1)).clamp(1, self.options.batch.max(1));
        let mut out = Vec::with_capacity(clips.len());
        let mut rest = clips;
        while let Some(first) = rest.first() {
            let fit = rest.iter().take(batch).take_while(|clip| (HOP..=self.window()).contains(&clip.len())).count();
            let (now, later) = rest.split_at(fit.max(1));
            if fit > 0 {
                out.extend(self.together(now, &words, &mut || dice.roll())?);
            } else {
                out.push(self.seek(first, &words, &mut || dice.roll())?);
            }
            rest = later;
            listener(Progress { done: out.len(), clips: clips.len() });
        }
        Ok(out)
    }

    fn model(&self) -> &str {
        &self.name
    }

    fn language(&self) -> Option<&str> {
        self.options.language.as_deref()
    }
}
