//! CTranslate2, or candle, in a process of its own.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use speech::kernels;

use super::cache;
use super::clock::Time;

pub struct Peer {
    child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
    pub version: String,
}

impl Peer {
    /// CTranslate2, allowed the same instructions as ours.
    pub fn ctranslate2(folder: &Path, path: kernels::Path, threads: usize) -> Self {
        let instructions = if path == kernels::Path::Avx2 { "AVX2" } else { "AVX512" };
        let mut command = cache::script("ctranslate2_worker.py");
        command.arg(folder).arg(threads.to_string()).env("CT2_FORCE_CPU_ISA", instructions);
        command.env("OMP_NUM_THREADS", threads.to_string());
        Self::start(command)
    }

    /// candle's own Whisper, which chooses its instructions itself.
    pub fn candle(folder: &Path, threads: usize) -> Self {
        let mut command = Command::new(cache::candle_worker());
        command.arg(folder).env("RAYON_NUM_THREADS", threads.to_string());
        Self::start(command)
    }

    fn start(mut command: Command) -> Self {
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the peer starts");
        let to = child.stdin.take().expect("its input");
        let from = BufReader::new(child.stdout.take().expect("its output"));
        let mut peer = Self { child, to, from, version: String::new() };
        peer.version = peer.line();
        peer
    }

    /// What a command took, and how many tokens it wrote.
    pub fn ask(&mut self, command: &str) -> (Time, usize) {
        writeln!(self.to, "{command}").expect("the peer listens");
        let line = self.line();
        let numbers: Vec<f64> = line.split_whitespace().map(|number| number.parse().expect("a number")).collect();
        (Time { cpu: numbers[0], wall: numbers[1] }, numbers[2] as usize)
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.from.read_line(&mut line).expect("the peer answers");
        line.trim().to_owned()
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
