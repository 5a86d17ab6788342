//! Reads export lines one by one, in bounded memory.

use std::io::{BufRead, Read as _};

use sha2::{Digest, Sha256};

use super::error::LedgerError;
use super::export::Line;
use super::merkle::Hash;

/// No line of an export is longer, its line end included.
pub const MAX_LINE_BYTES: usize = 8 * 1024 * 1024;

/// Reads the lines of one or several exports.
#[derive(Debug)]
pub struct Reader<R> {
    input: R,
    line: Vec<u8>,
    number: u64,
    digest: Sha256,
}

impl<R: BufRead> Reader<R> {
    pub fn new(input: R) -> Self {
        Self { input, line: Vec::new(), number: 0, digest: Sha256::new() }
    }

    /// The next line; `None` at the end of the input. After an unreadable line the next call goes on behind it,
    /// except after [`LedgerError::Io`], [`LedgerError::LineTooLong`] and [`LedgerError::UnfinishedLine`].
    pub fn next_line(&mut self) -> Result<Option<Line>, LedgerError> {
        self.digest.update(&self.line);
        self.line.clear();
        let read = self.input.by_ref().take(MAX_LINE_BYTES as u64).read_until(b'\n', &mut self.line)?;
        if read == 0 {
            return Ok(None);
        }
        self.number += 1;
        let Some(text) = self.line.strip_suffix(b"\n") else {
            return Err(if read == MAX_LINE_BYTES {
                LedgerError::LineTooLong(MAX_LINE_BYTES)
            } else {
                LedgerError::UnfinishedLine
            });
        };
        let text = str::from_utf8(text).map_err(|_| LedgerError::UnknownLine)?;
        let line = Line::parse(text)?;
        if matches!(line, Line::Header(_)) {
            self.digest = Sha256::new();
        }
        Ok(Some(line))
    }

    /// The number of the line last read, from 1.
    pub fn line_number(&self) -> u64 {
        self.number
    }

    /// SHA-256 of this export's bytes before the line last read.
    pub fn digest_before(&self) -> Hash {
        self.digest.clone().finalize().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_without_an_end_are_refused() {
        let mut reader = Reader::new(br#"{"checkpoint":"x"}"#.as_slice());
        assert!(matches!(reader.next_line(), Err(LedgerError::UnfinishedLine)));
        let long = vec![b'x'; MAX_LINE_BYTES + 1];
        assert!(matches!(Reader::new(long.as_slice()).next_line(), Err(LedgerError::LineTooLong(_))));
    }

    #[test]
    fn reading_goes_on_behind_an_unreadable_line() {
        let mut reader = Reader::new(b"\n\xff\n{\"checkpoint\":\"x\"}\n".as_slice());
        assert!(matches!(reader.next_line(), Err(LedgerError::UnknownLine)));
        assert!(matches!(reader.next_line(), Err(LedgerError::UnknownLine)));
        assert_eq!(reader.next_line().expect("line"), Some(Line::Checkpoint("x".to_owned())));
        assert_eq!(reader.line_number(), 3);
        assert_eq!(reader.next_line().expect("end"), None);
    }
}
