//! The contract, before and after signing.

use chrono::{DateTime, Utc};

use super::face::Face;
use super::figures::day;
use super::flow::{Align, Column, Flow, LEFT, RIGHT, Style};
use super::letterhead::{self, FIRST_TOP};
use super::line_table;
use super::sheet::{About, Mark, Paint, Sheet, Tone};
use crate::config::Company;
use crate::domain::clause::{ClauseKind, ContractClause};
use crate::domain::contract::ContractTerms;
use crate::domain::payment::Payment;
use crate::domain::signature::{Party, PathStep, SignatureFormat, parse_path};

const PAYMENTS: [Column; 4] = [
    Column { title: "款项", width: 140.0, align: Align::Left },
    Column { title: "比例", width: 80.0, align: Align::Right },
    Column { title: "金额（含税）", width: 150.0, align: Align::Right },
    Column { title: "应付日期", width: 133.28, align: Align::Right },
];

/// Everything that is printed; nothing else influences the bytes.
#[derive(Clone, Debug)]
pub struct ContractPaper {
    pub number: String,
    pub quote_number: String,
    pub terms: ContractTerms,
    pub payments: Vec<Payment>,
    pub clauses: Vec<ContractClause>,
    pub clauses_sha256: String,
    pub created_at: DateTime<Utc>,
    pub watermark: String,
    pub signatures: Vec<DrawnSignature>,
}

/// A signature as it appears on the paper.
#[derive(Clone, Debug)]
pub struct DrawnSignature {
    pub party: Party,
    pub signer_name: String,
    pub format: SignatureFormat,
    pub data: String,
    pub sha256: String,
    pub signed_at: DateTime<Utc>,
}

impl ContractPaper {
    pub(super) fn about(&self, company: &Company) -> About {
        let signed = self.signatures.iter().map(|signature| signature.signed_at).max();
        About {
            title: format!("销售合同 {}", self.number),
            author: company.name.clone(),
            created_at: signed.unwrap_or(self.created_at),
            id: self.number.clone(),
        }
    }

    pub(super) fn sheets(&self, face: &Face, company: &Company) -> Vec<Sheet> {
        let mut flow = Flow::new(face, FIRST_TOP);
        letterhead::first_page(&mut flow, company);
        self.title(&mut flow);
        self.parties(&mut flow, company);
        flow.heading("标的与价款");
        line_table::table(&mut flow, &self.terms.lines);
        line_table::totals(&mut flow, &self.terms.totals);
        self.payments(&mut flow);
        self.clauses(&mut flow);
        self.signing(&mut flow, company);
        letterhead::finish(flow, company, &format!("销售合同 {}", self.number), &self.clauses_sha256, &self.watermark)
    }

    fn title(&self, flow: &mut Flow<'_>) {
        let title = Style { size: 21.0, tone: Tone::Brand, bold: true };
        flow.aligned_at(LEFT, RIGHT - LEFT, flow.y, title, Align::Centre, "销售合同");
        flow.gap(32.0);
        let below = format!("合同编号 {}　　依据报价 {}", self.number, self.quote_number);
        flow.aligned_at(LEFT, RIGHT - LEFT, flow.y, Style::LABEL, Align::Centre, &below);
        flow.gap(20.0);
    }

    fn parties(&self, flow: &mut Flow<'_>, company: &Company) {
        let promised = day(self.terms.promised_delivery_at);
        let place = &self.terms.delivery_place;
        let rows = [
            ("甲方（买方）", self.terms.company.clone()),
            ("乙方（卖方）", format!("{}（{}）", company.name, company.tax_number)),
            ("收款账户", format!("{}　{}", company.bank, company.account)),
            ("交付", format!("{promised} 前；交货周期 {} 天", self.terms.lead_time_days)),
            ("交付地点", if place.is_empty() { "甲方指定地点".to_owned() } else { place.clone() }),
        ];
        let height = rows.len() as f32 * 17.0 + 10.0;
        flow.mark(Mark::Block { x: LEFT, y: flow.y, width: RIGHT - LEFT, height, tone: Tone::Pale });
        flow.mark(Mark::Block { x: LEFT, y: flow.y, width: 3.0, height, tone: Tone::Accent });
        for (at, (label, value)) in rows.iter().enumerate() {
            let y = flow.y + 8.0 + at as f32 * 17.0;
            flow.text_at(LEFT + 14.0, y + 0.6, Style::LABEL, label);
            let value = flow.face.wrap(value, Style::BODY.size, RIGHT - LEFT - 100.0).swap_remove(0);
            flow.text_at(LEFT + 84.0, y, Style::BODY.bold(), &value);
        }
        flow.gap(height + 14.0);
    }

    fn payments(&self, flow: &mut Flow<'_>) {
        flow.heading("付款计划");
        let row = |payment: &Payment| {
            let amount = payment.amount.grouped();
            vec![payment.kind.label().to_owned(), format!("{}%", payment.percent), amount, day(payment.due_at)]
        };
        let rows: Vec<_> = self.payments.iter().map(row).collect();
        flow.table(&PAYMENTS, &rows);
        flow.gap(4.0);
        flow.paragraph(
            Style::SMALL,
            0.0,
            &format!("各期金额之和为合同含税总价 {}。签署前的应付日期为预计日期。", self.terms.total().readable()),
        );
        flow.gap(12.0);
    }

