//! The `Range` header of RFC 9110, for one range of bytes.

use std::ops::Range;

/// The header names bytes that are not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotSatisfiable;

/// The bytes a header asks for; `None` when everything is to be sent: no header, another unit, several ranges, or
/// something unreadable, all of which a server ignores.
pub fn parse(header: Option<&str>, length: u64) -> Result<Option<Range<u64>>, NotSatisfiable> {
    let Some((first, last)) = header.and_then(|text| text.strip_prefix("bytes=")).and_then(|text| text.split_once('-'))
    else {
        return Ok(None);
    };
    let range = match (first.trim().parse::<u64>(), last.trim().parse::<u64>()) {
        (Ok(first), Ok(last)) if first <= last => first..last.saturating_add(1).min(length),
        (Ok(first), Err(_)) if last.trim().is_empty() => first..length,
        (Err(_), Ok(count)) if first.trim().is_empty() => length.saturating_sub(count)..length,
        _ => return Ok(None),
    };
    if range.start < range.end { Ok(Some(range)) } else { Err(NotSatisfiable) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_as_the_standard_says() {
        let cases = [
            ("bytes=0-3", Ok(Some(0..4))),
            ("bytes=4-", Ok(Some(4..10))),
            ("bytes=-3", Ok(Some(7..10))),
            ("bytes=-30", Ok(Some(0..10))),
            ("bytes=8-99", Ok(Some(8..10))),
            ("bytes=10-", Err(NotSatisfiable)),
            ("bytes=-0", Err(NotSatisfiable)),
            ("bytes=3-1", Ok(None)),
            ("items=0-1", Ok(None)),
        ];
        for (header, wanted) in cases {
            assert_eq!(parse(Some(header), 10), wanted, "{header}");
        }
        assert_eq!(parse(None, 10), Ok(None));
    }

    proptest::proptest! {
        #[test]
        fn whatever_is_asked_for_lies_inside(first: u64, last: u64, length in 1_u64..1_000) {
            if let Ok(Some(range)) = parse(Some(&format!("bytes={first}-{last}")), length) {
                proptest::prop_assert!(range.start < range.end && range.end <= length);
            }
        }
    }
}
