//! What makes a sentence encoder of a plain encoder: the files that sentence-transformers puts beside a checkpoint.
//! Each of them may be missing.

use serde::Deserialize;
use speech::ModelError;
use speech::layers::ModelFolder;

use crate::config::Config;
use crate::error;

const MODULES: &str = "modules.json";
const POOLING: &str = "1_Pooling";
const LENGTH: &str = "sentence_bert_config.json";
const PROMPTS: &str = "config_sentence_transformers.json";
/// The first and the last token belong to the model; a text needs one of its own.
const SHORTEST: usize = 3;

/// What is put before a text, depending on what it is for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Prompts {
    /// Before what is searched with.
    #[serde(default)]
    pub query: String,
    /// Before what is found.
    #[serde(default, alias = "document")]
    pub passage: String,
}

/// How the rows of a text become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pooling {
    /// The row of the first token.
    Cls,
    /// The mean of all rows.
    Mean,
}

/// How texts are prepared and rows are pooled.
#[derive(Debug)]
pub(crate) struct Settings {
    pub pooling: Pooling,
    /// The most tokens of a text, the model's own first and last included.
    pub max_length: usize,
    pub lower_case: bool,
    pub prompts: Prompts,
}

#[derive(Deserialize)]
struct Module {
    path: String,
    #[serde(rename = "type")]
    kind: String,
}

#[derive(Default, Deserialize)]
struct Length {
    max_seq_length: Option<usize>,
    #[serde(default)]
    do_lower_case: bool,
}

#[derive(Default, Deserialize)]
struct Conversation {
    #[serde(default)]
    prompts: Prompts,
}

impl Settings {
    pub fn read(folder: &ModelFolder, config: &Config) -> Result<Self, ModelError> {
        let length: Length = optional(folder, LENGTH)?;
        let max_length = length.max_seq_length.unwrap_or(usize::MAX).min(config.positions());
        if max_length < SHORTEST {
            return Err(error::config(LENGTH, format!("max_seq_length {max_length} leaves no room for a text")));
        }
        let Conversation { prompts } = optional(folder, PROMPTS)?;
        Ok(Self { pooling: pooling(folder)?, max_length, lower_case: length.do_lower_case, prompts })
    }
}

fn optional<T: Default + for<'a> Deserialize<'a>>(folder: &ModelFolder, file: &str) -> Result<T, ModelError> {
    if folder.has(file) { folder.json(file) } else { Ok(T::default()) }
}

/// Without any word about it the mean, as sentence-transformers does.
fn pooling(folder: &ModelFolder) -> Result<Pooling, ModelError> {
    let file = format!("{}/config.json", pooling_folder(folder)?);
    if !folder.has(&file) {
        return Ok(Pooling::Mean);
    }
    let modes: serde_json::Map<String, serde_json::Value> = folder.json(&file)?;
    let on = |(name, value): (String, serde_json::Value)| {
        Some(name.strip_prefix("pooling_mode_")?.to_owned()).filter(|_| value == true)
    };
    let modes: Vec<String> = modes.into_iter().filter_map(on).collect();
    match modes.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["cls_token"] => Ok(Pooling::Cls),
        ["mean_tokens"] => Ok(Pooling::Mean),
        _ => Err(error::config(&file, format!("pooling by {modes:?} is not supported, cls_token or mean_tokens is"))),
    }
}

/// The pooling module's folder; refuses modules that would change the vectors and are not known here.
fn pooling_folder(folder: &ModelFolder) -> Result<String, ModelError> {
    let mut found = POOLING.to_owned();
    if !folder.has(MODULES) {
        return Ok(found);
    }
    for Module { path, kind } in folder.json::<Vec<Module>>(MODULES)? {
        match kind.rsplit('.').next().unwrap_or_default() {
            "Transformer" if path.is_empty() => {}
            "Pooling" => found = path,
            "Normalize" => {}
            _ => return Err(error::config(MODULES, format!("module {kind} in {path:?} is not supported"))),
        }
    }
    Ok(found)
}
