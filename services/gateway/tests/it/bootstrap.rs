use gateway::{GatewayError, Organisation};
use runtime::config::Layered;
use serde_json::json;

use crate::support::{ORGANISATION, World, world};

fn config() -> gateway::Config {
    let mut layers = Layered::defaults("gateway", include_str!("../../config.default.toml")).expect("defaults");
    for (key, value) in [("argon2_memory_kib", "8"), ("argon2_passes", "1"), ("argon2_lanes", "1")] {
        layers.set(&["service", "directory", key], value).expect("set");
    }
    layers.service().try_into().expect("typed")
}

async fn load(world: &World, yaml: &str) -> Result<gateway::Bootstrapped, GatewayError> {
    let journal = world.app.running.as_ref().expect("running").journal.clone();
    gateway::bootstrap(&journal, &config(), &Organisation::from_yaml(yaml)?).await
}

#[tokio::test]
async fn loading_again_changes_nothing() {
    let world = world().await;
    let admin = world.sign_in("admin.demo").await;
    let rep = world.sign_in("lin.demo").await.id().await;
    admin.patch(&format!("/api/people/{rep}"), &json!({ "name": "林改名" })).await.ok();
    let again = load(&world, ORGANISATION).await.expect("loaded");
    assert_eq!((again.people_added, again.keys_added), (0, 0));
    assert_eq!(again.tenant, testkit::TENANT);
    assert_eq!(admin.get(&format!("/api/people/{rep}")).await.ok()["name"], "林改名", "what was changed since stays");
}

#[tokio::test]
async fn loading_adds_what_is_missing() {
    let world = world().await;
    let more = ORGANISATION.replace("api_keys:", "  - { login: more.demo, name: 加示例, org: /huanan/, roles: [finance], password: a long enough password }\napi_keys:");
    assert_eq!(load(&world, &more).await.expect("loaded").people_added, 1);
    world.sign_in("more.demo").await;
}

#[tokio::test]
async fn many_replicas_may_load_at_once() {
    let world = world().await;
    let fresh = ORGANISATION
        .replace("id: 00000000-0000-0000-0000-000000007e57, slug: demo", "slug: second")
        .replace("demodealer", "seconddealer");
    let loads = futures::future::join_all((0..4).map(|_| load(&world, &fresh))).await;
    let added: Vec<_> = loads.into_iter().map(|loaded| loaded.expect("loaded").people_added).collect();
    assert_eq!(added.iter().sum::<usize>(), 5, "{added:?}");
}

#[tokio::test]
async fn what_cannot_be_loaded_is_said() {
    let world = world().await;
    for (from, to, said) in [
        ("roles: [legal]", "roles: [king]", "king"),
        ("org: /huanan/, roles: [legal]", "org: /nowhere/, roles: [legal]", "/nowhere/"),
        ("path: /huadong/shanghai/", "path: /xibei/xian/", "/xibei/xian/"),
        ("totp_secret: GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "totp_secret: GEZDGNBV", "totp_secret"),
        ("key: slk_demodealer_notarealsecretjustfortests", "key: slk_short", "slk_"),
        ("password: a long enough password }", "password: short }", "password"),
        ("people:", "persons:", "persons"),
    ] {
        let yaml = ORGANISATION
            .replace(from, to)
            .replace("id: 00000000-0000-0000-0000-000000007e57, slug: demo", "slug: other");
        let error = load(&world, &yaml).await.expect_err(said).to_string();
        assert!(error.contains(said), "{error}");
    }
}
