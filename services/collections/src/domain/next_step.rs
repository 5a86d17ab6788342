//! What to do next about a receivable, as one sentence a rep can act on.

use chrono::{DateTime, FixedOffset, Timelike, Utc};
use kernel::Text;
use process::Definition;

use super::node::Node;
use super::receivable::Receivable;

const SHANGHAI_SECONDS: i32 = 8 * 3600;

/// How long a receivable has stood still beyond what is allowed, and the sentence about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextStep {
    pub overdue_hours: i64,
    pub sentence: Text,
}

/// Such as "A 医院 卡在③ 已超时 36 h，今日 10 点前电话确认流程编号".
pub fn next_step(
    definition: &Definition,
    receivable: &Receivable,
    stalls_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> NextStep {
    let overdue_hours = (now - stalls_at).num_hours().max(0);
    let action = action(definition, receivable.node);
    let sentence = if now >= stalls_at {
        stuck(receivable, overdue_hours, &until(now), &action)
    } else {
        on_its_way(definition, receivable, (stalls_at - now).num_hours(), &action)
    };
    NextStep { overdue_hours, sentence }
}

fn stuck(receivable: &Receivable, hours: i64, until: &Text, action: &Text) -> Text {
    let (company, mark) = (&receivable.company, receivable.node.mark());
    Text::new(
        format!("{company} 卡在{mark} 已超时 {hours} h，{}{}", until.zh, action.zh),
        format!("{company} is stuck at {mark}, {hours} h over time: {}, {}", action.en, until.en),
    )
}

fn on_its_way(definition: &Definition, receivable: &Receivable, hours: i64, action: &Text) -> Text {
    let (company, mark) = (&receivable.company, receivable.node.mark());
    let stage = definition.stage(receivable.node.stage()).map(|stage| stage.title.clone()).unwrap_or_default();
    Text::new(
        format!("{company} 在{mark}{}，{hours} 小时内{}", stage.zh, action.zh),
        format!("{company} is at {mark} {}: {} within {hours} h", stage.en, action.en),
    )
}

/// The next hour at which calling makes sense, in Shanghai.
fn until(now: DateTime<Utc>) -> Text {
    let hour = FixedOffset::east_opt(SHANGHAI_SECONDS).map_or(0, |offset| now.with_timezone(&offset).hour());
    match hour {
        0..=9 => Text::new("今日 10 点前", "before 10:00 today"),
        10..=16 => Text::new("今日 17 点前", "before 17:00 today"),
        _ => Text::new("明日 10 点前", "before 10:00 tomorrow"),
    }
}

/// What the move to this node put on somebody's list.
fn action(definition: &Definition, node: Node) -> Text {
    let mut reached = definition.transitions.iter().filter(|transition| transition.to == node.stage());
    let action = reached.find_map(|transition| transition.next_action.as_ref());
    action.map_or_else(|| Text::new("确认开票申请", "confirm the invoice application"), |action| action.title.clone())
}

#[cfg(test)]
mod tests {
    use chrono::Duration;

    use super::super::journey::tests::{definition, receivable};
    use super::*;

    #[test]
    fn the_sentence_names_who_where_how_long_and_what() {
        let receivable = receivable(Node::PurchasingStarted, 0);
        let stalls_at = DateTime::parse_from_rfc3339("2027-01-04T20:00:00Z").expect("valid").to_utc();
        let step = next_step(&definition(), &receivable, stalls_at, stalls_at + Duration::hours(29));
        assert_eq!(step.sentence.zh, "云杉医院 卡在③ 已超时 29 h，今日 10 点前电话确认流程编号与付款进度");
        assert_eq!(step.overdue_hours, 29);
        let early = next_step(&definition(), &receivable, stalls_at, stalls_at - Duration::hours(5));
        let told = "云杉医院 is at ③ Customer's purchasing has started payment: \
                    confirm the process number and its progress by telephone within 5 h";
        assert_eq!(early.sentence.en, told);
        assert_eq!(early.sentence.zh, "云杉医院 在③客户采购已发起付款，5 小时内电话确认流程编号与付款进度");
    }
}
