//! The quote as the customer gets it.

use chrono::{DateTime, Utc};
use qrcode::{Color, EcLevel, QrCode};

use super::face::Face;
use super::figures::{date, day};
use super::flow::{Align, Flow, LEFT, RIGHT, Style};
use super::letterhead::{self, FIRST_TOP};
use super::line_table;
use super::sheet::{About, Mark, Sheet, Tone};
use crate::config::Company;
use crate::domain::quote::QuoteDocument;

const QR: f32 = 74.0;

/// Everything that is printed; nothing else influences the bytes.
#[derive(Clone, Debug)]
pub struct QuotePaper {
    pub number: String,
    pub revision: i32,
    pub document: QuoteDocument,
    /// What the watermark says: the customer on an offer, the status on anything else.
    pub watermark: String,
    pub created_at: DateTime<Utc>,
    pub approved_at: Option<DateTime<Utc>>,
    pub valid_until: Option<DateTime<Utc>>,
    pub verification_code: String,
    pub verification_url: String,
    /// SHA-256 of the revision's content.
    pub content_sha256: String,
}

impl QuotePaper {
    pub(super) fn about(&self, company: &Company) -> About {
        About {
            title: format!("报价单 {} 第 {} 版", self.number, self.revision),
            author: company.name.clone(),
            created_at: self.approved_at.unwrap_or(self.created_at),
            id: format!("{}/{}", self.number, self.revision),
        }
    }

    pub(super) fn sheets(&self, face: &Face, company: &Company) -> Vec<Sheet> {
        let mut flow = Flow::new(face, FIRST_TOP);
        letterhead::first_page(&mut flow, company);
        self.title(&mut flow);
        self.facts(&mut flow);
        flow.heading("报价明细");
        line_table::table(&mut flow, &self.document.lines);
        line_table::totals(&mut flow, &self.document.totals);
        self.terms(&mut flow);
        self.proof(&mut flow);
        let paper = format!("报价单 {} · 第 {} 版", self.number, self.revision);
        letterhead::finish(flow, company, &paper, &self.content_sha256, &self.watermark)
    }

    fn title(&self, flow: &mut Flow<'_>) {
        flow.text_at(LEFT, flow.y, Style { size: 22.0, tone: Tone::Brand, bold: true }, "报价单");
        flow.text_at(LEFT + 76.0, flow.y + 11.0, Style { size: 9.0, ..Style::LABEL }, "QUOTATION");
        let number = Style { size: 12.0, tone: Tone::Text, bold: true };
        flow.aligned_at(LEFT, RIGHT - LEFT, flow.y + 2.0, number, Align::Right, &self.number);
        flow.aligned_at(
            LEFT,
            RIGHT - LEFT,
            flow.y + 19.0,
            Style::LABEL,
            Align::Right,
            &format!("第 {} 版", self.revision),
        );
        flow.gap(38.0);
    }

    fn facts(&self, flow: &mut Flow<'_>) {
        let valid = match self.valid_until {
            Some(until) => day(until),
            None => format!("批准后 {} 天", self.document.validity_days),
        };
        let facts = [
            ("客户", self.document.company.clone()),
            ("报价日期", day(self.approved_at.unwrap_or(self.created_at))),
            ("项目", self.document.subject.clone()),
            ("有效期至", valid),
            ("交付日期", date(self.document.delivery_date)),
            ("币种", self.document.totals.total.currency.as_str().to_owned()),
        ];
        let rows = facts.len() / 2;
        let height = rows as f32 * 17.0 + 10.0;
        flow.mark(Mark::Block { x: LEFT, y: flow.y, width: RIGHT - LEFT, height, tone: Tone::Pale });
        flow.mark(Mark::Block { x: LEFT, y: flow.y, width: 3.0, height, tone: Tone::Accent });
        for (at, (label, value)) in facts.iter().enumerate() {
            let x = if at % 2 == 0 { LEFT + 14.0 } else { LEFT + 324.0 };
            let y = flow.y + 8.0 + (at / 2) as f32 * 17.0;
            let room = if at % 2 == 0 { 250.0 } else { 120.0 };
            let value = flow.face.wrap(value, Style::BODY.size, room).swap_remove(0);
            flow.text_at(x, y + 0.6, Style::LABEL, label);
            flow.text_at(x + 50.0, y, Style::BODY.bold(), &value);
        }
        flow.gap(height + 14.0);
    }

    fn terms(&self, flow: &mut Flow<'_>) {
        flow.heading("说明与条款");
        let total = self.document.totals.total.readable();
        let mut terms = vec![
            format!("本报价含税总价为 {total}，税率以明细所列为准；税率依法调整时，不含税价不变。"),
            "本报价仅在有效期内对上述客户有效；超过有效期，价格与交期需重新确认。".to_owned(),
            format!(
                "交付日期 {} 以合同签订且预付款到账为前提，最终以合同约定为准。",
                date(self.document.delivery_date)
            ),
            "数量、规格或交付地点变更时，本公司将出具新版本报价，旧版本自动失效。".to_owned(),
        ];
        if !self.document.note.trim().is_empty() {
            terms.push(format!("备注：{}", self.document.note.trim()));
        }
        for (at, term) in terms.iter().enumerate() {
            flow.make_room(Style::BODY.line());
            flow.text_at(LEFT, flow.y, Style::BODY.tone(Tone::Muted), &format!("{}.", at + 1));
            flow.paragraph(Style::BODY, 16.0, term);
            flow.gap(1.5);
        }
        flow.gap(10.0);
    }

    /// The QR code that leads to the verification page, with what it should show.
    fn proof(&self, flow: &mut Flow<'_>) {
        let height = QR + 20.0;
        flow.make_room(height);
        let top = flow.y;
        flow.mark(Mark::Block { x: LEFT, y: top, width: RIGHT - LEFT, height, tone: Tone::Pale });
        if let Ok(code) = QrCode::with_error_correction_level(&self.verification_url, EcLevel::M) {
            let dark = code.to_colors().into_iter().map(|color| color == Color::Dark).collect();
            flow.mark(Mark::Block {
                x: LEFT + 8.0,
                y: top + 6.0,
                width: QR + 8.0,
                height: QR + 8.0,
                tone: Tone::White,
            });
            flow.mark(Mark::Squares { at: (LEFT + 12.0, top + 10.0), size: QR, per_row: code.width(), dark });
        }
        let x = LEFT + QR + 32.0;
        flow.text_at(x, top + 12.0, Style { size: 10.5, tone: Tone::Brand, bold: true }, "扫码验真");
        flow.text_at(x, top + 29.0, Style::BODY, "扫描左侧二维码，核对报价编号、版本、总价与当前状态。");
        flow.text_at(x, top + 46.0, Style::LABEL, &format!("验证码　{}", self.verification_code));
        flow.text_at(x, top + 59.0, Style::LABEL, &self.verification_url);
        flow.text_at(x, top + 74.0, Style { size: 6.8, ..Style::SMALL }, &format!("SHA-256　{}", self.content_sha256));
        flow.gap(height);
    }
}
