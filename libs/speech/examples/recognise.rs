//! Writes down a file of raw samples (16 kHz, one channel, signed 16 bits, little-endian):
//! `cargo run --release -p speech --example recognise -- <model folder> <samples> [threads]`.

use std::error::Error;
use std::path::Path;

use speech::engine::{Hints, load};
use speech::kernels::Cpu;
use speech::layers::{Compute, Precision};
use speech::whisper::DecodeOptions;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, file, rest @ ..] = arguments.as_slice() else {
        return Err("<model folder> <samples> [threads]".into());
    };
    let threads = rest.first().map_or(Ok(1), |text| text.parse())?;
    let compute = Compute::new(Cpu::detect(), Precision::Int8, threads)?;
    let model = load(Path::new(folder), compute, DecodeOptions::default())?;
    let bytes = std::fs::read(file)?;
    let samples: Vec<f32> = bytes.as_chunks().0.iter().map(|b| f32::from(i16::from_le_bytes(*b)) / 32_768.0).collect();
    for utterance in model.recognise(&[&samples], &Hints::default(), &mut |_| ())?.concat() {
        let (start, end) = (utterance.range.start.as_secs_f32(), utterance.range.end.as_secs_f32());
        let doubt = if utterance.doubtful { " (doubtful)" } else { "" };
        println!("{start:7.2}–{end:7.2} {:.2}{doubt} {}", utterance.confidence, utterance.text);
    }
    Ok(())
}
