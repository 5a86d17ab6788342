//! A signature drawn by hand: as an SVG path, or as a PNG picture.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use kernel::{FieldError, Text, choices};
use sha2::{Digest, Sha256};

const LARGEST_PATH: usize = 64 * 1024;
const LARGEST_PNG: usize = 512 * 1024;
const PNG_MAGIC: &[u8] = &[0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a];

choices! {
    Party {
        Ours = "ours",
        Customer = "customer",
    }
}

choices! {
    SignatureFormat {
        /// The `d` attribute of an SVG path.
        SvgPath = "svg_path",
        /// A PNG file in base64.
        Png = "png",
    }
}

/// One step of a drawn path, in absolute coordinates.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PathStep {
    Move(f32, f32),
    Line(f32, f32),
    Quad(f32, f32, f32, f32),
    Cubic(f32, f32, f32, f32, f32, f32),
    Close,
}

/// SHA-256 of what was drawn, in hex.
pub fn signature_sha256(data: &str) -> String {
    hex::encode(Sha256::digest(data.trim()))
}

/// What is wrong with a captured signature, if anything.
pub fn check(field: &str, format: SignatureFormat, data: &str) -> Option<FieldError> {
    match format {
        SignatureFormat::SvgPath => check_path(field, data),
        SignatureFormat::Png => check_png(field, data),
    }
}

fn check_path(field: &str, data: &str) -> Option<FieldError> {
    if data.len() > LARGEST_PATH {
        return Some(too_large(field));
    }
    let drawn = parse_path(data)
        .is_some_and(|steps| steps.iter().any(|step| !matches!(step, PathStep::Move(..) | PathStep::Close)));
    let reason = Text::new("不是有笔画的 SVG 路径", "is not an SVG path that draws a line");
    (!drawn).then(|| FieldError::new(field, "malformed", reason))
}

fn check_png(field: &str, data: &str) -> Option<FieldError> {
    if data.len() > LARGEST_PNG {
        return Some(too_large(field));
    }
    let png = BASE64_STANDARD.decode(data.trim()).is_ok_and(|bytes| bytes.starts_with(PNG_MAGIC));
    let reason = Text::new("不是 base64 编码的 PNG", "is not a PNG in base64");
    (!png).then(|| FieldError::new(field, "malformed", reason))
}

fn too_large(field: &str) -> FieldError {
    FieldError::new(field, "too_large", Text::new("签名数据过大", "the signature is too large"))
}

/// Reads the commands M L H V C Q Z of an SVG path, absolute and relative; `None` for anything else.
pub fn parse_path(data: &str) -> Option<Vec<PathStep>> {
    let mut reader = Reader { rest: data.trim(), at: (0.0, 0.0), start: (0.0, 0.0), steps: Vec::new() };
    let mut command = None;
    while !reader.rest.is_empty() {
        if let Some(letter) = reader.letter() {
            command = Some(letter);
        }
        let letter = command?;
        if reader.steps.is_empty() && !matches!(letter, 'M' | 'm') {
            return None;
        }
        command = match reader.step(letter)? {
            Next::Same(letter) => Some(letter),
            Next::Letter => None,
        };
        reader.skip_separators();
    }
    (!reader.steps.is_empty()).then_some(reader.steps)
}

/// What may follow a command.
enum Next {
    /// Bare numbers continue with this command.
    Same(char),
    /// Only another letter.
    Letter,
}

struct Reader<'a> {
    rest: &'a str,
    at: (f32, f32),
    start: (f32, f32),
    steps: Vec<PathStep>,
}

