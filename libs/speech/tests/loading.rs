//! Wrong model folders say what is wrong with them.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;

use speech::ModelError;
use speech::kernels::Cpu;
use speech::layers::{Compute, Precision};
use speech::whisper::{DecodeOptions, Whisper};
use tempfile::TempDir;

const FILES: [&str; 5] = ["config.json", "generation_config.json", "model.safetensors", "tokenizer.json", "SHA256SUMS"];

/// A copy of a good folder.
fn copy() -> TempDir {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/single-80");
    let to = tempfile::tempdir().unwrap();
    for file in FILES {
        fs::copy(from.join(file), to.path().join(file)).unwrap();
    }
    to
}

fn load(folder: &Path) -> Result<Whisper, ModelError> {
    let compute = Compute::new(Cpu::detect(), Precision::Int8, 1).unwrap();
    Whisper::load(folder, compute, DecodeOptions::default())
}

fn error(folder: &Path) -> ModelError {
    load(folder).err().expect("the folder is wrong")
}

/// Replaces text in a file of a folder whose checksums are gone.
fn edit(folder: &Path, file: &str, from: &str, to: &str) {
    let _ = fs::remove_file(folder.join("SHA256SUMS"));
    let text = fs::read_to_string(folder.join(file)).unwrap();
    assert!(text.contains(from), "{file} has no {from}");
    fs::write(folder.join(file), text.replace(from, to)).unwrap();
}

#[test]
fn a_good_folder_loads_with_and_without_checksums() {
    let folder = copy();
    load(folder.path()).unwrap();
    fs::remove_file(folder.path().join("SHA256SUMS")).unwrap();
    load(folder.path()).unwrap();
}

#[test]
fn a_changed_byte_is_found_by_its_checksum() {
    let folder = copy();
    let path = folder.path().join("model.safetensors");
    let mut bytes = fs::read(&path).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    fs::write(&path, bytes).unwrap();
    assert!(matches!(error(folder.path()), ModelError::Checksum { file, .. } if file == "model.safetensors"));
}

#[test]
fn a_truncated_file_names_the_first_tensor_it_cuts() {
    let folder = copy();
    fs::remove_file(folder.path().join("SHA256SUMS")).unwrap();
    let path = folder.path().join("model.safetensors");
    let bytes = fs::read(&path).unwrap();
    fs::write(&path, &bytes[..bytes.len() - 10]).unwrap();
    let error = error(folder.path());
    let ModelError::Truncated { tensor, needed, length, .. } = &error else { panic!("{error}") };
    assert!(tensor.starts_with("model."));
    assert_eq!((*needed, *length), (bytes.len() as u64, bytes.len() as u64 - 10));
}

#[test]
fn rubbish_is_no_model() {
    let folder = copy();
    fs::remove_file(folder.path().join("SHA256SUMS")).unwrap();
    for rubbish in [&b""[..], b"\xff\xff\xff\xff\xff\xff\xff\x7f", b"<html>not found</html>"] {
        fs::write(folder.path().join("model.safetensors"), rubbish).unwrap();
        assert!(matches!(error(folder.path()), ModelError::NotSafetensors { .. }));
    }
}

#[test]
fn a_missing_file_is_named() {
    for file in ["config.json", "model.safetensors", "tokenizer.json"] {
        let folder = copy();
        fs::remove_file(folder.path().join(file)).unwrap();
        assert!(matches!(error(folder.path()), ModelError::Read { path, .. } if path.ends_with(file)));
    }
}

#[test]
fn a_tensor_that_is_missing_or_of_another_size_is_named() {
    let folder = copy();
    edit(folder.path(), "config.json", "\"encoder_layers\": 2", "\"encoder_layers\": 3");
    let missing = error(folder.path());
    assert!(
        matches!(&missing, ModelError::MissingTensor { tensor } if tensor.contains("encoder.layers.2")),
        "{missing}"
    );

    let folder = copy();
    edit(folder.path(), "config.json", "\"num_mel_bins\": 80", "\"num_mel_bins\": 96");
    let shape = error(folder.path());
    let ModelError::Shape { tensor, expected, found } = &shape else { panic!("{shape}") };
    assert_eq!(tensor, "model.encoder.conv1.weight");
    assert_eq!((expected.as_slice(), found.as_slice()), (&[32, 96, 3][..], &[32, 80, 3][..]));
}

#[test]
fn unsupported_configurations_are_refused() {
    for (from, to) in [("\"gelu\"", "\"relu\""), ("\"encoder_attention_heads\": 2", "\"encoder_attention_heads\": 5")] {
        let folder = copy();
        edit(folder.path(), "config.json", from, to);
        assert!(matches!(error(folder.path()), ModelError::Config { file, .. } if file == "config.json"));
    }
}

#[test]
fn a_language_the_model_lacks_is_refused() {
    let folder = copy();
    let compute = Compute::new(Cpu::detect(), Precision::Int8, 1).unwrap();
    let options = DecodeOptions { language: Some("fr".into()), ..DecodeOptions::default() };
    assert!(matches!(Whisper::load(folder.path(), compute, options), Err(ModelError::Config { .. })));
}
