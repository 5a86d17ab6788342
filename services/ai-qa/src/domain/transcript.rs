//! A recording on its way to words.

use authz::{Resource, ResourceKind};
use chrono::{DateTime, Duration, Utc};
use kernel::{OrgPath, TenantId, choices};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::scoring;

choices! {
    /// Where a transcript stands.
    TranscriptState {
        /// In the queue; maybe begun.
        Waiting = "waiting",
        /// Somebody works on it.
        Working = "working",
        Completed = "completed",
        /// It cannot be written down; it can be tried again by hand.
        Failed = "failed",
        /// The recording went away first.
        Cancelled = "cancelled",
        /// The words are gone with the recording's content; what they hashed to is known.
        Deleted = "deleted",
    }
}

choices! {
    /// The channels a sentence was heard on.
    Channel {
        /// The recording has one.
        Mono = "mono",
        Left = "left",
        Right = "right",
        /// Alike on both.
        Both = "both",
    }
}

/// What is known about a transcript, without its sentences.
#[derive(Clone, Debug, PartialEq)]
pub struct Transcript {
    pub id: Uuid,
    pub tenant: TenantId,
    pub org: OrgPath,
    pub owner: Uuid,
    pub recording: Uuid,
    pub visit: Option<Uuid>,
    pub state: TranscriptState,
    pub queued_at: DateTime<Utc>,
    /// Not taken before.
    pub next_at: DateTime<Utc>,
    /// Since something was heard last.
    pub attempts: i32,
    /// Of the turn that works on it.
    pub holder: Option<Uuid>,
    pub lease_until: Option<DateTime<Utc>>,
    /// Everything that ended before is kept.
    pub heard_ms: i64,
    pub total_ms: Option<i64>,
    pub sentences: i32,
    pub doubtful: i32,
    /// Loudest sample, 0 to 1.
    pub peak: Option<f32>,
    /// The recording ends before it should.
    pub truncated: bool,
    pub model: Option<String>,
    /// Of the sentences, lower-case hex.
    pub sha256: Option<String>,
    /// Why it failed.
    pub reason: Option<String>,
    pub ended_at: Option<DateTime<Utc>>,
    pub version: i64,
}

/// A stretch of speech.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Sentence {
    /// From 0; while the recording is being written down in the order in which they are heard, then in the order in
    /// which they begin.
    pub number: i32,
    pub start_ms: i64,
    pub end_ms: i64,
    pub speaker: Channel,
    /// Telephone, identity and card numbers are replaced by their kind, such as 【电话】.
    pub text: String,
    /// 0 to 1: how likely it is right.
    pub confidence: f32,
    /// Not to be relied upon without a human.
    pub doubtful: bool,
}

impl Transcript {
    pub fn resource(&self) -> Resource {
        Resource::owned(ResourceKind::Recording, self.tenant, self.org.clone(), self.owner)
    }

    /// Whole percent that is written down; 100 only when all is.
    pub fn percent(&self) -> u32 {
        let (Some(total), false) = (self.total_ms.filter(|total| *total > 0), self.ended()) else {
            return if matches!(self.state, TranscriptState::Completed | TranscriptState::Deleted) { 100 } else { 0 };
        };
        u32::try_from((self.heard_ms * 100 / total).clamp(0, 99)).unwrap_or(0)
    }

    fn ended(&self) -> bool {
        matches!(self.state, TranscriptState::Completed | TranscriptState::Deleted)
    }

    /// Whether the turn `holder` may still write to it.
    pub fn held_by(&self, holder: Uuid) -> bool {
        self.state == TranscriptState::Working && self.holder == Some(holder)
    }

    /// Puts it back into the queue, at the place it has reached.
    pub fn release(&mut self, next_at: DateTime<Utc>) {
        self.state = TranscriptState::Waiting;
        self.next_at = next_at;
        self.holder = None;
        self.lease_until = None;
    }

    /// Ends it, one way or another.
    pub fn end(&mut self, state: TranscriptState, now: DateTime<Utc>) {
        self.state = state;
        self.holder = None;
        self.lease_until = None;
        self.ended_at = Some(now);
        self.version += 1;
    }
}

/// How long to wait after so many attempts that failed: 5 s, 10 s, 20 s, … at most ten minutes.
pub fn backoff(attempts: i32) -> Duration {
    let doublings = u32::try_from(attempts.saturating_sub(1)).unwrap_or(0).min(7);
    Duration::seconds(5 << doublings).min(Duration::minutes(10))
}

/// What the sentences hash to: SHA-256 over start, end and text of each, a line each.
pub fn digest(sentences: &[Sentence]) -> String {
    let mut hash = Sha256::new();
    for sentence in sentences {
        hash.update(format!("{} {} {}\n", sentence.start_ms, sentence.end_ms, sentence.text));
    }
    hex::encode(hash.finalize())
}

