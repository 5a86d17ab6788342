//! How values of an event are written for people. Times are shown in China's time zone.

use chrono::{DateTime, FixedOffset};
use kernel::{Currency, Money, Text};
use serde_json::Value;

const CHINA_OFFSET_SECONDS: i32 = 8 * 3600;

/// The language a message is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    Chinese,
    English,
}

impl Language {
    /// `en` and its variants are English, everything else Chinese.
    pub fn of(tag: &str) -> Self {
        if tag.to_ascii_lowercase().starts_with("en") { Self::English } else { Self::Chinese }
    }

    /// `zh-CN` or `en`
    pub fn tag(self) -> &'static str {
        match self {
            Self::Chinese => "zh-CN",
            Self::English => "en",
        }
    }

    fn pick(self, text: Text) -> String {
        match self {
            Self::Chinese => text.zh,
            Self::English => text.en,
        }
    }

    /// `zh` or `en`, as a sentence in both languages has them.
    fn member(self) -> &'static str {
        match self {
            Self::Chinese => "zh",
            Self::English => "en",
        }
    }
}

/// How a field is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// As it is: text, number, yes or no; of a sentence in both languages the one that is read.
    Plain,
    Money,
    Date,
    Time,
    /// Items joined.
    List,
    /// One item per line.
    Lines,
    /// The number of a payment journey's node.
    Node,
}

impl Format {
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "money" => Some(Self::Money),
            "date" => Some(Self::Date),
            "time" => Some(Self::Time),
            "list" => Some(Self::List),
            "lines" => Some(Self::Lines),
            "node" => Some(Self::Node),
            _ => None,
        }
    }

    /// Writes the value; nothing when it is not of the kind this format writes.
    pub fn write(self, value: &Value, language: Language) -> Option<String> {
        match self {
            Self::Plain => plain(value, language),
            Self::Money => money(value),
            Self::Date => Some(local(value)?.format("%Y-%m-%d").to_string()),
            Self::Time => Some(local(value)?.format("%Y-%m-%d %H:%M").to_string()),
            Self::List => Some(items(value, language)?.join(if language == Language::Chinese { "；" } else { "; " })),
            Self::Lines => {
                Some(items(value, language)?.iter().map(|item| format!("- {item}")).collect::<Vec<_>>().join("\n"))
            }
            Self::Node => node(value).map(|name| language.pick(name)),
        }
    }
}

fn plain(value: &Value, language: Language) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        Value::Object(sentence) => Some(sentence.get(language.member())?.as_str()?.to_owned()),
        Value::Null | Value::Array(_) => None,
    }
}

/// Canonical JSON writes 64-bit integers as text and leaves zero out.
fn money(value: &Value) -> Option<String> {
    let minor = match value.get("minor") {
        None => 0,
        Some(Value::String(digits)) => digits.parse().ok()?,
        Some(number) => number.as_i64()?,
    };
    let currency: Currency = value.get("currency")?.as_str()?.parse().ok()?;
    Some(Money::new(minor, currency).to_string())
}

fn local(value: &Value) -> Option<DateTime<FixedOffset>> {
    let offset = FixedOffset::east_opt(CHINA_OFFSET_SECONDS)?;
    Some(DateTime::parse_from_rfc3339(value.as_str()?).ok()?.with_timezone(&offset))
}

fn items(value: &Value, language: Language) -> Option<Vec<String>> {
    let items = value.as_array().filter(|items| !items.is_empty())?;
    items.iter().map(|item| plain(item, language)).collect()
}

fn node(value: &Value) -> Option<Text> {
    let name = match value.as_u64()? {
        1 => Text::new("①开票申请", "① Invoice applied for"),
        2 => Text::new("②发票签收", "② Invoice received"),
        3 => Text::new("③采购发起付款", "③ Purchasing started payment"),
        4 => Text::new("④财务付款", "④ Finance paid"),
        5 => Text::new("⑤银行到账", "⑤ Received by the bank"),
        _ => return None,
    };
    Some(name)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_are_written_for_people() {
        let zh = Language::Chinese;
        assert_eq!(Format::Money.write(&json!({"minor": "12800050", "currency": "CNY"}), zh).unwrap(), "128000.50 CNY");
        assert_eq!(Format::Time.write(&json!("2027-01-04T01:00:00+00:00"), zh).unwrap(), "2027-01-04 09:00");
        assert_eq!(Format::Date.write(&json!("2027-01-04T20:00:00Z"), zh).unwrap(), "2027-01-05");
        assert_eq!(Format::Lines.write(&json!(["a", "b"]), zh).unwrap(), "- a\n- b");
        assert_eq!(Format::List.write(&json!(["a", "b"]), Language::English).unwrap(), "a; b");
        let sentences = json!([{"zh": "甲", "en": "a"}, {"zh": "乙", "en": "b"}]);
        assert_eq!(Format::List.write(&sentences, zh).unwrap(), "甲；乙");
        assert_eq!(Format::Lines.write(&sentences, Language::English).unwrap(), "- a\n- b");
        assert_eq!(Format::Plain.write(&sentences[0], Language::English).unwrap(), "a");
        assert_eq!(Format::Node.write(&json!(3), Language::English).unwrap(), "③ Purchasing started payment");
    }

    #[test]
    fn what_is_of_another_kind_is_not_written() {
        for (format, value) in [
            (Format::Money, json!("12")),
            (Format::Time, json!("yesterday")),
            (Format::Lines, json!([])),
            (Format::Node, json!(9)),
            (Format::Plain, json!({})),
        ] {
            assert_eq!(format.write(&value, Language::Chinese), None, "{format:?}");
        }
    }
}
