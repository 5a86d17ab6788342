//! Which service answers a path.

use std::collections::BTreeMap;

/// Segments whose next segment is the service's name.
const NAMED_BY_NEXT: [&str; 3] = ["custom-fields", "dead-letters", "process"];

#[derive(Clone, Debug)]
pub struct RouteTable(BTreeMap<String, &'static str>);

impl RouteTable {
    /// Answers what is wrong with the table: a service that does not exist.
    pub fn new(routes: &BTreeMap<String, String>) -> Result<Self, String> {
        let known = |(segment, service): (&String, &String)| {
            service_named(service)
                .map(|service| (segment.clone(), service))
                .ok_or_else(|| format!("{segment} = {service:?}: no such service"))
        };
        routes.iter().map(known).collect::<Result<_, _>>().map(Self)
    }

    /// The service that answers `path`, such as `/api/leads/…`.
    pub fn service_of(&self, path: &str) -> Option<&'static str> {
        let mut segments = path.strip_prefix("/api/")?.split('/');
        let first = segments.next()?;
        if NAMED_BY_NEXT.contains(&first) {
            return segments.next().and_then(service_named);
        }
        self.0.get(first).copied()
    }
}

fn service_named(name: &str) -> Option<&'static str> {
    contracts::SERVICES.into_iter().find(|service| *service == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> RouteTable {
        RouteTable::new(&BTreeMap::from([("leads".into(), "lead-routing".into())])).expect("a table")
    }

    #[test]
    fn the_first_segment_decides() {
        assert_eq!(table().service_of("/api/leads"), Some("lead-routing"));
        assert_eq!(table().service_of("/api/leads/7/assign"), Some("lead-routing"));
        assert_eq!(table().service_of("/api/leadsx"), None);
        assert_eq!(table().service_of("/leads"), None);
    }

    #[test]
    fn some_segments_name_the_service_next() {
        assert_eq!(table().service_of("/api/dead-letters/crm/1/replay"), Some("crm"));
        assert_eq!(table().service_of("/api/process/quote-contract"), Some("quote-contract"));
        assert_eq!(table().service_of("/api/process/elsewhere"), None);
        assert_eq!(table().service_of("/api/dead-letters"), None);
    }

    #[test]
    fn a_table_names_only_services_that_exist() {
        assert!(RouteTable::new(&BTreeMap::from([("x".into(), "nobody".into())])).is_err());
    }
}
