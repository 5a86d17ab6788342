//! What is said in which language: `templates/templates.yaml`.

use std::collections::BTreeMap;

use kernel::Text;
use serde::Deserialize;

use super::fields::Fields;
use super::format::Language;
use super::pattern::{Pattern, Unwritable};

/// Every template by its id.
#[derive(Clone, Debug, Deserialize)]
#[serde(transparent)]
pub struct Templates(BTreeMap<String, Template>);

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Template {
    /// Path in the console; none in messages to customers.
    link: Option<Pattern>,
    zh: Wording,
    en: Wording,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wording {
    title: Pattern,
    body: Pattern,
}

/// A message in both languages: an inbox shows the one that is read there, a channel sends the recipient's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    pub title: Text,
    pub body: Text,
    pub link: Option<String>,
}

#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum TemplateError {
    #[error("there is no template {0}")]
    Unknown(String),
    #[error("template {template}: {why}")]
    Unwritable { template: String, why: Unwritable },
}

impl Templates {
    pub fn parse(yaml: &str) -> Result<Self, String> {
        serde_saphyr::from_str(yaml).map_err(|error| error.to_string())
    }

    pub fn contains(&self, id: &str) -> bool {
        self.0.contains_key(id)
    }

    /// True when any text of the template has a place for `field`.
    pub fn needs(&self, id: &str, field: &str) -> bool {
        self.0
            .get(id)
            .is_some_and(|template| template.patterns().any(|pattern| pattern.fields().any(|name| name == field)))
    }

    pub fn render(&self, id: &str, fields: &Fields) -> Result<Rendered, TemplateError> {
        let template = self.0.get(id).ok_or_else(|| TemplateError::Unknown(id.to_owned()))?;
        let write = |pattern: &Pattern, language| {
            pattern.write(fields, language).map_err(|why| TemplateError::Unwritable { template: id.to_owned(), why })
        };
        let both = |part: fn(&Wording) -> &Pattern| {
            let zh = write(part(&template.zh), Language::Chinese)?;
            Ok(Text::new(zh, write(part(&template.en), Language::English)?))
        };
        Ok(Rendered {
            title: both(|wording| &wording.title)?,
            body: both(|wording| &wording.body)?,
            link: template.link.as_ref().map(|link| write(link, Language::Chinese)).transpose()?,
        })
    }
}

impl Template {
    fn patterns(&self) -> impl Iterator<Item = &Pattern> {
        let texts = [&self.zh.title, &self.zh.body, &self.en.title, &self.en.body];
        texts.into_iter().chain(self.link.as_ref())
    }
}
