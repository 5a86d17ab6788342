//! What the person in front of the terminal sees.

#![expect(clippy::print_stdout, reason = "this is the terminal's text")]

use std::path::Path;
use std::time::Duration;

use crate::demo::Organisation;
use crate::play::{Report, Status, Step};
use crate::stack::Stack;

pub fn started(stack: &Stack, after: Duration) {
    println!("Sluice 顺流 · {} · started in {:.1} s", stack.base_url, after.as_secs_f64());
}

/// One line per step of the play, as it happens.
pub fn step(step: &Step) {
    let mark = if step.status == Status::Done { "✓" } else { "✗" };
    println!("  {mark} {} · {} ({} ms)", step.chapter, step.name, step.milliseconds);
    if let (Some(said), Some(heard)) = (step.facts.get("said"), step.facts.get("heard")) {
        let errors = &step.facts["character_errors"];
        println!("      said   {}", said.as_str().unwrap_or_default());
        println!("      heard  {}", heard.as_str().unwrap_or_default());
        println!("      {} of {} characters wrong: {} %", errors["errors"], errors["of"], errors["percent"]);
    }
    if let Some(failure) = &step.failure {
        println!("      {failure}");
    }
}

/// Says how an earlier play on this data ended, and how to play anew.
pub fn played_before(report: &Report, folder: &Path) {
    if report.succeeded() {
        println!("  The main job was played on this data before: all {} steps done.", report.steps.len());
    } else {
        println!("  The main job was begun on this data before and did not come to its end.");
    }
    if let Some(failed) = report.steps.iter().find(|step| step.status == Status::Failed) {
        step(failed);
    }
    println!("  To play it anew, on fresh data: deploy/down; rm -r {}; deploy/up", folder.display());
}

pub fn report(report: &Report) {
    let done = report.steps.iter().filter(|step| step.status == Status::Done).count();
    let seconds = report.milliseconds as f64 / 1000.0;
    println!("\n{done} of {} steps done in {seconds:.1} s", report.steps.len());
}

/// Where to look and how to sign in.
pub fn where_to_look(stack: &Stack, organisation: &Organisation, console: bool) {
    let url = &stack.base_url;
    println!("\nLook around");
    if console {
        println!("  Console          {url}/?tenant={}", organisation.tenant_slug());
    }
    println!("  API explorer     {url}/docs/api");
    println!("  API description  {url}/api/openapi.json");
    println!("  Sent messages    {url}/api/outbox-messages/sink   (as admin)");
    println!("  Evidence         {url}/api/ledger/export          (as shenji)");
    println!("\nSign in with tenant {:?} and one of", organisation.tenant_slug());
    for person in organisation.people() {
        let roles: Vec<&str> = person.roles.iter().map(|role| role.as_str()).collect();
        let second_factor = person.totp_secret.map_or_else(String::new, |secret| format!(" · TOTP secret {secret}"));
        let roles = roles.join(", ");
        println!("  {:<10} {:<22} {}（{roles}）{second_factor}", person.login, person.password, person.name);
    }
    if let Some(key) = organisation.api_key() {
        println!("\nDealer's API key: {key}");
    }
}

pub fn keeps_serving(stack: &Stack) {
    println!("\nServing on {} · Ctrl-C or deploy/down stops everything", stack.base_url);
}

pub fn stopping() {
    println!("\nStopping: what is under way is finished first …");
}

pub fn stopped(what: &str) {
    println!("stopped {what}");
}

pub fn nothing_ran(folder: &Path) {
    println!("nothing of {} was running", folder.display());
}
