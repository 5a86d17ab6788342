//! WAV headers that lie about lengths.
//!
//! Recorders write the header first and fill in the lengths when they stop; a recorder that crashed or wrote
//! to a pipe leaves 0 or 2³²−1. The sound is there all the same, up to the end of the file.

use std::io;

use super::super::Input;

const UNKNOWN: [u8; 4] = [0xff; 4];

/// No sane header has more chunks before its sound.
const MAX_CHUNKS: usize = 64;

/// Repairs lengths of zero, so that the decoder reads to the end of the file. The true length of a truncated
/// file is left alone: it is how the truncation is noticed.
pub(super) fn repair(input: &mut Input) -> io::Result<()> {
    input.repair(4, UNKNOWN);
    let mut at = 12;
    for _ in 0..MAX_CHUNKS {
        let mut header = [0; 8];
        if input.read_at(at, &mut header)? < header.len() {
            break;
        }
        let [_, _, _, _, a, b, c, d] = header;
        let len = u32::from_le_bytes([a, b, c, d]);
        if header.starts_with(b"data") {
            if len == 0 && input.len() > at + 8 {
                input.repair(at + 4, UNKNOWN);
            }
            break;
        }
        at += 8 + u64::from(len) + u64::from(len % 2);
    }
    Ok(())
}
