//! Everything that can go wrong with custom fields.

use kernel::choice::UnknownChoice;
use kernel::{AsProblem, FieldError, Kind, Problem, Text};

use crate::definition::MOST_LIVE;

#[derive(Debug, thiserror::Error)]
pub enum CustomFieldError {
    #[error("the custom fields are not valid")]
    Invalid(Vec<FieldError>),
    #[error("there is no such custom field")]
    NotFound,
    /// The resource has a field of this key, in use or retired.
    #[error("the key is taken")]
    KeyTaken,
    #[error("the resource has {MOST_LIVE} fields in use")]
    TooMany,
    #[error("a stored custom field cannot be read: {0}")]
    Corrupt(#[from] UnknownChoice),
    #[error(transparent)]
    Database(sqlx::Error),
}

impl From<Vec<FieldError>> for CustomFieldError {
    fn from(faults: Vec<FieldError>) -> Self {
        Self::Invalid(faults)
    }
}

impl From<sqlx::Error> for CustomFieldError {
    fn from(error: sqlx::Error) -> Self {
        let constraint = error.as_database_error().and_then(|error| error.constraint());
        if constraint == Some("custom_fields_key") { Self::KeyTaken } else { Self::Database(error) }
    }
}

impl AsProblem for CustomFieldError {
    fn problem(&self) -> Problem {
        match self {
            Self::Invalid(faults) => Problem::invalid(faults.clone()),
            Self::NotFound => Problem::new(
                Kind::NotFound,
                "custom_field_not_found",
                "自定义字段不存在",
                "there is no such custom field",
            ),
            Self::KeyTaken => key_taken(),
            Self::TooMany => Problem::new(
                Kind::Conflict,
                "too_many_custom_fields",
                format!("最多 {MOST_LIVE} 个在用的自定义字段，请先停用一个"),
                format!("at most {MOST_LIVE} custom fields can be in use; retire one first"),
            ),
            Self::Corrupt(error) => Problem::internal(error),
            Self::Database(error) => sqlstate::problem(error),
        }
    }
}

fn key_taken() -> Problem {
    let (zh, en) = (
        "已有同名的自定义字段（停用的也算），请换一个标识",
        "there is a custom field of this key, perhaps a retired one; choose another key",
    );
    let fault = FieldError::new("key", "taken", Text::new(zh, en));
    Problem::new(Kind::Conflict, "custom_field_exists", zh, en).with_fields(vec![fault])
}
