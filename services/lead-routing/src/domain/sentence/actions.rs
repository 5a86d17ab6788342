//! Who gets the leads.

use kernel::OrgPath;
use uuid::Uuid;

use super::cursor::Cursor;
use super::{Unclear, Why};
use crate::domain::rep::Level;
use crate::domain::rule::{Action, Candidate, Fallback, Part};

const GIVE: &[&str] = &["优先分给", "优先派给", "优先给", "分给", "分配给", "派给", "交给"];
const EVERYBODY: &[&str] = &["全体业务员", "所有业务员", "所有人", "大家"];
const OF_NODE: &[&str] = &["的所有人", "的业务员", "的人", "所有人"];
const NOT: &[&str] = &["不分给", "不派给", "不给", "排除"];
const SENIOR: &[&str] = &["只给资深业务员", "只给资深", "须资深"];
const ANY_LEVEL: &[&str] = &["新人也可", "只给新人及以上"];
const INDUSTRY: &[&str] = &["须会线索的行业", "须懂线索的行业"];
const SKILL: &[&str] = &["须会", "须懂"];
const NOBODY: &[&str] = &["没有合适的人时", "没有人时", "没人时", "否则"];

/// Reads who gets the leads; false when nothing of that begins here.
pub(super) fn read_recipients(cursor: &mut Cursor<'_>, action: &mut Action) -> Result<bool, Unclear> {
    if !cursor.eat(GIVE) {
        return Ok(false);
    }
    if cursor.eat(EVERYBODY) {
        action.org = Some(OrgPath::root());
        return Ok(true);
    }
    if let Some(node) = cursor.node()? {
        action.org = Some(node);
        cursor.eat(OF_NODE);
        return Ok(true);
    }
    for (person_id, share) in cursor.alternatives(share)? {
        match share {
            Share::Weight(weight) => action.candidates.push(Candidate { person_id, weight }),
            Share::Percent(percent) => action.split.push(Part { person_id, percent }),
        }
    }
    Ok(true)
}

enum Share {
    Weight(u32),
    Percent(u32),
}

/// Somebody and what they get of it: `张伟（2 份）`, `张伟 60%`.
fn share(cursor: &mut Cursor<'_>) -> Result<(Uuid, Share), Unclear> {
    let person = cursor.person()?;
    let Some(number) = cursor.number() else { return Ok((person, Share::Weight(1))) };
    if cursor.eat(&["%"]) {
        return Ok((person, Share::Percent(number)));
    }
    if cursor.eat(&["份"]) { Ok((person, Share::Weight(number))) } else { Err(cursor.unclear_word(Why::Word)) }
}

/// Reads what limits the choice and what happens when nobody fits; false when nothing of that begins here.
pub(super) fn read_limits(cursor: &mut Cursor<'_>, action: &mut Action) -> Result<bool, Unclear> {
    if cursor.eat(NOT) {
        action.excluded.extend(cursor.alternatives(Cursor::person)?);
    } else if cursor.eat(SENIOR) {
        action.level = Some(Level::Senior);
    } else if cursor.eat(ANY_LEVEL) {
        action.level = Some(Level::Novice);
    } else if cursor.eat(INDUSTRY) {
        action.industry_skill = true;
    } else if cursor.eat(SKILL) {
        action.skills.extend(cursor.alternatives(Cursor::value)?);
    } else {
        return read_fallback(cursor, action);
    }
    Ok(true)
}

fn read_fallback(cursor: &mut Cursor<'_>, action: &mut Action) -> Result<bool, Unclear> {
    let start = cursor.at();
    if !cursor.eat(NOBODY) {
        return Ok(false);
    }
    if action.fallback.is_some() {
        return Err(cursor.unclear(start, Why::Twice));
    }
    cursor.eat(&["，", ","]);
    if cursor.eat(&["进入", "放入", "进"]) {
        let Some(node) = cursor.node()? else { return Err(cursor.unclear_word(Why::Node)) };
        cursor.eat(&["的待分配池", "待分配池", "的池子"]);
        action.fallback = Some(Fallback::Queue(node));
        return Ok(true);
    }
    if !cursor.eat(&["交给", "分给", "给", "由"]) {
        return Err(cursor.unclear_word(Why::Word));
    }
    action.fallback = Some(Fallback::Owner(cursor.person()?));
    cursor.eat(&["兜底", "负责"]);
    Ok(true)
}
