//! Turns the YAML shape into a [`Definition`], collecting every problem on the way.

use std::collections::HashSet;

use kernel::{EvidenceKind, Role, Text};
use serde_saphyr::{Location, Spanned};

use super::reachable;
use super::source::{DefinitionSource, EvidenceSource, FieldSource, StageSource, TextSource, Word};
use super::{Definition, DefinitionError, EvidenceRule, Field, Stage};

/// A definition for people to read and edit is far smaller than this.
const LARGEST_SOURCE_BYTES: usize = 256 * 1024;

const EVIDENCE_KINDS: [(&str, EvidenceKind); 6] = [
    ("recording", EvidenceKind::Recording),
    ("file", EvidenceKind::File),
    ("text", EvidenceKind::Text),
    ("link", EvidenceKind::Link),
    ("message", EvidenceKind::Message),
    ("payment", EvidenceKind::Payment),
];

/// What has been found so far, and the text it was found in.
pub(super) struct Findings<'s> {
    pub source: &'s str,
    pub errors: Vec<DefinitionError>,
}

pub(super) fn definition(yaml: &str) -> Result<Definition, Vec<DefinitionError>> {
    if yaml.len() > LARGEST_SOURCE_BYTES {
        let reason = Text::new("定义超过 256 KiB", "the definition is larger than 256 KiB");
        return Err(vec![DefinitionError { line: 1, column: 1, reason }]);
    }
    let source = serde_saphyr::from_str::<DefinitionSource>(yaml).map_err(|error| vec![malformed(&error)])?;
    let mut findings = Findings { source: yaml, errors: Vec::new() };
    let definition = build(&source, &mut findings);
    if findings.errors.is_empty() {
        return Ok(definition);
    }
    findings.errors.sort_by_key(|error| (error.line, error.column));
    Err(findings.errors)
}

fn build(source: &DefinitionSource, findings: &mut Findings<'_>) -> Definition {
    if source.version.value == 0 {
        findings.add(source.version.referenced, Text::new("版本从 1 开始", "versions start at 1"));
    }
    let mut definition = Definition {
        name: findings.identifier(&source.name),
        version: source.version.value,
        title: findings.text(&source.title),
        fields: findings.fields(&source.fields),
        evidence: findings.evidence_rules(&source.evidence),
        stages: findings.stages(&source.stages),
        transitions: Vec::new(),
    };
    findings.unique(
        "transition",
        source.transitions.iter().map(|move_| {
            let name = format!("{} → {}", move_.from.value, move_.to.value);
            Spanned::new(name, move_.from.referenced, move_.from.defined)
        }),
    );
    definition.transitions =
        source.transitions.iter().map(|transition| findings.transition(transition, &definition)).collect();
    reachable::check(source, &definition, findings);
    definition
}

fn malformed(error: &serde_saphyr::Error) -> DefinitionError {
    let (line, column) = error.location().map_or((1, 1), |place| (place.line(), place.column()));
    let reason = error.without_snippet().to_string();
    DefinitionError { line, column, reason: Text::new(format!("YAML 结构有误：{reason}"), reason) }
}

