//! Real servers in temporary folders.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod nats;
mod postgres;

use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use tempfile::TempDir;

/// A temporary folder whose inside the database's own user may enter, as it must when the tests run as root.
fn folder() -> (TempDir, PathBuf) {
    let permissions = std::fs::Permissions::from_mode(0o711);
    let parent = tempfile::Builder::new().permissions(permissions).tempdir().expect("created");
    let folder = parent.path().join("server");
    (parent, folder)
}
