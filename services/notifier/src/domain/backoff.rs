//! When a failed message is tried again, and when it is given up.

use chrono::Duration;

/// Seconds between one attempt and the next: about nine hours in all.
pub const RETRY_AFTER_SECONDS: [i64; 7] = [10, 30, 120, 600, 1_800, 7_200, 21_600];

/// With another channel to go to, so many failures on one are enough.
pub const ATTEMPTS_BEFORE_FALLBACK: i32 = 3;

/// What to do after a failed attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    RetryAfter(Duration),
    /// Give this channel up and take the next one.
    FallBack,
    /// Give up: the message is dead until somebody replays it.
    GiveUp,
}

/// Decides after the `attempts`-th failure (1 is the first).
pub fn after_failure(attempts: i32, retryable: bool, has_fallback: bool) -> Next {
    if has_fallback && (!retryable || attempts >= ATTEMPTS_BEFORE_FALLBACK) {
        return Next::FallBack;
    }
    let pause = usize::try_from(attempts - 1).ok().and_then(|at| RETRY_AFTER_SECONDS.get(at));
    match pause {
        Some(seconds) if retryable => Next::RetryAfter(Duration::seconds(*seconds)),
        _ => Next::GiveUp,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn pauses_grow_and_end() {
        assert_eq!(after_failure(1, true, false), Next::RetryAfter(Duration::seconds(10)));
        assert_eq!(after_failure(7, true, false), Next::RetryAfter(Duration::hours(6)));
        assert_eq!(after_failure(8, true, false), Next::GiveUp);
        assert!(RETRY_AFTER_SECONDS.is_sorted());
    }

    #[test]
    fn what_cannot_succeed_is_not_tried_again() {
        assert_eq!(after_failure(1, false, false), Next::GiveUp);
        assert_eq!(after_failure(1, false, true), Next::FallBack);
    }

    #[test]
    fn another_channel_takes_over_early() {
        assert_eq!(after_failure(2, true, true), Next::RetryAfter(Duration::seconds(30)));
        assert_eq!(after_failure(3, true, true), Next::FallBack);
    }

    proptest! {
        #[test]
        fn every_message_ends(retryable: bool, has_fallback: bool) {
            let last = i32::try_from(RETRY_AFTER_SECONDS.len()).expect("short") + 1;
            prop_assert!(!matches!(after_failure(last, retryable, has_fallback), Next::RetryAfter(_)));
        }
    }
}
