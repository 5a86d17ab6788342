//! Everything that can go wrong here, and what clients learn of it.

use authz::Denied;
use authz::totp::TotpError;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use http::{HeaderValue, header};
use journal::JournalError;
use kernel::{AsProblem, FieldError, Kind, Problem};
use runtime::peers::PeerError;
use runtime::sealed::SealError;

use crate::domain::passwords::HashingFailed;

#[derive(Debug, thiserror::Error)]
pub enum GatewayError {
    #[error(transparent)]
    Journal(#[from] JournalError),
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    #[error(transparent)]
    Denied(#[from] Denied),
    #[error(transparent)]
    Peer(#[from] PeerError),
    #[error("invalid")]
    Invalid(Vec<FieldError>),
    #[error("{0} not found")]
    NotFound(Thing),
    #[error("{0:?} is taken")]
    Taken(Unique),
    #[error("the org unit still has people, keys or units below it")]
    OrgUnitInUse,
    #[error("no more views for this screen")]
    TooManyViews,
    #[error("not signed in")]
    NotSignedIn,
    /// Unknown login, wrong password, inactive person: clients cannot tell which.
    #[error("sign-in refused")]
    SignInRefused,
    #[error("too many attempts")]
    TooManyAttempts { until: DateTime<Utc>, now: DateTime<Utc> },
    #[error("too many requests")]
    RateLimited { wait_seconds: u64 },
    #[error("the built-in directory is switched off")]
    DirectoryOff,
    #[error("a changing request came from another site")]
    CrossSite,
    #[error("no second factor is enrolled")]
    NoSecondFactor,
    #[error(transparent)]
    Totp(#[from] TotpError),
    #[error("replacing a second factor needs the old one")]
    StepUpRequired,
    #[error("only people do this")]
    PeopleOnly,
    #[error("OpenID: {0}")]
    OidcRefused(String),
    #[error("OpenID provider: {0}")]
    OidcUnavailable(String),
    #[error("nobody in the directory has this verified e-mail address")]
    OidcUnknownPerson,
    #[error("{service}: {why}")]
    ServiceDown { service: &'static str, why: String },
    #[error("bus: {0}")]
    BusLost(String),
    #[error("this clock follows the machine")]
    ClockFixed,
    #[error("sealed secret: {0}")]
    Sealed(#[from] SealError),
    #[error(transparent)]
    Hashing(#[from] HashingFailed),
    #[error("stored {what}: {why}")]
    Damaged { what: &'static str, why: String },
    #[error("a task ended: {0}")]
    Task(String),
    #[error("organisation file: {0}")]
    Organisation(String),
    /// A ready-made refusal, such as a stale version.
    #[error("{}", .0.code)]
    Problem(Problem),
}

/// What was not found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thing {
    Person,
    OrgUnit,
    ApiKey,
    SavedView,
    Provider,
    Route,
}

/// What exists once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unique {
    Login,
    Email,
    OrgUnit,
    SavedView,
}

impl std::fmt::Display for Thing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Debug::fmt(self, f)
    }
}

impl From<Problem> for GatewayError {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl GatewayError {
    pub fn damaged(what: &'static str, why: impl ToString) -> Self {
        Self::Damaged { what, why: why.to_string() }
    }

    /// Seconds after which trying again makes sense.
    fn wait_seconds(&self) -> Option<u64> {
        match self {
            Self::TooManyAttempts { until, now } => {
                u64::try_from((*until - *now).num_seconds()).ok().map(|wait| wait + 1)
            }
            Self::RateLimited { wait_seconds } => Some(*wait_seconds),
            _ => None,
        }
    }
}

impl AsProblem for GatewayError {
    fn problem(&self) -> Problem {
        match self {
            Self::Journal(error) => error.problem(),
            Self::Denied(error) => error.problem(),
            Self::Peer(error) => error.problem(),
            Self::Totp(error) => error.problem(),
            Self::Problem(problem) => problem.clone(),
            Self::Invalid(fields) => Problem::invalid(fields.clone()),
            Self::NotFound(thing) => not_found(*thing),
            Self::Taken(unique) => taken(*unique),
            Self::Database(error) => sqlstate::problem(error),
            Self::ServiceDown { .. } | Self::BusLost(_) | Self::OidcUnavailable(_) => Problem::unavailable(self),
            Self::Sealed(_) | Self::Hashing(_) | Self::Damaged { .. } | Self::Task(_) | Self::Organisation(_) => {
                Problem::internal(self)
            }
            _ => self.refusal(),
        }
    }
}

impl GatewayError {
    fn refusal(&self) -> Problem {
        let (kind, code, zh, en) = match self {
            Self::OrgUnitInUse => (
                Kind::Conflict,
                "org_unit_in_use",
                "该组织节点下仍有人员、密钥或下级",
                "the org unit still has people, keys or units below it",
            ),
            Self::TooManyViews => {
                (Kind::Conflict, "too_many_views", "该页面的视图已达上限", "the screen has as many views as it can")
            }
            Self::NotSignedIn => (Kind::Unauthenticated, "unauthenticated", "请先登录", "please sign in"),
            Self::SignInRefused => {
                (Kind::Unauthenticated, "sign_in_refused", "账号或密码不正确", "login or password is not correct")
            }
            Self::TooManyAttempts { .. } => {
                (Kind::TooMany, "too_many_attempts", "尝试次数过多，请稍后再试", "too many attempts; try again later")
            }
            Self::RateLimited { .. } => {
                (Kind::TooMany, "rate_limited", "请求过于频繁，请稍后再试", "too many requests; try again later")
            }
            Self::DirectoryOff => (
                Kind::NotFound,
                "directory_off",
                "本系统不支持密码登录",
                "signing in with a password is switched off here",
            ),
            Self::CrossSite => {
                (Kind::Forbidden, "cross_site", "请求来自其他网站", "the request came from another site")
            }
            Self::NoSecondFactor => {
                (Kind::Conflict, "second_factor_missing", "尚未绑定二次验证", "no second factor is enrolled yet")
            }
            Self::StepUpRequired => (
                Kind::StepUp,
                "step_up_required",
                "更换二次验证需先通过原有验证",
                "replacing a second factor needs the one in use",
            ),
            Self::PeopleOnly => {
                (Kind::Forbidden, "people_only", "仅限人员账号操作", "only a person's session can do this")
            }
            Self::OidcRefused(_) => {
                (Kind::Unauthenticated, "oidc_refused", "单点登录失败，请重试", "single sign-on failed; start again")
            }
            Self::OidcUnknownPerson => (
                Kind::Forbidden,
                "oidc_unknown_person",
                "组织目录中没有该账号",
                "the directory does not know this account",
            ),
            Self::ClockFixed => (Kind::Conflict, "clock_fixed", "时钟不可调整", "this clock cannot be moved"),
            _ => return Problem::internal(self),
        };
        let mut problem = Problem::new(kind, code, zh, en);
        problem.internal = Some(self.to_string());
        problem
    }
}

fn not_found(thing: Thing) -> Problem {
    let (code, zh, en) = match thing {
        Thing::Person => ("person_not_found", "没有这个人员", "no such person"),
        Thing::OrgUnit => ("org_unit_not_found", "没有这个组织节点", "no such org unit"),
        Thing::ApiKey => ("api_key_not_found", "没有这个密钥", "no such API key"),
        Thing::SavedView => ("saved_view_not_found", "没有这个视图", "no such view"),
        Thing::Provider => ("provider_not_found", "没有这个登录方式", "no such OpenID provider"),
        Thing::Route => ("not_found", "没有这个地址", "there is nothing at this address"),
    };
    Problem::new(Kind::NotFound, code, zh, en)
}

fn taken(unique: Unique) -> Problem {
    let (code, zh, en) = match unique {
        Unique::Login => ("login_taken", "该账号已被使用", "the login is taken"),
        Unique::Email => ("email_taken", "该邮箱已被使用", "the e-mail address is taken"),
        Unique::OrgUnit => ("org_unit_exists", "该组织节点已存在", "the org unit exists already"),
        Unique::SavedView => ("saved_view_exists", "已有同名视图", "another view has this name"),
    };
    Problem::new(Kind::Conflict, code, zh, en)
}

impl IntoResponse for GatewayError {
    fn into_response(self) -> Response {
        let mut response = runtime::http::respond(self.problem());
        if let Some(wait) = self.wait_seconds() {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait));
        }
        response
    }
}

impl From<GatewayError> for tonic::Status {
    fn from(error: GatewayError) -> Self {
        runtime::grpc::status(&error.problem())
    }
}