impl Reader<'_> {
    fn letter(&mut self) -> Option<char> {
        let letter = self.rest.chars().next().filter(char::is_ascii_alphabetic)?;
        self.rest = self.rest[1..].trim_start();
        Some(letter)
    }

    /// Carries out one command; `None` when it cannot be read.
    fn step(&mut self, letter: char) -> Option<Next> {
        let relative = letter.is_ascii_lowercase();
        let next = match letter.to_ascii_uppercase() {
            'M' => {
                let to = self.point(relative)?;
                self.start = to;
                self.go(to, PathStep::Move(to.0, to.1));
                if relative { 'l' } else { 'L' }
            }
            'L' => {
                let to = self.point(relative)?;
                self.go(to, PathStep::Line(to.0, to.1));
                letter
            }
            'H' | 'V' => {
                let to = self.along(letter)?;
                self.go(to, PathStep::Line(to.0, to.1));
                letter
            }
            'Q' => {
                let (by, to) = (self.point(relative)?, self.point(relative)?);
                self.go(to, PathStep::Quad(by.0, by.1, to.0, to.1));
                letter
            }
            'C' => {
                let (a, b, to) = (self.point(relative)?, self.point(relative)?, self.point(relative)?);
                self.go(to, PathStep::Cubic(a.0, a.1, b.0, b.1, to.0, to.1));
                letter
            }
            'Z' => {
                self.go(self.start, PathStep::Close);
                return Some(Next::Letter);
            }
            _ => return None,
        };
        Some(Next::Same(next))
    }

    fn go(&mut self, to: (f32, f32), step: PathStep) {
        self.at = to;
        self.steps.push(step);
    }

    /// A point; relative ones count from where the command began.
    fn point(&mut self, relative: bool) -> Option<(f32, f32)> {
        let (x, y) = (self.number()?, self.number()?);
        Some(if relative { (self.at.0 + x, self.at.1 + y) } else { (x, y) })
    }

    fn along(&mut self, letter: char) -> Option<(f32, f32)> {
        let value = self.number()?;
        let (x, y) = self.at;
        Some(match letter {
            'H' => (value, y),
            'h' => (x + value, y),
            'V' => (x, value),
            _ => (x, y + value),
        })
    }

    fn number(&mut self) -> Option<f32> {
        self.skip_separators();
        let mut seen_dot = false;
        let mut fits = |(at, c): (usize, char)| match c {
            '-' | '+' => at == 0,
            '.' => !std::mem::replace(&mut seen_dot, true),
            _ => c.is_ascii_digit(),
        };
        let end = self.rest.char_indices().find(|step| !fits(*step)).map_or(self.rest.len(), |(at, _)| at);
        let (number, rest) = self.rest.split_at(end);
        self.rest = rest;
        number.parse().ok().filter(|value: &f32| value.is_finite() && value.abs() < 1e6)
    }

    fn skip_separators(&mut self) {
        self.rest = self.rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',');
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_absolute_and_relative_commands() {
        let steps = parse_path("M10 20 l5,-5 h3 V0 C1 2 3 4 5 6 q1 1 2 2z").expect("a path");
        assert_eq!(
            steps,
            [
                PathStep::Move(10.0, 20.0),
                PathStep::Line(15.0, 15.0),
                PathStep::Line(18.0, 15.0),
                PathStep::Line(18.0, 0.0),
                PathStep::Cubic(1.0, 2.0, 3.0, 4.0, 5.0, 6.0),
                PathStep::Quad(6.0, 7.0, 7.0, 8.0),
                PathStep::Close,
            ]
        );
    }

    #[test]
    fn numbers_after_a_move_are_lines() {
        assert_eq!(parse_path("M0 0 1 1 2 2").map(|steps| steps.len()), Some(3));
    }

    #[test]
    fn refuses_what_draws_nothing() {
        for wrong in ["", "hello", "M1 2", "L1 2", "M1", "M1 2 A1 1 0 0 0 3 3", "M0 0 Z 5", "M1e9 2 L0 0"] {
            assert!(check("data", SignatureFormat::SvgPath, wrong).is_some(), "{wrong}");
        }
    }

    #[test]
    fn a_picture_must_be_a_png() {
        let png = BASE64_STANDARD.encode([PNG_MAGIC, b"rest"].concat());
        assert!(check("data", SignatureFormat::Png, &png).is_none());
        assert!(check("data", SignatureFormat::Png, "aGVsbG8=").is_some());
        assert!(check("data", SignatureFormat::Png, "不是").is_some());
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused_without_panic(text in "\\PC{0,60}") {
            let _ = parse_path(&text);
        }
    }
}
