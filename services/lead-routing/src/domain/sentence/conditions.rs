//! What a lead has to be.

use kernel::Money;

use super::cursor::Cursor;
use super::{Unclear, Why};
use crate::domain::condition::{Band, Comparison, Condition, Further, LeadField};
use crate::domain::source::Source;

#[derive(Clone, Copy)]
enum Subject {
    Source,
    Budget,
    Region,
    Industry,
    Field(LeadField),
}

const SUBJECTS: &[(&str, Subject)] = &[
    ("来自", Subject::Source),
    ("来源是", Subject::Source),
    ("来源为", Subject::Source),
    ("来源", Subject::Source),
    ("预算在", Subject::Budget),
    ("预算是", Subject::Budget),
    ("预算", Subject::Budget),
    ("区域在", Subject::Region),
    ("区域是", Subject::Region),
    ("区域为", Subject::Region),
    ("区域", Subject::Region),
    ("地区在", Subject::Region),
    ("地区是", Subject::Region),
    ("行业是", Subject::Industry),
    ("行业为", Subject::Industry),
    ("行业", Subject::Industry),
    ("公司名称", Subject::Field(LeadField::Company)),
    ("公司", Subject::Field(LeadField::Company)),
    ("备注", Subject::Field(LeadField::Note)),
    ("域名", Subject::Field(LeadField::Domain)),
];

/// Other names of sources than those they are shown by.
const ALSO: &[(&str, Source)] = &[
    ("官网", Source::WebForm),
    ("网站", Source::WebForm),
    ("展会", Source::ExhibitionQr),
    ("来电", Source::Phone),
    ("企微", Source::Wecom),
    ("经销商", Source::DealerApi),
    ("导入", Source::CsvImport),
    ("门店", Source::StoreWalkIn),
    ("复购", Source::Repurchase),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Bound {
    AtLeast,
    Over,
    AtMost,
    Below,
}

const BEFORE: &[(&str, Bound)] = &[
    (">=", Bound::AtLeast),
    ("≥", Bound::AtLeast),
    ("不低于", Bound::AtLeast),
    ("不少于", Bound::AtLeast),
    ("至少", Bound::AtLeast),
    ("大于等于", Bound::AtLeast),
    (">", Bound::Over),
    ("高于", Bound::Over),
    ("超过", Bound::Over),
    ("大于", Bound::Over),
    ("<=", Bound::AtMost),
    ("≤", Bound::AtMost),
    ("不高于", Bound::AtMost),
    ("不超过", Bound::AtMost),
    ("至多", Bound::AtMost),
    ("小于等于", Bound::AtMost),
    ("<", Bound::Below),
    ("低于", Bound::Below),
    ("小于", Bound::Below),
    ("不足", Bound::Below),
    ("不到", Bound::Below),
];
const AFTER: &[(&str, Bound)] =
    &[("以上", Bound::AtLeast), ("起", Bound::AtLeast), ("以下", Bound::AtMost), ("以内", Bound::AtMost)];
const TO: &[&str] = &["到", "至", "-", "–", "—", "~"];
const COMPARISONS: &[(&str, Comparison)] = &[
    ("不是", Comparison::IsNot),
    ("是", Comparison::Is),
    ("包含", Comparison::Contains),
    ("含", Comparison::Contains),
    ("开头为", Comparison::StartsWith),
    ("开头是", Comparison::StartsWith),
];

/// Reads one condition; false when none begins here.
pub(super) fn read(cursor: &mut Cursor<'_>, condition: &mut Condition) -> Result<bool, Unclear> {
    let start = cursor.at();
    let Some(subject) = cursor.choose(SUBJECTS) else {
        // A second bound: 预算高于 5 万且不高于 20 万.
        return further_bound(cursor, condition);
    };
    match subject {
        Subject::Source => condition.sources.extend(cursor.alternatives(source)?),
        Subject::Budget => budget(cursor, condition, start)?,
        Subject::Region | Subject::Industry | Subject::Field(_) => {
            if let Some(further) = compared(cursor, subject)? {
                condition.further.push(further);
            } else if matches!(subject, Subject::Region) {
                condition.regions.extend(cursor.alternatives(Cursor::value)?);
            } else {
                condition.industries.extend(cursor.alternatives(Cursor::value)?);
            }
        }
    }
    Ok(true)
}

fn source(cursor: &mut Cursor<'_>) -> Result<Source, Unclear> {
    let names = Source::ALL.iter().map(|source| (source.zh(), *source)).chain(ALSO.iter().copied());
    cursor.choose(&names.collect::<Vec<_>>()).ok_or_else(|| cursor.unclear_word(Why::Source))
}

/// A comparison with one value. Regions and industries have one only where they are not simply listed.
fn compared(cursor: &mut Cursor<'_>, subject: Subject) -> Result<Option<Further>, Unclear> {
    let field = match subject {
        Subject::Region => LeadField::Region,
        Subject::Industry => LeadField::Industry,
        Subject::Field(field) => field,
        Subject::Source | Subject::Budget => return Ok(None),
    };
    match cursor.choose(COMPARISONS) {
        Some(comparison) => Ok(Some(Further { field, comparison, value: cursor.value()? })),
        None if matches!(subject, Subject::Field(_)) => Err(cursor.unclear_word(Why::Word)),
        None => Ok(None),
    }
}

fn budget(cursor: &mut Cursor<'_>, condition: &mut Condition, start: usize) -> Result<(), Unclear> {
    if condition.budget.is_some() {
        return Err(cursor.unclear(start, Why::Twice));
    }
    condition.budget = Some(Band::default());
    if further_bound(cursor, condition)? {
        return Ok(());
    }
    let start = cursor.at();
    let (low, high) = cursor.amounts(TO)?;
    if let Some(high) = high {
        cursor.eat(&["之间"]);
        set(cursor, condition, (start, Bound::AtLeast), low)?;
        return set(cursor, condition, (start, Bound::AtMost), high);
    }
    let Some(bound) = cursor.choose(AFTER) else { return Err(cursor.unclear_word(Why::Word)) };
    set(cursor, condition, (start, bound), low)
}

/// A bound with its word in front; false when none begins here, or nobody spoke of a budget.
fn further_bound(cursor: &mut Cursor<'_>, condition: &mut Condition) -> Result<bool, Unclear> {
    let start = cursor.at();
    if condition.budget.is_none() {
        return Ok(false);
    }
    let Some(bound) = cursor.choose(BEFORE) else { return Ok(false) };
    let amount = cursor.amount()?;
    set(cursor, condition, (start, bound), amount)?;
    Ok(true)
}

fn set(
    cursor: &Cursor<'_>,
    condition: &mut Condition,
    (start, bound): (usize, Bound),
    amount: Money,
) -> Result<(), Unclear> {
    let band = condition.budget.get_or_insert_default();
    let place = match bound {
        Bound::AtLeast => &mut band.at_least,
        Bound::Over => &mut band.over,
        Bound::AtMost => &mut band.at_most,
        Bound::Below => &mut band.below,
    };
    if place.replace(amount).is_some() {
        return Err(cursor.unclear(start, Why::Twice));
    }
    Ok(())
}
