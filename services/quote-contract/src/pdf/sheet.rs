//! What is on a page, before it becomes a PDF. Points from the top left corner.

use crate::domain::signature::PathStep;

/// A4, in points.
pub const WIDTH: f32 = 595.28;
pub const HEIGHT: f32 = 841.89;

/// The palette; `ink` knows the colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Text,
    Muted,
    Brand,
    Accent,
    /// Behind table heads and boxes.
    Pale,
    /// Thin rules.
    Hair,
    White,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Paint {
    Fill(Tone),
    Stroke(Tone, f32),
}

#[derive(Clone, Debug, PartialEq)]
pub enum Mark {
    /// `y` is the baseline.
    Text {
        x: f32,
        y: f32,
        size: f32,
        tone: Tone,
        bold: bool,
        text: String,
    },
    Rule {
        from: (f32, f32),
        to: (f32, f32),
        width: f32,
        tone: Tone,
    },
    Block {
        x: f32,
        y: f32,
        width: f32,
        height: f32,
        tone: Tone,
    },
    /// A path moved to `at` and scaled.
    Path {
        at: (f32, f32),
        scale: f32,
        steps: Vec<PathStep>,
        paint: Paint,
    },
    /// Dark squares of a QR code, row by row.
    Squares {
        at: (f32, f32),
        size: f32,
        per_row: usize,
        dark: Vec<bool>,
    },
    /// Large, turned, hardly visible; repeated over the page.
    Watermark {
        text: String,
    },
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    pub marks: Vec<Mark>,
}

/// What the file says about itself.
#[derive(Clone, Debug)]
pub struct About {
    pub title: String,
    pub author: String,
    pub created_at: chrono::DateTime<chrono::Utc>,
    /// The same for the same paper.
    pub id: String,
}
