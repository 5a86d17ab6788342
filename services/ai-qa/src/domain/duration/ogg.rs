//! Ogg: the last page's position by the sample rate in the first packet.

use super::little;

/// Opus positions always count 48 000 a second.
const OPUS_RATE: f64 = 48_000.0;

pub fn seconds(head: &[u8], tail: &[u8]) -> Option<f64> {
    let packet = head.get(27 + usize::from(*head.get(26)?)..)?;
    let last = tail.windows(4).rposition(|window| window == b"OggS")?;
    let position = tail.get(last + 6..last + 14)?.try_into().ok().map(i64::from_le_bytes)?;
    let (skipped, rate) = if packet.starts_with(b"OpusHead") {
        (i64::from(u16::from_le_bytes(packet.get(10..12)?.try_into().ok()?)), OPUS_RATE)
    } else if packet.starts_with(b"\x01vorbis") {
        (0, f64::from(little(packet, 12).filter(|rate| *rate > 0)?))
    } else {
        return None;
    };
    Some(position.checked_sub(skipped)?.max(0) as f64 / rate)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(position: i64, packet: &[u8]) -> Vec<u8> {
        let mut page = b"OggS\0\x02".to_vec();
        page.extend_from_slice(&position.to_le_bytes());
        page.extend_from_slice(&[0; 12]);
        page.extend_from_slice(&[1, packet.len() as u8]);
        page.extend_from_slice(packet);
        page
    }

    #[test]
    fn opus_and_vorbis_tell_their_last_position() {
        let opus = page(0, b"OpusHead\x01\x01\x38\x01\x80\xbb\0\0\0\0\0");
        let end = page(48_000 * 5 + 0x138, b"sound");
        assert_eq!(seconds(&opus, &[opus.clone(), end].concat()), Some(5.0));
        let vorbis = page(0, b"\x01vorbis\0\0\0\0\x01\x44\xac\0\0");
        assert_eq!(seconds(&vorbis, &page(44_100 * 3, b"sound")), Some(3.0));
        assert_eq!(seconds(&page(0, b"fishead"), &page(1, b"")), None);
    }
}
