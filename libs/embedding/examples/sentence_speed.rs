//! How many sentences a second a model encodes: `sentence_speed FOLDER [exact|int8] [THREADS] [BATCH]`; one sentence
//! a line on standard input.

#![expect(clippy::print_stdout, reason = "what it is for")]

use std::io::{Error, read_to_string, stdin};
use std::path::Path;
use std::time::Instant;

use rustix::time::{ClockId, clock_gettime};

use embedding::{Compute, Cpu, Precision, Role, SentenceEncoder};

const ROUNDS: usize = 7;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let argument = |at: usize| arguments.get(at).map(String::as_str);
    let folder = argument(0).ok_or_else(|| Error::other("name a folder"))?;
    let precision = if argument(1) == Some("exact") { Precision::Exact } else { Precision::Int8 };
    let (threads, batch) = (argument(2).unwrap_or("1").parse()?, argument(3).unwrap_or("32").parse()?);
    let encoder = SentenceEncoder::load(Path::new(folder), Compute::new(Cpu::detect(), precision, threads)?)?;
    let text = read_to_string(stdin())?;
    let lines: Vec<&str> = text.lines().collect();
    for _ in 0..ROUNDS {
        let (start, before) = (Instant::now(), processor_seconds());
        for lines in lines.chunks(batch) {
            encoder.encode(lines, Role::Passage)?;
        }
        let (wall, cpu) = (start.elapsed().as_secs_f64(), processor_seconds() - before);
        println!("{:.0} sentences/s, {:.0} per processor second", lines.len() as f64 / wall, lines.len() as f64 / cpu);
    }
    Ok(())
}

fn processor_seconds() -> f64 {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}
