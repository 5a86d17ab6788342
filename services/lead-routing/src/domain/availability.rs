//! Whether somebody can take a lead now, and if not, the first reason why.

use chrono::{DateTime, Datelike, Duration, NaiveTime, Utc, Weekday};
use kernel::{Money, Text};
use process::Calendar;
use process::calendar::{CalendarError, WorkingHours, shanghai};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::condition::{Facts, yuan};
use super::rep::{Level, Rep, day_of};
use super::rule::Action;

const SIGNED_IN_WITHIN_DAYS: i64 = 7;

/// Hours on some days of the week, in China's time. `to` is not included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WorkBlock {
    /// `Mon` to `Sun`.
    #[schema(value_type = Vec<String>)]
    pub weekdays: Vec<Weekday>,
    #[schema(value_type = String, example = "09:00:00")]
    pub from: NaiveTime,
    #[schema(value_type = String, example = "18:00:00")]
    pub to: NaiveTime,
}

/// The office's working time, and which days are public holidays for everybody.
#[derive(Clone, Debug)]
pub struct Calendars {
    pub office: Calendar,
    everyday: Calendar,
}

impl Calendars {
    /// `hours` are the office's.
    pub fn new(hours: WorkingHours) -> Result<Self, CalendarError> {
        use Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};
        let always = WorkingHours::new(&["00:00-24:00"], &[Mon, Tue, Wed, Thu, Fri, Sat, Sun]);
        let everyday = Calendar::china(always.unwrap_or_default())?;
        Ok(Self { office: Calendar::china(hours)?, everyday })
    }

    fn works(&self, rep: &Rep, now: DateTime<Utc>) -> bool {
        if rep.hours.is_empty() {
            return self.office.is_working(now);
        }
        let here = shanghai(now);
        let holiday = !self.everyday.is_working_day(here.date_naive());
        let inside = |block: &WorkBlock| {
            block.weekdays.contains(&here.weekday()) && block.from <= here.time() && here.time() < block.to
        };
        !holiday && rep.hours.iter().any(inside)
    }
}

/// Why somebody is passed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unfit {
    Inactive,
    Excluded,
    FormerOwner,
    Paused,
    OnLeave(Option<DateTime<Utc>>),
    Travelling,
    NotSignedIn(Option<DateTime<Utc>>),
    OutsideHours,
    OpenLimit {
        open: i32,
        limit: i32,
    },
    DailyCap {
        today: i32,
        cap: i32,
    },
    LacksSkill(String),
    BelowLevel(Level),
    /// The budget is above what novices get.
    AboveNovice(Money),
    /// Somebody else's choice reached them first.
    Taken,
}

impl Unfit {
    pub fn code(&self) -> &'static str {
        match self {
            Self::Inactive => "inactive",
            Self::Excluded => "excluded",
            Self::FormerOwner => "former_owner",
            Self::Paused => "paused",
            Self::OnLeave(_) => "on_leave",
            Self::Travelling => "travelling",
            Self::NotSignedIn(_) => "not_signed_in",
            Self::OutsideHours => "outside_hours",
            Self::OpenLimit { .. } => "open_limit",
            Self::DailyCap { .. } => "daily_cap",
            Self::LacksSkill(_) => "lacks_skill",
            Self::BelowLevel(_) | Self::AboveNovice(_) => "below_level",
            Self::Taken => "taken",
        }
    }

    /// Why, for people.
    pub fn sentence(&self) -> Text {
        match self {
            Self::Inactive => Text::new("已停用", "has left"),
            Self::Excluded => Text::new("规则将其排除", "the rule excludes them"),
            Self::FormerOwner => Text::new("上一任负责人，不再分回", "had the lead before and does not get it back"),
            Self::Paused => Text::new("已暂停接收", "takes no leads for now"),
            Self::OnLeave(None) => Text::new("请假中", "on leave"),
            Self::OnLeave(Some(to)) => until(*to),
            Self::Travelling => Text::new("出差中", "travelling"),
            Self::NotSignedIn(None) => Text::new("从未签到", "has never signed in"),
            Self::NotSignedIn(Some(at)) => not_signed_in_since(*at),
            Self::OutsideHours => Text::new("不在工作时间且未值班", "outside working hours and not on duty"),
            Self::OpenLimit { open, limit } => Text::new(
                format!("待办 {open} 条，已达上限 {limit}"),
                format!("{open} leads open, at the limit of {limit}"),
            ),
            Self::DailyCap { today, cap } => Text::new(
                format!("今日已分 {today} 条，已达日上限 {cap}"),
                format!("{today} leads today, at the daily limit of {cap}"),
            ),
            Self::LacksSkill(skill) => Text::new(format!("不具备技能“{skill}”"), format!("lacks the skill “{skill}”")),
            Self::BelowLevel(level) => {
                let level = level.text();
                Text::new(
                    format!("级别不够：规则要求{}", level.zh),
                    format!("not experienced enough: the rule asks for {}", level.en),
                )
            }
            Self::AboveNovice(limit) => Text::new(
                format!("级别不够：新人只接预算 {} 以内的线索", yuan(*limit)),
                format!("not experienced enough: novices get leads up to {}", limit.readable()),
            ),
            Self::Taken => Text::new("正在接收另一条线索", "is being given another lead"),
        }
    }
}

