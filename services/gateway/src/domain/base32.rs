//! RFC 4648 base32 without padding, the form in which TOTP secrets are written down.

/// The bytes; none when a character does not belong. Case, spaces and padding do not matter.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    let (mut bits, mut held, mut bytes) = (0_u32, 0_u32, Vec::new());
    for character in text.chars().filter(|c| !c.is_whitespace() && *c != '=') {
        bits = ((bits << 5) | value_of(character)?) & 0xfff;
        held += 5;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from((bits >> held) & 0xff).ok()?);
        }
    }
    Some(bytes)
}

fn value_of(character: char) -> Option<u32> {
    match character.to_ascii_uppercase() {
        letter @ 'A'..='Z' => Some(u32::from(letter) - u32::from('A')),
        digit @ '2'..='7' => Some(u32::from(digit) - u32::from('2') + 26),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_the_standard() {
        for (text, bytes) in [("", ""), ("MY======", "f"), ("MZXQ", "fo"), ("mzxw 6ytb oi", "foobar")] {
            assert_eq!(decode(text).as_deref(), Some(bytes.as_bytes()), "{text}");
        }
        assert_eq!(decode("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ").as_deref(), Some(b"12345678901234567890".as_slice()));
        assert_eq!(decode("1"), None);
    }
}
