//! When each unit of a known text was heard: the likeliest path through its units and the blanks between them.

/// The frames of a unit and the mean of its log-probability over them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Heard {
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) log_probability: f32,
}

/// One entry for each unit; `None` when there are more units than frames can hold.
pub(super) fn align(logs: &[f32], width: usize, units: &[u32]) -> Option<Vec<Heard>> {
    let frames = logs.len() / width;
    let states = 2 * units.len() + 1;
    let unit = |state: usize| if state % 2 == 1 { units[state / 2] as usize } else { 0 };
    // A state may be skipped to from two before it when that is another unit.
    let skips = |state: usize| state % 2 == 1 && state >= 3 && unit(state) != unit(state - 2);
    let mut scores = vec![f32::NEG_INFINITY; states];
    scores[0] = 0.0;
    let mut steps = vec![0u8; frames * states];
    for (frame, steps) in logs.chunks_exact(width).zip(steps.chunks_exact_mut(states)) {
        for state in (0..states).rev() {
            let mut best = (scores[state], 0);
            if state >= 1 && scores[state - 1] > best.0 {
                best = (scores[state - 1], 1);
            }
            if skips(state) && scores[state - 2] > best.0 {
                best = (scores[state - 2], 2);
            }
            steps[state] = best.1;
            scores[state] = best.0 + frame[unit(state)];
        }
    }
    let last = states - 1;
    let mut state = if last > 0 && scores[last - 1] > scores[last] { last - 1 } else { last };
    if !scores[state].is_finite() {
        return None;
    }
    let mut heard = vec![Heard { first: usize::MAX, last: 0, log_probability: 0.0 }; units.len()];
    for frame in (0..frames).rev() {
        if state % 2 == 1 {
            let entry = &mut heard[state / 2];
            entry.last = entry.last.max(frame);
            entry.first = frame;
            entry.log_probability += logs[frame * width + unit(state)];
        }
        state -= usize::from(steps[frame * states + state]);
    }
    let counted = |h: &Heard| h.first != usize::MAX;
    let mean = |h: Heard| Heard { log_probability: h.log_probability / (h.last - h.first + 1) as f32, ..h };
    heard.iter().all(counted).then(|| heard.into_iter().map(mean).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Log-probabilities in which the named unit of each frame has 0.9.
    fn spikes(frames: &[usize]) -> Vec<f32> {
        frames
            .iter()
            .flat_map(|&best| (0..3).map(move |unit| if unit == best { 0.9f32.ln() } else { 0.05f32.ln() }))
            .collect()
    }

    #[test]
    fn units_lie_where_they_spike() {
        let heard = align(&spikes(&[0, 1, 1, 0, 2, 0, 2]), 3, &[1, 2, 2]).unwrap();
        let places: Vec<_> = heard.iter().map(|h| (h.first, h.last)).collect();
        assert_eq!(places, [(1, 2), (4, 4), (6, 6)]);
        assert!(heard.iter().all(|h| (h.log_probability - 0.9f32.ln()).abs() < 1e-6));
    }

    #[test]
    fn a_text_too_long_for_the_frames_has_no_place() {
        assert_eq!(align(&spikes(&[1, 2]), 3, &[1, 1]), None);
        assert_eq!(align(&spikes(&[0, 0]), 3, &[]), Some(Vec::new()));
    }
}
