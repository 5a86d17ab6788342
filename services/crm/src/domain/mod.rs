//! Types and rules of customers and opportunities. Pure: no clock, no database, no network.

pub mod action;
pub mod budgets;
pub mod company;
pub mod conclusion;
pub mod customer;
pub mod decision_chain;
pub mod draft;
pub mod fields;
pub mod grade;
pub mod health;
pub mod key_moment;
pub mod opportunity;
pub mod standing;
pub mod visit;
