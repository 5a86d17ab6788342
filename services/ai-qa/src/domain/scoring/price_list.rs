//! Numbers that contradict the price list.

use rust_decimal::prelude::ToPrimitive as _;

use super::clause::Clause;
use super::fact::{FactKind, PriceFact};
use super::quantity::{Dimension, Quantity};
use super::speech::Speech;

/// A number that is not the price list's.
#[derive(Clone, Debug, PartialEq)]
pub struct Unlisted {
    /// The sentence, by place in the speech.
    pub sentence: usize,
    pub said: String,
    pub listed: String,
    pub product: String,
}

/// Every number of the rep that is about something listed, and is not what is listed. `topic` is what the conversation is about
/// when no product is named; a product once named stays the topic.
pub fn unlisted(speech: &Speech<'_>, facts: &[PriceFact], topic: &str) -> Vec<Unlisted> {
    let mut found = Vec::new();
    let mut about: Vec<&str> = named(topic, facts);
    for (at, sentence) in speech.sentences.iter().enumerate() {
        let now = named(&sentence.heard.text, facts);
        if !now.is_empty() {
            about = now;
        }
        for clause in sentence.own() {
            let about_it = |fact: &&PriceFact| fact.product.is_empty() || about.contains(&fact.product.as_str());
            let wrong = clause.quantities.iter().filter_map(|quantity| {
                let fact = facts.iter().filter(about_it).find(|fact| is_about(fact.kind, clause, quantity))?;
                let listed = fact.value.to_f64()?;
                let ceiling =
                    facts.iter().find(|one| one.kind == FactKind::DiscountCeiling && one.product == fact.product);
                let ceiling = ceiling.and_then(|one| one.value.to_f64()).unwrap_or(0.0);
                contradicts(fact.kind, said(fact.kind, quantity), listed, ceiling).then(|| Unlisted {
                    sentence: at,
                    said: clause.chars[quantity.start..quantity.end].iter().collect(),
                    listed: listed_text(fact),
                    product: fact.product.clone(),
                })
            });
            found.extend(wrong);
        }
    }
    found
}

/// The products that a text names.
fn named<'a>(text: &str, facts: &'a [PriceFact]) -> Vec<&'a str> {
    let names = |fact: &&PriceFact| {
        !fact.product.is_empty()
            && (text.contains(&fact.product) || fact.aliases.iter().any(|alias| text.contains(alias)))
    };
    let mut named: Vec<&str> = facts.iter().filter(names).map(|fact| fact.product.as_str()).collect();
    named.dedup();
    named
}

/// Whether `quantity` in `clause` states what `kind` lists.
fn is_about(kind: FactKind, clause: &Clause, quantity: &Quantity) -> bool {
    let text = clause.text();
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    match (kind, quantity.dimension) {
        (FactKind::Price, Dimension::Money | Dimension::Bare) => {
            let large = quantity.dimension == Dimension::Money || quantity.value >= 100.0;
            large
                && says(&["价", "卖", "一台", "每台", "一套", "拿走", "拿下", "只要", "原价"])
                && !says(&["省", "便宜", "优惠", "补", "差价", "电费"])
        }
        (FactKind::DiscountCeiling, Dimension::Fold) => true,
        (FactKind::DiscountCeiling, Dimension::Percent) => says(&["优惠", "便宜", "折扣", "让利", "让您", "降价"]),
        (FactKind::LeadTime, Dimension::Time) => {
            says(&["交货", "到货", "发货", "交期", "交付", "货期", "工期", "现货"])
        }
        (FactKind::Warranty, Dimension::Time) => {
            says(&["质保", "保修", "包修", "整机保", "保固"]) && !says(&["电池", "主机", "延保"])
        }
        (FactKind::PaymentTerm, Dimension::Time) => says(&["账期", "月结", "赊"]),
        (FactKind::MinimumOrder, Dimension::Count | Dimension::Bare) => {
            says(&["起订", "起售", "起批", "最少", "至少", "起发"])
        }
        _ => false,
    }
}

/// The number said, in the unit of the list.
fn said(kind: FactKind, quantity: &Quantity) -> f64 {
    match (kind, quantity.dimension) {
        (FactKind::DiscountCeiling, Dimension::Fold) => 100.0 - quantity.value * 10.0,
        (FactKind::Warranty, _) => quantity.value / 30.4375,
        _ => quantity.value,
    }
}

fn contradicts(kind: FactKind, said: f64, listed: f64, ceiling: f64) -> bool {
    let differs = (said - listed).abs() > 0.02 * listed.abs();
    match kind {
        // Down to the ceiling a price may be a discounted one.
        FactKind::Price => said > listed * 1.01 || said < listed * (1.0 - ceiling / 100.0) * 0.99,
        FactKind::DiscountCeiling | FactKind::PaymentTerm => said > listed + 1e-9,
        FactKind::LeadTime | FactKind::Warranty => differs,
        FactKind::MinimumOrder => said < listed,
    }
}

fn listed_text(fact: &PriceFact) -> String {
    let value = fact.value.normalize();
    match fact.kind {
        FactKind::Price => format!("{value}元"),
        FactKind::DiscountCeiling => format!("最多优惠{value}%"),
        FactKind::LeadTime => format!("交期{value}天"),
        FactKind::Warranty => format!("质保{value}个月"),
        FactKind::PaymentTerm => format!("账期{value}天"),
        FactKind::MinimumOrder => format!("{value}起订"),
    }
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::super::heard::Heard;
    use super::super::speech::is_rep;
    use super::*;

    fn facts() -> Vec<PriceFact> {
        let fact = |kind, value: i64| PriceFact {
            product: "静风空压机".into(),
            aliases: vec!["空压机".into()],
            kind,
            value: Decimal::from(value),
        };
        vec![
            fact(FactKind::Price, 46_800),
            fact(FactKind::DiscountCeiling, 8),
            fact(FactKind::LeadTime, 20),
            fact(FactKind::Warranty, 24),
        ]
    }

    fn wrong(text: &str) -> Vec<String> {
        let heard = Heard::typed(text);
        unlisted(&Speech::of(&heard, is_rep), &facts(), "").into_iter().map(|one| one.said).collect()
    }

    #[test]
    fn what_is_not_listed_is_found() {
        assert_eq!(wrong("空压机卖三万八千元。打八折。"), ["三万八千元", "八折"]);
        assert_eq!(wrong("空压机整机质保三年，十天到货"), ["三年", "十天"]);
    }

    #[test]
    fn what_is_listed_or_about_something_else_is_not() {
        for text in [
            "空压机卖四万六千八百元，质保两年，二十天到货",
            "空压机便宜百分之五，四万五千元一台",
            "空压机一年省电费六千元",
            "别家的空压机只卖三万元，质保半年",
            "这个打八折",
        ] {
            assert!(wrong(text).is_empty(), "{text}: {:?}", wrong(text));
        }
    }
}
