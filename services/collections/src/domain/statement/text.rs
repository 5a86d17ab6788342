//! Bytes as text: UTF-8 with or without its mark, else GBK (GB18030).

use super::BadStatement;

pub fn decode(bytes: &[u8]) -> Result<String, BadStatement> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(text.to_owned());
    }
    let text = encoding_rs::GB18030.decode_without_bom_handling_and_without_replacement(bytes);
    text.map(std::borrow::Cow::into_owned).ok_or(BadStatement::Encoding)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_encodings_are_read_and_noise_is_refused() {
        let (gbk, _, _) = encoding_rs::GB18030.encode("交易日期,金额");
        assert_eq!(decode(&gbk).as_deref(), Ok("交易日期,金额"));
        assert_eq!(decode("\u{feff}金额".as_bytes()).as_deref(), Ok("金额"));
        assert_eq!(decode(&[0xff, 0xff, 0xff]), Err(BadStatement::Encoding));
    }
}
