//! The lines of a quote or contract as a table, and the totals below it.

use super::figures::percent;
use super::flow::{Align, Column, Flow, LEFT, RIGHT, Style};
use super::sheet::{Mark, Tone};
use super::words;
use crate::domain::decimal::plain;
use crate::domain::quote::{Line, Totals};

const COLUMNS: [Column; 8] = [
    Column { title: "#", width: 24.0, align: Align::Centre },
    Column { title: "产品", width: 151.0, align: Align::Left },
    Column { title: "数量", width: 50.0, align: Align::Right },
    Column { title: "单位", width: 34.0, align: Align::Centre },
    Column { title: "单价", width: 72.0, align: Align::Right },
    Column { title: "折扣", width: 40.0, align: Align::Right },
    Column { title: "税率", width: 40.0, align: Align::Right },
    Column { title: "金额（不含税）", width: 92.28, align: Align::Right },
];

const BOX: f32 = 214.0;

/// The table of lines.
pub fn table(flow: &mut Flow<'_>, lines: &[Line]) {
    let row = |(at, line): (usize, &Line)| {
        vec![
            (at + 1).to_string(),
            format!("{}\n{}  {}", line.name_zh, line.product_code, line.name_en),
            plain(line.quantity),
            line.unit.clone(),
            line.list_price.grouped(),
            percent(line.discount_percent),
            percent(line.tax_rate),
            line.net.grouped(),
        ]
    };
    let rows: Vec<_> = lines.iter().enumerate().map(row).collect();
    flow.table(&COLUMNS, &rows);
}

/// The totals, in a box at the right, and the amount in characters below.
pub fn totals(flow: &mut Flow<'_>, totals: &Totals) {
    let rows = [
        ("目录价合计", totals.list.grouped()),
        ("折扣优惠", format!("-{}", totals.discount.grouped())),
        ("不含税金额", totals.net.grouped()),
        ("税额", totals.tax.grouped()),
    ];
    flow.make_room(rows.len() as f32 * 15.0 + 52.0);
    flow.gap(6.0);
    let x = RIGHT - BOX;
    for (label, amount) in rows {
        flow.text_at(x + 8.0, flow.y + 2.0, Style::LABEL, label);
        flow.aligned_at(x, BOX - 8.0, flow.y + 1.5, Style::BODY, Align::Right, &amount);
        flow.gap(15.0);
    }
    flow.mark(Mark::Block { x, y: flow.y + 1.0, width: BOX, height: 25.0, tone: Tone::Brand });
    let white = Style { size: 10.0, tone: Tone::White, bold: true };
    flow.text_at(x + 8.0, flow.y + 7.5, white, "含税总价");
    let large = Style { size: 12.5, ..white };
    flow.aligned_at(x, BOX - 8.0, flow.y + 6.0, large, Align::Right, &totals.total.readable());
    if let Some(words) = words::amount(totals.total) {
        flow.text_at(LEFT, flow.y + 4.0, Style::LABEL, "大写金额");
        flow.text_at(LEFT, flow.y + 15.0, Style::BODY.bold(), &format!("人民币 {words}"));
    }
    flow.gap(46.0);
}
