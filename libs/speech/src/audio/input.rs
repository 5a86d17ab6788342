//! The bytes of a recording.

use std::io::{self, Cursor, Read, Seek, SeekFrom};

use symphonia::core::io::MediaSource;

use super::Cancel;

/// Anything the bytes of a recording can be read from.
pub trait Media: Read + Seek + Send + Sync {}

impl<T: Read + Seek + Send + Sync> Media for T {}

/// The bytes of a recording: counted, cancellable, and with a few header bytes repaired on the fly.
pub struct Input {
    media: Box<dyn Media>,
    len: u64,
    at: u64,
    seekable: bool,
    cancel: Cancel,
    repairs: Vec<(u64, [u8; 4])>,
}

impl Input {
    /// Reads from `media`, whose length is found by seeking to its end.
    pub fn new(media: impl Media + 'static) -> io::Result<Self> {
        let mut media = Box::new(media);
        let len = media.seek(SeekFrom::End(0))?;
        media.seek(SeekFrom::Start(0))?;
        Ok(Self { media, len, at: 0, seekable: true, cancel: Cancel::default(), repairs: Vec::new() })
    }

    /// Reads from memory.
    pub fn from_bytes(bytes: impl Into<Vec<u8>>) -> Self {
        let bytes = bytes.into();
        let len = bytes.len() as u64;
        let media = Box::new(Cursor::new(bytes));
        Self { media, len, at: 0, seekable: true, cancel: Cancel::default(), repairs: Vec::new() }
    }

    /// Size in bytes.
    pub fn len(&self) -> u64 {
        self.len
    }

    /// Whether there is not a single byte.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// From now on reading fails once `cancel` is set.
    pub(crate) fn stop_on(&mut self, cancel: &Cancel) {
        self.cancel = cancel.clone();
    }

    /// Hides the length from decoders that would guess a duration from it.
    pub(crate) fn forward_only(&mut self) {
        self.seekable = false;
    }

    /// Reads of the four bytes at `offset` see `bytes` instead.
    pub(crate) fn repair(&mut self, offset: u64, bytes: [u8; 4]) {
        self.repairs.push((offset, bytes));
    }

    /// Fills `buffer` from `offset` as far as there are bytes; leaves the position behind the last of them.
    pub(crate) fn read_at(&mut self, offset: u64, buffer: &mut [u8]) -> io::Result<usize> {
        self.seek(SeekFrom::Start(offset))?;
        let mut filled = 0;
        while filled < buffer.len() {
            match self.read(&mut buffer[filled..])? {
                0 => break,
                read => filled += read,
            }
        }
        Ok(filled)
    }

    fn overlay(&self, from: u64, bytes: &mut [u8]) {
        for (offset, repaired) in &self.repairs {
            for (index, byte) in repaired.iter().enumerate() {
                let place = (offset + index as u64).checked_sub(from).and_then(|place| usize::try_from(place).ok());
                if let Some(slot) = place.and_then(|place| bytes.get_mut(place)) {
                    *slot = *byte;
                }
            }
        }
    }
}

impl Read for Input {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.cancel.is_cancelled() {
            return Err(io::Error::other("cancelled"));
        }
        let from = self.at;
        let read = self.media.read(buffer)?;
        self.at += read as u64;
        self.overlay(from, &mut buffer[..read]);
        Ok(read)
    }
}

impl Seek for Input {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.at = self.media.seek(to)?;
        Ok(self.at)
    }
}

impl MediaSource for Input {
    fn is_seekable(&self) -> bool {
        self.seekable
    }

    fn byte_len(&self) -> Option<u64> {
        self.seekable.then_some(self.len)
    }
}
