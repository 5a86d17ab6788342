//! Who carries messages for a tenant: settings per channel, some of them secret.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{FieldError, Text};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::channel::ChannelKind;
use super::target;

/// A mail server.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailServer {
    pub host: String,
    pub port: u16,
    /// `Name <address>` or a bare address.
    pub from: String,
    #[serde(default)]
    pub tls: TlsMode,
    pub username: Option<String>,
    pub password: Option<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TlsMode {
    /// Plain SMTP, for relays on the same machine.
    None,
    /// Plain at first, then required TLS (port 587).
    #[default]
    Starttls,
    /// TLS from the first byte (port 465).
    Implicit,
}

/// A group robot of WeCom or DingTalk. The URL holds its key.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Robot {
    pub url: String,
    /// DingTalk's signing secret (`SEC…`).
    pub secret: Option<String>,
}

/// An HTTP provider for short messages or calls.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gateway {
    pub url: String,
    pub token: String,
}

/// What carries one channel.
#[derive(Clone)]
pub enum Provider {
    Email(MailServer),
    Wecom(Robot),
    Dingtalk(Robot),
    Sms(Gateway),
    Voice(Gateway),
}

/// A tenant's providers.
#[derive(Clone, Default)]
pub struct Providers(BTreeMap<ChannelKind, Provider>);

impl Providers {
    pub fn get(&self, kind: ChannelKind) -> Option<&Provider> {
        self.0.get(&kind)
    }

    /// Sets a channel up, or takes it away.
    pub fn set(&mut self, kind: ChannelKind, provider: Option<Provider>) {
        match provider {
            Some(provider) => drop(self.0.insert(kind, provider)),
            None => drop(self.0.remove(&kind)),
        }
    }

    pub fn kinds(&self) -> BTreeSet<ChannelKind> {
        self.0.keys().copied().collect()
    }
}

impl Provider {
    /// Reads the settings of a channel; the errors name the fields.
    pub fn read(kind: ChannelKind, settings: &Value) -> Result<Self, Vec<FieldError>> {
        match kind {
            ChannelKind::Email => typed(settings).map(Self::Email),
            ChannelKind::Wecom => typed(settings).map(Self::Wecom),
            ChannelKind::Dingtalk => typed(settings).map(Self::Dingtalk),
            ChannelKind::Sms => typed(settings).map(Self::Sms),
            ChannelKind::Voice => typed(settings).map(Self::Voice),
            ChannelKind::InApp | ChannelKind::Webhook => Err(vec![FieldError::new(
                "channel",
                "not_configurable",
                Text::new("此渠道无需配置", "is a channel that needs no provider"),
            )]),
        }
    }

    /// What is wrong with settings that could be read.
    pub fn check(&self, allow_private: bool) -> Vec<FieldError> {
        match self {
            Self::Email(server) => check_mail(server),
            Self::Wecom(robot) | Self::Dingtalk(robot) => check_url(&robot.url, allow_private),
            Self::Sms(gateway) | Self::Voice(gateway) => check_url(&gateway.url, allow_private),
        }
    }
}

fn typed<T: DeserializeOwned>(settings: &Value) -> Result<T, Vec<FieldError>> {
    T::deserialize(settings).map_err(|error| {
        let reason = Text::new(format!("配置无法读取：{error}"), format!("cannot be read: {error}"));
        vec![FieldError::new("settings", "malformed", reason)]
    })
}

fn check_mail(server: &MailServer) -> Vec<FieldError> {
    let mut errors = Vec::new();
    if server.host.is_empty() {
        errors.push(FieldError::required("settings.host"));
    }
    if server.from.parse::<lettre::message::Mailbox>().is_err() {
        errors.push(FieldError::new("settings.from", "malformed", Text::new("不是邮箱地址", "is not a mail address")));
    }
    if server.username.is_some() != server.password.is_some() {
        errors.push(FieldError::required("settings.password"));
    }
    errors
}

fn check_url(url: &str, allow_private: bool) -> Vec<FieldError> {
    target::check(url, allow_private).err().map(|bad| bad_target("settings.url", bad)).into_iter().collect()
}

