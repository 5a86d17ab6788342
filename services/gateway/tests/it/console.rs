use reqwest::Method;
use tempfile::TempDir;

use crate::support::{World, world, world_with};

async fn world_with_console() -> (World, TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let files = [
        ("index.html", "<title>desk</title>"),
        ("m.html", "<title>phone</title>"),
        ("assets/a-1.js", "1"),
        ("assets/a-1.js.gz", "zipped"),
    ];
    std::fs::create_dir(folder.path().join("assets")).expect("made");
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).expect("written");
    }
    let setting = format!("{:?}", folder.path().display().to_string());
    (world_with(|app| app.set(&["service", "console", "folder"], setting)).await, folder)
}

#[tokio::test]
async fn screens_have_pages_and_unknown_files_do_not() {
    let (world, _folder) = world_with_console().await;
    let get = async |path: &str| {
        let answer = world.anonymous(Method::GET, path).send().await.expect("an answer");
        (answer.status().as_u16(), answer.text().await.expect("text"))
    };
    assert_eq!(get("/").await, (200, "<title>desk</title>".into()));
    assert_eq!(get("/customers/1").await, (200, "<title>desk</title>".into()));
    assert_eq!(get("/m/visits").await, (200, "<title>phone</title>".into()));
    assert_eq!(get("/assets/gone.js").await.0, 404);
    assert_eq!(get("/api").await.0, 404);
    assert_eq!(get("/docs/nothing").await.0, 404);
    assert_eq!(get("/healthz").await, (200, "ok".into()));
}

#[tokio::test]
async fn only_own_scripts_run_and_hashed_files_are_kept() {
    let (world, _folder) = world_with_console().await;
    let page = world.anonymous(Method::GET, "/").send().await.expect("an answer");
    let policy = page.headers()["content-security-policy"].to_str().expect("text");
    assert!(policy.contains("script-src 'self';"), "{policy}");
    assert_eq!(page.headers()["cache-control"], "no-cache");
    let etag = page.headers()["etag"].clone();
    let again = world.anonymous(Method::GET, "/").header("if-none-match", etag).send().await.expect("an answer");
    assert_eq!(again.status(), 304);

    let script = world.anonymous(Method::GET, "/assets/a-1.js").header("accept-encoding", "br, gzip;q=0.8");
    let script = script.send().await.expect("an answer");
    assert_eq!(script.headers()["cache-control"], "public, max-age=31536000, immutable");
    assert_eq!(script.headers()["content-encoding"], "gzip");
    assert_eq!(script.text().await.expect("text"), "zipped");
    let plain = world.anonymous(Method::GET, "/assets/a-1.js").send().await.expect("an answer");
    assert_eq!(plain.text().await.expect("text"), "1");
}

#[tokio::test]
async fn without_a_console_there_is_nothing() {
    let world = world().await;
    let answer = world.anonymous(Method::GET, "/").send().await.expect("an answer");
    assert_eq!(answer.status(), 404);
}
