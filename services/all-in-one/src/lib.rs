//! Every service in one process, on a private PostgreSQL and a private nats-server: for laptops,
//! demonstrations and end-to-end tests.
//!
//! | module | what it holds |
//! |---|---|
//! | [`services`] | the nine services |
//! | [`stack`] | starts servers, prepares databases, starts services, stops all of it |
//! | [`demo`] | loads the demonstration organisation |
//! | [`play`] | plays the main job through the public API and reports each step |
//! | [`ledger`] | `ledger verify`: checks an export offline |
//! | [`model`] | `model check`: checks a speech model and lets it hear a known recording |

pub mod command;
pub mod demo;
pub mod ledger;
pub mod model;
pub mod play;
pub mod services;
pub mod stack;
pub mod summary;
