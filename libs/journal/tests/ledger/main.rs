//! Exports that are whole verify; whatever is done to them is found and named.

#[cfg(test)]
mod findings;
#[cfg(test)]
mod sealing;
#[cfg(test)]
mod tampering;
