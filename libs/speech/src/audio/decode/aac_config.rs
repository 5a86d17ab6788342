//! Which AAC it is.
//!
//! HE-AAC is an LC core at half the sampling rate plus hints (spectral band replication, parametric stereo)
//! from which a player makes up the upper octave. The core of a 44.1 kHz recording reaches 11 kHz, more than
//! a recogniser at 16 kHz hears, so the core alone is decoded.

use super::super::AudioError;

/// The configuration of the LC core described by an MPEG-4 `AudioSpecificConfig`.
pub(super) fn lc_core(config: &[u8]) -> Result<Box<[u8]>, AudioError> {
    let mut bits = Bits { bytes: config, at: 0 };
    let object = bits.object_type();
    let rate = bits.take(4);
    let channels = bits.take(4);
    let lc = match object {
        2 => true,
        5 | 29 => {
            let _upper_rate = bits.take(4);
            bits.object_type() == 2
        }
        _ => false,
    };
    if !lc {
        return Err(AudioError::unsupported(name(object)));
    }
    if rate > 12 {
        return Err(AudioError::unsupported("AAC at an unlisted sampling rate"));
    }
    if bits.take(1) == 1 {
        return Err(AudioError::unsupported("AAC with frames of 960 samples"));
    }
    Ok(Box::new([2 << 3 | rate >> 1, (rate & 1) << 7 | channels << 3]))
}

fn name(object: u8) -> &'static str {
    match object {
        1 => "AAC Main",
        3 => "AAC SSR",
        4 => "AAC LTP",
        5 | 29 => "HE-AAC over another core than AAC-LC",
        23 => "AAC-LD",
        39 => "AAC-ELD",
        42 => "xHE-AAC",
        _ => "an MPEG-4 codec other than AAC-LC",
    }
}

struct Bits<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Bits<'_> {
    /// Up to eight bits; zeros behind the end.
    fn take(&mut self, count: usize) -> u8 {
        (0..count).fold(0, |value, _| {
            let bit = self.bytes.get(self.at / 8).map_or(0, |byte| byte >> (7 - self.at % 8) & 1);
            self.at += 1;
            value << 1 | bit
        })
    }

    fn object_type(&mut self) -> u8 {
        match self.take(5) {
            31 => 32 + self.take(6),
            object => object,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// AAC-LC, 16 kHz, mono.
    const LC: [u8; 2] = [0b0001_0100, 0b0000_1000];

    #[test]
    fn plain_lc_and_lc_with_a_sync_extension_stay_lc() {
        assert_eq!(*lc_core(&LC).unwrap(), LC);
        assert_eq!(*lc_core(&[LC[0], LC[1], 0x56, 0xe5, 0x00]).unwrap(), LC);
    }

    #[test]
    fn he_aac_becomes_its_core() {
        // SBR over 16 kHz mono, output 32 kHz, then LC.
        let he = [0b0010_1100, 0b0000_1010, 0b1000_1000, 0];
        assert_eq!(*lc_core(&he).unwrap(), LC);
    }

    #[test]
    fn other_kinds_are_refused_by_name() {
        let Err(AudioError::Unsupported { name }) = lc_core(&[0b1111_1001, 0b0100_0000, 0]) else { panic!() };
        assert_eq!(name, "xHE-AAC");
        assert!(lc_core(&[]).is_err());
    }
}
