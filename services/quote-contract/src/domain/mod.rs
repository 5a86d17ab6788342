//! Types and rules, free of I/O: what a price is, who may give how much away, what a contract must say.

pub mod authority;
pub mod bom;
pub mod clause;
pub mod clause_comparison;
pub mod consistency;
pub mod contract;
pub mod contract_text;
pub mod decimal;
pub mod payment;
pub mod quote;
pub mod quote_status;
pub mod signature;
