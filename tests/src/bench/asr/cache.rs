//! What benchmarks of speech make once and keep: the peers' environment, weights, spoken lists. Paths are those of the
//! repository, in whose root `tests/bench` runs.

use std::path::{Path, PathBuf};
use std::process::Command;

/// `~/.cache/sluice/bench/asr`.
pub fn folder() -> PathBuf {
    let home = std::env::home_dir().expect("a home folder");
    home.join(".cache/sluice/bench/asr")
}

fn peers() -> PathBuf {
    Path::new("tests/src/bench/asr/peers").into()
}

/// The recipe of the shipped model, whose lists are spoken.
pub fn recipe() -> PathBuf {
    Path::new("deploy/models/training").into()
}

/// Where the shipped model is.
pub fn shipped() -> PathBuf {
    Path::new("deploy/models/sluice-zh-small").into()
}

/// A script of the peers', in their environment, which is made first when it is not there.
pub fn script(name: &str) -> Command {
    let python = folder().join("venv/bin/python");
    if !python.exists() {
        std::fs::create_dir_all(folder()).expect("the cache folder");
        run(Command::new("python3").args(["-m", "venv"]).arg(folder().join("venv")));
        let requirements = peers().join("requirements.txt");
        run(Command::new(&python).args(["-m", "pip", "install", "--quiet", "--requirement"]).arg(requirements));
    }
    let mut command = Command::new(python);
    command.arg(peers().join(name));
    command
}

/// candle's own Whisper as a program, which is built first: it is no part of the suite.
pub fn candle_worker() -> PathBuf {
    let target = folder().join("candle");
    let mut build = Command::new("cargo");
    build.args(["build", "--release", "--quiet", "--locked"]).arg("--target-dir").arg(&target);
    run(build.arg("--manifest-path").arg(peers().join("candle/Cargo.toml")));
    target.join("release/candle-worker")
}

/// A checkpoint of random weights, in both forms.
pub fn weights(size: &str) -> PathBuf {
    let folder = folder().join(size);
    if !folder.join("ready").exists() {
        run(script("weights.py").arg(size).arg(&folder));
    }
    folder
}

/// A fixed list as 16-bit samples and text of each clip.
pub fn spoken(list: &str) -> Vec<(Vec<f32>, String)> {
    let folder = folder().join("lists");
    let rows = folder.join(format!("{list}.tsv"));
    if !rows.exists() {
        run(script("speak_lists.py").arg(recipe()).arg(&folder).arg(list));
    }
    let bytes = std::fs::read(folder.join(format!("{list}.i16"))).expect("the spoken list");
    let samples: Vec<f32> = bytes.as_chunks().0.iter().map(|b| f32::from(i16::from_le_bytes(*b)) / 32_768.0).collect();
    let rows = std::fs::read_to_string(rows).expect("the list's texts");
    let mut rest = samples.as_slice();
    let clip = |row: &str| {
        let (count, text) = row.split_once('\t').expect("samples and text");
        let (clip, later) = rest.split_at(count.parse().expect("a number of samples"));
        rest = later;
        (clip.to_vec(), text.to_owned())
    };
    rows.lines().map(clip).collect()
}

fn run(command: &mut Command) {
    let status = command.status().expect("the command starts");
    assert!(status.success(), "{command:?}: {status}");
}
