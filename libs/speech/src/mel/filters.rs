//! Slaney's mel filters: triangles of equal area, linear below 1 kHz and logarithmic above.

/// One triangle, without the zeros around it.
pub(super) struct Band {
    first: usize,
    weights: Vec<f32>,
}

impl Band {
    pub(super) fn energy(&self, power: &[f32]) -> f32 {
        self.weights.iter().zip(&power[self.first..]).map(|(weight, power)| weight * power).sum()
    }
}

const LINEAR_STEP: f64 = 200.0 / 3.0;
const LOG_START_HZ: f64 = 1000.0;
const LOG_START_MEL: f64 = LOG_START_HZ / LINEAR_STEP;

fn log_step() -> f64 {
    6.4f64.ln() / 27.0
}

fn to_mel(hz: f64) -> f64 {
    if hz < LOG_START_HZ {
        return hz / LINEAR_STEP;
    }
    LOG_START_MEL + (hz / LOG_START_HZ).ln() / log_step()
}

fn to_hz(mel: f64) -> f64 {
    if mel < LOG_START_MEL {
        return mel * LINEAR_STEP;
    }
    LOG_START_HZ * ((mel - LOG_START_MEL) * log_step()).exp()
}

/// `bands` filters from 0 Hz to half of `sample_rate` over a spectrum of `bins` values.
pub(super) fn slaney(bands: usize, bins: usize, sample_rate: usize) -> Vec<Band> {
    let nyquist = sample_rate as f64 / 2.0;
    let top = to_mel(nyquist);
    let corners: Vec<f64> = (0..bands + 2).map(|i| to_hz(top * i as f64 / (bands + 1) as f64)).collect();
    let hz_per_bin = nyquist / (bins - 1) as f64;
    corners.windows(3).map(|corner| triangle(corner, bins, hz_per_bin)).collect()
}

fn triangle(corner: &[f64], bins: usize, hz_per_bin: f64) -> Band {
    let (low, peak, high) = (corner[0], corner[1], corner[2]);
    let height = 2.0 / (high - low);
    let weight = |bin: usize| {
        let hz = bin as f64 * hz_per_bin;
        let slope = ((hz - low) / (peak - low)).min((high - hz) / (high - peak));
        (slope.max(0.0) * height) as f32
    };
    let first = (0..bins).find(|&bin| weight(bin) > 0.0).unwrap_or(0);
    let weights = (first..bins).map(weight).take_while(|&weight| weight > 0.0).collect();
    Band { first, weights }
}
