//! Leads posted over HTTP by 32 clients, against pgbench running the same statements in one transaction.
//!
//! The statements are the ones that PostgreSQL logged for a posted lead. In the script, ids and the company's number
//! are fresh in each transaction, and a rep may have any revision, as the logged one is outdated by then.

use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use private_servers::postgres_program;
use regex::Regex;
use serde_json::json;
use testkit::use_durable_cluster;
use tokio::time::Instant;

use crate::figure;
use crate::leads::Office;
use crate::statements::{Fresh, Statement, script, transaction_with};

const CLIENTS: u32 = 32;
const ROUND: Duration = Duration::from_secs(8);
const ROUNDS: usize = 3;
/// Of the lead whose statements are logged; replaced by a fresh number in the script.
const LOGGED: u32 = 987_654_321;
const MARKER: &str = "insert into lead_routing.leads";

pub async fn run() {
    use_durable_cluster();
    let office = Office::open().await;
    let numbers = Arc::new(AtomicU32::new(1));
    posted(&office, &numbers, Duration::from_secs(2)).await;
    let statements = logged_statements(&office).await;
    let pgbench = Pgbench::prepare(&office, &statements);
    let (mut ours, mut limit) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        limit.push(pgbench.run(round));
        ours.push(posted(&office, &numbers, ROUND).await);
    }
    let detail = json!({
        "clients": CLIENTS, "rounds": ROUNDS, "seconds": ROUND.as_secs(), "statements": statements.len(),
        "limit": "pgbench, the same statements in one transaction, prepared",
    });
    figure::print("intake", figure::median(ours), Some(figure::median(limit)), "leads/s", detail);
}

/// Leads per second that 32 clients get answered.
pub async fn posted(office: &Office, numbers: &Arc<AtomicU32>, time: Duration) -> f64 {
    let started = Instant::now();
    let before = numbers.load(Ordering::Relaxed);
    let clients = (0..CLIENTS).map(|_| {
        let (client, numbers) = (office.client.clone(), numbers.clone());
        tokio::spawn(async move {
            while started.elapsed() < time {
                let lead = Office::lead(numbers.fetch_add(1, Ordering::Relaxed));
                client.post("/api/leads", &lead).await.ok();
            }
        })
    });
    for client in clients.collect::<Vec<_>>() {
        client.await.expect("posted");
    }
    figure::per_second((numbers.load(Ordering::Relaxed) - before) as usize, started.elapsed())
}

async fn logged_statements(office: &Office) -> Vec<Statement> {
    let log = office.app.database.server_log();
    let before = std::fs::metadata(&log).expect("a log").len();
    log_statements(office, "all").await;
    office.client.post("/api/leads", &Office::lead(LOGGED)).await.ok();
    log_statements(office, "none").await;
    let text = std::fs::read(&log).expect("readable");
    let written = String::from_utf8_lossy(&text[usize::try_from(before).expect("a small log")..]).into_owned();
    transaction_with(&written, MARKER).expect("the lead's transaction is in the log")
}

async fn log_statements(office: &Office, which: &str) {
    let mut admin = office.app.admin().await;
    let sql = format!("alter system set log_statement = '{which}'");
    sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(&mut admin).await.expect("set");
    sqlx::raw_sql("select pg_reload_conf()").execute(&mut admin).await.expect("reloaded");
    let seen = async || {
        let now: String =
            sqlx::query_scalar("show log_statement").fetch_one(&mut office.app.admin().await).await.ok()?;
        (now == which).then_some(())
    };
    office.app.eventually("the server logs as told", seen).await;
}

struct Pgbench {
    program: PathBuf,
    database: String,
    script: tempfile::NamedTempFile,
}

impl Pgbench {
    fn prepare(office: &Office, statements: &[Statement]) -> Self {
        let script = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(script.path(), replay(statements)).expect("written");
        let url = office.app.database.url("lead-routing");
        // What follows the question mark is for the service's own driver.
        let database = url.split_once('?').map_or(url.clone(), |(server, _)| server.to_owned());
        Self { program: postgres_program("pgbench").expect("installed"), database, script }
    }

    /// Transactions per second.
    fn run(&self, round: usize) -> f64 {
        let (clients, seconds) = (CLIENTS.to_string(), ROUND.as_secs().to_string());
        // Each round counts on from a number of its own.
        let first = format!("m={}", (round + 1) * 10_000_000);
        let output = Command::new(&self.program)
            .args(["--no-vacuum", "--protocol=prepared", "--jobs=2", "--define", &first])
            .args(["--client", &clients, "--time", &seconds, "--file"])
            .arg(self.script.path())
            .arg(&self.database)
            .output()
            .expect("pgbench runs");
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
        let rate = Regex::new(r"tps = ([\d.]+)").expect("a pattern").captures(&said).expect("a rate");
        rate[1].parse().expect("a number")
    }
}

/// Ids that appear in the lead's own rows are made afresh, in rising order per client as the service's are.
fn replay(statements: &[Statement]) -> String {
    let mut fresh: Vec<Fresh> = new_ids(statements)
        .into_iter()
        .enumerate()
        .map(|(at, was)| Fresh { was, now: format!("'{at:08}-0000-7000-8000-' || lpad(:n, 12, '0')") })
        .collect();
    fresh.push(Fresh { was: LOGGED.to_string(), now: "lpad(:n, 12, '0')".to_owned() });
    let relaxed: Vec<Statement> = statements
        .iter()
        .map(|statement| {
            let sql = statement.sql.replace("r.revision = wanted.revision", "r.revision >= wanted.revision");
            Statement { sql, parameters: statement.parameters.clone() }
        })
        .collect();
    script("\\set m :m + 1\n\\set n :client_id * 1000000000 + :m", &relaxed, &fresh)
}

/// Ids of version 7 in the inserted rows that no earlier statement only looked for.
fn new_ids(statements: &[Statement]) -> Vec<String> {
    let id = Regex::new("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}").expect("a pattern");
    let mut known: Vec<String> = Vec::new();
    let mut new: Vec<String> = Vec::new();
    for statement in statements {
        let inserts = statement.sql.contains("insert into");
        for value in statement.parameters.iter().flatten() {
            for found in id.find_iter(value).map(|found| found.as_str().to_owned()) {
                let seen = known.contains(&found) || new.contains(&found);
                match (seen, inserts) {
                    (true, _) => {}
                    (false, true) => new.push(found),
                    (false, false) => known.push(found),
                }
            }
        }
    }
    new
}
