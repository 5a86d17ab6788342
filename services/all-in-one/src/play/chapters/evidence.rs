//! The evidence of all services, checked offline; one flipped byte is found and named.

use std::path::PathBuf;

use journal::ledger::{Report, Trust, verify_path};

use crate::play::{Failed, Play, PlayError, expect};

pub async fn play(play: &mut Play<'_>) -> Result<(), Failed> {
    play.chapter = "证据";
    play.step("导出全部证据并离线校验通过", export_and_verify).await?;
    play.step("改动一个字节即指出该记录", flip_one_byte).await
}

fn file(play: &Play<'_>, name: &str) -> PathBuf {
    play.folder.join("evidence").join(name)
}

async fn export_and_verify(play: &mut Play<'_>) -> Result<(), PlayError> {
    let path = file(play, "export.ndjson");
    let export = play.person("shenji")?.download("/api/ledger/export").await?;
    write(&path, &export)?;
    match verify_path(&path, Trust::default())? {
        Report::Verified(verified) => play.fact("verified", verified.to_string()),
        Report::Broken { findings, .. } => {
            let first = findings.first().map(ToString::to_string).unwrap_or_default();
            return Err(PlayError::Never(format!("the export verifies: {first}")));
        }
    }
    play.fact("file", path.display().to_string());
    Ok(())
}

async fn flip_one_byte(play: &mut Play<'_>) -> Result<(), PlayError> {
    let mut export = std::fs::read(file(play, "export.ndjson")).unwrap_or_default();
    let needle = b"lead.assigned.v1";
    let at = export.windows(needle.len()).position(|window| window == needle);
    let at = at.ok_or_else(|| PlayError::Never("the export holds an assignment".into()))?;
    export[at] ^= 1;
    let path = file(play, "flipped.ndjson");
    write(&path, &export)?;
    let report = verify_path(&path, Trust::default())?;
    let _ = std::fs::remove_file(&path);
    let Report::Broken { findings, .. } = report else {
        return Err(PlayError::Never("the flipped byte is found".into()));
    };
    let named = findings.iter().find(|finding| finding.event_id.is_some());
    expect(named.is_some(), "the record is named", &serde_json::Value::Null)?;
    play.fact("finding", named.map(ToString::to_string).unwrap_or_default());
    Ok(())
}

fn write(path: &PathBuf, content: &[u8]) -> Result<(), PlayError> {
    let folder = path.parent().map(PathBuf::from).unwrap_or_default();
    std::fs::create_dir_all(&folder).map_err(|error| PlayError::File(folder.clone(), error))?;
    std::fs::write(path, content).map_err(|error| PlayError::File(path.clone(), error))
}
