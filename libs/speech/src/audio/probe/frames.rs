//! MP3 and ADTS have no magic number, only frame headers; two in a row, of one kind, make a stream.

use super::Format;

const MPEG1_KBPS: [u32; 16] = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0];
const MPEG2_KBPS: [u32; 16] = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0];
const MPEG1_RATES: [u32; 4] = [44_100, 48_000, 32_000, 0];

/// The format of the first frame in `head` that is followed by another of its kind.
///
/// A file that ends before its second frame is believed if its first frame is the first thing in it.
pub(super) fn find(head: &[u8]) -> Option<Format> {
    (0..head.len()).find_map(|at| {
        let (format, len) = frame(&head[at..])?;
        match head.get(at + len..) {
            Some(next) if next.len() >= 7 => frame(next).filter(|next| next.0 == format).map(|_| format),
            Some(_) if at == 0 => Some(format),
            _ => None,
        }
    })
}

/// The format and length of the frame at the start of `bytes`.
fn frame(bytes: &[u8]) -> Option<(Format, usize)> {
    let [0xff, second, third, fourth, fifth, sixth, ..] = *bytes else { return None };
    if second & 0xe0 != 0xe0 {
        return None;
    }
    if second & 0xf6 == 0xf0 {
        return adts_len(third, fourth, fifth, sixth).map(|len| (Format::Aac, len));
    }
    mp3_len(second, third).map(|len| (Format::Mp3, len))
}

fn mp3_len(second: u8, third: u8) -> Option<usize> {
    let layer_three = second >> 1 & 3 == 1;
    let version = second >> 3 & 3; // 3: MPEG-1, 2: MPEG-2, 0: MPEG-2.5, 1: reserved
    if !layer_three || version == 1 {
        return None;
    }
    let rate_divisor = match version {
        3 => 1,
        2 => 2,
        _ => 4,
    };
    let rate = MPEG1_RATES[usize::from(third >> 2 & 3)] / rate_divisor;
    let kbps = if version == 3 { MPEG1_KBPS } else { MPEG2_KBPS }[usize::from(third >> 4)];
    if rate == 0 || kbps == 0 {
        return None;
    }
    let slots = if version == 3 { 144 } else { 72 };
    let padding = u32::from(third >> 1 & 1);
    usize::try_from(slots * kbps * 1000 / rate + padding).ok()
}

fn adts_len(third: u8, fourth: u8, fifth: u8, sixth: u8) -> Option<usize> {
    let rate_index = third >> 2 & 15;
    let len = usize::from(fourth & 3) << 11 | usize::from(fifth) << 3 | usize::from(sixth >> 5);
    (rate_index < 13 && len > 7).then_some(len)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lonely_frame_header_inside_noise_is_not_believed() {
        let mut noise = vec![0x55_u8; 4096];
        noise[100..104].copy_from_slice(&[0xff, 0xfb, 0x90, 0x00]);
        assert_eq!(find(&noise), None);
    }

    #[test]
    fn two_frames_in_a_row_are() {
        let len = mp3_len(0xfb, 0x90).unwrap();
        assert_eq!(len, 417, "128 kbit/s at 44.1 kHz");
        let mut stream = vec![0_u8; 50 + 2 * len];
        for at in [50, 50 + len] {
            stream[at..at + 4].copy_from_slice(&[0xff, 0xfb, 0x90, 0x00]);
        }
        assert_eq!(find(&stream), Some(Format::Mp3));
    }
}
