//! Somebody wants to change a locked clause: nothing changes, and the attempt stays on record.

use ::contracts::quote_contract::v1::ContractTamperRefused;
use journal::{Entry, Write};
use kernel::Text;

use crate::error::Error;
use crate::store::contracts::{self, Contract};

/// Records one refusal per clause and ends the write. Answers the error that the client gets.
/// `way` says how it was tried: `patch` or `import`.
pub async fn refuse_tampering(
    mut write: Write,
    mut contract: Contract,
    clauses: Vec<String>,
    way: &str,
) -> Result<Error, Error> {
    for code in &clauses {
        contract.version += 1;
        let event = ContractTamperRefused {
            contract_id: contract.id.to_string(),
            clause_code: code.clone(),
            org: contract.org.to_string(),
        };
        let entry = Entry::new(&event, contract.id, contract.version)?;
        write.record(entry.why(Text::new(
            format!("试图通过 {way} 修改锁定条款 {code}"),
            format!("tried to change the locked clause {code} by {way}"),
        )));
    }
    contracts::save(write.db(), &contract).await?;
    write.commit_refusal().await?;
    Ok(Error::ClauseLocked(clauses))
}