impl Findings<'_> {
    /// Notes one fault.
    pub fn add(&mut self, place: Location, reason: Text) {
        self.errors.push(DefinitionError { line: place.line(), column: place.column(), reason });
    }

    pub fn text(&mut self, source: &TextSource) -> Text {
        for word in [&source.zh, &source.en] {
            if word.value.trim().is_empty() {
                self.add(word.referenced, Text::new("文字不能为空", "the text is empty"));
            }
        }
        Text::new(source.zh.value.trim(), source.en.value.trim())
    }

    /// Lower-case words joined by `_`, as every stored name is.
    pub fn identifier(&mut self, word: &Word) -> String {
        self.path(word, "")
    }

    /// An identifier whose segments may be joined by one of `separators`.
    fn path(&mut self, word: &Word, separators: &str) -> String {
        let fits = word.value.split(|c| separators.contains(c)).all(is_identifier);
        if !fits {
            self.add(
                word.referenced,
                Text::new(
                    format!("“{}”不是合法标识：用小写字母、数字和下划线，以字母开头", word.value),
                    format!(
                        "{:?} is no identifier: lower-case letters, digits and _, beginning with a letter",
                        word.value
                    ),
                ),
            );
        }
        word.value.clone()
    }

    /// Reports every name that was used before.
    pub fn unique(&mut self, what: &str, words: impl IntoIterator<Item = Word>) {
        let mut seen = HashSet::new();
        for word in words {
            if !seen.insert(word.value.clone()) {
                let (name, zh) = (&word.value, kind_in_chinese(what));
                self.add(
                    word.referenced,
                    Text::new(format!("{zh}“{name}”重复"), format!("the {what} {name:?} is there twice")),
                );
            }
        }
    }

    /// Notes a word that is not known, with the words that are.
    pub fn unknown(&mut self, what: &str, word: &Word, known: &[&str]) {
        let (name, zh, list) = (&word.value, kind_in_chinese(what), known.join(", "));
        self.add(
            word.referenced,
            Text::new(format!("未知的{zh}“{name}”；可用：{list}"), format!("unknown {what} {name:?}; known: {list}")),
        );
    }

    /// The role with that name; notes a fault when there is none.
    pub fn role(&mut self, word: &Word) -> Role {
        word.value.parse().unwrap_or_else(|_| {
            self.unknown("role", word, &Role::ALL.map(Role::as_str));
            Role::Administrator
        })
    }

    pub fn roles(&mut self, words: &[Word]) -> Vec<Role> {
        self.unique("role", words.iter().cloned());
        words.iter().map(|word| self.role(word)).collect()
    }

    fn fields(&mut self, sources: &[FieldSource]) -> Vec<Field> {
        self.unique("field", sources.iter().map(|field| field.id.clone()));
        let field = |source: &FieldSource| Field {
            id: self.path(&source.id, "."),
            title: self.text(&source.title),
            remedy: source.remedy.as_ref().map(|remedy| self.text(remedy)),
        };
        sources.iter().map(field).collect()
    }

    fn evidence_rules(&mut self, sources: &[EvidenceSource]) -> Vec<EvidenceRule> {
        self.unique("evidence", sources.iter().map(|rule| rule.name.clone()));
        let rule = |source: &EvidenceSource| EvidenceRule {
            name: self.identifier(&source.name),
            title: self.text(&source.title),
            kinds: self.evidence_kinds(source),
            remedy: source.remedy.as_ref().map(|remedy| self.text(remedy)),
        };
        sources.iter().map(rule).collect()
    }

    fn evidence_kinds(&mut self, source: &EvidenceSource) -> Vec<EvidenceKind> {
        if source.kinds.is_empty() {
            let reason = Text::new("至少列出一种证据形式", "name at least one kind of evidence");
            self.add(source.name.referenced, reason);
        }
        source.kinds.iter().filter_map(|word| self.evidence_kind(word)).collect()
    }

    fn evidence_kind(&mut self, word: &Word) -> Option<EvidenceKind> {
        let found = EVIDENCE_KINDS.iter().find(|(name, _)| *name == word.value).map(|(_, kind)| *kind);
        if found.is_none() {
            self.unknown("evidence kind", word, &EVIDENCE_KINDS.map(|(name, _)| name));
        }
        found
    }

    fn stages(&mut self, sources: &[StageSource]) -> Vec<Stage> {
        self.unique("stage", sources.iter().map(|stage| stage.id.clone()));
        if sources.is_empty() {
            self.errors.push(DefinitionError {
                line: 1,
                column: 1,
                reason: Text::new("至少需要一个阶段", "there is no stage"),
            });
        }
        let stage = |source: &StageSource| Stage {
            id: self.identifier(&source.id),
            title: self.text(&source.title),
            end: source.end,
        };
        sources.iter().map(stage).collect()
    }
}

fn is_identifier(segment: &str) -> bool {
    segment.starts_with(|c: char| c.is_ascii_lowercase())
        && segment.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

fn kind_in_chinese(what: &str) -> &str {
    match what {
        "stage" => "阶段",
        "field" => "字段",
        "evidence" => "证据",
        "evidence kind" => "证据形式",
        "role" => "角色",
        "transition" => "流转",
        "gate" => "门禁",
        "approval" => "审批",
        "deadline" => "时限",
        "policy" => "审批方式",
        "clock" => "计时方式",
        other => other,
    }
}
