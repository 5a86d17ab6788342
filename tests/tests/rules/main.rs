//! The repository's rules, checked: which crate and module may know which, and how large things get.

mod arrows;
mod names;
mod sizes;
mod sources;
