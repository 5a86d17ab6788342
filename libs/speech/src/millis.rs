//! Times as whole milliseconds, the form in which transcripts are stored. A span is a pair: `[1200, 2450]`.

use std::ops::Range;
use std::time::Duration;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

fn whole(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

/// Cut to whole milliseconds, so that storing a time does not change it.
pub(crate) fn floor(time: Duration) -> Duration {
    Duration::from_millis(whole(time))
}

/// [`floor`] of both ends.
pub(crate) fn floor_span(span: Range<Duration>) -> Range<Duration> {
    floor(span.start)..floor(span.end)
}

fn pair(span: &Range<Duration>) -> (u64, u64) {
    (whole(span.start), whole(span.end))
}

fn of_pair((start, end): (u64, u64)) -> Range<Duration> {
    Duration::from_millis(start)..Duration::from_millis(end)
}

/// A [`Duration`].
pub(crate) mod time {
    use super::{Deserialize, Deserializer, Duration, Serialize, Serializer, whole};

    pub(crate) fn serialize<S: Serializer>(time: &Duration, to: S) -> Result<S::Ok, S::Error> {
        whole(*time).serialize(to)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Duration, D::Error> {
        u64::deserialize(from).map(Duration::from_millis)
    }
}

/// A [`Duration`] that may be unknown.
pub(crate) mod maybe_time {
    use super::{Deserialize, Deserializer, Duration, Serialize, Serializer, whole};

    #[expect(clippy::ref_option, reason = "serde calls it with a reference to the field")]
    pub(crate) fn serialize<S: Serializer>(time: &Option<Duration>, to: S) -> Result<S::Ok, S::Error> {
        time.map(whole).serialize(to)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Duration>, D::Error> {
        Ok(Option::deserialize(from)?.map(Duration::from_millis))
    }
}

/// A span.
pub(crate) mod span {
    use super::{Deserialize, Deserializer, Duration, Range, Serialize, Serializer, of_pair, pair};

    pub(crate) fn serialize<S: Serializer>(span: &Range<Duration>, to: S) -> Result<S::Ok, S::Error> {
        pair(span).serialize(to)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Range<Duration>, D::Error> {
        Deserialize::deserialize(from).map(of_pair)
    }
}

/// A span that may be unknown.
pub(crate) mod maybe_span {
    use super::{Deserialize, Deserializer, Duration, Range, Serialize, Serializer, of_pair, pair};

    #[expect(clippy::ref_option, reason = "serde calls it with a reference to the field")]
    pub(crate) fn serialize<S: Serializer>(span: &Option<Range<Duration>>, to: S) -> Result<S::Ok, S::Error> {
        span.as_ref().map(pair).serialize(to)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Range<Duration>>, D::Error> {
        Ok(Option::deserialize(from)?.map(of_pair))
    }
}
