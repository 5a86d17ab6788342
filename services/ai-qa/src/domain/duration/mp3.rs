//! MP3: the frame count of a Xing header where there is one, else the first frame's bit rate over the whole length.

use super::big;

const KBITS_V1: [u32; 15] = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const KBITS_V2: [u32; 15] = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
const RATES: [u32; 3] = [44_100, 48_000, 32_000];

/// One frame of layer III.
struct Frame {
    bits_per_second: u32,
    sample_rate: u32,
    samples: u32,
}

fn frame(bytes: &[u8]) -> Option<Frame> {
    let &[0xff, second, third, ..] = bytes else { return None };
    let (version, layer) = (second >> 3 & 3, second >> 1 & 3);
    if second & 0xe0 != 0xe0 || version == 1 || layer != 1 {
        return None;
    }
    let newest = version == 3;
    let table = if newest { KBITS_V1 } else { KBITS_V2 };
    let kbits = *table.get(usize::from(third >> 4))?;
    let rate = RATES.get(usize::from(third >> 2 & 3))?
        >> (match version {
            3 => 0,
            2 => 1,
            _ => 2,
        });
    (kbits > 0).then_some(Frame {
        bits_per_second: kbits * 1_000,
        sample_rate: rate,
        samples: if newest { 1_152 } else { 576 },
    })
}

/// True when the bytes start with a frame.
pub fn is_frame(head: &[u8]) -> bool {
    frame(head).is_some()
}

pub fn seconds(head: &[u8], length: u64) -> Option<f64> {
    let start = tag_length(head);
    let rest = head.get(start..)?;
    let first = rest.windows(4).position(is_frame)?;
    let bytes = &rest[first..];
    let frame = frame(bytes)?;
    if let Some(count) = frame_count(bytes) {
        return Some(f64::from(count) * f64::from(frame.samples) / f64::from(frame.sample_rate));
    }
    let sound = length.saturating_sub((start + first) as u64);
    Some(sound as f64 * 8.0 / f64::from(frame.bits_per_second))
}

/// The length of an ID3v2 tag, whose size is written in four times seven bits.
fn tag_length(head: &[u8]) -> usize {
    match head {
        [b'I', b'D', b'3', _, _, _, a, b, c, d, ..] => {
            10 + [a, b, c, d].into_iter().fold(0, |size, byte| size << 7 | usize::from(byte & 0x7f))
        }
        _ => 0,
    }
}

fn frame_count(frame: &[u8]) -> Option<u32> {
    let within = &frame[..frame.len().min(200)];
    let at = within.windows(4).position(|window| window == b"Xing" || window == b"Info")?;
    (frame.get(at + 7)? & 1 == 1).then(|| big(frame, at + 8)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_constant_rate_is_estimated_from_the_length() {
        let mut bytes = b"ID3\x04\0\0\0\0\x01\x00".to_vec();
        bytes.resize(10 + 128, 0);
        bytes.extend_from_slice(&[0xff, 0xfb, 0x90, 0x64]);
        assert_eq!(seconds(&bytes, 138 + 16_000 * 60), Some(60.0));
    }

    #[test]
    fn a_frame_count_is_exact() {
        let mut bytes = vec![0xff, 0xfb, 0x90, 0x64];
        bytes.resize(36, 0);
        bytes.extend_from_slice(b"Info\0\0\0\x01\0\0\x03\xe8");
        let exact = 1_000.0 * 1_152.0 / 44_100.0;
        assert_eq!(seconds(&bytes, 10_000), Some(exact));
    }

    #[test]
    fn reserved_values_are_no_frame() {
        for bytes in [[0xff, 0xeb, 0x90, 0], [0xff, 0xfd, 0x90, 0], [0xff, 0xfb, 0xf0, 0], [0xff, 0xfb, 0x9c, 0]] {
            assert!(!is_frame(&bytes), "{bytes:?}");
        }
    }
}