/// A refused URL as a field error.
pub fn bad_target(field: &str, bad: target::BadTarget) -> FieldError {
    let (code, zh) = match bad {
        target::BadTarget::NotAUrl => ("malformed", "不是网址"),
        target::BadTarget::NotHttps => ("not_https", "须以 https:// 开头"),
        target::BadTarget::Credentials => ("credentials", "网址中不能包含用户名或密码"),
        target::BadTarget::Private => ("private_target", "不能指向内部网络"),
    };
    FieldError::new(field, code, Text::new(zh, bad.to_string()))
}

/// The settings of a channel that are never shown again.
fn secrets_of(kind: ChannelKind) -> &'static [&'static str] {
    match kind {
        ChannelKind::Email => &["password"],
        ChannelKind::Wecom | ChannelKind::Dingtalk => &["url", "secret"],
        ChannelKind::Sms | ChannelKind::Voice => &["token"],
        ChannelKind::InApp | ChannelKind::Webhook => &[],
    }
}

/// New settings in which secrets that were not given again keep their stored value.
pub fn keep_secrets(kind: ChannelKind, mut given: Map<String, Value>, stored: Option<&Value>) -> Value {
    for name in secrets_of(kind) {
        let known = stored.and_then(|stored| stored.get(*name)).filter(|_| !given.contains_key(*name));
        if let Some(known) = known {
            given.insert((*name).to_owned(), known.clone());
        }
    }
    Value::Object(given)
}

/// The settings that anybody who looks after channels may see, and those that are secret.
pub fn split(kind: ChannelKind, settings: Value) -> (Map<String, Value>, Map<String, Value>) {
    let Value::Object(mut shown) = settings else { return (Map::new(), Map::new()) };
    let hidden = secrets_of(kind).iter().filter_map(|name| shown.remove_entry(*name));
    let hidden = hidden.filter(|(_, value)| !value.is_null()).collect();
    (shown, hidden)
}

/// What [`split`] took apart.
pub fn join(settings: Value, secrets: Map<String, Value>) -> Value {
    let Value::Object(mut whole) = settings else { return settings };
    whole.extend(secrets);
    Value::Object(whole)
}

/// The secrets that are given, by name.
pub fn given_secrets(kind: ChannelKind, settings: &Map<String, Value>) -> Vec<String> {
    let given = secrets_of(kind).iter().filter(|name| settings.contains_key(**name));
    given.map(|name| (*name).to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn object(value: Value) -> Map<String, Value> {
        value.as_object().cloned().expect("an object")
    }

    #[test]
    fn secrets_are_hidden_and_kept() {
        let stored = json!({"url": "https://sms.example.com/send", "token": "t1"});
        let (shown, hidden) = split(ChannelKind::Sms, stored.clone());
        assert_eq!(Value::Object(shown.clone()), json!({"url": "https://sms.example.com/send"}));
        assert_eq!(Value::Object(hidden.clone()), json!({"token": "t1"}));
        assert_eq!(join(Value::Object(shown), hidden), stored);
        let kept = keep_secrets(ChannelKind::Sms, object(json!({"url": "https://b.example.com"})), Some(&stored));
        assert_eq!(kept, json!({"url": "https://b.example.com", "token": "t1"}));
        let replaced = keep_secrets(ChannelKind::Sms, object(json!({"url": "u", "token": "t2"})), Some(&stored));
        assert_eq!(replaced["token"], "t2");
    }

    #[test]
    fn settings_are_typed_and_checked() {
        let mail = json!({"host": "smtp.example.com", "port": 587, "from": "Sluice <sluice@example.com>"});
        assert!(Provider::read(ChannelKind::Email, &mail).is_ok_and(|mail| mail.check(false).is_empty()));
        for (kind, settings) in [
            (ChannelKind::Email, json!({"host": "h", "port": 25, "from": "nobody"})),
            (ChannelKind::Email, json!({"host": "", "port": 25, "from": "a@example.com"})),
            (ChannelKind::Email, json!({"host": "h", "port": 25, "from": "a@example.com", "username": "u"})),
            (ChannelKind::Wecom, json!({"url": "https://10.0.0.1/"})),
        ] {
            let provider = Provider::read(kind, &settings).unwrap_or_else(|error| panic!("{error:?}"));
            assert_eq!(provider.check(false).len(), 1, "{settings}");
        }
        assert!(Provider::read(ChannelKind::Sms, &json!({"url": "https://a.example.com"})).is_err());
        assert!(Provider::read(ChannelKind::Webhook, &json!({})).is_err());
    }
}
