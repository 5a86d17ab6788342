//! The `[service]` table of the configuration.

use kernel::Text;
use serde::Deserialize;

use crate::domain::matching::Scores;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    pub contract_number_score: u32,
    pub amount_score: u32,
    pub counterparty_score: u32,
    pub automatic_score: u32,
    pub margin: u32,
    pub max_entries: usize,
    pub blockers: Vec<Blocker>,
}

/// One line of the checklist that opens when a journey stalls.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Blocker {
    pub code: String,
    pub zh: String,
    pub en: String,
}

impl Config {
    /// Says what cannot work.
    pub fn check(&self) -> Result<(), String> {
        if self.amount_score >= self.automatic_score {
            return Err("amount_score must stay below automatic_score: an amount alone proves nothing".into());
        }
        if self.blockers.is_empty() {
            return Err("blockers must name at least one blocker".into());
        }
        let mut codes: Vec<_> = self.blockers.iter().map(|blocker| &blocker.code).collect();
        codes.sort();
        match codes.windows(2).find(|pair| pair[0] == pair[1]) {
            Some(pair) => Err(format!("blocker {:?} is listed twice", pair[0])),
            None => Ok(()),
        }
    }

    pub fn scores(&self) -> Scores {
        Scores {
            contract_number: self.contract_number_score,
            amount: self.amount_score,
            counterparty: self.counterparty_score,
            automatic: self.automatic_score,
            margin: self.margin,
        }
    }

    pub fn blocker_codes(&self) -> Vec<String> {
        self.blockers.iter().map(|blocker| blocker.code.clone()).collect()
    }

    /// What a blocker is called; a code that is no longer configured is its own name.
    pub fn blocker_title(&self, code: &str) -> Text {
        let known = self.blockers.iter().find(|blocker| blocker.code == code);
        known.map_or_else(|| Text::new(code, code), |blocker| Text::new(&*blocker.zh, &*blocker.en))
    }
}
