//! How many sentences a second a model encodes: `sentence_speed FOLDER [exact|int8] [THREADS] [BATCH]`; one sentence
//! a line on standard input.

#![expect(clippy::print_stdout, reason = "what it is for")]

use std::io::{Error, read_to_string, stdin};
use std::path::Path;
use std::time::Instant;

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
        let start = Instant::now();
        for lines in lines.chunks(batch) {
            encoder.encode(lines, Role::Passage)?;
        }
        println!("{:.0} sentences/s", lines.len() as f64 / start.elapsed().as_secs_f64());
    }
    Ok(())
}
