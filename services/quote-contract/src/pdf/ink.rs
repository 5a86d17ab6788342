//! Sheets into PDF bytes. Nothing random and no clock: the same sheets give the same bytes.

use chrono::{DateTime, Datelike, Timelike, Utc};
use krilla::Document;
use krilla::color::rgb;
use krilla::geom::{Path, PathBuilder, Point, Rect, Transform};
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, LineCap, LineJoin, Stroke};
use krilla::surface::Surface;

use super::PdfError;
use super::face::Face;
use super::sheet::{About, HEIGHT, Mark, Paint, Sheet, Tone, WIDTH};
use crate::domain::signature::PathStep;

/// How much a heavier text is outlined, in parts of its size: the font has one weight.
const BOLD: f32 = 0.035;
const WATERMARK_SIZE: f32 = 30.0;
const WATERMARK_ANGLE: f32 = -28.0;
const WATERMARK_OPACITY: f32 = 0.055;

pub fn write(face: &Face, sheets: &[Sheet], about: &About) -> Result<Vec<u8>, PdfError> {
    let mut document = Document::new();
    document.set_metadata(metadata(about));
    for sheet in sheets {
        let settings = PageSettings::from_wh(WIDTH, HEIGHT).ok_or_else(|| PdfError::Unwritable("page size".into()))?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        for mark in &sheet.marks {
            draw(&mut surface, face, mark);
        }
        surface.finish();
        page.finish();
    }
    document.finish().map_err(|error| PdfError::Unwritable(format!("{error:?}")))
}

fn metadata(about: &About) -> Metadata {
    Metadata::new()
        .title(about.title.clone())
        .authors(vec![about.author.clone()])
        .creator("Sluice".into())
        .language("zh-CN".into())
        .document_id(about.id.clone())
        .creation_date(date(about.created_at))
}

fn date(at: DateTime<Utc>) -> krilla::metadata::DateTime {
    let small = |value: u32| u8::try_from(value).unwrap_or(0);
    krilla::metadata::DateTime::new(u16::try_from(at.year()).unwrap_or(0))
        .month(small(at.month()))
        .day(small(at.day()))
        .hour(small(at.hour()))
        .minute(small(at.minute()))
        .second(small(at.second()))
        .utc_offset_hour(0)
        .utc_offset_minute(0)
}

fn draw(surface: &mut Surface<'_>, face: &Face, mark: &Mark) {
    match mark {
        Mark::Text { x, y, size, tone, bold, text } => {
            surface.set_fill(Some(fill(*tone)));
            surface.set_stroke(bold.then(|| stroke(*tone, size * BOLD)));
            surface.draw_glyphs(Point::from_xy(*x, *y), &face.glyphs(text), face.font(), text, *size, false);
        }
        Mark::Rule { from, to, width, tone } => {
            let mut path = PathBuilder::new();
            path.move_to(from.0, from.1);
            path.line_to(to.0, to.1);
            paint(surface, path.finish(), Paint::Stroke(*tone, *width));
        }
        Mark::Block { x, y, width, height, tone } => {
            let mut path = PathBuilder::new();
            push_rect(&mut path, *x, *y, *width, *height);
            paint(surface, path.finish(), Paint::Fill(*tone));
        }
        Mark::Path { at, scale, steps, paint: how } => {
            surface.push_transform(&Transform::from_row(*scale, 0.0, 0.0, *scale, at.0, at.1));
            paint(surface, path_of(steps), unscaled(*how, *scale));
            surface.pop();
        }
        Mark::Squares { at, size, per_row, dark } => draw_squares(surface, *at, *size, *per_row, dark),
        Mark::Watermark { text } => draw_watermark(surface, face, text),
    }
}

fn paint(surface: &mut Surface<'_>, path: Option<Path>, how: Paint) {
    let Some(path) = path else { return };
    let (fill, stroke) = match how {
        Paint::Fill(tone) => (Some(fill(tone)), None),
        Paint::Stroke(tone, width) => (None, Some(stroke(tone, width))),
    };
    surface.set_fill(fill);
    surface.set_stroke(stroke);
    surface.draw_path(&path);
}

