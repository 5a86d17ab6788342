//! A lead as it is handed in, and what is left of it after checking.

use custom_fields::Values;
use kernel::{FieldError, Money, OrgPath, Text, money::Wire};
use serde::Deserialize;
use uuid::Uuid;

use super::key::{Key, KeyKind};
use super::source::Source;
use super::{company_name, credit_code, internet_domain, phone};

/// What a sender says. At least one of `contact_phone` and `contact_email` is needed.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewLead {
    /// `web_form`, `exhibition_qr`, `phone`, `wecom`, `dealer_api` or `store_walk_in`.
    #[serde(default)]
    pub source: String,
    /// Which form, exhibition, campaign or store.
    pub source_detail: Option<String>,
    #[serde(default)]
    pub company: String,
    /// Unified social credit code, 18 characters.
    pub credit_code: Option<String>,
    pub contact_name: Option<String>,
    pub contact_phone: Option<String>,
    pub contact_email: Option<String>,
    /// The company's web address; taken from the e-mail address when not given.
    pub domain: Option<String>,
    pub industry: Option<String>,
    pub region: Option<String>,
    #[schema(value_type = Option<Money>)]
    pub budget: Option<Wire>,
    pub note: Option<String>,
    #[serde(default)]
    pub custom: Values,
    /// The sender's own number of this lead: handing in the same one again answers the same lead.
    pub external_reference: Option<String>,
    /// Where in the organisation the lead belongs until it is assigned; the sender's own node when not given.
    pub org: Option<OrgPath>,
}

/// A lead whose every field has been checked and brought into its one way of writing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    pub company: String,
    pub credit_code: Option<String>,
    pub contact_name: Option<String>,
    pub contact_phone: Option<String>,
    pub contact_email: Option<String>,
    pub domain: Option<String>,
    pub industry: Option<String>,
    pub region: Option<String>,
    pub budget: Option<Money>,
    pub note: Option<String>,
    pub external_reference: Option<String>,
}

impl Profile {
    /// What the lead is recognised by, in the order in which keys are always claimed.
    /// `sender` tells the references of different senders apart.
    pub fn keys(&self, source: Source, sender: Uuid) -> Vec<Key> {
        let reference = self.external_reference.as_ref();
        let reference =
            reference.map(|number| Key::new(KeyKind::Reference, format!("{}:{sender}:{number}", source.as_str())));
        let code = self.credit_code.as_ref().map(|code| Key::new(KeyKind::CreditCode, code));
        let phone =
            self.contact_phone.as_ref().map(|number| Key::new(KeyKind::Phone, phone::without_extension(number)));
        let name = Some(company_name::comparable(&self.company)).filter(|name| !name.is_empty());
        let domain = self.domain.as_ref().filter(|domain| !internet_domain::is_public(domain));
        let mut keys: Vec<Key> = [
            reference,
            code,
            phone,
            name.map(|name| Key::new(KeyKind::CompanyName, name)),
            domain.map(|domain| Key::new(KeyKind::Domain, domain)),
        ]
        .into_iter()
        .flatten()
        .collect();
        keys.sort();
        keys
    }
}

/// The source a sender may name.
pub fn source_of(name: &str) -> Result<Source, Vec<FieldError>> {
    if name.trim().is_empty() {
        return Err(vec![FieldError::required("source")]);
    }
    name.parse::<Source>().ok().filter(|source| source.is_handed_in()).ok_or_else(|| {
        let names: Vec<_> =
            Source::ALL.iter().filter(|source| source.is_handed_in()).map(|source| source.as_str()).collect();
        let names = names.join(", ");
        let reason = Text::new(format!("须为其中之一：{names}"), format!("must be one of {names}"));
        vec![FieldError::new("source", "unknown", reason)]
    })
}

/// Checks every field and answers everything that is wrong at once.
pub fn check(new: NewLead) -> Result<Profile, Vec<FieldError>> {
    let mut wrong = Wrong(Vec::new());
    let company = wrong.text("company", Some(new.company), 200).unwrap_or_default();
    if !company.chars().any(char::is_alphanumeric) {
        wrong.0.push(FieldError::required("company"));
    }
    let contact_email = wrong.email(new.contact_email);
    let domain =
        wrong.domain(new.domain).or_else(|| contact_email.as_deref().and_then(internet_domain::company_domain));
    let profile = Profile {
        company,
        credit_code: wrong.credit_code(new.credit_code),
        contact_name: wrong.text("contact_name", new.contact_name, 100),
        contact_phone: wrong.phone(new.contact_phone),
        contact_email,
        domain,
        industry: wrong.text("industry", new.industry, 50),
        region: wrong.text("region", new.region, 50),
        budget: wrong.budget(new.budget),
        note: wrong.text("note", new.note, 2_000),
        external_reference: wrong.text("external_reference", new.external_reference, 100),
    };
    let unreachable = profile.contact_phone.is_none() && profile.contact_email.is_none();
    if unreachable && !wrong.concerns("contact_phone") && !wrong.concerns("contact_email") {
        let reason = Text::new("电话和邮箱至少填一项", "a phone number or an e-mail address is needed");
        wrong.0.push(FieldError::new("contact_phone", "contact_required", reason));
    }
    if wrong.0.is_empty() { Ok(profile) } else { Err(wrong.0) }
}

