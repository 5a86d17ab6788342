//! `ledger verify`: checks exported evidence offline, with nothing but the export.

use std::path::Path;
use std::process::ExitCode;

use journal::ledger::{LedgerError, Report, Trust, verify_path};

/// Verifies a file or a folder of exports and says what it found.
#[expect(clippy::print_stdout, reason = "the command's answer")]
pub fn verify(path: &Path) -> Result<ExitCode, LedgerError> {
    match verify_path(path, Trust::default())? {
        Report::Verified(verified) => {
            println!("verified: {verified}");
            Ok(ExitCode::SUCCESS)
        }
        Report::Broken { findings, more } => {
            println!("NOT verified: {} findings", findings.len() + more);
            for finding in findings {
                println!("  {finding}");
            }
            Ok(ExitCode::FAILURE)
        }
    }
}
