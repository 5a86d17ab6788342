//! Key conclusions of a conversation, mined from its sentences and offered for confirmation.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::scoring::clause::{Clause, clauses};
use super::scoring::{Heard, Speaker};

mod amount;
mod date;
mod intent;

kernel::choices! {
    /// What a conclusion is about.
    ConclusionKind {
        Need = "need",
        Competitor = "competitor",
        Amount = "amount",
        Date = "date",
        NextStep = "next_step",
    }
}

/// Something the conversation seems to have concluded. Nobody has confirmed it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Conclusion {
    pub kind: ConclusionKind,
    /// The words it was read from.
    pub text: String,
    /// The sentence they are in.
    pub sentence: u32,
    pub start_ms: u32,
    pub end_ms: u32,
    /// Yuan, for an amount.
    #[schema(value_type = Option<String>)]
    pub amount: Option<Decimal>,
    /// For a date, and for a next step that names one.
    pub date: Option<NaiveDate>,
    /// The competitor's name as it is kept.
    pub competitor: Option<String>,
    /// The sentence was heard badly.
    pub doubtful: bool,
}

/// The conclusions in the order of the sentences. `recorded_on` is the day of the recording at the customer's; relative dates
/// ("下周三") count from it. `competitors` are the names to look for.
pub fn conclusions(heard: &[Heard], recorded_on: NaiveDate, competitors: &[String]) -> Vec<Conclusion> {
    heard.iter().flat_map(|one| of_sentence(one, recorded_on, competitors)).collect()
}

fn of_sentence(heard: &Heard, recorded_on: NaiveDate, competitors: &[String]) -> Vec<Conclusion> {
    let text = heard.text.to_lowercase();
    let named = competitors.iter().filter(|name| !name.trim().is_empty() && text.contains(&name.trim().to_lowercase()));
    let mut found: Vec<Conclusion> = named
        .map(|name| {
            let competitor = Some(name.clone());
            Conclusion { competitor, ..blank(ConclusionKind::Competitor, heard, heard.text.trim().to_owned()) }
        })
        .collect();
    for clause in clauses(&heard.text) {
        of_clause(heard, &clause, recorded_on, &mut found);
    }
    found
}

fn of_clause(heard: &Heard, clause: &Clause, recorded_on: NaiveDate, found: &mut Vec<Conclusion>) {
    let blank = |kind| blank(kind, heard, clause.text());
    let customer_s = heard.speaker != Speaker::Rep || intent::tells_of_customer(&heard.text);
    if customer_s && intent::is_need(clause) {
        found.push(blank(ConclusionKind::Need));
    }
    for (amount, _, _) in amount::amounts(clause) {
        found.push(Conclusion { amount: Some(amount), ..blank(ConclusionKind::Amount) });
    }
    let mut dates = date::dates(&clause.chars, recorded_on);
    // 今天拜访了客户: today's, and done.
    let done = clause.chars.contains(&'了');
    dates.retain(|said| said.date > recorded_on || !done);
    let first = dates.first().map(|said| said.date);
    if intent::is_next_step(clause, first.is_some()) {
        found.push(Conclusion { date: first, ..blank(ConclusionKind::NextStep) });
        return;
    }
    for said in dates {
        found.push(Conclusion { date: Some(said.date), ..blank(ConclusionKind::Date) });
    }
}

fn blank(kind: ConclusionKind, heard: &Heard, text: String) -> Conclusion {
    Conclusion {
        kind,
        text,
        sentence: heard.index,
        start_ms: heard.start_ms,
        end_ms: heard.end_ms,
        amount: None,
        date: None,
        competitor: None,
        doubtful: heard.doubtful,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::ConclusionKind::{Amount, Competitor, Date, Need, NextStep};
    use super::*;

    const RECORDED: (i32, u32, u32) = (2026, 11, 25);

    fn said(turns: &[(Speaker, &str)]) -> Vec<Conclusion> {
        let heard: Vec<Heard> = turns
            .iter()
            .zip(0_u32..)
            .map(|((speaker, text), index)| Heard {
                index,
                start_ms: index * 1_000,
                end_ms: index * 1_000 + 900,
                speaker: *speaker,
                text: (*text).to_owned(),
                confidence: 0.9,
                doubtful: index == 4,
            })
            .collect();
        let recorded_on = NaiveDate::from_ymd_opt(RECORDED.0, RECORDED.1, RECORDED.2).unwrap();
        conclusions(&heard, recorded_on, &["海川重工".into(), "LH".into()])
    }

    #[test]
    fn a_conversation_is_read() {
        let found = said(&[
            (Speaker::Customer, "我们车间需要六台叉车，年底之前要到位。"),
            (Speaker::Customer, "海川重工也来报过价，预算一共四十八万。"),
            (Speaker::Rep, "好，我下周三把方案送过去。"),
            (Speaker::Customer, "你们需要先看看现场吗？"),
            (Speaker::Customer, "lh的我们不考虑。"),
        ]);
        let kinds: Vec<_> = found.iter().map(|one| (one.sentence, one.kind)).collect();
        assert_eq!(kinds, [(0, Need), (0, Date), (1, Competitor), (1, Amount), (2, NextStep), (4, Competitor)]);
        assert_eq!(found[1].date, NaiveDate::from_ymd_opt(2026, 12, 31));
        assert_eq!(found[3].amount, Some(Decimal::from(480_000)));
        assert_eq!((found[4].date, found[4].start_ms), (NaiveDate::from_ymd_opt(2026, 12, 2), 2_000));
        assert_eq!(found[5].competitor.as_deref(), Some("LH"));
        assert!(found[5].doubtful && !found[0].doubtful);
    }

    #[test]
    fn the_rep_has_no_needs_and_small_talk_concludes_nothing() {
        assert!(said(&[(Speaker::Rep, "我们需要您的支持。"), (Speaker::Customer, "请坐，喝茶。")]).is_empty());
    }

    #[test]
    fn a_rep_s_note_of_the_visit_tells_the_customer_s_need() {
        let found = said(&[
            (Speaker::Rep, "今天拜访了客户，客户最头疼的是旧设备经常停机，希望降低故障率。"),
            (Speaker::Rep, "下一步计划是下周三之前安排一次演示。"),
        ]);
        let kinds: Vec<_> = found.iter().map(|one| one.kind).collect();
        assert_eq!(kinds, [Need, Need, NextStep]);
        assert_eq!(found[2].date, NaiveDate::from_ymd_opt(2026, 12, 2));
    }

    proptest! {
        #[test]
        fn every_conclusion_points_to_its_sentence(text in "[我们需要下周三签合同预算十万元海川重工。，？]{0,24}") {
            for one in said(&[(Speaker::Customer, &text)]) {
                prop_assert_eq!(one.sentence, 0);
                prop_assert!(!one.text.is_empty());
            }
        }
    }
}
