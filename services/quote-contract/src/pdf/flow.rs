//! Sets text and tables one below the other and starts a new page where one is full.

use super::face::Face;
use super::sheet::{HEIGHT, Mark, Sheet, Tone, WIDTH};

pub const LEFT: f32 = 46.0;
pub const RIGHT: f32 = WIDTH - 46.0;
/// Where the text of a page ends and the footer's room begins.
pub const BOTTOM: f32 = HEIGHT - 62.0;
/// Where the text of a following page begins.
pub const TOP: f32 = 74.0;
const LEADING: f32 = 1.55;

/// How a text is set.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    pub size: f32,
    pub tone: Tone,
    pub bold: bool,
}

impl Style {
    pub const BODY: Self = Self { size: 9.0, tone: Tone::Text, bold: false };
    pub const SMALL: Self = Self { size: 7.5, tone: Tone::Muted, bold: false };
    pub const LABEL: Self = Self { size: 8.0, tone: Tone::Muted, bold: false };
    pub const HEADING: Self = Self { size: 11.0, tone: Tone::Brand, bold: true };

    pub fn line(self) -> f32 {
        self.size * LEADING
    }

    pub fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    pub fn tone(self, tone: Tone) -> Self {
        Self { tone, ..self }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    Left,
    Right,
    Centre,
}

/// A column of a table: its heading, width in points and alignment.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    pub title: &'static str,
    pub width: f32,
    pub align: Align,
}

/// The paper under construction. `y` is where the next thing begins.
pub struct Flow<'a> {
    pub face: &'a Face,
    pub sheets: Vec<Sheet>,
    pub y: f32,
}

impl<'a> Flow<'a> {
    pub fn new(face: &'a Face, y: f32) -> Self {
        Self { face, sheets: vec![Sheet::default()], y }
    }

    pub fn mark(&mut self, mark: Mark) {
        if let Some(sheet) = self.sheets.last_mut() {
            sheet.marks.push(mark);
        }
    }

    /// Starts a new page unless `height` still fits; true when it did.
    pub fn make_room(&mut self, height: f32) -> bool {
        if self.y + height <= BOTTOM {
            return false;
        }
        self.sheets.push(Sheet::default());
        self.y = TOP;
        true
    }

    pub fn gap(&mut self, height: f32) {
        self.y += height;
    }

    /// One line of text whose top is at `y`; does not move on.
    pub fn text_at(&mut self, x: f32, y: f32, style: Style, text: &str) {
        let baseline = y + style.size;
        let mark =
            Mark::Text { x, y: baseline, size: style.size, tone: style.tone, bold: style.bold, text: text.to_owned() };
        self.mark(mark);
    }

    /// One line inside a box from `x` to `x + width`.
    pub fn aligned_at(&mut self, x: f32, width: f32, y: f32, style: Style, align: Align, text: &str) {
        let wide = self.face.width(text, style.size);
        let x = match align {
            Align::Left => x,
            Align::Right => x + width - wide,
            Align::Centre => x + (width - wide) / 2.0,
        };
        self.text_at(x, y, style, text);
    }

    /// A wrapped text over the whole width, broken over pages line by line.
    pub fn paragraph(&mut self, style: Style, indent: f32, text: &str) {
        for line in self.face.wrap(text, style.size, RIGHT - LEFT - indent) {
            self.make_room(style.line());
            self.text_at(LEFT + indent, self.y, style, &line);
            self.y += style.line();
        }
    }

    /// A heading that does not stay behind alone at the foot of a page.
    pub fn heading(&mut self, text: &str) {
        self.make_room(Style::HEADING.line() + 3.0 * Style::BODY.line());
        self.mark(Mark::Block { x: LEFT, y: self.y + 1.5, width: 3.0, height: 11.0, tone: Tone::Accent });
        self.text_at(LEFT + 9.0, self.y, Style::HEADING, text);
        self.y += Style::HEADING.line() + 3.0;
    }

    pub fn rule(&mut self, tone: Tone, width: f32) {
        self.mark(Mark::Rule { from: (LEFT, self.y), to: (RIGHT, self.y), width, tone });
    }

    /// A table whose head is repeated on every page it reaches. A cell may have several lines; the
    /// second and later lines of the text given are set small.
    pub fn table(&mut self, columns: &[Column], rows: &[Vec<String>]) {
        self.table_head(columns);
        for (at, row) in rows.iter().enumerate() {
            let cells = self.wrap_row(columns, row);
            let height = row_height(&cells);
            if self.make_room(height) {
                self.table_head(columns);
            }
            self.table_row(columns, &cells, height, at % 2 == 1);
        }
        self.rule(Tone::Brand, 0.8);
        self.y += 2.0;
    }

    fn table_head(&mut self, columns: &[Column]) {
        let height = 20.0;
        self.make_room(height * 2.0);
        self.mark(Mark::Block { x: LEFT, y: self.y, width: RIGHT - LEFT, height, tone: Tone::Brand });
        let style = Style { size: 8.5, tone: Tone::White, bold: true };
        let mut x = LEFT;
        for column in columns {
            self.aligned_at(x + 4.0, column.width - 8.0, self.y + 5.2, style, column.align, column.title);
            x += column.width;
        }
        self.y += height;
    }

    fn table_row(&mut self, columns: &[Column], cells: &[Vec<(String, Style)>], height: f32, shaded: bool) {
        if shaded {
            self.mark(Mark::Block { x: LEFT, y: self.y, width: RIGHT - LEFT, height, tone: Tone::Pale });
        }
        let mut x = LEFT;
        for (column, lines) in columns.iter().zip(cells) {
            let mut y = self.y + 5.0;
            for (line, style) in lines {
                self.aligned_at(x + 4.0, column.width - 8.0, y, *style, column.align, line);
                y += style.line();
            }
            x += column.width;
        }
        self.y += height;
        self.rule(Tone::Hair, 0.4);
    }

    fn wrap_row(&self, columns: &[Column], row: &[String]) -> Vec<Vec<(String, Style)>> {
        let cell = |(column, text): (&Column, &String)| {
            let mut lines = Vec::new();
            for (at, part) in text.lines().enumerate() {
                let style = if at == 0 { Style::BODY } else { Style::SMALL };
                let wrapped = self.face.wrap(part, style.size, column.width - 8.0);
                lines.extend(wrapped.into_iter().map(|line| (line, style)));
            }
            lines
        };
        columns.iter().zip(row).map(cell).collect()
    }
}

fn row_height(cells: &[Vec<(String, Style)>]) -> f32 {
    let tall = |lines: &Vec<(String, Style)>| lines.iter().map(|(_, style)| style.line()).sum::<f32>();
    cells.iter().map(tall).fold(0.0, f32::max) + 7.0
}
