//! Half a minute of sound and a hundred tokens, ours and CTranslate2's in turn.

use serde_json::json;
use speech::kernels::{Cpu, Path};
use speech::layers::{Compute, Precision};
use speech::whisper::Heard;

use super::cache;
use super::clock::Time;
use super::ours::{Ours, cosine, mel};
use super::peer::Peer;
use super::stock;
use crate::figure;

pub(super) const SECONDS: f64 = 30.0;
pub(super) const TOKENS: usize = 100;
const TOGETHER: usize = 8;
const ROUNDS: usize = 3;

pub fn run(size: &str, only: Option<&str>) {
    let folder = cache::weights(size);
    let (mel, bytes) = mel();
    std::fs::write(folder.join("mel.f32"), bytes).expect("the cache folder");
    let exact = Ours::load(&folder, mel.clone(), Precision::Exact);
    let want = exact.encode(&Ours::compute(Cpu::detect(), Precision::Exact, 1));
    drop(exact);
    let ours = Ours::load(&folder, mel, Precision::Int8);
    let wanted = |cpu: &Cpu| cpu.path() != Path::Portable && only.is_none_or(|only| only == cpu.path().to_string());
    for cpu in Cpu::all().filter(wanted) {
        for threads in [1, 2] {
            let compute = Ours::compute(cpu, Precision::Int8, threads);
            let mut peer = Peer::ctranslate2(&folder, cpu.path(), threads);
            let rounds = Rounds::measure(&ours, &compute, &mut peer);
            let heard = ours.encode(&compute);
            let what = What {
                size,
                path: cpu.path(),
                threads,
                version: &peer.version,
                cosine: cosine(&heard.values, &want.values),
            };
            rounds.print(&what);
        }
    }
    if only.is_none() {
        stock::run(size, &folder, &ours);
    }
}

struct What<'a> {
    size: &'a str,
    path: Path,
    threads: usize,
    version: &'a str,
    cosine: f64,
}

/// Times of ours and of the peer for one kind of work.
#[derive(Default)]
struct Pair {
    ours: Vec<Time>,
    peer: Vec<Time>,
}

#[derive(Default)]
struct Rounds {
    encode: Pair,
    write: Pair,
    together: Pair,
}

impl Rounds {
    /// The first round warms up and does not count.
    fn measure(ours: &Ours, compute: &Compute, peer: &mut Peer) -> Self {
        let heard: Heard = ours.encode(compute);
        let mut rounds = Self::default();
        for round in 0..=ROUNDS {
            let encode = (Time::of(|| ours.encode(compute)), peer.ask("encode").0);
            let write = (Time::of(|| ours.write(compute, &heard, 1, TOKENS)), asked(peer, 1));
            let together = (Time::of(|| ours.write(compute, &heard, TOGETHER, TOKENS)), asked(peer, TOGETHER));
            if round > 0 {
                rounds.encode.push(encode);
                rounds.write.push(write);
                rounds.together.push(together);
            }
        }
        rounds
    }

    fn print(&self, what: &What) {
        let [encode, write, together] = [&self.encode, &self.write, &self.together].map(Pair::medians);
        let tokens = TOKENS as f64;
        print(what, "encode", "seconds of sound per second", SECONDS, encode);
        print(what, "write", "tokens per second", tokens, write);
        print(what, "write-8-clips", "tokens per second", tokens * TOGETHER as f64, together);
        let whole = |a: Time, b: Time| Time { cpu: a.cpu + b.cpu, wall: a.wall + b.wall };
        print(
            what,
            "whole",
            "seconds of sound per second",
            SECONDS,
            (whole(encode.0, write.0), whole(encode.1, write.1)),
        );
    }
}

impl Pair {
    fn push(&mut self, (ours, peer): (Time, Time)) {
        self.ours.push(ours);
        self.peer.push(peer);
    }

    fn medians(&self) -> (Time, Time) {
        (Time::median(&self.ours), Time::median(&self.peer))
    }
}

fn asked(peer: &mut Peer, clips: usize) -> Time {
    let (time, written) = peer.ask(&format!("write {clips} {TOKENS}"));
    assert_eq!(written, clips * TOKENS, "everybody does the same work");
    time
}

/// One line; `amount` of something in the time that counts.
fn print(what: &What, work: &str, unit: &str, amount: f64, (ours, peer): (Time, Time)) {
    let rate = |time: Time| time.rate(amount, what.threads);
    let detail = json!({
        "ours": ours.shown(), "ctranslate2": peer.shown(), "version": what.version, "instructions": what.path.to_string(),
        "threads": what.threads, "counted": if what.threads == 1 { "processor" } else { "clock" },
        "encoder_cosine": (what.cosine * 1e6).round() / 1e6, "weights": "random", "rounds": ROUNDS,
    });
    let name = format!("asr-{}-{work}-{}-{}t", what.size, what.path, what.threads);
    figure::print(&name, rate(ours), Some(rate(peer)), unit, detail);
}
