//! The organisation tree (group → brand → region → dealer → store) as paths, and how far a role sees.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A node of the organisation tree, written from the root: `/huadong/shanghai/pudong/`.
///
/// Always starts and ends with `/`, so that "is below" is a prefix comparison in Rust and in SQL.
/// Segments are lower-case letters, digits and `-`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(try_from = "String", into = "String")]
#[schema(value_type = String, example = "/huadong/shanghai/")]
pub struct OrgPath(String);

/// A text that is no path.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("organisation path {0:?} must look like /region/branch/ in lower-case letters, digits and '-'")]
pub struct BadOrgPath(pub String);

impl OrgPath {
    /// The whole organisation.
    pub fn root() -> Self {
        Self("/".into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// True when `self` is `other` or lies below it.
    pub fn is_within(&self, other: &Self) -> bool {
        self.0.starts_with(&other.0)
    }

    /// The node itself and every ancestor, nearest first, ending with the root.
    pub fn lineage(&self) -> impl Iterator<Item = OrgPath> + '_ {
        let ends: Vec<usize> = self.0.match_indices('/').map(|(at, _)| at).collect();
        ends.into_iter().rev().map(|end| Self(self.0[..=end].to_owned()))
    }
}

impl FromStr for OrgPath {
    type Err = BadOrgPath;

    fn from_str(path: &str) -> Result<Self, BadOrgPath> {
        let bad = || BadOrgPath(path.to_owned());
        let inner = path.strip_prefix('/').ok_or_else(bad)?;
        if inner.is_empty() {
            return Ok(Self::root());
        }
        let inner = inner.strip_suffix('/').ok_or_else(bad)?;
        let legal = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let fits = inner.split('/').all(|segment| !segment.is_empty() && segment.chars().all(legal));
        if fits { Ok(Self(path.to_owned())) } else { Err(bad()) }
    }
}

impl TryFrom<String> for OrgPath {
    type Error = BadOrgPath;

    fn try_from(path: String) -> Result<Self, BadOrgPath> {
        path.parse()
    }
}

impl From<OrgPath> for String {
    fn from(path: OrgPath) -> Self {
        path.0
    }
}

impl fmt::Display for OrgPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How far a role sees, from narrowest to widest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Nothing at all.
    None,
    /// What the person owns.
    Own,
    /// What belongs to exactly the person's node.
    Team,
    /// What belongs to the person's node or below.
    Subtree,
    /// Everything of the tenant.
    All,
}

impl Scope {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Own => "own",
            Self::Team => "team",
            Self::Subtree => "subtree",
            Self::All => "all",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> OrgPath {
        text.parse().expect("valid")
    }

    #[test]
    fn refuses_what_is_no_path() {
        for bad in ["", "a/", "/a", "//", "/A/", "/a//b/", "/a b/", "/%/"] {
            assert_eq!(bad.parse::<OrgPath>(), Err(BadOrgPath(bad.into())), "{bad}");
        }
    }

    #[test]
    fn a_sibling_with_the_same_prefix_is_not_within() {
        assert!(path("/east/sh/").is_within(&path("/east/")));
        assert!(!path("/east-2/").is_within(&path("/east/")));
        assert!(path("/x/").is_within(&OrgPath::root()));
    }

    #[test]
    fn lineage_runs_from_the_node_to_the_root() {
        let line: Vec<_> = path("/east/sh/").lineage().map(String::from).collect();
        assert_eq!(line, ["/east/sh/", "/east/", "/"]);
    }
}
