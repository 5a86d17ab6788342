//! Reps: who they are and what leads they can take.

use authz::{Action, ResourceKind};
use chrono::{DateTime, Utc};
use contracts::lead_routing::v1::RepChanged;
use journal::{Caller, Entry, Write};
use kernel::{FieldError, OrgPath, Scope, Text};
use runtime::http::IfMatch;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::app::State;
use crate::domain::availability::WorkBlock;
use crate::domain::rep::{Level, Rep, day_of};
use crate::error::{LeadError, Missing};
use crate::store;

/// A rep's profile as managers and operations write it.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RepDraft {
    pub org: OrgPath,
    pub name: String,
    #[serde(default = "senior")]
    pub level: Level,
    /// Industries and the like.
    #[serde(default)]
    pub skills: Vec<String>,
    /// Leads a day; no limit when not given.
    pub daily_cap: Option<i32>,
    /// Open leads at a time.
    #[serde(default = "eight")]
    pub open_limit: i32,
    /// Leads go only to who has signed in during the last seven days. Kept when not given.
    pub last_signed_in_at: Option<DateTime<Utc>>,
    #[serde(default)]
    pub travelling: bool,
    pub leave_from: Option<DateTime<Utc>>,
    pub leave_to: Option<DateTime<Utc>>,
    /// Own working hours; the office's when empty.
    #[serde(default)]
    pub hours: Vec<WorkBlock>,
    /// On the duty roster: gets leads outside working hours, too.
    #[serde(default)]
    pub on_duty: bool,
    #[serde(default)]
    pub paused: bool,
    #[serde(default = "yes")]
    pub active: bool,
}

fn senior() -> Level {
    Level::Senior
}

fn eight() -> i32 {
    8
}

fn yes() -> bool {
    true
}

/// A rep with today's load.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct RepView {
    pub person_id: Uuid,
    pub version: i64,
    pub org: OrgPath,
    pub name: String,
    pub level: Level,
    pub skills: Vec<String>,
    pub daily_cap: Option<i32>,
    pub open_limit: i32,
    pub last_signed_in_at: Option<DateTime<Utc>>,
    pub travelling: bool,
    pub leave_from: Option<DateTime<Utc>>,
    pub leave_to: Option<DateTime<Utc>>,
    pub hours: Vec<WorkBlock>,
    pub on_duty: bool,
    pub paused: bool,
    pub active: bool,
    /// Leads they have now.
    pub open: i32,
    pub assigned_today: i32,
    pub assigned_total: i64,
    pub last_assigned_at: Option<DateTime<Utc>>,
}

impl RepView {
    pub fn of(rep: Rep, now: DateTime<Utc>) -> Self {
        Self {
            assigned_today: rep.assigned_on(day_of(now)),
            person_id: rep.person_id,
            version: rep.version,
            org: rep.org,
            name: rep.name,
            level: rep.level,
            skills: rep.skills,
            daily_cap: rep.daily_cap,
            open_limit: rep.open_limit,
            last_signed_in_at: rep.last_signed_in_at,
            travelling: rep.travelling,
            leave_from: rep.leave_from,
            leave_to: rep.leave_to,
            hours: rep.hours,
            on_duty: rep.on_duty,
            paused: rep.paused,
            active: rep.active,
            open: rep.open_count,
            assigned_total: rep.assigned_total,
            last_assigned_at: rep.last_assigned_at,
        }
    }
}

impl RepDraft {
    fn check(&self) -> Result<(), LeadError> {
        let mut errors = Vec::new();
        if self.name.trim().is_empty() {
            errors.push(FieldError::required("name"));
        }
        if self.open_limit < 0 || self.daily_cap.is_some_and(|cap| cap < 0) {
            let reason = Text::new("不能为负数", "cannot be negative");
            errors.push(FieldError::new("open_limit", "out_of_range", reason));
        }
        if matches!((self.leave_from, self.leave_to), (Some(from), Some(to)) if to <= from) {
            errors.push(FieldError::new(
                "leave_to",
                "before_start",
                Text::new("须晚于开始时间", "must be after the start"),
            ));
        }
        if self.hours.iter().any(|block| block.to <= block.from || block.weekdays.is_empty()) {
            let reason = Text::new("工作时段须有星期且结束晚于开始", "needs weekdays, and must end after it starts");
            errors.push(FieldError::new("hours", "empty_block", reason));
        }
        if errors.is_empty() { Ok(()) } else { Err(LeadError::Invalid(errors)) }
    }

