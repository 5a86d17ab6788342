//! The `[service]` table of the configuration.

use serde::Deserialize;

use crate::domain::source::Source;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    pub sources: Vec<String>,
}

impl Config {
    /// The services to follow, each once.
    pub fn sources(&self) -> Result<Vec<Source>, String> {
        let mut sources: Vec<Source> = Vec::new();
        for name in &self.sources {
            let source = Source::named(name).ok_or_else(|| format!("sources: {name} is no service to follow"))?;
            if sources.contains(&source) {
                return Err(format!("sources: {name} is named twice"));
            }
            sources.push(source);
        }
        Ok(sources)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_follow_every_other_service() {
        let layered = runtime::config::Layered::defaults("analytics", include_str!("../config.default.toml")).unwrap();
        let config: Config = layered.service().try_into().unwrap();
        assert_eq!(config.sources().unwrap(), Source::ALL);
        let all: Vec<_> = contracts::SERVICES.into_iter().filter(|name| *name != "analytics").collect();
        assert_eq!(config.sources, all);
    }

    #[test]
    fn unknown_and_repeated_names_are_refused() {
        for wrong in [vec!["analytics"], vec!["crm", "crm"]] {
            let config = Config { sources: wrong.into_iter().map(str::to_owned).collect() };
            assert!(config.sources().is_err(), "{config:?}");
        }
    }
}
