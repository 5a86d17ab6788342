//! The font: which glyph a character has and how wide it is.

use std::path::Path;
use std::sync::Arc;

use krilla::text::{Font, GlyphId, KrillaGlyph};
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};

use super::PdfError;

/// A font that is loaded once and used for every document.
pub struct Face {
    data: Arc<Vec<u8>>,
    font: Font,
}

impl Face {
    pub fn load(path: &Path) -> Result<Self, PdfError> {
        let unusable =
            |why: &dyn std::fmt::Display| PdfError::FontUnusable(path.display().to_string(), why.to_string());
        let data = Arc::new(std::fs::read(path).map_err(|error| unusable(&error))?);
        let read = FontRef::from_index(&data, 0).map_err(|error| unusable(&error))?;
        if read.charmap().map('报').is_none() {
            return Err(unusable(&"it has no Chinese glyphs"));
        }
        let font = Font::new(data.clone().into(), 0).ok_or_else(|| unusable(&"it cannot be embedded"))?;
        Ok(Self { data, font })
    }

    pub fn font(&self) -> Font {
        self.font.clone()
    }

    /// The glyphs of a text, left to right, with widths in parts of the font size.
    pub fn glyphs(&self, text: &str) -> Vec<KrillaGlyph> {
        let Ok(read) = FontRef::from_index(&self.data, 0) else { return Vec::new() };
        let (map, metrics) = (read.charmap(), read.glyph_metrics(Size::unscaled(), LocationRef::default()));
        let em = self.font.units_per_em();
        let glyph = |(at, character): (usize, char)| {
            let id = map.map(character).unwrap_or_default();
            let advance = metrics.advance_width(id).unwrap_or(em) / em;
            let range = at..at + character.len_utf8();
            KrillaGlyph::new(GlyphId::new(id.to_u32()), advance, 0.0, 0.0, 0.0, range, None)
        };
        text.char_indices().map(glyph).collect()
    }

    /// How wide a text is at a size, in points.
    pub fn width(&self, text: &str, size: f32) -> f32 {
        self.glyphs(text).iter().map(|glyph| glyph.x_advance * size).sum()
    }

    /// Breaks a text into lines no wider than `width`. Chinese breaks anywhere except before closing
    /// punctuation; Latin words and numbers stay whole where they fit.
    pub fn wrap(&self, text: &str, size: f32, width: f32) -> Vec<String> {
        let mut lines = Vec::new();
        for paragraph in text.lines() {
            self.wrap_paragraph(paragraph, size, width, &mut lines);
        }
        if lines.is_empty() {
            lines.push(String::new());
        }
        lines
    }

    fn wrap_paragraph(&self, paragraph: &str, size: f32, width: f32, lines: &mut Vec<String>) {
        let (mut line, mut used) = (String::new(), 0.0);
        for piece in pieces(paragraph) {
            let wide = self.width(piece, size);
            if used + wide > width && !line.is_empty() {
                lines.push(line.trim_end().to_owned());
                (line, used) = (String::new(), 0.0);
            }
            if wide > width {
                for character in piece.chars() {
                    let one = self.width(character.encode_utf8(&mut [0; 4]), size);
                    if used + one > width && !line.is_empty() {
                        lines.push(std::mem::take(&mut line));
                        used = 0.0;
                    }
                    line.push(character);
                    used += one;
                }
                continue;
            }
            line.push_str(piece);
            used += wide;
        }
        lines.push(line.trim_end().to_owned());
    }
}

/// What must not be torn apart: a run of Latin letters and digits, or a character with the closing
/// punctuation after it.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let mut end = first.len_utf8();
        for (at, character) in rest.char_indices().skip(1) {
            let joined = (is_word(first) && is_word(character))
                || is_closing(character)
                || is_opening(first) && at == first.len_utf8();
            if !joined {
                break;
            }
            end = at + character.len_utf8();
        }
        let (piece, after) = rest.split_at(end);
        rest = after;
        Some(piece)
    })
}

fn is_word(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '-' | '.' | ',' | '/' | '%' | ':' | '_' | '@' | '+')
}

fn is_closing(character: char) -> bool {
    "，。、；：？！）】》”’」』…".contains(character)
}

fn is_opening(character: char) -> bool {
    "（【《“‘「『".contains(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_closing_punctuation_stay_with_what_they_belong_to() {
        let split: Vec<_> = pieces("型号 XT-200，（含）税。").collect();
        assert_eq!(split, ["型", "号", " ", "XT-200，", "（含）", "税。"]);
    }

    #[test]
    fn pieces_put_together_are_the_text() {
        for text in ["", "a", "。。。", "（（", "价格 1,234.50 元/台（含 13% 税）。"] {
            assert_eq!(pieces(text).collect::<String>(), text);
        }
    }
}
