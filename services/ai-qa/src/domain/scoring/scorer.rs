//! Scores answers.

use super::assessment::Assessment;
use super::heard::{Heard, Speaker};
use super::speech::{Speech, is_rep};
use super::track::{Duty, TalkTrack};
use super::verdict::{Reason, Verdict, Versions};
use super::{Calibration, LibraryStatistics, METHOD, PriceFact, Semantics};

/// Everything an answer is scored with, besides its talk track.
#[derive(Clone, Copy)]
pub struct Scorer<'a> {
    pub library: &'a LibraryStatistics,
    pub facts: &'a [PriceFact],
    pub semantics: Option<&'a dyn Semantics>,
    pub calibration: &'a Calibration,
}

/// Coaches' probabilities of passing that are as good as a coin's.
const TOO_CLOSE: std::ops::Range<f64> = 0.4..0.6;

impl Scorer<'_> {
    /// The verdict on what was heard; the same for the same input.
    pub fn score(&self, heard: &[Heard], track: &TalkTrack) -> Verdict {
        if track.with_duty(Duty::MustSay).next().is_none() {
            return Verdict::NeedsHuman { reasons: vec![Reason::NothingToSay], score: None };
        }
        let speech = Speech::of(heard, |one| one.speaker != Speaker::Customer);
        if speech.sentences.is_empty() {
            return Verdict::NeedsHuman { reasons: vec![Reason::NothingHeard], score: None };
        }
        let assessment = Assessment::of(&speech, track, self);
        let reasons = self.doubts(heard, track, &assessment);
        let score = assessment.score(&speech, self, self.versions(track));
        if reasons.is_empty() { Verdict::Scored { score } } else { Verdict::NeedsHuman { reasons, score: Some(score) } }
    }

    /// A decision stands only when it stays the same without what is doubtful.
    fn doubts(&self, heard: &[Heard], track: &TalkTrack, assessment: &Assessment) -> Vec<Reason> {
        let mut reasons = Vec::new();
        let passes = assessment.passes(self.calibration);
        let differs = |counts: &dyn Fn(&Heard) -> bool| {
            let rest = Speech::of(heard, counts);
            Assessment::of(&rest, track, self).passes(self.calibration) != passes
        };
        let unknown = places(heard, |one| one.speaker == Speaker::Unknown);
        let nobody_known = !heard.iter().any(is_rep);
        if !unknown.is_empty() && (nobody_known || differs(&is_rep)) {
            reasons.push(Reason::UnknownSpeaker { sentences: unknown });
        }
        let doubtful = places(heard, |one| one.speaker != Speaker::Customer && one.doubtful);
        if !doubtful.is_empty() && differs(&|one| one.speaker != Speaker::Customer && !one.doubtful) {
            reasons.push(Reason::Doubtful { sentences: doubtful });
        }
        if poor(heard) {
            reasons.push(Reason::PoorAudio);
        }
        if reasons.is_empty() && !assessment.is_wrong() && TOO_CLOSE.contains(&assessment.passing(self.calibration)) {
            reasons.push(Reason::TooClose);
        }
        reasons
    }

    fn versions(&self, track: &TalkTrack) -> Versions {
        Versions {
            method: METHOD,
            track: track.version,
            library: self.library.version(),
            calibration: self.calibration.version,
            encoder: self.semantics.map(|semantics| semantics.version().to_owned()),
        }
    }
}

fn places(heard: &[Heard], which: impl Fn(&Heard) -> bool) -> Vec<u32> {
    heard.iter().filter(|one| which(one)).map(|one| one.index).collect()
}