fn until(to: DateTime<Utc>) -> Text {
    let to = minute(to);
    Text::new(format!("请假至 {to}"), format!("on leave until {to}"))
}

fn not_signed_in_since(at: DateTime<Utc>) -> Text {
    let (days, at) = (SIGNED_IN_WITHIN_DAYS, minute(at));
    Text::new(format!("{days} 天内未签到（上次 {at}）"), format!("not signed in within {days} days (last {at})"))
}

fn minute(at: DateTime<Utc>) -> String {
    shanghai(at).format("%Y-%m-%d %H:%M").to_string()
}

/// What else decides who can take a lead.
#[derive(Clone, Copy, Debug)]
pub struct Circumstances<'a> {
    pub now: DateTime<Utc>,
    pub calendars: &'a Calendars,
    /// People who shall not get the lead, such as who has just lost it.
    pub without: &'a [Uuid],
    /// Novices get leads up to this budget.
    pub novice_limit: Money,
}

/// The first reason why `rep` cannot take the lead under a rule's action; nothing when they can.
pub fn unfit(rep: &Rep, action: &Action, facts: &Facts, around: Circumstances<'_>) -> Option<Unfit> {
    barred(rep, action, around)
        .or_else(|| away(rep, around))
        .or_else(|| overloaded(rep, around.now))
        .or_else(|| unqualified(rep, action, facts, around.novice_limit))
}

fn barred(rep: &Rep, action: &Action, around: Circumstances<'_>) -> Option<Unfit> {
    if !rep.active {
        return Some(Unfit::Inactive);
    }
    if action.excluded.contains(&rep.person_id) {
        return Some(Unfit::Excluded);
    }
    around.without.contains(&rep.person_id).then_some(Unfit::FormerOwner)
}

fn away(rep: &Rep, around: Circumstances<'_>) -> Option<Unfit> {
    let now = around.now;
    if rep.paused {
        return Some(Unfit::Paused);
    }
    let begun = rep.leave_from.is_some_and(|from| from <= now) || (rep.leave_from.is_none() && rep.leave_to.is_some());
    if begun && rep.leave_to.is_none_or(|to| now < to) {
        return Some(Unfit::OnLeave(rep.leave_to));
    }
    if rep.travelling {
        return Some(Unfit::Travelling);
    }
    let recently = |at: DateTime<Utc>| now - at <= Duration::days(SIGNED_IN_WITHIN_DAYS);
    if !rep.last_signed_in_at.is_some_and(recently) {
        return Some(Unfit::NotSignedIn(rep.last_signed_in_at));
    }
    (!rep.on_duty && !around.calendars.works(rep, now)).then_some(Unfit::OutsideHours)
}

fn overloaded(rep: &Rep, now: DateTime<Utc>) -> Option<Unfit> {
    if rep.open_count >= rep.open_limit {
        return Some(Unfit::OpenLimit { open: rep.open_count, limit: rep.open_limit });
    }
    let today = rep.assigned_on(day_of(now));
    rep.daily_cap.filter(|cap| today >= *cap).map(|cap| Unfit::DailyCap { today, cap })
}

fn unqualified(rep: &Rep, action: &Action, facts: &Facts, novice_limit: Money) -> Option<Unfit> {
    let industry = if action.industry_skill { facts.industry.as_ref() } else { None };
    let lacking = action.skills.iter().chain(industry).find(|skill| !rep.skills.contains(skill));
    if let Some(skill) = lacking {
        return Some(Unfit::LacksSkill(skill.clone()));
    }
    if let Some(level) = action.level.filter(|level| rep.level < *level) {
        return Some(Unfit::BelowLevel(level));
    }
    let budget = facts.budget.filter(|budget| budget.currency == novice_limit.currency)?;
    let too_big = rep.level == Level::Novice && budget.minor > novice_limit.minor;
    too_big.then_some(Unfit::AboveNovice(novice_limit))
}