/// Collects what is wrong while fields are read.
struct Wrong(Vec<FieldError>);

impl Wrong {
    fn concerns(&self, field: &str) -> bool {
        self.0.iter().any(|error| error.field == field)
    }

    fn text(&mut self, field: &str, value: Option<String>, longest: usize) -> Option<String> {
        let value = value.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())?;
        if value.contains(['\u{fffd}', '\0']) {
            let reason = Text::new(
                "含有无法识别的字符，请检查文件编码",
                "has characters that cannot be read; check the encoding",
            );
            self.0.push(FieldError::new(field, "unreadable", reason));
        } else if value.chars().count() > longest {
            let reason =
                Text::new(format!("不得超过 {longest} 个字"), format!("must have at most {longest} characters"));
            self.0.push(FieldError::new(field, "too_long", reason));
        }
        Some(value)
    }

    fn credit_code(&mut self, value: Option<String>) -> Option<String> {
        let value = self.text("credit_code", value, 40)?;
        let read = credit_code::normalise(&value);
        read.map_err(|bad| self.0.push(FieldError::new("credit_code", bad.code(), bad.reason()))).ok()
    }

    fn phone(&mut self, value: Option<String>) -> Option<String> {
        let value = self.text("contact_phone", value, 40)?;
        let read = phone::normalise(&value);
        read.map_err(|bad| self.0.push(FieldError::new("contact_phone", "malformed", bad.reason()))).ok()
    }

    fn email(&mut self, value: Option<String>) -> Option<String> {
        let value = self.text("contact_email", value, 254)?;
        let read = internet_domain::email(&value);
        if read.is_none() {
            let reason = Text::new("不是有效的邮箱地址", "is not an e-mail address");
            self.0.push(FieldError::new("contact_email", "malformed", reason));
        }
        read
    }

    fn domain(&mut self, value: Option<String>) -> Option<String> {
        let value = self.text("domain", value, 300)?;
        let read = internet_domain::domain(&value);
        if read.is_none() {
            let reason = Text::new("不是有效的网址或域名", "is not a web address or domain");
            self.0.push(FieldError::new("domain", "malformed", reason));
        }
        read
    }

    fn budget(&mut self, value: Option<Wire>) -> Option<Money> {
        match Money::try_from(value?) {
            Ok(money) if money.minor > 0 => Some(money),
            Ok(_) => {
                let reason = Text::new("预算须大于零", "must be greater than zero");
                self.0.push(FieldError::new("budget", "not_positive", reason));
                None
            }
            Err(error) => {
                let reason = Text::new("不是有效的金额", error.to_string());
                self.0.push(FieldError::new("budget", "malformed", reason));
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use kernel::Currency;

    use KeyKind::{CompanyName, CreditCode, Domain, Phone, Reference};

    use super::*;

    fn complete() -> NewLead {
        NewLead {
            source: "web_form".into(),
            company: "华辰精密仪器有限公司".into(),
            credit_code: Some("91350100m000100y43".into()),
            contact_phone: Some("138 0013 8000".into()),
            contact_email: Some("buyer@huachen.example".into()),
            budget: Some(Wire { amount: "200000".into(), currency: Currency::CNY }),
            external_reference: Some("A-1".into()),
            ..NewLead::default()
        }
    }

    #[test]
    fn a_complete_lead_is_brought_into_its_one_way_of_writing() {
        let profile = check(complete()).expect("valid");
        assert_eq!(profile.credit_code.as_deref(), Some("91350100M000100Y43"));
        assert_eq!(profile.contact_phone.as_deref(), Some("+8613800138000"));
        assert_eq!(profile.domain.as_deref(), Some("huachen.example"));
        let kinds: Vec<_> = profile.keys(Source::WebForm, Uuid::nil()).into_iter().map(|key| key.kind).collect();
        assert_eq!(kinds, [Reference, CreditCode, Phone, CompanyName, Domain]);
    }

    #[test]
    fn everything_wrong_is_said_at_once() {
        let wrong = NewLead {
            company: " ".into(),
            credit_code: Some("123".into()),
            contact_phone: Some("12".into()),
            contact_email: Some("nobody".into()),
            domain: Some("?".into()),
            budget: Some(Wire { amount: "-1".into(), currency: Currency::CNY }),
            note: Some("字".repeat(2_001)),
            ..NewLead::default()
        };
        let errors = check(wrong).expect_err("all wrong");
        let fields: Vec<_> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["company", "contact_email", "domain", "credit_code", "contact_phone", "budget", "note"]);
    }

    #[test]
    fn somebody_who_cannot_be_reached_is_no_lead() {
        let errors = check(NewLead { company: "华辰".into(), ..NewLead::default() }).expect_err("no contact");
        assert_eq!(errors[0].code, "contact_required");
    }

    #[test]
    fn only_what_is_handed_in_may_be_named_as_source() {
        assert_eq!(source_of("wecom"), Ok(Source::Wecom));
        assert_eq!(source_of("repurchase").map_err(|errors| errors[0].code.clone()), Err("unknown".into()));
        assert_eq!(source_of("").map_err(|errors| errors[0].code.clone()), Err("required".into()));
    }
}
