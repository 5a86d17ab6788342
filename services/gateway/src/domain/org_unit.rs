//! A node of the organisation tree.

use kernel::{FieldError, OrgPath, Text, choices};
use serde::{Deserialize, Serialize};

choices! {
    /// What a node stands for.
    OrgUnitKind {
        Group = "group",
        Brand = "brand",
        Region = "region",
        Dealer = "dealer",
        Store = "store",
        Department = "department",
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