    fn clauses(&self, flow: &mut Flow<'_>) {
        flow.heading("合同条款");
        for (at, clause) in self.clauses.iter().enumerate() {
            flow.make_room(4.0 * Style::BODY.line());
            let title = format!("第 {} 条　{}", at + 1, clause.text.title);
            flow.text_at(LEFT, flow.y, Style { size: 9.5, tone: Tone::Text, bold: true }, &title);
            let locked = if clause.kind == ClauseKind::Locked { "标准条款" } else { "商务条款" };
            let tag = format!("{locked} {} r{} · {}", clause.text.code, clause.revision, &clause.sha256[..12]);
            flow.aligned_at(LEFT, RIGHT - LEFT, flow.y + 1.5, Style { size: 6.8, ..Style::SMALL }, Align::Right, &tag);
            flow.gap(16.0);
            flow.paragraph(Style::BODY, 0.0, clause.text.body.trim());
            flow.gap(7.0);
        }
    }

    fn signing(&self, flow: &mut Flow<'_>, company: &Company) {
        let (width, height) = ((RIGHT - LEFT - 20.0) / 2.0, 118.0);
        flow.make_room(height + 30.0);
        flow.heading("双方签署");
        let top = flow.y;
        let sides = [(Party::Customer, "甲方", &self.terms.company), (Party::Ours, "乙方", &company.name)];
        for (at, (party, side, name)) in sides.into_iter().enumerate() {
            let x = LEFT + at as f32 * (width + 20.0);
            flow.mark(Mark::Block { x, y: top, width, height, tone: Tone::Pale });
            flow.text_at(x + 10.0, top + 9.0, Style::LABEL, side);
            flow.text_at(x + 36.0, top + 8.4, Style::BODY.bold(), name);
            flow.mark(Mark::Rule {
                from: (x + 10.0, top + 80.0),
                to: (x + width - 10.0, top + 80.0),
                width: 0.5,
                tone: Tone::Muted,
            });
            match self.signatures.iter().find(|signature| signature.party == party) {
                Some(signature) => signed(flow, signature, (x + 10.0, top + 26.0), width - 20.0),
                None => flow.text_at(x + 10.0, top + 86.0, Style::LABEL, "签字：　　　　　　　日期："),
            }
        }
        flow.gap(height);
    }
}

/// The drawn line (a picture is referred to by its hash), the signer and the time.
fn signed(flow: &mut Flow<'_>, signature: &DrawnSignature, at: (f32, f32), width: f32) {
    let drawn = match signature.format {
        SignatureFormat::SvgPath => parse_path(&signature.data).and_then(|steps| fitted(steps, at, width, 50.0)),
        SignatureFormat::Png => None,
    };
    match drawn {
        Some(mark) => flow.mark(mark),
        None => flow.text_at(at.0, at.1 + 34.0, Style::LABEL, "（签名图片见电子档案）"),
    }
    let when = process::calendar::shanghai(signature.signed_at).format("%Y-%m-%d %H:%M");
    flow.text_at(at.0, at.1 + 60.0, Style::BODY, &format!("{}　{when}", signature.signer_name));
    flow.text_at(
        at.0,
        at.1 + 75.0,
        Style { size: 6.2, ..Style::SMALL },
        &format!("签名指纹 {}", &signature.sha256[..32]),
    );
}

/// The path, moved and scaled into a box.
fn fitted(steps: Vec<PathStep>, at: (f32, f32), width: f32, height: f32) -> Option<Mark> {
    let points: Vec<(f32, f32)> = steps.iter().flat_map(points_of).collect();
    let low = |pick: fn(&(f32, f32)) -> f32| points.iter().map(pick).fold(f32::INFINITY, f32::min);
    let high = |pick: fn(&(f32, f32)) -> f32| points.iter().map(pick).fold(f32::NEG_INFINITY, f32::max);
    let (left, top) = (low(|point| point.0), low(|point| point.1));
    let (wide, tall) = (high(|point| point.0) - left, high(|point| point.1) - top);
    let scale = (width / wide.max(1.0)).min(height / tall.max(1.0)).min(4.0);
    let at = (at.0 - left * scale, at.1 - top * scale);
    (scale.is_finite() && scale > 0.0).then_some(Mark::Path { at, scale, steps, paint: Paint::Stroke(Tone::Text, 1.3) })
}

fn points_of(step: &PathStep) -> Vec<(f32, f32)> {
    match *step {
        PathStep::Move(x, y) | PathStep::Line(x, y) => vec![(x, y)],
        PathStep::Quad(ax, ay, x, y) => vec![(ax, ay), (x, y)],
        PathStep::Cubic(ax, ay, bx, by, x, y) => vec![(ax, ay), (bx, by), (x, y)],
        PathStep::Close => Vec::new(),
    }
}
