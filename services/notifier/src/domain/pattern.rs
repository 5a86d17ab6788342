//! Text with places for fields: `线索「{company}」于 {receivedAt:time} 收到`, `{promisedAt:date|待定}`.

use serde::Deserialize;

use super::fields::Fields;
use super::format::{Format, Language};

/// A parsed text with places.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Pattern(Vec<Piece>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    /// `otherwise` is written when the field is missing.
    Field {
        name: String,
        format: Format,
        otherwise: Option<String>,
    },
}

#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum BadPattern {
    #[error("a {{ is not closed in {0:?}")]
    NotClosed(String),
    #[error("{0:?} is not a field such as company or amount:money")]
    BadField(String),
}

/// Why a text cannot be written.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum Unwritable {
    #[error("field {0} is missing")]
    Missing(String),
    #[error("field {field} cannot be written as {format:?}")]
    WrongKind { field: String, format: Format },
}

impl Unwritable {
    pub fn field(&self) -> &str {
        match self {
            Self::Missing(field) | Self::WrongKind { field, .. } => field,
        }
    }
}

impl Pattern {
    pub fn parse(text: &str) -> Result<Self, BadPattern> {
        let (mut pieces, mut rest) = (Vec::new(), text);
        while let Some((before, after)) = rest.split_once('{') {
            let (place, behind) = after.split_once('}').ok_or_else(|| BadPattern::NotClosed(text.to_owned()))?;
            if !before.is_empty() {
                pieces.push(Piece::Text(before.to_owned()));
            }
            pieces.push(field(place)?);
            rest = behind;
        }
        if !rest.is_empty() {
            pieces.push(Piece::Text(rest.to_owned()));
        }
        Ok(Self(pieces))
    }

    /// Fills every place, or says which field is missing.
    pub fn write(&self, fields: &Fields, language: Language) -> Result<String, Unwritable> {
        let mut text = String::new();
        for piece in &self.0 {
            match piece {
                Piece::Text(literal) => text.push_str(literal),
                Piece::Field { name, format, otherwise } => match (fields.get(name), otherwise) {
                    (Some(value), _) => {
                        let wrong = || Unwritable::WrongKind { field: name.clone(), format: *format };
                        text.push_str(&format.write(value, language).ok_or_else(wrong)?);
                    }
                    (None, Some(otherwise)) => text.push_str(otherwise),
                    (None, None) => return Err(Unwritable::Missing(name.clone())),
                },
            }
        }
        Ok(text)
    }

    /// The names of the fields it has places for.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|piece| match piece {
            Piece::Text(_) => None,
            Piece::Field { name, .. } => Some(name.as_str()),
        })
    }
}

fn field(place: &str) -> Result<Piece, BadPattern> {
    let bad = || BadPattern::BadField(place.to_owned());
    let (value, otherwise) = match place.split_once('|') {
        None => (place, None),
        Some((value, otherwise)) => (value, Some(otherwise.to_owned())),
    };
    let (name, format) = match value.split_once(':') {
        None => (value, Format::Plain),
        Some((name, format)) => (name, Format::named(format).ok_or_else(bad)?),
    };
    if otherwise.as_deref() == Some("") || name.is_empty() || !name.chars().all(|c| c.is_ascii_alphanumeric()) {
        return Err(bad());
    }
    Ok(Piece::Field { name: name.to_owned(), format, otherwise })
}

impl TryFrom<String> for Pattern {
    type Error = BadPattern;

    fn try_from(text: String) -> Result<Self, BadPattern> {
        Self::parse(&text)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn fields(json: &str) -> Fields {
        Fields::parse(json).expect("an object")
    }

    #[test]
    fn places_are_filled() {
        let pattern = Pattern::parse("「{company}」{amount:money}。").expect("parsed");
        let fields = fields(r#"{"company":"晨光医院","amount":{"minor":"100","currency":"CNY"}}"#);
        assert_eq!(pattern.write(&fields, Language::Chinese), Ok("「晨光医院」1.00 CNY。".into()));
        assert_eq!(pattern.fields().collect::<Vec<_>>(), ["company", "amount"]);
    }

    #[test]
    fn a_missing_or_empty_field_is_named() {
        let pattern = Pattern::parse("{company}").expect("parsed");
        for json in ["{}", r#"{"company":""}"#, r#"{"company":null}"#] {
            let error = pattern.write(&fields(json), Language::English).expect_err("missing");
            assert_eq!(error, Unwritable::Missing("company".into()), "{json}");
        }
        let error = pattern.write(&fields(r#"{"company":[]}"#), Language::English).expect_err("a list");
        assert_eq!(error.field(), "company");
    }

    #[test]
    fn a_place_may_say_what_stands_there_otherwise() {
        let pattern = Pattern::parse("{promisedAt:date|待定}").expect("parsed");
        let write = |json| pattern.write(&fields(json), Language::Chinese);
        assert_eq!(write("{}"), Ok("待定".into()));
        assert_eq!(write(r#"{"promisedAt":"2027-01-04T01:00:00Z"}"#), Ok("2027-01-04".into()));
    }

    #[test]
    fn malformed_places_are_refused() {
        for bad in ["{", "{}", "{a b}", "{a:colour}", "x {a", "{a|}"] {
            assert!(Pattern::parse(bad).is_err(), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn text_without_places_stays_as_it_is(text in "[^{]{0,40}") {
            let pattern = Pattern::parse(&text).expect("parsed");
            prop_assert_eq!(pattern.write(&Fields::default(), Language::Chinese), Ok(text));
        }
    }
}
