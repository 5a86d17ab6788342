//! Wrong model folders say what is wrong with them.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;

use embedding::{Compute, Cpu, ModelError, Precision, Role, SentenceEncoder};
use tempfile::TempDir;

const FILES: [&str; 8] = [
    "config.json",
    "model.safetensors",
    "tokenizer.json",
    "modules.json",
    "1_Pooling/config.json",
    "sentence_bert_config.json",
    "config_sentence_transformers.json",
    "SHA256SUMS",
];

/// A copy of a good folder.
fn copy() -> TempDir {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/bert");
    let to = tempfile::tempdir().unwrap();
    fs::create_dir(to.path().join("1_Pooling")).unwrap();
    for file in FILES {
        fs::copy(from.join(file), to.path().join(file)).unwrap();
    }
    to
}

fn load(folder: &TempDir) -> Result<SentenceEncoder, ModelError> {
    SentenceEncoder::load(folder.path(), Compute::new(Cpu::detect(), Precision::Exact, 1).unwrap())
}

fn error(folder: &TempDir) -> ModelError {
    load(folder).err().expect("the folder is wrong")
}

/// A copy without checksums in which text of a file is replaced.
fn edited(file: &str, from: &str, to: &str) -> TempDir {
    let folder = copy();
    fs::remove_file(folder.path().join("SHA256SUMS")).unwrap();
    let text = fs::read_to_string(folder.path().join(file)).unwrap();
    assert!(text.contains(from), "{file} has no {from}");
    fs::write(folder.path().join(file), text.replace(from, to)).unwrap();
    folder
}

fn config_error(file: &str, from: &str, to: &str) -> String {
    let error = error(&edited(file, from, to));
    let ModelError::Config { file: named, reason } = &error else { panic!("{error}") };
    assert_eq!(named, file, "{reason}");
    reason.clone()
}

#[test]
fn a_changed_byte_is_found_by_its_checksum() {
    let folder = copy();
    let path = folder.path().join("model.safetensors");
    let mut bytes = fs::read(&path).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    fs::write(&path, bytes).unwrap();
    assert!(matches!(error(&folder), ModelError::Checksum { file, .. } if file == "model.safetensors"));
}

#[test]
fn a_truncated_file_names_a_tensor() {
    let folder = copy();
    fs::remove_file(folder.path().join("SHA256SUMS")).unwrap();
    let path = folder.path().join("model.safetensors");
    let bytes = fs::read(&path).unwrap();
    fs::write(&path, &bytes[..bytes.len() - 10]).unwrap();
    assert!(matches!(error(&folder), ModelError::Truncated { tensor, .. } if tensor.contains("encoder.layer")));
}

#[test]
fn a_missing_file_is_named() {
    for file in ["config.json", "model.safetensors", "tokenizer.json"] {
        let folder = copy();
        fs::remove_file(folder.path().join(file)).unwrap();
        assert!(matches!(error(&folder), ModelError::Read { path, .. } if path.ends_with(file)));
    }
}

#[test]
fn files_of_sentence_transformers_may_be_missing() {
    let folder = copy();
    for file in &FILES[3..] {
        fs::remove_file(folder.path().join(file)).unwrap();
    }
    let encoder = load(&folder).unwrap();
    let [query, passage] = [Role::Query, Role::Passage].map(|role| encoder.encode(&["price"], role).unwrap());
    assert_eq!(query, passage, "without the file there are no prompts");
    assert_ne!(
        passage,
        load(&copy()).unwrap().encode(&["price"], Role::Passage).unwrap(),
        "the mean, not the first row"
    );
}

#[test]
fn a_tensor_that_is_missing_or_of_another_size_is_named() {
    let missing = error(&edited("config.json", "\"num_hidden_layers\": 2", "\"num_hidden_layers\": 3"));
    assert!(
        matches!(&missing, ModelError::MissingTensor { tensor } if tensor == "encoder.layer.2.attention.self.query.weight"),
        "{missing}"
    );
    let shape = error(&edited("config.json", "\"intermediate_size\": 72", "\"intermediate_size\": 80"));
    let ModelError::Shape { tensor, expected, found } = &shape else { panic!("{shape}") };
    assert_eq!(tensor, "encoder.layer.0.intermediate.dense.weight");
    assert_eq!((expected.as_slice(), found.as_slice()), (&[80, 32][..], &[72, 32][..]));
}

#[test]
fn unsupported_configurations_are_refused() {
    for (from, to, part) in [
        ("\"model_type\": \"bert\"", "\"model_type\": \"gpt2\"", "gpt2"),
        ("\"gelu\"", "\"relu\"", "relu"),
        ("\"num_attention_heads\": 4", "\"num_attention_heads\": 5", "5 heads"),
        ("\"num_attention_heads\": 4", "\"num_attention_heads\": 0", "0 heads"),
        ("\"max_position_embeddings\": 64", "\"max_position_embeddings\": 2", "larger"),
        ("\"vocab_size\": 137", "\"vocab_size\": 0", "larger"),
        ("\"is_decoder\": false", "\"is_decoder\": true", "decoder"),
        ("\"is_decoder\": false", "\"position_embedding_type\": \"relative_key\"", "relative_key"),
    ] {
        let reason = config_error("config.json", from, to);
        assert!(reason.contains(part), "{reason}");
    }
}

#[test]
fn unsupported_modules_and_poolings_are_refused() {
    assert!(config_error("modules.json", "models.Normalize", "models.Dense").contains("Dense"));
    assert!(config_error("modules.json", "\"path\": \"\"", "\"path\": \"0_Transformer\"").contains("0_Transformer"));
    let pooling = "1_Pooling/config.json";
    assert!(config_error(pooling, "pooling_mode_cls_token", "pooling_mode_max_tokens").contains("max_tokens"));
    assert!(config_error(pooling, "false", "true").contains("mean_tokens"));
}

#[test]
fn a_length_without_room_for_a_text_is_refused() {
    assert!(config_error("sentence_bert_config.json", "48", "2").contains('2'));
}

#[test]
fn a_tokenizer_that_does_not_fit_is_refused() {
    let highest = edited("tokenizer.json", "\"delivery\": ", "\"delivery\": 9");
    assert!(matches!(error(&highest), ModelError::Config { file, .. } if file == "tokenizer.json"));
    let rubbish = edited("tokenizer.json", "{", "[");
    assert!(matches!(error(&rubbish), ModelError::Config { file, .. } if file == "tokenizer.json"));
}
