//! Questions of other services. Thin: decode, call the op, encode.

mod ai_qa;
mod encode;

pub use ai_qa::AiQa;
