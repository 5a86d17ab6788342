//! Values from a closed list, stored and sent under fixed names.

/// A name that is none of the list's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not known")]
pub struct UnknownChoice(pub String);

/// Declares an enum whose variants have fixed names in JSON, SQL and events.
macro_rules! choices {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
        pub enum $name {
            $($(#[$variant_doc])* #[serde(rename = $text)] $variant),+
        }

        impl $name {
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name in JSON, SQL and events.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::domain::choice::UnknownChoice;

            fn from_str(name: &str) -> Result<Self, Self::Err> {
                let unknown = || $crate::domain::choice::UnknownChoice(name.to_owned());
                Self::ALL.iter().copied().find(|one| one.as_str() == name).ok_or_else(unknown)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

pub(crate) use choices;

#[cfg(test)]
mod tests {
    use crate::domain::review::Decision;

    #[test]
    fn names_are_the_same_in_json_and_read_back() {
        for decision in Decision::ALL {
            assert_eq!(serde_json::to_string(decision).unwrap(), format!("\"{decision}\""));
            assert_eq!(decision.as_str().parse(), Ok(*decision));
        }
        assert!("perhaps".parse::<Decision>().is_err());
    }
}
