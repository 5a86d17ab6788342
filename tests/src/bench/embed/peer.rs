//! onnxruntime in a process of its own, which keeps its sessions between rounds.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use serde::Deserialize;
use serde_json::json;

use super::cache;

/// A round over all sentences.
#[derive(Deserialize)]
pub struct Round {
    /// Seconds on the clock.
    pub wall: f64,
    /// Seconds of the processor.
    pub cpu: f64,
    pub vectors: Vec<Vec<f32>>,
}

pub struct Peer {
    child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
}

impl Peer {
    pub fn start(texts: &[&str]) -> Self {
        let mut command = cache::worker();
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().expect("onnxruntime starts");
        let mut to = child.stdin.take().expect("its input");
        let from = BufReader::new(child.stdout.take().expect("its output"));
        writeln!(to, "{}", json!(texts)).expect("onnxruntime listens");
        Self { child, to, from }
    }

    /// One round over all texts.
    pub fn round(&mut self, precision: &str, batch: usize, threads: usize) -> Round {
        let ask = json!({ "precision": precision, "batch": batch, "threads": threads });
        writeln!(self.to, "{ask}").expect("onnxruntime listens");
        let mut line = String::new();
        self.from.read_line(&mut line).expect("onnxruntime answers");
        serde_json::from_str(&line).expect("an answer")
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
