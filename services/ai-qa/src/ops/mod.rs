//! One use case per file.

pub mod abandon_upload;
pub mod answer_objection;
pub mod append_content;
pub mod assign_practice;
pub mod checkpoint_transcript;
pub mod comment_review;
pub mod complete_transcript;
pub mod complete_upload;
pub mod decide_candidate;
pub mod decide_conclusion;
pub mod decide_review;
pub mod delete_content;
pub mod draw_objection;
pub mod embed_texts;
pub mod explain_review;
pub mod fail_transcript;
pub mod find_recording;
pub mod find_talk_tracks;
pub mod find_transcript;
pub mod keep_comparison_sheet;
pub mod keep_objection;
pub mod keep_price_facts;
pub mod keep_talk_track;
pub mod list;
pub mod listen;
pub mod measure;
pub mod mine_objections;
pub mod offer_conclusions;
pub mod override_score;
pub mod promote_example;
pub mod queue_transcript;
pub mod read_content;
pub mod refit_calibration;
pub mod retry_transcript;
pub mod score_answers;
pub mod score_text;
pub mod start_upload;
pub mod suggest_tracks;
pub mod take_turn;
pub mod transcribe;
pub mod views;

// What lists and views are made of; the HTTP layer knows operations only.
pub use crate::store::accesses::Access;
pub use crate::store::calibrations::CalibrationVersion;
pub use crate::store::reviews::Wanted as ReviewsWanted;
