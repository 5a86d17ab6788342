//! A gateway with a small organisation, and people signed in for real.

use gateway::definition;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use tempfile::TempDir;
use testkit::{Answer, AppBuilder, TestApp};

pub const PASSWORD: &str = "a long enough password";
pub const TOTP_URI: &str = "otpauth://totp/Sluice:guan.demo?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Sluice";
pub const DEALER_KEY: &str = "slk_demodealer_notarealsecretjustfortests";

pub const ORGANISATION: &str = "
tenant: { id: 00000000-0000-0000-0000-000000007e57, slug: demo, name: 示例家居 }
org_units:
  - { path: /, name: 示例集团, kind: group }
  - { path: /huadong/, name: 华东, kind: region }
  - { path: /huadong/shanghai/, name: 上海, kind: dealer }
  - { path: /huanan/, name: 华南, kind: region }
people:
  - { login: admin.demo, name: 关示例, org: /, roles: [administrator], password: a long enough password }
  - login: guan.demo
    name: 管示例
    org: /huadong/
    roles: [sales_manager]
    email: guan@example.com
    phone: '13800001111'
    password: a long enough password
    totp_secret: GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ
  - login: lin.demo
    name: 林示例
    org: /huadong/shanghai/
    roles: [sales_rep]
    email: lin@example.com
    phone: '13800002222'
    password: a long enough password
  - { login: audit.demo, name: 审示例, org: /, roles: [auditor], password: a long enough password }
  - { login: legal.demo, name: 法示例, org: /huanan/, roles: [legal] }
api_keys:
  - { name: 经销商系统, role: dealer, org: /huadong/, key: slk_demodealer_notarealsecretjustfortests }
";

/// A gateway that serves [`ORGANISATION`].
pub struct World {
    pub app: TestApp,
    _folder: TempDir,
}

/// Somebody who holds a token.
#[derive(Clone)]
pub struct Bearer {
    http: reqwest::Client,
    base_url: String,
    pub token: String,
}

pub async fn world() -> World {
    world_with(|app| app).await
}

/// With further settings.
pub async fn world_with(settings: impl FnOnce(AppBuilder) -> AppBuilder) -> World {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("organisation.yaml");
    std::fs::write(&file, ORGANISATION).expect("written");
    let app =
        cheap(TestApp::builder(definition())).set(&["service", "bootstrap", "file"], format!("\"{}\"", file.display()));
    World { app: settings(app).start().await, _folder: folder }
}

/// Cheap passwords, no cache, no limits that a test would meet by accident.
pub fn cheap(app: AppBuilder) -> AppBuilder {
    let plenty = "{ per_minute = 100000, burst = 100000 }";
    app.set(&["service", "directory", "argon2_memory_kib"], "8")
        .set(&["service", "directory", "argon2_passes"], "1")
        .set(&["service", "directory", "argon2_lanes"], "1")
        .set(&["service", "session", "cache_ms"], "0")
        .set(&["service", "limits", "login"], plenty)
        .set(&["service", "limits", "read"], plenty)
        .set(&["service", "limits", "write"], plenty)
}

impl World {
    /// A request without any credential.
    pub fn anonymous(&self, method: Method, path: &str) -> RequestBuilder {
        self.app.visitor().request(method, format!("{}{path}", self.app.base_url))
    }

    pub async fn try_sign_in(&self, login: &str, password: &str) -> Answer {
        let body = json!({ "tenant": "demo", "login": login, "password": password });
        Answer::of(self.anonymous(Method::POST, "/api/session").json(&body)).await
    }

    /// Signs in with the password everybody has.
    pub async fn sign_in(&self, login: &str) -> Bearer {
        let opened = self.try_sign_in(login, PASSWORD).await.ok();
        self.bearer(opened["token"].as_str().expect("a token"))
    }

    pub fn bearer(&self, token: &str) -> Bearer {
        Bearer { http: self.app.visitor(), base_url: self.app.base_url.clone(), token: token.to_owned() }
    }

    /// The journal's records of these types, oldest first.
    pub async fn recorded(&self, types: &str) -> Vec<Value> {
        let sql = "select record from gateway.journal where type like $1 order by event_id";
        let texts: Vec<String> =
            sqlx::query_scalar(sql).bind(types).fetch_all(&mut self.app.admin().await).await.expect("the journal");
        texts.iter().map(|text| serde_json::from_str(text).expect("json")).collect()
    }

    /// What the authenticator app of `uri` shows now.
    pub fn code(&self, uri: &str) -> String {
        let now = u64::try_from(self.app.clock.now().timestamp()).expect("after 1970");
        totp_rs::Totp::from_url(uri).expect("a URI").generate(now).to_string()
    }
}

impl Bearer {
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.base_url)).bearer_auth(&self.token)
    }

    pub async fn get(&self, path: &str) -> Answer {
        Answer::of(self.request(Method::GET, path)).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        Answer::of(self.request(Method::DELETE, path)).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        Answer::of(self.request(Method::POST, path).json(body)).await
    }

    pub async fn put(&self, path: &str, body: &Value) -> Answer {
        Answer::of(self.request(Method::PUT, path).json(body)).await
    }

    pub async fn patch(&self, path: &str, body: &Value) -> Answer {
        Answer::of(self.request(Method::PATCH, path).json(body)).await
    }

    /// The id of whoever this is.
    pub async fn id(&self) -> String {
        self.get("/api/session").await.ok()["id"].as_str().expect("an id").to_owned()
    }
}
