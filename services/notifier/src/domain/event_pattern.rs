//! Which events a webhook wants: `*`, `lead.*`, `lead.assigned.v1`.

use contracts::EVENTS;

/// True when `pattern` covers the event type.
pub fn matches(pattern: &str, event_type: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(prefix) => event_type.starts_with(prefix),
        None => pattern == event_type,
    }
}

/// True when the pattern is well formed and covers at least one event of the catalogue.
pub fn is_useful(pattern: &str) -> bool {
    let well_formed = match pattern.strip_suffix('*') {
        Some(prefix) => prefix.is_empty() || prefix.ends_with('.'),
        None => true,
    };
    well_formed && EVENTS.iter().any(|kind| matches(pattern, kind.type_name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_covers_whole_segments() {
        assert!(matches("*", "lead.assigned.v1"));
        assert!(matches("lead.*", "lead.assigned.v1"));
        assert!(!matches("lead.*", "leader.assigned.v1"));
        assert!(!matches("lead.assigned.v1", "lead.assigned.v2"));
    }

    #[test]
    fn what_can_never_match_is_refused() {
        for good in ["*", "lead.*", "contract.signed.v1"] {
            assert!(is_useful(good), "{good}");
        }
        for bad in ["", "lea*", "lead.signed.v1", "nothing.*", "**"] {
            assert!(!is_useful(bad), "{bad}");
        }
    }
}
