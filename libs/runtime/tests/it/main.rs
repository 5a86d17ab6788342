//! A small service run by the runtime on real servers.

mod edge;
mod ledger;
mod notes;
mod reactions;
mod shutdown;