    fn over(self, rep: Rep) -> Rep {
        Rep {
            org: self.org,
            name: self.name.trim().to_owned(),
            level: self.level,
            skills: self.skills,
            daily_cap: self.daily_cap,
            open_limit: self.open_limit,
            last_signed_in_at: self.last_signed_in_at.or(rep.last_signed_in_at),
            travelling: self.travelling,
            leave_from: self.leave_from,
            leave_to: self.leave_to,
            hours: self.hours,
            on_duty: self.on_duty,
            paused: self.paused,
            active: self.active,
            ..rep
        }
    }
}

#[tracing::instrument(name = "lead_routing.put_rep", skip_all, fields(rep = %id))]
pub async fn put_rep(
    state: &State,
    caller: &Caller,
    id: Uuid,
    seen: &IfMatch,
    draft: RepDraft,
) -> Result<RepView, LeadError> {
    draft.check()?;
    let mut write = state.journal.begin(caller).await?;
    let known = store::reps::lock(write.db(), caller.tenant().0, &[id]).await?.pop();
    if let Some(rep) = &known {
        authz::check(&caller.principal, write.now(), Action::RepWrite, &rep.resource())?;
        seen.check(rep.version)?;
    }
    let is_new = known.is_none();
    let mut rep = draft.over(known.unwrap_or_else(|| blank(caller, id, write.now())));
    authz::check(&caller.principal, write.now(), Action::RepWrite, &rep.resource())?;
    rep.version += 1;
    if is_new {
        store::reps::insert(write.db(), &rep).await?;
    } else {
        store::reps::save(write.db(), &rep).await?;
    }
    record_changed(&mut write, &rep)?;
    let now = write.now();
    Ok(write.commit(RepView::of(rep, now)).await?)
}

fn blank(caller: &Caller, id: Uuid, now: DateTime<Utc>) -> Rep {
    Rep {
        tenant_id: caller.tenant(),
        person_id: id,
        org: OrgPath::root(),
        name: String::new(),
        version: 0,
        active: true,
        paused: false,
        level: Level::Senior,
        skills: Vec::new(),
        daily_cap: None,
        open_limit: 8,
        last_signed_in_at: None,
        travelling: false,
        leave_from: None,
        leave_to: None,
        hours: Vec::new(),
        on_duty: false,
        revision: 1,
        open_count: 0,
        day: day_of(now),
        day_assigned: 0,
        day_closed: 0,
        assigned_total: 0,
        last_assigned_at: None,
    }
}

/// The evidence of a changed profile.
pub fn record_changed(write: &mut Write, rep: &Rep) -> Result<(), LeadError> {
    let event = RepChanged {
        rep_id: rep.person_id.to_string(),
        org: rep.org.to_string(),
        active: rep.active,
        paused: rep.paused,
        travelling: rep.travelling,
        on_duty: rep.on_duty,
    };
    write.record(Entry::new(&event, rep.person_id, rep.version)?);
    Ok(())
}

pub async fn find_rep(state: &State, caller: &Caller, id: Uuid) -> Result<RepView, LeadError> {
    let mut tx = state.journal.read(&caller.principal, Scope::All).await?;
    let missing = LeadError::NotFound(Missing::Rep);
    let Some(rep) = store::reps::find(&mut tx, id).await? else { return Err(missing) };
    let now = state.clock.now();
    authz::check(&caller.principal, now, Action::RepRead, &rep.resource()).map_err(|_| missing)?;
    Ok(RepView::of(rep, now))
}

/// Everybody the reader may see.
pub async fn list_reps(state: &State, caller: &Caller) -> Result<Vec<RepView>, LeadError> {
    let scope = authz::list_scope(&caller.principal, ResourceKind::Rep);
    let mut tx = state.journal.read(&caller.principal, scope).await?;
    let now = state.clock.now();
    Ok(store::reps::list(&mut tx).await?.into_iter().map(|rep| RepView::of(rep, now)).collect())
}
