//! Character error rates on the recipe's fixed lists, in 32-bit floats and in 8 bits.

use std::path::Path;

use serde_json::json;
use speech::engine::{Hints, Recognise, Utterance, load};
use speech::kernels::Cpu;
use speech::layers::{Compute, Precision};
use speech::text::Accuracy;
use speech::whisper::DecodeOptions;

use super::cache;
use crate::figure;

/// List, name of the figure, and the highest error rate in percent.
const LISTS: [(&str, &str, f64); 4] = [
    ("seen", "cer-seen", 5.0),
    ("held-out-patterns", "cer-held-out-patterns", 12.0),
    ("unseen-voices", "cer-unseen-voices", 12.0),
    ("noise-10db", "cer-noise-10db", 15.0),
];
/// What 8 bits may cost, in points.
const COST: f64 = 0.3;

pub fn run(folder: Option<&str>) {
    let shipped = cache::shipped();
    let folder = folder.map_or(shipped.as_path(), Path::new);
    let [exact, int8] = [Precision::Exact, Precision::Int8].map(|precision| {
        let compute = Compute::new(Cpu::detect(), precision, 2).expect("threads");
        load(folder, compute, DecodeOptions::default()).expect("a model folder; the default is the shipped one")
    });
    let mut totals = [Counts::default(); 2];
    for (list, name, limit) in LISTS {
        let clips = cache::spoken(list);
        let counts = [&exact, &int8].map(|model| count(model.as_ref(), &clips));
        for (total, counts) in totals.iter_mut().zip(counts) {
            *total = total.and(counts);
        }
        let [exact, ours] = counts;
        let detail = json!({
            "sentences": clips.len(), "characters": ours.all.said, "exact": rounded(exact.all.error_rate()), "doubtful": ours.doubtful,
            "rate_where_sure": rounded(ours.sure.error_rate()), "better": "below the limit",
        });
        figure::print(name, ours.all.error_rate(), Some(limit), "% of characters", detail);
    }
    let [exact, int8] = totals.map(|total| rounded(total.all.error_rate()));
    let detail =
        json!({ "exact": exact, "int8": int8, "what": "all four lists together", "better": "below the limit" });
    figure::print("cer-cost-of-int8", int8 - exact, Some(COST), "points", detail);
}

/// Errors of a list.
#[derive(Clone, Copy, Default)]
struct Counts {
    all: Accuracy,
    /// Of sentences that do not call themselves doubtful.
    sure: Accuracy,
    doubtful: usize,
}

impl Counts {
    fn and(self, other: Self) -> Self {
        let doubtful = self.doubtful + other.doubtful;
        Self { all: self.all.and(other.all), sure: self.sure.and(other.sure), doubtful }
    }
}

fn count(model: &dyn Recognise, clips: &[(Vec<f32>, String)]) -> Counts {
    let sounds: Vec<&[f32]> = clips.iter().map(|(clip, _)| clip.as_slice()).collect();
    let heard = model.recognise(&sounds, &Hints::default(), &mut |_| ()).expect("the processor does not fail");
    let one = |((_, truth), utterances): (&(Vec<f32>, String), Vec<Utterance>)| {
        let text: String = utterances.iter().map(|utterance| utterance.text.as_str()).collect();
        let all = Accuracy::of(truth, &text);
        let doubtful = utterances.is_empty() || utterances.iter().any(|utterance| utterance.doubtful);
        let sure = if doubtful { Accuracy::default() } else { all };
        Counts { all, sure, doubtful: usize::from(doubtful) }
    };
    clips.iter().zip(heard).map(one).fold(Counts::default(), Counts::and)
}

fn rounded(percent: f64) -> f64 {
    (percent * 100.0).round() / 100.0
}
