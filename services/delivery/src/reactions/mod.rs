//! One event of another service per file.

pub mod create_card;
