//! Bank statements as camt.053 files.

use crate::client::{Body, Call};
use crate::deal::Contract;

const ACCOUNT: &str = "0000123456789000";

/// Money coming in, as the bank says it.
pub struct Credit {
    /// Such as `22600.00`.
    pub amount: String,
    pub reference: String,
    pub payer: String,
    pub contract_number: String,
}

impl Credit {
    fn entry(&self) -> String {
        let Self { amount, reference, payer, contract_number } = self;
        format!(
            "<Ntry><Amt Ccy=\"CNY\">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>\
             <BookgDt><Dt>2027-01-05</Dt></BookgDt><AcctSvcrRef>{reference}</AcctSvcrRef><NtryDtls><TxDtls>\
             <RltdPties><Dbtr><Nm>{payer}</Nm></Dbtr></RltdPties><RmtInf><Ustrd>合同款 {contract_number}</Ustrd></RmtInf>\
             </TxDtls></NtryDtls></Ntry>\n"
        )
    }
}

/// A file with these entries and a bank charge, which pays nothing. The key names it.
pub fn upload(key: &str, credits: &[Credit]) -> Call {
    let entries: String = credits.iter().map(Credit::entry).collect();
    let charge = format!(
        "<Ntry><Amt Ccy=\"CNY\">35.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts>\
         <BookgDt><Dt>2027-01-05</Dt></BookgDt><AcctSvcrRef>CHARGE-{key}</AcctSvcrRef></Ntry>\n"
    );
    let file = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.02\"><BkToCstmrStmt><Stmt>\
         <Acct><Id><Othr><Id>{ACCOUNT}</Id></Othr></Id></Acct>\n{entries}{charge}</Stmt></BkToCstmrStmt></Document>"
    );
    Call { path: "/api/bank-statements".into(), key: key.into(), body: Body::Xml(file) }
}

/// The statement with the whole amount of one contract.
pub fn paying(contract: &Contract) -> Call {
    let credit = Credit {
        amount: contract.total.clone(),
        reference: format!("REF-{}", contract.number),
        payer: contract.company.clone(),
        contract_number: contract.number.clone(),
    };
    upload(&format!("import-{}", contract.number), &[credit])
}
