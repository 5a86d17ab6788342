//! What a service's configuration file says.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::net::SocketAddrV4;
use std::path::Path;

use all_in_one::stack::Keys;

use super::staff;

/// Where everything is that a service needs.
pub struct Surroundings<'a> {
    pub database_url: &'a str,
    pub nats_url: &'a str,
    pub keys: &'a Keys,
    pub addresses: &'a BTreeMap<&'static str, SocketAddrV4>,
    /// The fleet's own folder.
    pub folder: &'a Path,
}

pub fn of(name: &str, around: &Surroundings<'_>) -> String {
    let mut text = format!(
        "[runtime]\ndemo = true\n[runtime.database]\nurl = {:?}\nmax_connections = 10\n\
         [runtime.nats]\nurl = {:?}\n[runtime.telemetry]\nfilter = \"error\"\n{}[runtime.peers]\n",
        around.database_url,
        around.nats_url,
        around.keys.settings(name).expect("keys"),
    );
    for (peer, address) in around.addresses {
        writeln!(text, "{peer} = \"http://{address}\"").expect("written to memory");
    }
    text + &own(name, around.folder)
}

/// What only this service is told.
fn own(name: &str, folder: &Path) -> String {
    match name {
        "gateway" => {
            let file = folder.join("organisation.yaml");
            std::fs::write(&file, staff::organisation()).expect("written");
            format!("[service.bootstrap]\nfile = {:?}\n", file.display().to_string())
        }
        // Random weights: what they hear means nothing, but takes its time.
        "ai-qa" => format!(
            "[service.storage]\npath = {:?}\n[service.transcription]\nmodel_folder = {:?}\nlease_seconds = 5\nworkers = 1\n",
            folder.join("recordings").display().to_string(),
            concat!(env!("CARGO_MANIFEST_DIR"), "/../libs/speech/tests/fixtures/single-80"),
        ),
        _ => String::new(),
    }
}
