//! The files of the web console, read once and kept in memory: what is served is what was there at start.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use sha2::{Digest, Sha256};

/// The page of every address that belongs to no entry of its own.
const DESK: &str = "index.html";
/// Beside a file, the same file compressed.
const COMPRESSED: &str = ".gz";
/// Names below this folder hold a hash of their content.
const HASHED: &str = "assets/";

/// One file.
#[derive(Clone)]
pub struct Asset {
    pub bytes: Bytes,
    pub gzip: Option<Bytes>,
    pub content_type: &'static str,
    /// Quoted, as it stands in a header.
    pub etag: String,
    /// The name changes whenever the content does.
    pub hashed: bool,
}

/// Every file of the console by its path below the folder.
pub struct Console(BTreeMap<String, Asset>);

#[derive(Debug, thiserror::Error)]
pub enum ConsoleError {
    #[error("{0}: {1}")]
    File(PathBuf, std::io::Error),
    #[error("{0} has no index.html: build the console first")]
    NoPage(PathBuf),
}

impl Console {
    /// Reads every file below `folder`.
    pub async fn read(folder: PathBuf) -> Result<Self, ConsoleError> {
        let mut found = BTreeMap::new();
        let mut folders = vec![folder.clone()];
        while let Some(at) = folders.pop() {
            let unreadable = |error| ConsoleError::File(at.clone(), error);
            let mut entries = tokio::fs::read_dir(&at).await.map_err(unreadable)?;
            while let Some(entry) = entries.next_entry().await.map_err(unreadable)? {
                let path = entry.path();
                if entry.file_type().await.map_err(unreadable)?.is_dir() {
                    folders.push(path);
                    continue;
                }
                let bytes = tokio::fs::read(&path).await.map_err(|error| ConsoleError::File(path.clone(), error))?;
                found.insert(name_below(&folder, &path), Bytes::from(bytes));
            }
        }
        let console = Self::of(found);
        if console.0.contains_key(DESK) { Ok(console) } else { Err(ConsoleError::NoPage(folder)) }
    }

    fn of(files: BTreeMap<String, Bytes>) -> Self {
        let plain = files.iter().filter(|(name, _)| !name.ends_with(COMPRESSED));
        let asset = |(name, bytes): (&String, &Bytes)| {
            let asset = Asset {
                bytes: bytes.clone(),
                gzip: files.get(&format!("{name}{COMPRESSED}")).cloned(),
                content_type: content_type(name),
                etag: format!("\"{}\"", hex::encode(&Sha256::digest(bytes)[..16])),
                hashed: name.starts_with(HASHED),
            };
            (name.clone(), asset)
        };
        Self(plain.map(asset).collect())
    }

    /// The file at a path; for the address of a screen, the page that draws it. A missing asset stays missing.
    pub fn find(&self, path: &str) -> Option<&Asset> {
        let path = path.trim_start_matches('/');
        if let Some(asset) = self.0.get(path) {
            return Some(asset);
        }
        if path.starts_with(HASHED) || path.rsplit('/').next().is_some_and(|last| last.contains('.')) {
            return None;
        }
        let entry = path.split('/').next().unwrap_or_default();
        self.0.get(&format!("{entry}.html")).or_else(|| self.0.get(DESK))
    }
}

fn name_below(folder: &Path, path: &Path) -> String {
    path.strip_prefix(folder).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn console() -> Console {
        let files = ["index.html", "m.html", "icon.svg", "assets/desk-1a.js", "assets/desk-1a.js.gz"];
        Console::of(files.into_iter().map(|name| (name.to_owned(), Bytes::from(name))).collect())
    }

    fn found<'a>(console: &'a Console, path: &str) -> Option<&'a [u8]> {
        console.find(path).map(|asset| &asset.bytes[..])
    }

    #[test]
    fn every_screen_has_a_page() {
        let console = console();
        assert_eq!(found(&console, "/"), Some(&b"index.html"[..]));
        assert_eq!(found(&console, "/customers/42"), Some(&b"index.html"[..]));
        assert_eq!(found(&console, "/m"), Some(&b"m.html"[..]));
        assert_eq!(found(&console, "/m/visits"), Some(&b"m.html"[..]));
    }

    #[test]
    fn a_missing_file_is_not_a_page() {
        let console = console();
        assert_eq!(found(&console, "/assets/desk-old.js"), None);
        assert_eq!(found(&console, "/../Cargo.toml"), None);
        assert_eq!(found(&console, "/icon.svg"), Some(&b"icon.svg"[..]));
    }

    #[test]
    fn hashed_files_have_their_compressed_form() {
        let console = console();
        let script = console.find("/assets/desk-1a.js").expect("there");
        assert!(script.hashed && script.gzip.is_some());
        assert_eq!(script.content_type, "text/javascript; charset=utf-8");
        assert!(console.find("/assets/desk-1a.js.gz").is_none());
    }
}
