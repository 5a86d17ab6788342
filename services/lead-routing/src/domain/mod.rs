//! Types and rules; nothing here does I/O, reads a clock or draws an id.

pub mod amount;
pub mod assignment;
pub mod availability;
pub mod company_name;
pub mod condition;
pub mod credit_code;
pub mod csv_file;
pub mod csv_header;
pub mod deadline;
pub mod dry_run;
pub mod explanation;
pub mod internet_domain;
pub mod key;
pub mod lead;
pub mod new_lead;
pub mod phone;
pub mod quota;
pub mod rep;
pub mod route;
pub mod rule;
pub mod sentence;
pub mod source;

#[cfg(test)]
mod route_properties;
