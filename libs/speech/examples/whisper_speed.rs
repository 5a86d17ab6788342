//! How long a Whisper checkpoint takes for half a minute of sound and for a hundred tokens, in CPU time and on the clock:
//! `cargo run --release -p speech --example whisper_speed -- <folder> [path] [threads] [seconds] [runs]`, where path
//! is `exact`, `portable`, `avx2`, `avx512-vnni` or `amx`. The weights may be random: the number of tokens is fixed.

use std::error::Error;
use std::path::Path as FilePath;
use std::time::{Duration, Instant};

use rustix::time::{ClockId, clock_gettime};
use speech::kernels::{Cpu, Path};
use speech::layers::{Compute, ModelFolder, Precision, Weights};
use speech::mel::{Mel, MelFilter, SAMPLE_RATE};
use speech::whisper::{Config, Decoder, Encoder, Heard, Step};

const TOKENS: usize = 100;
/// Start, language, task, no times: as in the checkpoints for many languages.
const PROMPT: [u32; 4] = [50_258, 50_259, 50_359, 50_363];
const TEXT: usize = 50_257;

#[derive(Clone, Copy)]
struct Time {
    cpu: f64,
    wall: f64,
}

fn cpu_time() -> f64 {
    let now = clock_gettime(ClockId::ProcessCPUTime);
    Duration::new(now.tv_sec.unsigned_abs(), now.tv_nsec as u32).as_secs_f64()
}

/// The median of several runs, in milliseconds; the first is not counted.
fn measure<T>(runs: usize, mut work: impl FnMut() -> T) -> (Time, T) {
    let mut last = work();
    let mut times: Vec<Time> = Vec::new();
    for _ in 0..runs {
        let (cpu, wall) = (cpu_time(), Instant::now());
        last = work();
        times.push(Time { cpu: (cpu_time() - cpu) * 1e3, wall: wall.elapsed().as_secs_f64() * 1e3 });
    }
    times.sort_by(|a, b| a.cpu.total_cmp(&b.cpu));
    (times[runs / 2], last)
}

fn write(decoder: &Decoder, compute: &Compute, heard: &Heard, clips: usize) -> Vec<u32> {
    let cross = decoder.listen(compute, heard);
    let mut sequences: Vec<_> = (0..clips).map(|_| decoder.start(&cross)).collect();
    let mut written: Vec<u32> = Vec::new();
    for _ in 0..TOKENS {
        let next = written.last().map_or(PROMPT.to_vec(), |token| vec![*token]);
        let mut steps: Vec<_> = sequences.iter_mut().map(|sequence| Step { sequence, tokens: &next }).collect();
        let scores = decoder.step(compute, &mut steps);
        let best = (1..TEXT).fold(0, |best, i| if scores[i] > scores[best] { i } else { best });
        written.push(best as u32);
    }
    written
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let argument = |i: usize, default: &'static str| arguments.get(i).map_or(default, String::as_str).to_owned();
    let (folder, path) = (argument(0, "."), argument(1, "amx"));
    let (threads, seconds, runs) =
        (argument(2, "1").parse()?, argument(3, "30").parse::<usize>()?, argument(4, "5").parse()?);
    let precision = if path == "exact" { Precision::Exact } else { Precision::Int8 };
    let forced = Path::ALL.into_iter().find(|p| p.to_string() == path).and_then(Cpu::forced);
    let cpu =
        if precision == Precision::Exact { Cpu::detect() } else { forced.ok_or("this machine lacks that path")? };
    let compute = Compute::new(cpu, precision, threads)?;
    let folder = ModelFolder::open(FilePath::new(&folder))?;
    let (config, weights) = (Config::read(&folder)?, Weights::open(&folder)?);
    let encoder = Encoder::load(&weights, &config, precision)?;
    let decoder = Decoder::load(&weights, &config, precision)?;
    drop(weights);
    let sound: Vec<f32> = (0..seconds * SAMPLE_RATE).map(|i| (i as f32 * 0.05).sin() * 0.3).collect();
    let filter = MelFilter::new(config.num_mel_bins);
    let (mel_time, _) = measure(runs, || filter.compute(&sound));
    let noise = |i: usize| ((i * 7919 % 2003) as f32 / 1001.0 - 1.0) * 0.9;
    let mel = Mel::from_rows(config.num_mel_bins, (0..seconds * 100 * config.num_mel_bins).map(noise).collect());
    let (encode, heard) = measure(runs, || encoder.forward(&compute, &mel));
    let (one, tokens) = measure(runs, || write(&decoder, &compute, &heard, 1));
    let (eight, _) = measure(runs.div_ceil(2), || write(&decoder, &compute, &heard, 8));
    let show = |time: Time| format!("{:.1} ms ({:.1} on the clock)", time.cpu, time.wall);
    println!("{path}, {threads} threads, {seconds} s: mel {}, encoder {}", show(mel_time), show(encode));
    println!("  {TOKENS} tokens {}, of 8 clips together {} {:?}", show(one), show(eight), &tokens[..6]);
    Ok(())
}
