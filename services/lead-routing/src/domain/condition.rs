//! What a routing rule looks at, in three layers: source, budget band, region; then everything else.

use kernel::{Currency, Money, Text};
use serde::{Deserialize, Serialize};

use super::source::Source;

/// The fields of a lead that rules can look at.
#[derive(Clone, Debug)]
pub struct Facts {
    pub source: Source,
    pub budget: Option<Money>,
    pub region: Option<String>,
    pub industry: Option<String>,
    pub company: String,
    pub domain: Option<String>,
    pub note: Option<String>,
}

/// A budget band; every bound that is given must hold. Leads without a budget are in no band.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Band {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<Money>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub over: Option<Money>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<Money>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub below: Option<Money>,
}

/// A field that a further condition can look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LeadField {
    Company,
    Domain,
    Note,
    Industry,
    Region,
}

/// How a further condition compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Comparison {
    Is,
    IsNot,
    Contains,
    StartsWith,
}

/// A condition on any field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Further {
    pub field: LeadField,
    pub comparison: Comparison,
    pub value: String,
}

/// When a rule applies. An empty list or a missing band is no condition.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Condition {
    pub sources: Vec<Source>,
    pub budget: Option<Band>,
    /// A lead's region matches when it begins with one of these: `上海` matches `上海市浦东新区`.
    pub regions: Vec<String>,
    pub industries: Vec<String>,
    pub further: Vec<Further>,
}

impl Condition {
    /// Nothing when the lead fits; otherwise the first layer that does not, as a sentence.
    pub fn mismatch(&self, facts: &Facts) -> Option<Text> {
        self.source_mismatch(facts)
            .or_else(|| self.budget.and_then(|band| band.mismatch(facts.budget)))
            .or_else(|| {
                list_mismatch(("区域", "region"), &self.regions, facts.region.as_deref(), |have, want| {
                    have.starts_with(want)
                })
            })
            .or_else(|| {
                list_mismatch(("行业", "industry"), &self.industries, facts.industry.as_deref(), |have, want| {
                    have == want
                })
            })
            .or_else(|| self.further.iter().find_map(|further| further.mismatch(facts)))
    }

    fn source_mismatch(&self, facts: &Facts) -> Option<Text> {
        if self.sources.is_empty() || self.sources.contains(&facts.source) {
            return None;
        }
        let wanted = |name: fn(Source) -> &'static str| self.sources.iter().copied().map(name).collect::<Vec<_>>();
        Some(Text::new(
            format!("来源是“{}”，规则要求{}", facts.source.zh(), wanted(Source::zh).join("、")),
            format!("the source is “{}”, the rule asks for {}", facts.source.en(), wanted(Source::en).join(", ")),
        ))
    }
}

fn list_mismatch(
    (zh, en): (&str, &str),
    wanted: &[String],
    have: Option<&str>,
    fits: impl Fn(&str, &str) -> bool,
) -> Option<Text> {
    if wanted.is_empty() || have.is_some_and(|have| wanted.iter().any(|want| fits(have, want))) {
        return None;
    }
    Some(Text::new(
        format!("{zh}是“{}”，规则要求{}", have.unwrap_or("未填"), wanted.join("、")),
        format!("the {en} is “{}”, the rule asks for {}", have.unwrap_or("not given"), wanted.join(", ")),
    ))
}

impl Band {
    fn mismatch(self, budget: Option<Money>) -> Option<Text> {
        let Some(budget) = budget else { return Some(Text::new("未填预算", "no budget is given")) };
        let bounds = [
            (self.at_least, ("不低于", "at least"), (|have, bound| have >= bound) as fn(i64, i64) -> bool),
            (self.over, ("高于", "more than"), |have, bound| have > bound),
            (self.at_most, ("不高于", "at most"), |have, bound| have <= bound),
            (self.below, ("低于", "less than"), |have, bound| have < bound),
        ];
        bounds.into_iter().find_map(|(bound, (zh, en), holds)| {
            let bound = bound?;
            let fits = bound.currency == budget.currency && holds(budget.minor, bound.minor);
            let told = || {
                Text::new(
                    format!("预算 {}，规则要求{zh} {}", yuan(budget), yuan(bound)),
                    format!("the budget is {}, the rule asks for {en} {}", budget.readable(), bound.readable()),
                )
            };
            (!fits).then(told)
        })
    }

    /// True when no amount can be inside.
    pub fn is_empty(self) -> bool {
        let minor = |bound: Option<Money>, by: i64| bound.map(|money| money.minor.saturating_add(by));
        let low = minor(self.at_least, 0).max(minor(self.over, 1));
        let high = [minor(self.at_most, 0), minor(self.below, -1)].into_iter().flatten().min();
        matches!((low, high), (Some(low), Some(high)) if low > high)
    }

