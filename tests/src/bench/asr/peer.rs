//! CTranslate2 in a process of its own.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

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
    /// Allowed the same instructions as ours.
    pub fn start(folder: &Path, path: kernels::Path, threads: usize) -> Self {
        let instructions = if path == kernels::Path::Avx2 { "AVX2" } else { "AVX512" };
        let mut command = cache::script("ctranslate2_worker.py");
        command.arg(folder).arg(threads.to_string()).env("CT2_FORCE_CPU_ISA", instructions);
        command.env("OMP_NUM_THREADS", threads.to_string()).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().expect("CTranslate2 starts");
        let to = child.stdin.take().expect("its input");
        let from = BufReader::new(child.stdout.take().expect("its output"));
        let mut peer = Self { child, to, from, version: String::new() };
        peer.version = peer.line();
        peer
    }

    /// What a command took, and how many tokens it wrote.
    pub fn ask(&mut self, command: &str) -> (Time, usize) {
        writeln!(self.to, "{command}").expect("CTranslate2 listens");
        let line = self.line();
        let numbers: Vec<f64> = line.split_whitespace().map(|number| number.parse().expect("a number")).collect();
        (Time { cpu: numbers[0], wall: numbers[1] }, numbers[2] as usize)
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.from.read_line(&mut line).expect("CTranslate2 answers");
        line.trim().to_owned()
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
