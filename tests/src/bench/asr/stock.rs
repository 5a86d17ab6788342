//! The same half a minute and hundred tokens beside candle's own Whisper, in turn. It is far from ours: one clip, few rounds.

use std::path::Path;

use serde_json::json;
use speech::kernels::Cpu;
use speech::layers::Precision;

use super::clock::Time;
use super::ours::Ours;
use super::peer::Peer;
use super::speed::{SECONDS, TOKENS};
use crate::figure;

const ROUNDS: usize = 2;

pub fn run(size: &str, folder: &Path, ours: &Ours) {
    for threads in [1, 2] {
        let compute = Ours::compute(Cpu::detect(), Precision::Int8, threads);
        let heard = ours.encode(&compute);
        let mut candle = Peer::candle(folder, threads);
        let mut encode = Vec::new();
        let mut write = Vec::new();
        for round in 0..=ROUNDS {
            let encoded = (Time::of(|| ours.encode(&compute)), candle.ask("encode").0);
            let written = (Time::of(|| ours.write(&compute, &heard, 1, TOKENS)), written(&mut candle));
            if round > 0 {
                encode.push(encoded);
                write.push(written);
            }
        }
        print(
            &format!("asr-{size}-encode-candle-{threads}t"),
            "seconds of sound per second",
            SECONDS,
            &encode,
            threads,
        );
        print(&format!("asr-{size}-write-candle-{threads}t"), "tokens per second", TOKENS as f64, &write, threads);
    }
}

fn written(candle: &mut Peer) -> Time {
    let (time, count) = candle.ask(&format!("write 1 {TOKENS}"));
    assert_eq!(count, TOKENS, "everybody does the same work");
    time
}

fn print(name: &str, unit: &str, amount: f64, times: &[(Time, Time)], threads: usize) {
    let (ours, candle): (Vec<_>, Vec<_>) = times.iter().copied().unzip();
    let (ours, candle) = (Time::median(&ours), Time::median(&candle));
    let detail = json!({
        "ours": ours.shown(), "candle": candle.shown(), "version": "candle-transformers 0.11.1, 32-bit floats",
        "instructions": Cpu::detect().path().to_string(), "threads": threads, "weights": "random", "rounds": ROUNDS,
        "counted": if threads == 1 { "processor" } else { "clock" },
    });
    figure::print(name, ours.rate(amount, threads), Some(candle.rate(amount, threads)), unit, detail);
}
