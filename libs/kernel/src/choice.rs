//! Values from a closed list, stored and sent under fixed names.

/// A name that is none of the list's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not known")]
pub struct UnknownChoice(pub String);

/// The names of several choices, for SQL and events: `names(&needs, Need::as_str)`.
pub fn names<T: Copy>(choices: &[T], name: fn(T) -> &'static str) -> Vec<String> {
    choices.iter().map(|one| name(*one).to_owned()).collect()
}

/// Declares enums whose variants have one fixed name each, in JSON, SQL, events and the API description alike.
///
/// An enum gets `ALL` (in the order written, which is also that of `Ord`), `as_str`, `FromStr` with
/// [`UnknownChoice`] as its error, `Display`, `serde` and `utoipa::ToSchema`. The crate that declares one depends on
/// `serde` and `utoipa`.
///
/// ```
/// kernel::choices! {
///     /// How warm a lead is.
///     Warmth {
///         Cold = "cold",
///         /// Has asked for a price.
///         Hot = "hot",
///     }
/// }
///
/// assert_eq!("hot".parse(), Ok(Warmth::Hot));
/// assert_eq!(Warmth::ALL.iter().map(|one| one.as_str()).collect::<Vec<_>>(), ["cold", "hot"]);
/// ```
// A name is taken as a token: the derives do not see through what `literal` wraps it in.
#[macro_export]
macro_rules! choices {
    ($($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $text:tt),+ $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, utoipa::ToSchema,
        )]
        pub enum $name {
            $($(#[$variant_doc])* #[serde(rename = $text)] $variant),+
        }

        impl $name {
            /// Every value, in the order of the list.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name in JSON, SQL and events.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::choice::UnknownChoice;

            fn from_str(name: &str) -> Result<Self, Self::Err> {
                let unknown = || $crate::choice::UnknownChoice(name.to_owned());
                Self::ALL.iter().copied().find(|one| one.as_str() == name).ok_or_else(unknown)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    )+};
}

#[cfg(test)]
mod tests {
    use utoipa::PartialSchema as _;

    use super::{UnknownChoice, names};

    crate::choices! {
        /// Which way money goes.
        Direction {
            Credit = "credit",
            /// Out, by the bank's own file.
            Debit = "dbit",
        }
    }

    #[test]
    fn names_are_the_same_in_json_and_text_and_read_back() {
        for one in Direction::ALL {
            assert_eq!(one.to_string(), one.as_str());
            assert_eq!(one.as_str().parse(), Ok(*one));
            assert_eq!(serde_json::to_value(one).expect("json"), one.as_str());
            assert_eq!(serde_json::from_value::<Direction>(one.as_str().into()).expect("a choice"), *one);
        }
    }

    #[test]
    fn a_name_that_is_not_on_the_list_is_refused_and_told() {
        assert_eq!("Debit".parse::<Direction>(), Err(UnknownChoice("Debit".to_owned())));
        assert_eq!(UnknownChoice("fax".to_owned()).to_string(), "\"fax\" is not known");
        assert!(serde_json::from_str::<Direction>("\"Debit\"").is_err());
    }

    #[test]
    fn the_order_is_that_of_the_list() {
        assert!(Direction::Credit < Direction::Debit);
        assert_eq!(Direction::ALL, [Direction::Credit, Direction::Debit]);
    }

    #[test]
    fn several_choices_are_named_in_their_own_order() {
        assert_eq!(names(&[Direction::Debit, Direction::Credit], Direction::as_str), ["dbit", "credit"]);
    }

    #[test]
    fn the_api_description_lists_the_names() {
        let schema = serde_json::to_value(Direction::schema()).expect("json");
        assert_eq!(schema["enum"], serde_json::json!(["credit", "dbit"]));
    }
}
