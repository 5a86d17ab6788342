//! A person of the directory.

use kernel::{FieldError, OrgPath, Principal, PrincipalKind, Role, TenantId, Text};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::language::Language;

/// What is known about somebody and may be changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    pub name: String,
    pub org: OrgPath,
    pub roles: Vec<Role>,
    pub login: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub language: Language,
    pub active: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub id: Uuid,
    pub tenant: TenantId,
    pub profile: Profile,
    /// Grows by one with every event.
    pub version: i64,
}

impl Person {
    /// Who they are to the rest of the suite.
    pub fn principal(&self) -> Principal {
        Principal {
            kind: PrincipalKind::Person,
            tenant: self.tenant,
            id: self.id,
            org: self.profile.org.clone(),
            roles: self.profile.roles.clone(),
            stepped_up_until: None,
        }
    }

    pub fn role_names(&self) -> Vec<String> {
        self.profile.roles.iter().map(|role| role.as_str().to_owned()).collect()
    }
}

impl Profile {
    /// Trims, and makes empty contact data absent.
    pub fn tidied(mut self) -> Self {
        let tidy = |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        self.name = String::from(self.name.trim());
        self.login = tidy(self.login).map(|login| login.to_lowercase());
        self.email = tidy(self.email).map(|email| email.to_lowercase());
        self.phone = tidy(self.phone);
        let mut seen = Vec::new();
        self.roles.retain(|role| {
            !seen.contains(role) && {
                seen.push(*role);
                true
            }
        });
        self
    }

    /// Everything wrong with it, as far as it shows without the rest of the directory.
    pub fn faults(&self) -> Vec<FieldError> {
        let mut faults = Vec::new();
        if self.name.is_empty() {
            faults.push(FieldError::required("name"));
        }
        if self.name.chars().count() > 100 {
            faults.push(FieldError::new(
                "name",
                "too_long",
                Text::new("不超过 100 个字", "takes at most 100 characters"),
            ));
        }
        if self.roles.is_empty() {
            faults.push(FieldError::required("roles"));
        }
        if self.roles.contains(&Role::Service) {
            let reason = Text::new("此角色只属于系统服务", "this role belongs to Sluice's own services");
            faults.push(FieldError::new("roles", "not_assignable", reason));
        }
        faults.extend(malformed("login", self.login.as_deref(), is_login));
        faults.extend(malformed("email", self.email.as_deref(), is_email));
        faults.extend(malformed("phone", self.phone.as_deref(), is_phone));
        faults
    }
}

fn malformed(field: &str, value: Option<&str>, fits: fn(&str) -> bool) -> Option<FieldError> {
    let value = value?;
    (!fits(value)).then(|| FieldError::new(field, "malformed", Text::new("格式不正确", "is not well-formed")))
}

fn is_login(text: &str) -> bool {
    let legal = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "._@-".contains(c);
    (2..=64).contains(&text.len()) && text.chars().all(legal)
}

fn is_email(text: &str) -> bool {
    let Some((name, domain)) = text.split_once('@') else { return false };
    let plain = |part: &str| !part.is_empty() && !part.contains(['@', ' ', '<', '>', ',', '\r', '\n']);
    text.len() <= 254 && plain(name) && plain(domain) && domain.contains('.')
}

fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    (5..=20).contains(&digits) && text.len() <= 30 && text.chars().all(|c| c.is_ascii_digit() || "+- ()".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profile() -> Profile {
        Profile {
            name: " 林示范 ".into(),
            org: OrgPath::root(),
            roles: vec![Role::SalesRep, Role::SalesRep],
            login: Some(" Lin.Demo ".into()),
            email: Some("Lin@Example.com".into()),
            phone: Some(" ".into()),
            language: Language::Chinese,
            active: true,
        }
    }

    #[test]
    fn what_people_type_is_tidied() {
        let tidy = profile().tidied();
        assert_eq!((tidy.name.as_str(), tidy.login.as_deref()), ("林示范", Some("lin.demo")));
        assert_eq!((tidy.email.as_deref(), tidy.phone), (Some("lin@example.com"), None));
        assert_eq!(tidy.roles, [Role::SalesRep]);
        assert!(profile().tidied().faults().is_empty());
    }

    #[test]
    fn all_faults_are_named_at_once() {
        let bad = Profile {
            name: String::new(),
            roles: vec![Role::Service],
            login: Some("a b".into()),
            email: Some("nobody".into()),
            phone: Some("call me".into()),
            ..profile()
        };
        let fields: Vec<_> = bad.faults().into_iter().map(|fault| fault.field).collect();
        assert_eq!(fields, ["name", "roles", "login", "email", "phone"]);
    }
}
