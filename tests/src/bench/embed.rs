//! Sentences to vectors on a real checkpoint, beside onnxruntime: the same sentences, from text to vector on both sides.

mod accuracy;
mod cache;
mod peer;
mod sentences;

use std::time::Instant;

use embedding::{Compute, Cpu, Precision, Role, SentenceEncoder};
use rustix::time::{ClockId, clock_gettime};
use serde_json::json;

use self::peer::{Peer, Round};
use crate::figure;

const ROUNDS: usize = 5;
const PRECISIONS: [(&str, Precision); 2] = [("f32", Precision::Exact), ("int8", Precision::Int8)];

pub fn run() {
    let texts = sentences::sentences();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let mut peer = Peer::start(&texts);
    accuracy::run(&texts, &mut peer);
    for threads in [1, 2] {
        let encoders = PRECISIONS.map(|(name, precision)| (name, load(precision, threads)));
        for batch in [1, 32] {
            for (name, encoder) in &encoders {
                speed(name, encoder, &texts, &mut peer, batch, threads);
            }
        }
    }
}

/// The best of some rounds each, which take turns: by the processor's time on one thread, which other load does not
/// touch, by the clock on several.
fn speed(name: &str, encoder: &SentenceEncoder, texts: &[&str], peer: &mut Peer, batch: usize, threads: usize) {
    let rounds: Vec<_> =
        (0..ROUNDS).map(|_| (round(encoder, texts, batch), peer.round(name, batch, threads))).collect();
    let (ours, theirs): (Vec<Round>, Vec<Round>) = rounds.into_iter().unzip();
    let [ours_cpu, theirs_cpu] = [&ours, &theirs].map(|rounds| best(rounds, |round| round.cpu));
    let [ours_wall, theirs_wall] = [&ours, &theirs].map(|rounds| best(rounds, |round| round.wall));
    let (ours, theirs) = if threads == 1 { (ours_cpu, theirs_cpu) } else { (ours_wall, theirs_wall) };
    let how = if batch == 1 { "alone".into() } else { format!("batch-{batch}") };
    let detail = json!({
        "peer": format!("onnxruntime {name}, fused operators, sorted by length"),
        "path": Cpu::detect().path().to_string(), "sentences": texts.len(), "best_of": ROUNDS,
        "processor": { "ours": ours_cpu, "peer": theirs_cpu }, "clock": { "ours": ours_wall, "peer": theirs_wall },
    });
    figure::print(&format!("embed-{name}-{how}-threads-{threads}"), ours, Some(theirs), "sentences/s", detail);
}

fn best(rounds: &[Round], seconds: impl Fn(&Round) -> f64) -> f64 {
    (sentences::COUNT as f64 / rounds.iter().map(seconds).fold(f64::INFINITY, f64::min)).round()
}

fn round(encoder: &SentenceEncoder, texts: &[&str], batch: usize) -> Round {
    let (start, before) = (Instant::now(), processor_seconds());
    let encode = |texts| encoder.encode(texts, Role::Passage).expect("a tokenizer that takes any text");
    let vectors = texts.chunks(batch).flat_map(encode).collect();
    Round { wall: start.elapsed().as_secs_f64(), cpu: processor_seconds() - before, vectors }
}

fn load(precision: Precision, threads: usize) -> SentenceEncoder {
    let compute = Compute::new(Cpu::detect(), precision, threads).expect("threads");
    SentenceEncoder::load(&cache::checkpoint(), compute).expect("the checkpoint")
}

fn processor_seconds() -> f64 {
    let now = clock_gettime(ClockId::ProcessCPUTime);
    now.tv_sec as f64 + now.tv_nsec as f64 / 1e9
}
