//! How long a recording plays, from its headers: exact for wav and flac, good enough to refuse what is far too long
//! for the others, unknown where the format does not say it cheaply.

pub mod mp3;
mod ogg;

use super::media::Media;
use super::probe::Probe;

/// Seconds of playing time, where they can be told.
pub fn seconds(media: Media, probe: &Probe) -> Option<f64> {
    let (head, length) = (probe.head(), probe.length());
    let seconds = match media {
        Media::Wav => wav(head, length),
        Media::Flac => flac(head),
        Media::Ogg => ogg::seconds(head, probe.tail()),
        Media::Mp3 => mp3::seconds(head, length),
        Media::M4a => movie_header(head).or_else(|| movie_header(probe.tail())),
        Media::Amr => amr(head, length),
        Media::Aac | Media::Webm => None,
    };
    seconds.filter(|seconds| seconds.is_finite() && *seconds >= 0.0)
}

/// Bytes of sound by bytes a second, both from the header.
fn wav(head: &[u8], length: u64) -> Option<f64> {
    let (mut at, mut byte_rate) = (12, None);
    loop {
        let (name, size) = (head.get(at..at + 4)?, u64::from(little(head, at + 4)?));
        let body = at + 8;
        match name {
            b"fmt " => byte_rate = little(head, body + 8).filter(|rate| *rate > 0),
            b"data" => {
                // A writer that did not know the size in advance left it empty or at the largest value.
                let there = length.saturating_sub(body as u64);
                let sound = if size == 0 || size > there { there } else { size };
                return byte_rate.map(|rate| sound as f64 / f64::from(rate));
            }
            _ => {}
        }
        at = body.checked_add(usize::try_from(size + size % 2).ok()?)?;
    }
}

/// Total samples by sample rate, both in the first block.
fn flac(head: &[u8]) -> Option<f64> {
    let info = head.get(8..8 + 18)?;
    let rate = u64::from(info[10]) << 12 | u64::from(info[11]) << 4 | u64::from(info[12]) >> 4;
    let samples = u64::from(info[13] & 0x0f) << 32 | u64::from(big(info, 14)?);
    (rate > 0 && samples > 0).then(|| samples as f64 / rate as f64)
}

/// `mvhd` of an MP4 file: duration by time scale.
fn movie_header(bytes: &[u8]) -> Option<f64> {
    let at = bytes.windows(4).position(|window| window == b"mvhd")? + 4;
    let (scale, duration) = if bytes.get(at)? == &1 {
        let high = u64::from(big(bytes, at + 24)?);
        (big(bytes, at + 20)?, high << 32 | u64::from(big(bytes, at + 28)?))
    } else {
        (big(bytes, at + 12)?, u64::from(big(bytes, at + 16)?))
    };
    (scale > 0 && duration > 0).then(|| duration as f64 / f64::from(scale))
}

/// Every frame plays 20 ms; all are taken to be as long as the first.
fn amr(head: &[u8], length: u64) -> Option<f64> {
    const NARROW: [u64; 9] = [13, 14, 16, 18, 20, 21, 27, 32, 6];
    const WIDE: [u64; 10] = [18, 24, 33, 37, 41, 47, 51, 59, 61, 6];
    let wide = head.starts_with(b"#!AMR-WB\n");
    let (start, sizes): (usize, &[u64]) = if wide { (9, &WIDE) } else { (6, &NARROW) };
    let size = sizes.get(usize::from(head.get(start)? >> 3 & 0x0f))?;
    Some((length.saturating_sub(start as u64) / size) as f64 * 0.02)
}

fn little(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_le_bytes)
}

fn big(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_be_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn probe(bytes: &[u8]) -> Probe {
        let mut probe = Probe::default();
        probe.add(bytes);
        probe
    }

    fn wav_of(extra: &[u8], size: u32, sound: usize) -> Vec<u8> {
        let mut bytes = b"RIFF\0\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x80\x3e\0\0\x02\0\x10\0".to_vec();
        bytes.extend_from_slice(extra);
        bytes.extend_from_slice(b"data");
        bytes.extend_from_slice(&size.to_le_bytes());
        bytes.resize(bytes.len() + sound, 0);
        bytes
    }

    #[test]
    fn wav_is_exact_with_other_chunks_before_and_without_a_size() {
        assert_eq!(seconds(Media::Wav, &probe(&wav_of(b"", 32_000, 32_000))), Some(2.0));
        assert_eq!(seconds(Media::Wav, &probe(&wav_of(b"LIST\x03\0\0\0abc\0", 8_000, 8_000))), Some(0.5));
        assert_eq!(seconds(Media::Wav, &probe(&wav_of(b"", u32::MAX, 16_000))), Some(1.0));
        assert_eq!(seconds(Media::Wav, &probe(b"RIFF\0\0\0\0WAVE")), None);
    }

    #[test]
    fn flac_tells_its_samples() {
        let mut bytes = b"fLaC\0\0\0\x22".to_vec();
        let (rate, samples) = (16_000_u64, 16_000_u64 * 90);
        bytes.extend_from_slice(&[0; 10]);
        bytes.extend_from_slice(&(rate << 44 | samples).to_be_bytes());
        bytes.extend_from_slice(&[0; 16]);
        assert_eq!(seconds(Media::Flac, &probe(&bytes)), Some(90.0));
    }

    #[test]
    fn mp4_tells_its_duration_at_either_end() {
        let mut header = b"mvhd\0\0\0\0".to_vec();
        for number in [0_u32, 0, 1_000, 61_500] {
            header.extend_from_slice(&number.to_be_bytes());
        }
        let mut bytes = b"\0\0\0\x20ftypM4A ".to_vec();
        bytes.resize(200_000, 0);
        assert_eq!(seconds(Media::M4a, &probe(&bytes)), None);
        bytes.extend_from_slice(&header);
        assert_eq!(seconds(Media::M4a, &probe(&bytes)), Some(61.5));
    }

    #[test]
    fn amr_counts_frames() {
        let mut bytes = b"#!AMR\n".to_vec();
        bytes.extend([0x3c].iter().chain(&[0; 31]).copied().cycle().take(32 * 50));
        assert_eq!(seconds(Media::Amr, &probe(&bytes)), Some(1.0));
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_make_it_fail(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..400), kind in 0_usize..8) {
            let media = Media::ALL[kind];
            let starts: [&[u8]; 3] = [b"", b"RIFF\0\0\0\0WAVE", b"OggS"];
            for start in starts {
                seconds(media, &probe(&[start, &bytes].concat()));
            }
        }
    }
}
