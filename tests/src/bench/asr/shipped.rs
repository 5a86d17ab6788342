//! How fast the shipped model is on spoken sentences, each alone. Nothing else runs it, so there is no peer.

use serde_json::json;
use speech::engine::{Hints, load};
use speech::kernels::{Cpu, Path};
use speech::layers::{Compute, Precision};
use speech::whisper::DecodeOptions;

use super::cache;
use super::clock::Time;
use crate::figure;

const SENTENCES: usize = 40;
const ROUNDS: usize = 5;

pub fn run() {
    if !cache::shipped().join("config.json").exists() {
        return figure::print("asr-shipped", f64::NAN, None, "", json!({ "missing": "deploy/models/sluice-zh-small" }));
    }
    let clips: Vec<Vec<f32>> = cache::spoken("seen").into_iter().take(SENTENCES).map(|(clip, _)| clip).collect();
    let clips: Vec<&[f32]> = clips.iter().map(Vec::as_slice).collect();
    let seconds = clips.iter().map(|clip| clip.len()).sum::<usize>() as f64 / 16_000.0;
    for cpu in Cpu::all().filter(|cpu| cpu.path() != Path::Portable) {
        for threads in [1, 2] {
            let compute = Compute::new(cpu, Precision::Int8, threads).expect("threads");
            let model = load(&cache::shipped(), compute, DecodeOptions::default()).expect("the shipped model");
            let hear = || model.recognise(&clips, &Hints::default(), &mut |_| ());
            let times: Vec<Time> = (0..=ROUNDS).map(|_| Time::of(hear)).skip(1).collect();
            let time = Time::median(&times);
            let detail = json!({ "sentences": SENTENCES, "seconds": seconds, "cpu_ms": time.cpu.round(), "wall_ms": time.wall.round() });
            let name = format!("asr-shipped-{}-{threads}t", cpu.path());
            figure::print(&name, time.rate(seconds, threads), None, "seconds of sound per second", detail);
        }
    }
}
