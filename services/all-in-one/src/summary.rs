//! What the person in front of the terminal sees.

#![expect(clippy::print_stdout, reason = "this is the terminal's text")]

use crate::demo::Organisation;
use crate::play::{Report, Status, Step};
use crate::stack::Stack;

pub fn started(stack: &Stack) {
    println!("Sluice 顺流 · {}", stack.base_url);
}

/// One line per step of the play, as it happens.
pub fn step(step: &Step) {
    let mark = if step.status == Status::Done { "✓" } else { "✗" };
    println!("  {mark} {} · {} ({} ms)", step.chapter, step.name, step.milliseconds);
    if let Some(failure) = &step.failure {
        println!("      {failure}");
    }
}

pub fn played_before(report: &Report) {
    println!(
        "  the main job was played on this data before ({} steps); deploy/down and remove .sluice to play it anew",
        report.steps.len()
    );
}

pub fn report(report: &Report) {
    let done = report.steps.iter().filter(|step| step.status == Status::Done).count();
    let seconds = report.milliseconds as f64 / 1000.0;
    println!("\n{done} of {} steps done in {seconds:.1} s", report.steps.len());
}

/// Where to look and how to sign in.
pub fn where_to_look(stack: &Stack, organisation: &Organisation) {
    let url = &stack.base_url;
    println!("\nLook around");
    println!("  API explorer     {url}/docs/api");
    println!("  API description  {url}/api/openapi.json");
    println!("  Sent messages    {url}/api/outbox-messages/sink   (as admin)");
    println!("  Evidence         {url}/api/ledger/export          (as shenji)");
    println!("\nSign in: POST {url}/api/session with tenant {:?} and one of", organisation.tenant_slug());
    for person in organisation.people() {
        let roles: Vec<&str> = person.roles.iter().map(|role| role.as_str()).collect();
        println!("  {:<10} {:<22} {}（{}）", person.login, person.password, person.name, roles.join(", "));
    }
    if let Some(key) = organisation.api_key() {
        println!("\nDealer's API key: {key}");
    }
}

pub fn keeps_serving(stack: &Stack) {
    println!("\nServing on {} · Ctrl-C or deploy/down stops everything", stack.base_url);
}
