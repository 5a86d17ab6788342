//! Makes sealed exports from a plan.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta};
use journal::ledger::{
    Actor, Checkpoint, Frontier, Hash, Header, Line, NO_PREVIOUS, RECORD_VERSION, Record, RecordLine, Signer, Trailer,
    Trust, leaf_hash, origin, write_export,
};
use kernel::{Evidence, EvidenceKind, PrincipalKind, Role, TenantId};
use proptest::collection::vec;
use proptest::prelude::*;
use sha2::{Digest, Sha256};
use uuid::Uuid;

pub const TENANT: TenantId = TenantId(Uuid::from_u128(0x7e));

/// One record to make.
#[derive(Clone, Debug)]
pub struct Step {
    /// Which of a few aggregates changes.
    pub aggregate: u8,
    pub why: String,
    /// Whether a checkpoint follows.
    pub sealed: bool,
}

/// A log's records; those after the last step that is sealed are not sealed yet.
#[derive(Clone, Debug)]
pub struct Plan {
    pub service: String,
    pub steps: Vec<Step>,
}

impl Plan {
    pub fn of(service: &str, aggregates: &[u8], checkpoints: &[usize]) -> Self {
        let step = |(index, aggregate): (usize, &u8)| Step {
            aggregate: *aggregate,
            why: format!("第 {} 步", index + 1),
            sealed: checkpoints.contains(&(index + 1)),
        };
        Self { service: service.to_owned(), steps: aggregates.iter().enumerate().map(step).collect() }
    }
}

/// Up to 24 records of four aggregates with at least one checkpoint and perhaps an unsealed tail.
pub fn plans() -> impl Strategy<Value = Plan> {
    let step = (0..4_u8, ".{0,8}", prop::bool::weighted(0.2));
    (vec(step, 1..24), any::<prop::sample::Index>()).prop_map(|(steps, always_sealed)| {
        let always_sealed = always_sealed.index(steps.len());
        let step =
            |(index, (aggregate, why, sealed))| Step { aggregate, why, sealed: sealed || index == always_sealed };
        Plan { service: "crm".to_owned(), steps: steps.into_iter().enumerate().map(step).collect() }
    })
}

/// A log as a service keeps it.
#[derive(Clone, Debug)]
pub struct Log {
    pub header: Header,
    pub records: Vec<RecordLine>,
    /// Each checkpoint's size and note.
    pub checkpoints: Vec<(usize, String)>,
}

pub fn signer(service: &str, seed: u8) -> Signer {
    Signer::new(&origin(service, TENANT), &[seed; 32]).expect("signer")
}

pub fn trust_in(seed: u8) -> Trust {
    Trust { keys: vec![signer("crm", seed).verifier().clone()], checkpoints: Vec::new() }
}

impl Log {
    pub fn sealed(plan: &Plan, seed: u8) -> Self {
        let signer = signer(&plan.service, seed);
        let size = plan.steps.iter().rposition(|step| step.sealed).map_or(0, |last| last + 1);
        let mut chains = HashMap::new();
        let mut frontier = Frontier::new();
        let (mut records, mut checkpoints) = (Vec::new(), Vec::new());
        for (index, step) in plan.steps.iter().enumerate() {
            let chain: &mut (u64, Hash) = chains.entry(step.aggregate).or_insert((0, NO_PREVIOUS));
            let record = record(&plan.service, index, step, *chain).to_text().expect("text");
            let hash = leaf_hash(&record);
            *chain = (chain.0 + 1, hash);
            records.push(RecordLine { index: (index < size).then_some(index as u64), hash, record });
            frontier.append(hash);
            if step.sealed {
                let origin = origin(&plan.service, TENANT);
                let checkpoint = Checkpoint { origin, size: index as u64 + 1, root: frontier.root() };
                checkpoints.push((index + 1, checkpoint.sign(&signer).expect("signed")));
            }
        }
        let keys = vec![signer.verifier().clone()];
        let at = DateTime::UNIX_EPOCH + TimeDelta::days(20_000);
        Self { header: Header::new(&plan.service, TENANT, keys, at, size as u64), records, checkpoints }
    }

    /// The number of sealed records.
    pub fn size(&self) -> usize {
        self.records.iter().filter(|record| record.index.is_some()).count()
    }

    pub fn export(&self) -> Vec<u8> {
        let mut lines: Vec<Line> = Vec::new();
        for (index, record) in self.records.iter().enumerate() {
            lines.push(Line::Record(record.clone()));
            let notes = self.checkpoints.iter().filter(|(size, _)| *size == index + 1);
            lines.extend(notes.map(|(_, note)| Line::Checkpoint(note.clone())));
        }
        let mut export = Vec::new();
        write_export(&mut export, &self.header, lines).expect("written");
        export
    }

    /// The export's lines with their line ends.
    pub fn lines(&self) -> Vec<Vec<u8>> {
        split_lines(&self.export())
    }

    /// Lines 0 (the header) to the last checkpoint.
    pub fn sealed_lines(&self) -> usize {
        1 + self.size() + self.checkpoints.len()
    }
}

fn record(service: &str, index: usize, step: &Step, (version, prev): (u64, Hash)) -> Record {
    let id = |kind: u128, n: u128| Uuid::from_u128((kind << 64) | n);
    let service_number = service.bytes().fold(0, |sum, byte| sum * 256 + u128::from(byte));
    let data = format!("{{\"step\": {index}, \"note\": {}}}", serde_json::to_string(&step.why).expect("json"));
    Record {
        v: RECORD_VERSION,
        id: id(service_number, index as u128),
        tenant: TENANT,
        service: service.to_owned(),
        aggregate: "customer".to_owned(),
        aggregate_id: id(2, u128::from(step.aggregate)),
        version: version + 1,
        event_type: "customer.changed.v1".to_owned(),
        at: DateTime::UNIX_EPOCH + TimeDelta::milliseconds(index as i64 * 1250),
        actor: Actor { kind: PrincipalKind::Person, id: id(3, 1), role: Role::SalesRep },
        from: (version > 0).then(|| "new".to_owned()),
        to: Some("contacted".to_owned()),
        why: Some(step.why.clone().into()),
        evidence: vec![Evidence {
            kind: EvidenceKind::Recording,
            name: "call".to_owned(),
            reference: format!("calls/{index}"),
            sha256: None,
        }],
        data: serde_json::value::RawValue::from_string(data).expect("json"),
        causation: None,
        correlation: id(4, index as u128),
        prev,
    }
}

pub fn split_lines(export: &[u8]) -> Vec<Vec<u8>> {
    export.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect()
}

/// What a careful forger does last: a new last line that counts and digests whatever is there now.
pub fn with_new_trailer(lines: &[Vec<u8>]) -> Vec<u8> {
    let body: Vec<u8> = lines.iter().filter(|line| !line.starts_with(b"{\"end\"")).flatten().copied().collect();
    let count = |prefix: &[u8]| split_lines(&body).iter().filter(|line| line.starts_with(prefix)).count() as u64;
    let unsealed = count(b"{\"index\":null");
    let trailer = Trailer {
        leaves: count(b"{\"index\":") - unsealed,
        unsealed,
        checkpoints: count(b"{\"checkpoint\":"),
        sha256: Sha256::digest(&body).into(),
    };
    [body, Line::End(trailer).to_text().expect("text").into_bytes(), b"\n".to_vec()].concat()
}
