//! A loaded sentence encoder.

use std::path::Path;

use speech::ModelError;
use speech::layers::{Compute, ModelFolder, Weights, sized};

use crate::blocks::{Block, pack};
use crate::config::Config;
use crate::error::EncodeError;
use crate::layer::Layer;
use crate::pooling::pool;
use crate::sentence::{Pooling, Prompts, Settings};
use crate::table::Table;
use crate::tokens::Tokens;

const WORDS: &str = "embeddings.word_embeddings.weight";
/// Hexadecimal digits of the weights' digest that tell one version from another.
const VERSION: usize = 12;

/// What a text is for; some models want to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// It searches.
    Query,
    /// It is to be found. Texts that are only compared with one another are passages too.
    Passage,
}

/// A BERT or XLM-R checkpoint that turns texts into vectors of length 1.
pub struct SentenceEncoder {
    model: String,
    tokens: Tokens,
    table: Table,
    layers: Vec<Layer>,
    pooling: Pooling,
    prompts: Prompts,
    width: usize,
    compute: Compute,
}

impl SentenceEncoder {
    /// Loads a Hugging Face folder: `config.json`, `model.safetensors`, `tokenizer.json` and, as far as they are
    /// there, `modules.json` with its pooling folder, `sentence_bert_config.json` and
    /// `config_sentence_transformers.json`; checked against `SHA256SUMS` when the folder has it.
    pub fn load(folder: &Path, compute: Compute) -> Result<Self, ModelError> {
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        let folder = ModelFolder::open(folder)?;
        let config = Config::read(&folder)?;
        let settings = Settings::read(&folder, &config)?;
        let tokens = Tokens::read(&folder, &config, &settings)?;
        let mut weights = Weights::open(&folder)?;
        if !weights.has(WORDS) {
            let prefixed = weights.under(config.prefix());
            weights = if prefixed.has(WORDS) { prefixed } else { prefixed.under("") };
        }
        let precision = compute.precision();
        let layer = |number| Layer::load(&weights, number, &config, precision);
        Ok(Self {
            model: format!("{name}@{:.VERSION$}", version(&folder)?),
            tokens,
            table: Table::load(&weights, &config, precision)?,
            layers: (0..config.num_hidden_layers).map(layer).collect::<Result<_, _>>()?,
            pooling: settings.pooling,
            prompts: settings.prompts,
            width: config.hidden_size,
            compute,
        })
    }

    /// Puts other words before texts than the folder says.
    pub fn with_prompts(mut self, prompts: Prompts) -> Self {
        self.prompts = prompts;
        self
    }

    /// Values of a vector.
    pub fn dimensions(&self) -> usize {
        self.width
    }

    /// Name of the folder and digest of the weights, for the record: `name@0123456789ab`.
    pub fn model(&self) -> &str {
        &self.model
    }

    /// A vector of length 1 for each text, in order. A text alone and among others gives the same vector; what is
    /// longer than the model can see is cut at its end. An empty text has a vector as well.
    pub fn encode(&self, texts: &[&str], role: Role) -> Result<Vec<Vec<f32>>, EncodeError> {
        let prompt = match role {
            Role::Query => &self.prompts.query,
            Role::Passage => &self.prompts.passage,
        };
        let tokens = self.tokens.encode_all(&self.compute, texts, prompt)?;
        let lengths: Vec<usize> = tokens.iter().map(Vec::len).collect();
        let blocks = pack(&lengths, self.compute.threads());
        let threads = self.compute.threads().div_ceil(blocks.len().max(1));
        let encoded = self.compute.map(&blocks, |block| self.forward(&tokens, block, threads));
        let mut vectors = vec![Vec::new(); texts.len()];
        for (block, encoded) in blocks.iter().zip(encoded) {
            block.texts.iter().zip(encoded).for_each(|(text, vector)| vectors[*text] = vector);
        }
        Ok(vectors)
    }

    /// The vectors of a block's texts, on `threads` threads.
    fn forward(&self, tokens: &[Vec<u32>], block: &Block, threads: usize) -> Vec<Vec<f32>> {
        let mut x = vec![0.0; block.len() * self.width];
        let values = |rows: &std::ops::Range<usize>| rows.start * self.width..rows.end * self.width;
        self.compute.with_scratch(|scratch| {
            for (text, rows) in block.texts.iter().zip(&block.rows) {
                let sum = sized(&mut scratch.normal, rows.len() * self.width);
                self.table.look_up(self.compute.cpu(), &tokens[*text], sum, &mut x[values(rows)]);
            }
        });
        for layer in &self.layers {
            layer.forward(&self.compute, &block.rows, block.len().div_ceil(threads), &mut x);
        }
        block.rows.iter().map(|rows| pool(self.pooling, &x[values(rows)], self.width)).collect()
    }
}

/// A digest that changes with the weights; of the index alone when they are in several files.
fn version(folder: &ModelFolder) -> Result<String, ModelError> {
    let file =
        if folder.has("model.safetensors.index.json") { "model.safetensors.index.json" } else { "model.safetensors" };
    folder.digest(file)
}
