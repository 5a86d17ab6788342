//! Which channels are kept.

use super::decode::Planes;

/// Two channels are two microphones or the two ends of a call, and both are kept. More are a room or a film,
/// where no channel belongs to a person: they are mixed into one.
pub(super) fn kept(channels: usize) -> usize {
    if channels == 2 { 2 } else { 1 }
}

/// Brings `planes` to [`kept`] channels of finite samples between −1 and 1; returns the largest of them.
pub(super) fn fold(planes: &mut Planes) -> f32 {
    if planes.len() > 2 {
        mix(planes);
    }
    planes.iter_mut().flatten().fold(0.0, |peak, sample| {
        *sample = if sample.is_finite() { sample.clamp(-1.0, 1.0) } else { 0.0 };
        sample.abs().max(peak)
    })
}

fn mix(planes: &mut Planes) {
    let share = 1.0 / planes.len() as f32;
    let rest = planes.split_off(1);
    let mixed = &mut planes[0];
    for (index, sample) in mixed.iter_mut().enumerate() {
        *sample = rest.iter().fold(*sample, |sum, plane| sum + plane[index]) * share;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_channels_stay_apart() {
        let mut planes = vec![vec![0.5, f32::NAN], vec![-2.0, 0.25]];
        assert!((fold(&mut planes) - 1.0).abs() < f32::EPSILON);
        assert_eq!(planes, [vec![0.5, 0.0], vec![-1.0, 0.25]]);
    }

    #[test]
    fn six_channels_become_one() {
        let mut planes: Planes = (0..6).map(|channel| vec![channel as f32 / 10.0]).collect();
        fold(&mut planes);
        assert_eq!(planes.len(), kept(6));
        assert!((planes[0][0] - 0.25).abs() < 1e-6);
    }
}