/// Line widths are given in points of the page, whatever the path is scaled by.
fn unscaled(how: Paint, scale: f32) -> Paint {
    match how {
        Paint::Stroke(tone, width) if scale > 0.0 => Paint::Stroke(tone, width / scale),
        other => other,
    }
}

fn path_of(steps: &[PathStep]) -> Option<Path> {
    let mut path = PathBuilder::new();
    for step in steps {
        match *step {
            PathStep::Move(x, y) => path.move_to(x, y),
            PathStep::Line(x, y) => path.line_to(x, y),
            PathStep::Quad(ax, ay, x, y) => path.quad_to(ax, ay, x, y),
            PathStep::Cubic(ax, ay, bx, by, x, y) => path.cubic_to(ax, ay, bx, by, x, y),
            PathStep::Close => path.close(),
        }
    }
    path.finish()
}

/// Neighbouring dark squares become one rectangle, so that no hairline shows between them.
fn draw_squares(surface: &mut Surface<'_>, at: (f32, f32), size: f32, per_row: usize, dark: &[bool]) {
    let side = size / per_row as f32;
    let mut path = PathBuilder::new();
    for (row, squares) in dark.chunks(per_row).enumerate() {
        let mut column = 0;
        while column < squares.len() {
            let run = squares[column..].iter().take_while(|square| **square).count();
            if run > 0 {
                push_rect(&mut path, at.0 + column as f32 * side, at.1 + row as f32 * side, run as f32 * side, side);
            }
            column += run.max(1);
        }
    }
    paint(surface, path.finish(), Paint::Fill(Tone::Text));
}

fn draw_watermark(surface: &mut Surface<'_>, face: &Face, text: &str) {
    let glyphs = face.glyphs(text);
    let long = face.width(text, WATERMARK_SIZE) + 90.0;
    let pale =
        Fill { opacity: NormalizedF32::new(WATERMARK_OPACITY).unwrap_or(NormalizedF32::ONE), ..fill(Tone::Brand) };
    surface.set_stroke(None);
    surface.set_fill(Some(pale));
    surface.push_transform(&Transform::from_rotate_at(WATERMARK_ANGLE, WIDTH / 2.0, HEIGHT / 2.0));
    for row in -3_i16..=3 {
        let y = HEIGHT / 2.0 + f32::from(row) * 150.0;
        let shift = if row % 2 == 0 { 0.0 } else { long / 2.0 };
        for column in -2_i16..=2 {
            let x = WIDTH / 2.0 + f32::from(column) * long - long / 2.0 + shift;
            surface.draw_glyphs(Point::from_xy(x, y), &glyphs, face.font(), text, WATERMARK_SIZE, false);
        }
    }
    surface.pop();
}

fn push_rect(path: &mut PathBuilder, x: f32, y: f32, width: f32, height: f32) {
    if let Some(rect) = Rect::from_xywh(x, y, width, height) {
        path.push_rect(rect);
    }
}

fn fill(tone: Tone) -> Fill {
    Fill { paint: color(tone).into(), ..Fill::default() }
}

fn stroke(tone: Tone, width: f32) -> Stroke {
    Stroke {
        paint: color(tone).into(),
        width,
        line_cap: LineCap::Round,
        line_join: LineJoin::Round,
        ..Stroke::default()
    }
}

fn color(tone: Tone) -> rgb::Color {
    match tone {
        Tone::Text => rgb::Color::new(0x1f, 0x29, 0x33),
        Tone::Muted => rgb::Color::new(0x6b, 0x77, 0x85),
        Tone::Brand => rgb::Color::new(0x0f, 0x4c, 0x75),
        Tone::Accent => rgb::Color::new(0x2a, 0x9d, 0x8f),
        Tone::Pale => rgb::Color::new(0xf1, 0xf5, 0xf8),
        Tone::Hair => rgb::Color::new(0xd5, 0xdd, 0xe4),
        Tone::White => rgb::Color::new(0xff, 0xff, 0xff),
    }
}
