//! Phone numbers in one way of writing: `+86` and the national number without its leading zero.

use kernel::Text;

use super::company_name::half_width;

/// Not a number that can be called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("is not a mobile number, a landline with its area code, or an international number starting with +")]
pub struct BadPhone;

impl BadPhone {
    pub fn reason(self) -> Text {
        Text::new("不是手机号、带区号的固定电话或以 + 开头的国际号码", self.to_string())
    }
}

/// Reads a mobile number, a landline with area code and perhaps an extension, a 400/800 number, or an
/// international number. An extension follows a `-`.
pub fn normalise(text: &str) -> Result<String, BadPhone> {
    let text = half_width(text).replace('转', "-").replace("ext", "-");
    let foreign = text.starts_with('+') || text.starts_with("00");
    if let Some(foreign) = foreign.then(|| digits(&text)).filter(|number| !is_chinese(number)) {
        let number = foreign.trim_start_matches("00");
        return if (8..=15).contains(&number.len()) && only_phone_signs(&text) {
            Ok(format!("+{number}"))
        } else {
            Err(BadPhone)
        };
    }
    if !only_phone_signs(&text) {
        return Err(BadPhone);
    }
    let (number, extension) = split_extension(&text);
    let national = national(&number)?;
    Ok(if extension.is_empty() { format!("+86{national}") } else { format!("+86{national}-{extension}") })
}

/// The number without its extension: what a company is recognised by.
pub fn without_extension(number: &str) -> &str {
    number.split('-').next().unwrap_or(number)
}

/// Enough of the number to recognise it, not enough to call it: `138****5678`.
pub fn masked(number: &str) -> String {
    let local = number.strip_prefix("+86").unwrap_or(number);
    let characters: Vec<char> = local.chars().collect();
    if characters.len() < 8 {
        return "****".into();
    }
    let (head, tail): (String, String) =
        (characters[..3].iter().collect(), characters[characters.len() - 4..].iter().collect());
    format!("{head}****{tail}")
}

fn is_chinese(number: &str) -> bool {
    number.trim_start_matches("00").starts_with("86")
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

fn only_phone_signs(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | '-' | ' ' | '(' | ')' | '.'))
}

/// A last group of up to five digits after a complete landline number is an extension.
fn split_extension(text: &str) -> (String, String) {
    if let Some((head, tail)) = text.rsplit_once('-') {
        let (head, tail) = (digits(head), digits(tail));
        if (1..=5).contains(&tail.len()) && national(&head).is_ok_and(|number| !is_mobile(&number)) {
            return (head, tail);
        }
    }
    (digits(text), String::new())
}

fn national(number: &str) -> Result<String, BadPhone> {
    let number = number.strip_prefix("00").unwrap_or(number);
    let after_country = number.strip_prefix("86").filter(|rest| rest.len() >= 10);
    let number = after_country.unwrap_or(number);
    if is_mobile(number) || is_service(number) {
        return Ok(number.to_owned());
    }
    let local = number.strip_prefix('0');
    // After the country code the area code is written without its zero.
    let local = local.or(after_country).filter(|local| is_landline(local));
    local.map(str::to_owned).ok_or(BadPhone)
}

/// Area code and number: Beijing's `10`, otherwise anything that does not begin with 0 or 1.
fn is_landline(local: &str) -> bool {
    (10..=11).contains(&local.len()) && !local.starts_with('0') && (!local.starts_with('1') || local.starts_with("10"))
}

fn is_mobile(number: &str) -> bool {
    let bytes = number.as_bytes();
    bytes.len() == 11 && bytes[0] == b'1' && (b'3'..=b'9').contains(&bytes[1])
}

fn is_service(number: &str) -> bool {
    number.len() == 10 && (number.starts_with("400") || number.starts_with("800"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_number_in_many_spellings_is_one() {
        for spelling in
            ["13800138000", "138 0013 8000", "+86 138-0013-8000", "0086 13800138000", "１３８００１３８０００"]
        {
            assert_eq!(normalise(spelling), Ok("+8613800138000".into()), "{spelling}");
        }
        for spelling in ["021-55501234", "(021) 5550 1234", "+86 021 55501234"] {
            assert_eq!(normalise(spelling), Ok("+862155501234".into()), "{spelling}");
        }
        assert_eq!(normalise("021-55501234-802"), Ok("+862155501234-802".into()));
        assert_eq!(normalise("021-55501234转802"), Ok("+862155501234-802".into()));
        assert_eq!(normalise("400-555-0199"), Ok("+864005550199".into()));
        assert_eq!(normalise("+1 (202) 555-0143"), Ok("+12025550143".into()));
    }

    #[test]
    fn what_cannot_be_called_is_refused() {
        for bad in
            ["", "12345", "12800138000", "1380013800", "138001380000", "打给我", "021", "+86 123", "+86 1380013800"]
        {
            assert_eq!(normalise(bad), Err(BadPhone), "{bad}");
        }
    }

    #[test]
    fn a_masked_number_cannot_be_called() {
        assert_eq!(masked("+8613800138000"), "138****8000");
        assert_eq!(masked("+861"), "****");
    }

    proptest! {
        #[test]
        fn normalising_twice_changes_nothing(number in "1[3-9][0-9]{9}|0(10|2[0-9])[0-9]{8}(-[0-9]{1,5})?|0[3-9][0-9]{2}[0-9]{7}") {
            let once = normalise(&number).expect("valid");
            prop_assert_eq!(normalise(&once), Ok(once.clone()));
        }

        #[test]
        fn nothing_makes_it_panic(text in "\\PC{0,30}") {
            let _ = normalise(&text).map(|number| masked(&number));
        }
    }
}
