//! `model check`: whether a model folder is whole, and how it hears a known recording.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use speech::audio::{Cancel, Input, Limits};
use speech::engine::{Hints, load};
use speech::kernels::Cpu;
use speech::layers::{Compute, ModelFolder, Precision};
use speech::text::{Accuracy, tidy};
use speech::transcribe::{Transcriber, Transcript};
use speech::whisper::DecodeOptions;

/// Characters that may be wrong of a hundred before a check fails.
const LIMIT: f64 = 30.0;

#[derive(clap::Args)]
pub struct Check {
    /// The model: a Hugging Face Whisper folder, or one of Sluice's own.
    folder: PathBuf,
    /// A recording whose text is known; the text is in the file of the same name that ends in `.txt`.
    #[arg(long, default_value = "deploy/models/check.opus")]
    recording: PathBuf,
    /// Threads to compute with.
    #[arg(long, default_value_t = 2)]
    threads: usize,
}

/// Loads the model, transcribes the recording and says what was heard beside what was said.
pub fn check(check: &Check) -> Result<ExitCode, Box<dyn std::error::Error + Send + Sync>> {
    let sums = ModelFolder::open(&check.folder)?.verify()?;
    let before = resident();
    let started = Instant::now();
    let compute = Compute::new(Cpu::detect(), Precision::Int8, check.threads)?;
    let path = compute.cpu().path();
    let model = load(&check.folder, compute, DecodeOptions::default())?;
    let loaded = (started.elapsed(), resident().saturating_sub(before));
    let transcriber = Transcriber::new(Arc::from(model));
    let started = Instant::now();
    let transcript = transcriber.transcribe(
        Input::new(File::open(&check.recording)?)?,
        &Hints::default(),
        &Limits::default(),
        &Cancel::default(),
        &mut |_| (),
    )?;
    let took = started.elapsed();
    let truth = fs::read_to_string(check.recording.with_extension("txt"))?;
    say_model(transcriber.model(), sums, &path.to_string(), loaded);
    let rate = say_text(&transcript, &truth);
    say_speed(&transcript, took);
    Ok(if rate <= LIMIT { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

#[expect(clippy::print_stdout, reason = "the command's answer")]
fn say_model(name: &str, sums: usize, path: &str, (took, memory): (Duration, u64)) {
    let whole = if sums == 0 { "no SHA256SUMS, nothing to compare".into() } else { format!("{sums} checksums right") };
    println!("model    {name}: {whole}; loaded in {:.1} s, {memory} MiB; instructions {path}", took.as_secs_f64());
}

/// Each sentence beside the truth; returns the error rate in percent.
#[expect(clippy::print_stdout, reason = "the command's answer")]
fn say_text(transcript: &Transcript, truth: &str) -> f64 {
    for line in truth.lines() {
        println!("said     {}", tidy(line).text);
    }
    for sentence in &transcript.sentences {
        let (start, doubt) = (sentence.range.start.as_secs_f64(), if sentence.doubtful { ", doubtful" } else { "" });
        println!("heard    {} ({start:.1} s, {:.2}{doubt})", sentence.text, sentence.confidence);
    }
    let heard: String = transcript.sentences.iter().map(|sentence| sentence.text.as_str()).collect();
    let rate = Accuracy::of(&tidy(truth).text, &heard).error_rate();
    println!("wrong    {rate:.1} % of the characters; {LIMIT} % are allowed");
    rate
}

#[expect(clippy::print_stdout, reason = "the command's answer")]
fn say_speed(transcript: &Transcript, took: Duration) {
    let times = transcript.duration.as_secs_f64() / took.as_secs_f64().max(1e-9);
    println!("speed    {times:.0} times as fast as it plays; {} MiB resident", resident());
}

/// Memory of this process in MiB; 0 where the system does not tell.
fn resident() -> u64 {
    let kib = |status: String| {
        status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.trim().strip_suffix(" kB")?.parse::<u64>().ok())
    };
    fs::read_to_string(Path::new("/proc/self/status")).ok().and_then(kib).unwrap_or(0) / 1024
}