/// More than half of what may be the rep's was heard badly, by length.
fn poor(heard: &[Heard]) -> bool {
    let length = |which: &dyn Fn(&Heard) -> bool| -> usize {
        heard
            .iter()
            .filter(|one| one.speaker != Speaker::Customer && which(one))
            .map(|one| one.text.chars().count())
            .sum()
    };
    2 * length(&|one| one.doubtful) > length(&|_| true)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rust_decimal::Decimal;
    use uuid::Uuid;

    use super::super::fact::FactKind;
    use super::super::track::KeyPoint;
    use super::super::verdict::Source;
    use super::*;

    fn track() -> TalkTrack {
        let point =
            |id: &str, duty, text: &str| KeyPoint { id: id.into(), duty, text: text.into(), paraphrases: vec![] };
        let points = vec![
            point("warranty", Duty::MustSay, "主机质保五年"),
            point("onsite", Duty::MustSay, "报修后四小时内上门"),
            point("promise", Duty::MustNotSay, "保证全市最低价"),
        ];
        TalkTrack { id: Uuid::nil(), version: 3, objection: "你们的空压机坏了怎么办".into(), points }
    }

    fn heard(turns: &[(Speaker, &str, bool)]) -> Vec<Heard> {
        let one = |(index, (speaker, text, doubtful)): (u32, &(Speaker, &str, bool))| Heard {
            index,
            start_ms: index * 1_000,
            end_ms: index * 1_000 + 900,
            speaker: *speaker,
            text: (*text).to_owned(),
            confidence: if *doubtful { 0.3 } else { 0.9 },
            doubtful: *doubtful,
        };
        (0_u32..).zip(turns).map(one).collect()
    }

    fn verdict(turns: &[(Speaker, &str, bool)]) -> Verdict {
        let listed = PriceFact {
            product: "空压机".into(),
            aliases: vec![],
            kind: FactKind::Price,
            value: Decimal::from(46_800),
        };
        let (library, calibration) = (LibraryStatistics::of(9, &[track()]), Calibration::default());
        let scorer = Scorer { library: &library, facts: &[listed], semantics: None, calibration: &calibration };
        scorer.score(&heard(turns), &track())
    }

    const GOOD: [(Speaker, &str, bool); 3] = [
        (Speaker::Customer, "坏了怎么办？", false),
        (Speaker::Rep, "主机我们质保五年。", false),
        (Speaker::Rep, "您报修以后四小时内上门。", false),
    ];

    fn reasons(verdict: &Verdict) -> &[Reason] {
        match verdict {
            Verdict::Scored { .. } => &[],
            Verdict::NeedsHuman { reasons, .. } => reasons,
        }
    }

    #[test]
    fn a_score_says_which_sentence_carries_what() {
        let verdict = verdict(&GOOD);
        assert!(reasons(&verdict).is_empty(), "{verdict:?}");
        let score = verdict.score().unwrap();
        assert!(score.passes() && score.missing.is_empty(), "{score:?}");
        let carried: Vec<_> =
            score.covered.iter().map(|one| (one.point.as_str(), one.sentences.clone(), one.start_ms)).collect();
        assert_eq!(carried, [("warranty", vec![1], 1_000), ("onsite", vec![2], 2_000)]);
        let versions = &score.versions;
        assert_eq!((versions.track, versions.library, versions.calibration, versions.method), (3, 9, 0, METHOD));
    }

    #[test]
    fn the_customer_s_words_cover_nothing() {
        let verdict = verdict(&[
            (Speaker::Customer, "主机质保五年，报修后四小时内上门吗？", false),
            (Speaker::Rep, "这个我回去问问再告诉您。", false),
        ]);
        let score = verdict.score().unwrap();
        assert!(score.covered.is_empty() && !score.passes(), "{score:?}");
    }

    #[test]
    fn the_right_words_with_a_wrong_number_or_the_wrong_way_round_fail() {
        let cases = [
            ("主机质保五个月。", Source::Number { point: "warranty".into() }),
            ("主机不质保。", Source::Polarity { point: "warranty".into() }),
        ];
        for (wrong, source) in cases {
            let verdict = verdict(&[(Speaker::Rep, wrong, false), (Speaker::Rep, "报修后四小时内上门。", false)]);
            let score = verdict.score().unwrap();
            assert!(!score.passes(), "{wrong}");
            assert_eq!(score.contradictions.iter().map(|one| &one.source).collect::<Vec<_>>(), [&source], "{wrong}");
        }
    }

    #[test]
    fn what_need_not_be_done_is_not_covered() {
        let point = |id: &str, duty, text: &str, other: &str| KeyPoint {
            id: id.into(),
            duty,
            text: text.into(),
            paraphrases: vec![other.into()],
        };
        let points = vec![
            point("four-hours", Duty::MustSay, "出现问题四个小时内到现场", "报修四小时之内上门"),
            point("in-contract", Duty::NiceToSay, "响应时间写进合同", "到场时间写在合同里"),
        ];
        let track =
            TalkTrack { id: Uuid::nil(), version: 1, objection: "以前的售后三天才到场。".into(), points };
        let (library, calibration) = (LibraryStatistics::of(1, std::slice::from_ref(&track)), Calibration::default());
        let scorer = Scorer { library: &library, facts: &[], semantics: None, calibration: &calibration };
        let covered = |said: &str| {
            let verdict = scorer.score(&heard(&[(Speaker::Rep, said, false)]), &track);
            verdict.score().unwrap().covered.iter().map(|one| one.point.clone()).collect::<Vec<_>>()
        };
        assert_eq!(covered("响应时间合同里面都写。"), ["in-contract"]);
        assert_eq!(covered("合同里面不用写这个。"), [""; 0]);
    }

    #[test]
    fn a_forbidden_promise_fails_and_its_refusal_does_not() {
        let with = |last: &'static str| [GOOD[0], GOOD[1], GOOD[2], (Speaker::Rep, last, false)];
        let promised = verdict(&with("我保证全市最低价。"));
        let score = promised.score().unwrap();
        assert_eq!((score.forbidden[0].point.as_str(), score.forbidden[0].sentence), ("promise", 3));
        assert!(!score.passes());
        let refused = verdict(&with("全市最低价我不敢保证。"));
        assert!(refused.score().unwrap().passes());
    }

    #[test]
    fn a_price_that_is_not_listed_fails() {
        let verdict = verdict(&[GOOD[0], GOOD[1], GOOD[2], (Speaker::Rep, "空压机一台卖三万元。", false)]);
        let score = verdict.score().unwrap();
        assert_eq!(score.contradictions[0].source, Source::PriceList { product: "空压机".into() });
        assert!(!score.passes());
    }

    #[test]
    fn what_decides_must_be_heard_well_and_from_the_rep() {
        let mut doubtful = GOOD;
        doubtful[2].2 = true;
        assert_eq!(reasons(&verdict(&doubtful)), [Reason::Doubtful { sentences: vec![2] }, Reason::PoorAudio]);
        let mut unknown = GOOD;
        unknown[1].0 = Speaker::Unknown;
        assert_eq!(reasons(&verdict(&unknown)), [Reason::UnknownSpeaker { sentences: vec![1] }]);
        let nobody = verdict(&[(Speaker::Customer, "有人吗？", false)]);
        assert_eq!(reasons(&nobody), [Reason::NothingHeard]);
        assert_eq!(nobody.score(), None);
    }

    #[test]
    fn what_decides_nothing_may_be_doubtful() {
        let verdict = verdict(&[GOOD[0], GOOD[1], GOOD[2], (Speaker::Rep, "嗯好。", true)]);
        assert!(reasons(&verdict).is_empty(), "{verdict:?}");
    }

    proptest! {
        #[test]
        fn every_point_is_accounted_for(text in "[主机质保五年报修后四小时内上门不没一，。]{0,40}", doubtful: bool) {
            let verdict = verdict(&[(Speaker::Rep, &text, doubtful), (Speaker::Customer, "主机质保五年。", false)]);
            if let Some(score) = verdict.score() {
                prop_assert_eq!(score.covered.len() + score.missing.len(), 2);
                prop_assert!(score.percent <= 100 && (0.5..=1.0).contains(&score.confidence));
                prop_assert!(score.covered.iter().all(|one| !one.sentences.contains(&1)));
            }
        }
    }
}
