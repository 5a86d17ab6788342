//! The library of talk tracks (话术库): what to say to an objection, word by word and versioned.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use kernel::{FieldError, Text};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::fields::Fields;
use super::scoring::{self, KeyPoint};

const LONGEST_TITLE: usize = 100;
const LONGEST_TEXT: usize = 2_000;
const LONGEST_POINT: usize = 200;
const LONGEST_INDUSTRY: usize = 50;
const MOST_POINTS: usize = 20;
const MOST_PARAPHRASES: usize = 10;

/// The words of one version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct TrackWords {
    /// The customer's words that it answers.
    pub objection: String,
    /// The answer as a whole.
    pub text: String,
    /// What to say, what is nice to say, what not to say.
    pub points: Vec<KeyPoint>,
    /// What came of it elsewhere.
    pub success_case: Option<String>,
}

/// A talk track with its newest words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Track {
    pub id: Uuid,
    pub title: String,
    pub industry: Option<String>,
    /// The objections of the library that it answers.
    pub objection_ids: Vec<Uuid>,
    #[serde(flatten)]
    pub words: TrackWords,
    /// Of the words; scores name it.
    pub words_version: i32,
    pub created_by: Uuid,
    pub created_at: DateTime<Utc>,
    pub changed_at: DateTime<Utc>,
    /// Of everything about it; what `If-Match` names.
    pub version: i64,
}

/// A talk track as somebody writes it.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TrackInput {
    /// At most 100 characters.
    pub title: String,
    pub industry: Option<String>,
    /// Objections of the library.
    #[serde(default)]
    pub objection_ids: Vec<Uuid>,
    /// The customer's words, at most 2000 characters.
    pub objection: String,
    /// At most 2000 characters.
    pub text: String,
    /// 1 to 20, at least one of them to be said; each at most 200 characters with at most 10 paraphrases.
    pub points: Vec<KeyPoint>,
    pub success_case: Option<String>,
}

impl TrackInput {
    /// The same without surrounding blanks; everything that is wrong at once.
    pub fn checked(self) -> Result<Self, Vec<FieldError>> {
        let mut fields = Fields::default();
        let checked = Self {
            title: fields.required("title", &self.title, LONGEST_TITLE),
            industry: fields.optional("industry", self.industry.as_deref(), LONGEST_INDUSTRY),
            objection_ids: BTreeSet::from_iter(self.objection_ids).into_iter().collect(),
            objection: fields.required("objection", &self.objection, LONGEST_TEXT),
            text: fields.required("text", &self.text, LONGEST_TEXT),
            success_case: fields.optional("success_case", self.success_case.as_deref(), LONGEST_TEXT),
            points: checked_points(&mut fields, self.points),
        };
        fields.into_errors()?;
        Ok(checked)
    }

    pub fn words(&self) -> TrackWords {
        TrackWords {
            objection: self.objection.clone(),
            text: self.text.clone(),
            points: self.points.clone(),
            success_case: self.success_case.clone(),
        }
    }
}

fn checked_points(fields: &mut Fields, points: Vec<KeyPoint>) -> Vec<KeyPoint> {
    if !points.iter().any(|point| point.duty == scoring::Duty::MustSay) {
        fields.wrong("points", "required", Text::new("至少要有一个必说要点", "at least one point must be to be said"));
    }
    if points.len() > MOST_POINTS {
        fields.wrong("points", "too_many", Text::new("最多 20 个要点", "are more than 20"));
    }
    let mut ids = BTreeSet::new();
    points.into_iter().enumerate().map(|(at, point)| checked_point(fields, at, point, &mut ids)).collect()
}

fn checked_point(fields: &mut Fields, at: usize, point: KeyPoint, ids: &mut BTreeSet<String>) -> KeyPoint {
    let id = fields.required(&format!("points[{at}].id"), &point.id, LONGEST_INDUSTRY);
    if !ids.insert(id.clone()) {
        let reason = Text::new("要点编号重复", "is the id of another point too");
        fields.wrong(&format!("points[{at}].id"), "duplicate", reason);
    }
    if point.paraphrases.len() > MOST_PARAPHRASES {
        let reason = Text::new("最多 10 种说法", "are more than 10");
        fields.wrong(&format!("points[{at}].paraphrases"), "too_many", reason);
    }
    let text = fields.required(&format!("points[{at}].text"), &point.text, LONGEST_POINT);
    let wording = |one: &String| fields.optional(&format!("points[{at}].paraphrases"), Some(one), LONGEST_POINT);
    let paraphrases = point.paraphrases.iter().filter_map(wording).collect();
    KeyPoint { id, duty: point.duty, text, paraphrases }
}

impl Track {
    /// As scoring knows it.
    pub fn scored(&self) -> scoring::TalkTrack {
        scoring::TalkTrack {
            id: self.id,
            version: u32::try_from(self.words_version).unwrap_or(0),
            objection: self.words.objection.clone(),
            points: self.words.points.clone(),
        }
    }
}

/// How somebody said a key point well.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Example {
    pub id: Uuid,
    /// The key point's id.
    pub point: String,
    pub review_id: Uuid,
    pub recording_id: Uuid,
    pub start_ms: i64,
    pub end_ms: i64,
    /// Absent once the recording's content is deleted.
    pub text: Option<String>,
    pub added_by: Uuid,
    pub added_at: DateTime<Utc>,
}

#[cfg(test)]
mod tests {
    use super::scoring::Duty;
    use super::*;

    fn point(id: &str, duty: Duty, text: &str) -> KeyPoint {
        KeyPoint { id: id.into(), duty, text: text.into(), paraphrases: vec![" 换个说法 ".into(), " ".into()] }
    }

    fn input(points: Vec<KeyPoint>) -> TrackInput {
        TrackInput {
            title: " 价格异议 ".into(),
            industry: None,
            objection_ids: vec![Uuid::from_u128(2), Uuid::from_u128(1), Uuid::from_u128(2)],
            objection: "太贵".into(),
            text: "先谈价值".into(),
            points,
            success_case: Some(" ".into()),
        }
    }

    #[test]
    fn a_track_is_kept_tidy() {
        let checked = input(vec![point("a", Duty::MustSay, " 质保三年 ")]).checked().unwrap();
        assert_eq!((checked.title.as_str(), checked.success_case.as_deref()), ("价格异议", None));
        assert_eq!(checked.objection_ids, [Uuid::from_u128(1), Uuid::from_u128(2)]);
        assert_eq!((checked.points[0].text.as_str(), checked.points[0].paraphrases.len()), ("质保三年", 1));
    }

    #[test]
    fn everything_wrong_with_points_is_said_at_once() {
        let points = vec![point("a", Duty::NiceToSay, ""), point("a", Duty::MustNotSay, "包回本")];
        let wrong = input(points).checked().unwrap_err();
        let codes: Vec<_> = wrong.iter().map(|error| (error.field.as_str(), error.code.as_str())).collect();
        assert_eq!(codes, [("points", "required"), ("points[0].text", "required"), ("points[1].id", "duplicate")]);
    }
}