    /// The currencies of the bounds.
    pub fn currencies(self) -> impl Iterator<Item = Currency> {
        [self.at_least, self.over, self.at_most, self.below].into_iter().flatten().map(|money| money.currency)
    }
}

/// An amount as people say it: `20 万元`.
pub fn yuan(money: Money) -> String {
    if money.currency != Currency::CNY {
        return money.to_string();
    }
    if money.minor >= 1_000_000 {
        format!("{} 万元", decimal(money.minor, 6))
    } else {
        format!("{} 元", decimal(money.minor, 2))
    }
}

/// A whole number with its decimal point moved to the left, without trailing zeros.
fn decimal(number: i64, places: u32) -> String {
    let unit = 10_i64.pow(places);
    let fraction = format!("{:0width$}", number % unit, width = places as usize);
    let text = format!("{}.{fraction}", number / unit);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

impl Further {
    fn mismatch(&self, facts: &Facts) -> Option<Text> {
        let (zh, en, have) = match self.field {
            LeadField::Company => ("公司", "company", Some(facts.company.as_str())),
            LeadField::Domain => ("域名", "domain", facts.domain.as_deref()),
            LeadField::Note => ("备注", "note", facts.note.as_deref()),
            LeadField::Industry => ("行业", "industry", facts.industry.as_deref()),
            LeadField::Region => ("区域", "region", facts.region.as_deref()),
        };
        let text = have.unwrap_or("");
        let (word, holds) = match self.comparison {
            Comparison::Is => (("是", "be"), text == self.value),
            Comparison::IsNot => (("不是", "not be"), text != self.value),
            Comparison::Contains => (("包含", "contain"), text.contains(&self.value)),
            Comparison::StartsWith => (("开头为", "begin with"), text.starts_with(&self.value)),
        };
        let told = || {
            Text::new(
                format!("{zh}不符合“{}{}”", word.0, self.value),
                format!("the {en} should {} “{}”", word.1, self.value),
            )
        };
        (!holds).then(told)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(budget_yuan: Option<i64>) -> Facts {
        Facts {
            source: Source::WebForm,
            budget: budget_yuan.map(|yuan| Money::cny(yuan * 100)),
            region: Some("上海市浦东新区".into()),
            industry: Some("化工".into()),
            company: "华辰研究院".into(),
            domain: None,
            note: None,
        }
    }

    fn condition() -> Condition {
        Condition {
            sources: vec![Source::WebForm],
            budget: Some(Band { over: Some(Money::cny(20_000_000)), ..Band::default() }),
            regions: vec!["上海".into(), "江苏".into()],
            industries: vec![],
            further: vec![Further {
                field: LeadField::Company,
                comparison: Comparison::Contains,
                value: "研究院".into(),
            }],
        }
    }

    #[test]
    fn three_layers_and_more_all_have_to_fit() {
        assert_eq!(condition().mismatch(&facts(Some(200_001))), None);
        assert_eq!(Condition::default().mismatch(&facts(None)), None);
    }

    #[test]
    fn the_first_layer_that_does_not_fit_is_named() {
        let phone = Facts { source: Source::Phone, ..facts(Some(1)) };
        let told = condition().mismatch(&phone).unwrap();
        assert_eq!(told.zh, "来源是“电话”，规则要求官网表单");
        assert_eq!(told.en, "the source is “phone”, the rule asks for web form");
        let told = condition().mismatch(&facts(Some(200_000))).unwrap();
        assert_eq!(told.zh, "预算 20 万元，规则要求高于 20 万元");
        assert_eq!(told.en, "the budget is ¥200,000.00, the rule asks for more than ¥200,000.00");
        assert_eq!(condition().mismatch(&facts(None)).unwrap().zh, "未填预算");
        let elsewhere = Facts { region: None, ..facts(Some(300_000)) };
        let told = condition().mismatch(&elsewhere).unwrap();
        assert_eq!(told.zh, "区域是“未填”，规则要求上海、江苏");
        assert_eq!(told.en, "the region is “not given”, the rule asks for 上海, 江苏");
    }

    #[test]
    fn a_band_nobody_can_be_in_is_noticed() {
        let band =
            |over, below| Band { over: Some(Money::cny(over)), below: Some(Money::cny(below)), ..Band::default() };
        assert!(band(100, 101).is_empty());
        assert!(!band(100, 102).is_empty());
        assert!(!Band::default().is_empty());
    }
}
