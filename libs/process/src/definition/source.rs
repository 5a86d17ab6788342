//! The shape of a definition in YAML. Values with rules of their own keep their place in the text.

use serde::Deserialize;
use serde_saphyr::Spanned;

pub(super) type Word = Spanned<String>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DefinitionSource {
    pub name: Word,
    pub version: Spanned<u32>,
    pub title: TextSource,
    #[serde(default)]
    pub fields: Vec<FieldSource>,
    #[serde(default)]
    pub evidence: Vec<EvidenceSource>,
    pub stages: Vec<StageSource>,
    pub transitions: Vec<TransitionSource>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TextSource {
    pub zh: Word,
    pub en: Word,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FieldSource {
    pub id: Word,
    pub title: TextSource,
    #[serde(default)]
    pub remedy: Option<TextSource>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EvidenceSource {
    pub name: Word,
    pub title: TextSource,
    pub kinds: Vec<Word>,
    #[serde(default)]
    pub remedy: Option<TextSource>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StageSource {
    pub id: Word,
    pub title: TextSource,
    #[serde(default)]
    pub end: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TransitionSource {
    pub from: Word,
    pub to: Word,
    #[serde(default)]
    pub requires: Vec<Word>,
    #[serde(default)]
    pub evidence: Vec<Word>,
    #[serde(default)]
    pub gates: Vec<GateSource>,
    #[serde(default)]
    pub approvals: Vec<ApprovalSource>,
    #[serde(default)]
    pub deadlines: Vec<DeadlineSource>,
    #[serde(default)]
    pub next_action: Option<NextActionSource>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GateSource {
    pub id: Word,
    pub condition: Word,
    pub reason: TextSource,
    pub remedy: TextSource,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ApprovalSource {
    pub id: Word,
    pub title: TextSource,
    #[serde(default)]
    pub when: Option<Word>,
    pub policy: Word,
    pub roles: Vec<Word>,
    #[serde(default = "yes")]
    pub two_roles: bool,
    #[serde(default)]
    pub limit: Option<LimitSource>,
    pub escalate_to: Word,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LimitSource {
    pub after: Word,
    pub clock: Word,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DeadlineSource {
    pub kind: Word,
    pub after: Word,
    pub clock: Word,
    pub then: Word,
    pub tell: Vec<Word>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NextActionSource {
    pub id: Word,
    pub title: TextSource,
    pub role: Word,
}

fn yes() -> bool {
    true
}
