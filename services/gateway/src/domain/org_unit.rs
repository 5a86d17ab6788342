//! A node of the organisation tree.

use std::str::FromStr;

use kernel::{FieldError, OrgPath, Text};
use serde::{Deserialize, Serialize};

/// What a node stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OrgUnitKind {
    Group,
    Brand,
    Region,
    Dealer,
    Store,
    Department,
}

impl OrgUnitKind {
    const ALL: [Self; 6] = [Self::Group, Self::Brand, Self::Region, Self::Dealer, Self::Store, Self::Department];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Group => "group",
            Self::Brand => "brand",
            Self::Region => "region",
            Self::Dealer => "dealer",
            Self::Store => "store",
            Self::Department => "department",
        }
    }
}

impl FromStr for OrgUnitKind {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name).ok_or_else(|| format!("unknown kind {name:?}"))
    }
}

/// A node: the tenant's root is `/`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrgUnit {
    pub path: OrgPath,
    #[schema(max_length = 100)]
    pub name: String,
    pub kind: OrgUnitKind,
}

impl OrgUnit {
    /// The node it hangs below; none for the root.
    pub fn parent(&self) -> Option<OrgPath> {
        self.path.lineage().nth(1)
    }

    /// Everything wrong with it, as far as it shows without the tree.
    pub fn faults(&self) -> Vec<FieldError> {
        let mut faults = Vec::new();
        if self.name.trim().is_empty() {
            faults.push(FieldError::required("name"));
        }
        if self.name.chars().count() > 100 {
            faults.push(FieldError::new(
                "name",
                "too_long",
                Text::new("不超过 100 个字", "takes at most 100 characters"),
            ));
        }
        faults
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_node_but_the_root_hangs_below_another() {
        let unit =
            |path: &str| OrgUnit { path: path.parse().expect("path"), name: "n".into(), kind: OrgUnitKind::Region };
        assert_eq!(unit("/").parent(), None);
        assert_eq!(unit("/east/").parent(), Some(OrgPath::root()));
        assert_eq!(unit("/east/sh/").parent().map(String::from).as_deref(), Some("/east/"));
    }
}
