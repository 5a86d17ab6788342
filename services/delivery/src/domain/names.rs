//! Enums whose names are stored and sent.

/// Gives an enum its snake_case names, and reads them back.
macro_rules! named {
    ($name:ident { $($variant:ident $text:literal),+ $(,)? }) => {
        impl $name {
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::domain::names::UnknownName;

            fn from_str(name: &str) -> Result<Self, Self::Err> {
                let known = Self::ALL.iter().copied().find(|known| known.as_str() == name);
                known.ok_or_else(|| $crate::domain::names::UnknownName { what: stringify!($name), name: name.to_owned() })
            }
        }
    };
}

pub(crate) use named;

#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("unknown {what} {name:?}")]
pub struct UnknownName {
    pub what: &'static str,
    pub name: String,
}

#[cfg(test)]
mod tests {
    use crate::domain::link::LinkState;
    use crate::domain::request::{Pain, RequestState, Urgency};
    use crate::domain::{Light, State};

    fn agree<T: Copy + serde::Serialize + std::str::FromStr + PartialEq + std::fmt::Debug>(
        all: &[T],
        name: impl Fn(T) -> &'static str,
    ) {
        for value in all {
            assert_eq!(name(*value).parse::<T>().ok(), Some(*value));
            assert_eq!(serde_json::to_string(value).expect("json"), format!("\"{}\"", name(*value)));
        }
    }

    #[test]
    fn names_parse_back_and_match_their_json() {
        agree(State::ALL, State::as_str);
        agree(Light::ALL, Light::as_str);
        agree(LinkState::ALL, LinkState::as_str);
        agree(Pain::ALL, Pain::as_str);
        agree(Urgency::ALL, Urgency::as_str);
        agree(RequestState::ALL, RequestState::as_str);
    }
}
