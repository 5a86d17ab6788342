//! candle's own Whisper in 32-bit floats, told what to do line by line: `candle-worker FOLDER`, with the number of threads in
//! `RAYON_NUM_THREADS`.
//!
//! Reads `encode` or `write 1 TOKENS` and answers with processor time and time on the clock, in milliseconds, and the
//! number of tokens written. The input is the mel that the file `mel.f32` in the folder holds.

use std::io::{BufRead, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use candle_core::{D, DType, Device, IndexOp, Result, Tensor};
use candle_nn::VarBuilder;
use candle_transformers::models::whisper::{Config, model::Whisper};
use rustix::time::{ClockId, clock_gettime};

const PROMPT: [u32; 4] = [50_258, 50_259, 50_359, 50_363];
const TEXT: usize = 50_257;

fn main() -> std::result::Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("FOLDER is missing")?;
    let folder = Path::new(&folder);
    let mel = mel(&std::fs::read(folder.join("mel.f32"))?)?;
    let mut model = model(folder)?;
    let heard = model.encoder.forward(&mel, true)?;
    println!("candle-transformers 0.11.1");
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let (cpu, wall) = (processor(), Instant::now());
        let written = match line.split(' ').collect::<Vec<_>>()[..] {
            ["encode"] => model.encoder.forward(&mel, true).map(|_| 0)?,
            ["write", "1", tokens] => write(&mut model, &heard, tokens.parse()?)?,
            _ => return Err(format!("{line:?} is no command").into()),
        };
        let took = (processor() - cpu, wall.elapsed());
        println!("{} {} {written}", took.0.as_secs_f64() * 1e3, took.1.as_secs_f64() * 1e3);
        std::io::stdout().flush()?;
    }
    Ok(())
}

fn model(folder: &Path) -> std::result::Result<Whisper, Box<dyn std::error::Error>> {
    let config: Config = serde_json::from_slice(&std::fs::read(folder.join("config.json"))?)?;
    let weights = std::fs::read(folder.join("model.safetensors"))?;
    let weights = VarBuilder::from_buffered_safetensors(weights, DType::F32, &Device::Cpu)?;
    Ok(Whisper::load(&weights, config)?)
}

fn mel(bytes: &[u8]) -> Result<Tensor> {
    let values: Vec<f32> = bytes.as_chunks().0.iter().map(|value| f32::from_le_bytes(*value)).collect();
    Tensor::from_vec(values, (1, 80, 3_000), &Device::Cpu)
}

/// As candle's example decodes: every step reads all tokens again, only what was heard is kept.
fn write(model: &mut Whisper, heard: &Tensor, count: usize) -> Result<usize> {
    let mut tokens = PROMPT.to_vec();
    for step in 0..count {
        let input = Tensor::new(tokens.as_slice(), &Device::Cpu)?.unsqueeze(0)?;
        let states = model.decoder.forward(&input, heard, step == 0)?;
        let last = states.i((.., tokens.len() - 1.., ..))?;
        let scores = model.decoder.final_linear(&last)?.i((0, 0, ..TEXT))?;
        tokens.push(scores.argmax(D::Minus1)?.to_scalar()?);
    }
    Ok(tokens.len() - PROMPT.len())
}

fn processor() -> Duration {
    let now = clock_gettime(ClockId::ProcessCPUTime);
    Duration::new(now.tv_sec.unsigned_abs(), u32::try_from(now.tv_nsec).unwrap_or(0))
}