/// The sentences as scoring hears them. `alone`: only the rep speaks. Otherwise the rep is on `rep_channel` of two, and
/// unknown where both speak on one.
pub fn heard(sentences: &[Sentence], alone: bool, rep_channel: Channel) -> Vec<scoring::Heard> {
    sentences.iter().map(|sentence| of_sentence(sentence, alone, rep_channel)).collect()
}

fn of_sentence(sentence: &Sentence, alone: bool, rep_channel: Channel) -> scoring::Heard {
    let speaker = match sentence.speaker {
        Channel::Mono | Channel::Both if alone => scoring::Speaker::Rep,
        Channel::Mono | Channel::Both => scoring::Speaker::Unknown,
        channel if channel == rep_channel => scoring::Speaker::Rep,
        _ => scoring::Speaker::Customer,
    };
    scoring::Heard {
        index: u32::try_from(sentence.number).unwrap_or(u32::MAX),
        start_ms: u32::try_from(sentence.start_ms).unwrap_or(u32::MAX),
        end_ms: u32::try_from(sentence.end_ms).unwrap_or(u32::MAX),
        speaker,
        text: sentence.text.clone(),
        confidence: sentence.confidence,
        doubtful: sentence.doubtful,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn transcript(state: TranscriptState, heard_ms: i64, total_ms: Option<i64>) -> Transcript {
        Transcript {
            id: Uuid::nil(),
            tenant: TenantId(Uuid::nil()),
            org: "/".parse().unwrap(),
            owner: Uuid::nil(),
            recording: Uuid::nil(),
            visit: None,
            state,
            queued_at: DateTime::UNIX_EPOCH,
            next_at: DateTime::UNIX_EPOCH,
            attempts: 0,
            holder: None,
            lease_until: None,
            heard_ms,
            total_ms,
            sentences: 0,
            doubtful: 0,
            peak: None,
            truncated: false,
            model: None,
            sha256: None,
            reason: None,
            ended_at: None,
            version: 0,
        }
    }

    #[test]
    fn only_a_complete_transcript_is_at_a_hundred_percent() {
        assert_eq!(transcript(TranscriptState::Working, 10_000, Some(10_000)).percent(), 99);
        assert_eq!(transcript(TranscriptState::Waiting, 2_500, Some(10_000)).percent(), 25);
        assert_eq!(transcript(TranscriptState::Working, 2_500, None).percent(), 0);
        assert_eq!(transcript(TranscriptState::Completed, 0, None).percent(), 100);
        assert_eq!(transcript(TranscriptState::Failed, 0, None).percent(), 0);
    }

    #[test]
    fn only_the_turn_that_holds_it_may_write() {
        let mut one = transcript(TranscriptState::Working, 0, None);
        one.holder = Some(Uuid::from_u128(1));
        assert!(one.held_by(Uuid::from_u128(1)) && !one.held_by(Uuid::from_u128(2)));
        one.release(DateTime::UNIX_EPOCH);
        assert!(!one.held_by(Uuid::from_u128(1)));
    }

    #[test]
    fn waiting_grows_and_ends_at_ten_minutes() {
        let seconds: Vec<_> = [1, 2, 3, 8, 99].map(|attempts| backoff(attempts).num_seconds()).into();
        assert_eq!(seconds, [5, 10, 20, 600, 600]);
    }

    #[test]
    fn channels_tell_who_speaks_where_they_can() {
        let on = |speaker, alone| {
            let sentence = Sentence {
                number: 0,
                start_ms: 0,
                end_ms: 1,
                speaker,
                text: "好".into(),
                confidence: 1.0,
                doubtful: false,
            };
            heard(&[sentence], alone, Channel::Left)[0].speaker
        };
        assert_eq!(on(Channel::Mono, true), scoring::Speaker::Rep);
        assert_eq!(on(Channel::Both, false), scoring::Speaker::Unknown);
        assert_eq!(on(Channel::Left, false), scoring::Speaker::Rep);
        assert_eq!(on(Channel::Right, false), scoring::Speaker::Customer);
    }

    #[test]
    fn the_digest_changes_with_words_and_times() {
        let one = Sentence {
            number: 0,
            start_ms: 0,
            end_ms: 1,
            speaker: Channel::Mono,
            text: "好".into(),
            confidence: 1.0,
            doubtful: false,
        };
        let later = Sentence { end_ms: 2, ..one.clone() };
        assert_ne!(digest(std::slice::from_ref(&one)), digest(&[later]));
        assert_eq!(digest(std::slice::from_ref(&one)), digest(&[one]));
    }
}
