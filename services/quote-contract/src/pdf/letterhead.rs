//! What every page of a paper carries: logo, sender, page number, watermark.

use super::flow::{Align, BOTTOM, Flow, LEFT, RIGHT, Style};
use super::sheet::{HEIGHT, Mark, Paint, Sheet, Tone};
use crate::config::Company;
use crate::domain::signature::PathStep;

/// Where the first page's text begins, below the header.
pub const FIRST_TOP: f32 = 100.0;
const LOGO: f32 = 40.0;

/// The header of the first page: logo, name, address.
pub fn first_page(flow: &mut Flow<'_>, company: &Company) {
    logo(flow, LEFT, 34.0, LOGO);
    let name = Style { size: 15.0, tone: Tone::Brand, bold: true };
    flow.text_at(LEFT + LOGO + 12.0, 37.0, name, &company.name);
    flow.text_at(LEFT + LOGO + 12.0, 59.0, Style::LABEL, &company.name_en);
    let lines = [
        company.address.clone(),
        format!("电话 {}", company.phone),
        format!("统一社会信用代码 {}", company.tax_number),
    ];
    for (at, line) in lines.iter().enumerate() {
        flow.aligned_at(LEFT, RIGHT - LEFT, 37.0 + at as f32 * 12.0, Style::SMALL, Align::Right, line);
    }
    flow.mark(Mark::Rule { from: (LEFT, 84.0), to: (RIGHT, 84.0), width: 1.2, tone: Tone::Brand });
    flow.mark(Mark::Rule { from: (LEFT, 86.2), to: (RIGHT, 86.2), width: 0.4, tone: Tone::Accent });
}

/// Two gate posts, an opened gate and the water that runs through.
fn logo(flow: &mut Flow<'_>, x: f32, y: f32, size: f32) {
    let scale = size / 40.0;
    let at = (x, y);
    let mut path = |steps: Vec<PathStep>, paint| flow.mark(Mark::Path { at, scale, steps, paint });
    path(rounded(0.0, 0.0, 40.0, 40.0, 8.0), Paint::Fill(Tone::Brand));
    path(rounded(7.0, 7.0, 4.5, 26.0, 1.5), Paint::Fill(Tone::White));
    path(rounded(28.5, 7.0, 4.5, 26.0, 1.5), Paint::Fill(Tone::White));
    path(rounded(13.5, 7.0, 13.0, 7.0, 1.5), Paint::Fill(Tone::Accent));
    for row in 0..3_u8 {
        path(wave(13.2, 19.5 + f32::from(row) * 5.4), Paint::Stroke(Tone::White, 1.9 * scale));
    }
}

fn wave(x: f32, y: f32) -> Vec<PathStep> {
    vec![
        PathStep::Move(x, y),
        PathStep::Cubic(x + 2.2, y - 2.8, x + 4.5, y - 2.8, x + 6.8, y),
        PathStep::Cubic(x + 9.1, y + 2.8, x + 11.4, y + 2.8, x + 13.6, y),
    ]
}

fn rounded(x: f32, y: f32, width: f32, height: f32, radius: f32) -> Vec<PathStep> {
    let (right, bottom) = (x + width, y + height);
    vec![
        PathStep::Move(x + radius, y),
        PathStep::Line(right - radius, y),
        PathStep::Quad(right, y, right, y + radius),
        PathStep::Line(right, bottom - radius),
        PathStep::Quad(right, bottom, right - radius, bottom),
        PathStep::Line(x + radius, bottom),
        PathStep::Quad(x, bottom, x, bottom - radius),
        PathStep::Line(x, y + radius),
        PathStep::Quad(x, y, x + radius, y),
        PathStep::Close,
    ]
}

/// Finishes every page: slim header from the second on, footer with page numbers, watermark beneath.
pub fn finish(flow: Flow<'_>, company: &Company, paper: &str, fingerprint: &str, watermark: &str) -> Vec<Sheet> {
    let (face, sheets) = (flow.face, flow.sheets);
    let pages = sheets.len();
    let mut finished = Vec::with_capacity(pages);
    for (at, sheet) in sheets.into_iter().enumerate() {
        let mut page = Flow::new(face, 0.0);
        page.mark(Mark::Watermark { text: watermark.to_owned() });
        if at > 0 {
            slim_header(&mut page, company, paper);
        }
        footer(&mut page, company, fingerprint, &format!("第 {} 页 / 共 {pages} 页", at + 1));
        let mut marks = page.sheets.remove(0).marks;
        marks.extend(sheet.marks);
        finished.push(Sheet { marks });
    }
    finished
}

fn slim_header(flow: &mut Flow<'_>, company: &Company, paper: &str) {
    logo(flow, LEFT, 32.0, 20.0);
    flow.text_at(LEFT + 28.0, 37.0, Style::BODY.bold().tone(Tone::Brand), &company.name);
    flow.aligned_at(LEFT, RIGHT - LEFT, 38.0, Style::LABEL, Align::Right, paper);
    flow.mark(Mark::Rule { from: (LEFT, 60.0), to: (RIGHT, 60.0), width: 0.8, tone: Tone::Brand });
}

fn footer(flow: &mut Flow<'_>, company: &Company, fingerprint: &str, page: &str) {
    let y = BOTTOM + 16.0;
    flow.mark(Mark::Rule { from: (LEFT, y), to: (RIGHT, y), width: 0.4, tone: Tone::Hair });
    flow.text_at(LEFT, y + 6.0, Style::SMALL, &company.name);
    flow.aligned_at(LEFT, RIGHT - LEFT, y + 6.0, Style::SMALL, Align::Right, page);
    flow.text_at(
        LEFT,
        (y + 18.0).min(HEIGHT - 20.0),
        Style { size: 6.5, ..Style::SMALL },
        &format!("内容指纹 SHA-256 {fingerprint}"),
    );
}
