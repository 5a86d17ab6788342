//! A rule as a sentence that [`super::parse`] reads.

use kernel::OrgPath;
use uuid::Uuid;

use super::Person;
use crate::domain::condition::{Band, Comparison, Condition, Further, LeadField, yuan};
use crate::domain::rep::Level;
use crate::domain::rule::{Action, Fallback};

/// The sentence. Who is not among `people` is called by id.
pub fn plain(condition: &Condition, action: &Action, people: &[Person]) -> String {
    let call = |id: Uuid| {
        people.iter().find(|person| person.id == id).map_or_else(|| id.to_string(), |person| person.name.clone())
    };
    let mut parts = vec![format!("{}，{}", of_condition(condition), recipients(action, &call))];
    parts.extend(limits(action, &call));
    parts.join("；")
}

fn of_condition(condition: &Condition) -> String {
    let mut parts = Vec::new();
    if !condition.sources.is_empty() {
        let names: Vec<_> = condition.sources.iter().map(|source| source.zh()).collect();
        parts.push(format!("来源是{}", names.join("或")));
    }
    parts.extend(condition.budget.map(of_band));
    parts.extend(listed("区域在", &condition.regions));
    parts.extend(listed("行业为", &condition.industries));
    parts.extend(condition.further.iter().map(of_further));
    if parts.is_empty() { "所有线索".into() } else { format!("{}的线索", parts.join("且")) }
}

fn listed(what: &str, values: &[String]) -> Option<String> {
    let quoted: Vec<_> = values.iter().map(|value| format!("“{value}”")).collect();
    (!values.is_empty()).then(|| format!("{what}{}", quoted.join("或")))
}

fn of_band(band: Band) -> String {
    let bounds = [(band.at_least, "不低于"), (band.over, "高于"), (band.at_most, "不高于"), (band.below, "低于")];
    let said: Vec<_> =
        bounds.into_iter().filter_map(|(bound, word)| Some(format!("{word} {}", yuan(bound?)))).collect();
    format!("预算{}", said.join("且"))
}

fn of_further(further: &Further) -> String {
    let field = match further.field {
        LeadField::Company => "公司",
        LeadField::Domain => "域名",
        LeadField::Note => "备注",
        LeadField::Industry => "行业",
        LeadField::Region => "区域",
    };
    let comparison = match further.comparison {
        Comparison::Is => "是",
        Comparison::IsNot => "不是",
        Comparison::Contains => "包含",
        Comparison::StartsWith => "开头为",
    };
    format!("{field}{comparison}“{}”", further.value)
}

fn recipients(action: &Action, call: &dyn Fn(Uuid) -> String) -> String {
    if let Some(node) = action.open_to() {
        let everybody = if node == OrgPath::root() { "全体业务员".into() } else { format!("{node}的所有人") };
        return format!("分给{everybody}");
    }
    let weighted = action.candidates.iter().any(|one| one.weight != 1);
    let candidates = action.candidates.iter().map(|one| {
        let name = call(one.person_id);
        if weighted { format!("{name}（{} 份）", one.weight) } else { name }
    });
    let parts = action.split.iter().map(|part| format!("{} {}%", call(part.person_id), part.percent));
    let named: Vec<_> = candidates.chain(parts).collect();
    format!("分给{}", named.join(if action.split.is_empty() { "或" } else { "、" }))
}

fn limits(action: &Action, call: &dyn Fn(Uuid) -> String) -> Vec<String> {
    let mut said = Vec::new();
    said.extend(listed("须会", &action.skills));
    if action.industry_skill {
        said.push("须会线索的行业".into());
    }
    said.extend(action.level.map(|level| match level {
        Level::Senior => "只给资深".into(),
        Level::Novice => "新人也可".into(),
    }));
    if !action.excluded.is_empty() {
        let names: Vec<_> = action.excluded.iter().map(|id| call(*id)).collect();
        said.push(format!("不给{}", names.join("、")));
    }
    said.extend(action.fallback.as_ref().map(|fallback| match fallback {
        Fallback::Queue(node) => format!("没有合适的人时进入{node}的待分配池"),
        Fallback::Owner(id) => format!("没有合适的人时交给{}", call(*id)),
    }));
    said
}
