//! What digits give away.

/// A kind of personal number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Secret {
    /// A mobile or landline telephone.
    Telephone,
    /// An identity card.
    Identity,
    /// A bank card.
    BankCard,
    /// Digits introduced as some number of a person, but of no known form: misheard, most likely.
    Other,
}

const ABOUT_TELEPHONES: &[&str] = &["电话", "手机", "座机", "号码", "拨打", "打给", "联系方式", "微信"];
const ABOUT_IDENTITY: &[&str] = &["身份证"];
const ABOUT_CARDS: &[&str] = &["卡号", "银行卡", "账号", "账户"];

/// Digits that somebody introduces as his number are his number, well heard or not.
const ENOUGH_WHEN_INTRODUCED: usize = 7;

/// What a digit of an identity number counts in its checksum, and the checksum's characters.
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS: &[u8; 11] = b"10X98765432";

impl Secret {
    /// What stands in its place.
    pub fn placeholder(self) -> &'static str {
        match self {
            Self::Telephone => "【电话】",
            Self::Identity => "【身份证】",
            Self::BankCard => "【银行卡】",
            Self::Other => "【号码】",
        }
    }

    /// What `digits` (the last may be an X) are, after the text `before`; `joined` from several groups or one.
    pub(super) fn of(digits: &str, before: &str, joined: bool) -> Option<Self> {
        if is_identity(digits) {
            return Some(Self::Identity);
        }
        if is_mobile(digits) || is_landline(digits, joined) {
            return Some(Self::Telephone);
        }
        if is_bank_card(digits) {
            return Some(Self::BankCard);
        }
        introduced(digits, before)
    }
}

fn introduced(digits: &str, before: &str) -> Option<Secret> {
    if digits.len() < ENOUGH_WHEN_INTRODUCED {
        return None;
    }
    let about = |words: &[&str]| words.iter().any(|word| before.contains(word));
    if about(ABOUT_IDENTITY) {
        Some(Secret::Identity)
    } else if about(ABOUT_CARDS) {
        Some(Secret::BankCard)
    } else if about(ABOUT_TELEPHONES) {
        Some(if digits.len() > 13 { Secret::Other } else { Secret::Telephone })
    } else {
        None
    }
}

/// 1, then 3 to 9, eleven digits in all; perhaps with the country's code.
fn is_mobile(digits: &str) -> bool {
    let local = ["0086", "86"].iter().find_map(|code| digits.strip_prefix(code)).filter(|local| local.len() == 11);
    let local = local.unwrap_or(digits).as_bytes();
    local.len() == 11 && local[0] == b'1' && (b'3'..=b'9').contains(&local[1])
}

/// An area code that begins with 0 and seven or eight digits, perhaps with an extension.
fn is_landline(digits: &str, joined: bool) -> bool {
    let Some(rest) = digits.strip_prefix('0') else { return false };
    let area = if rest.starts_with(['1', '2']) { 2 } else { 3 };
    let number = rest.len().saturating_sub(area);
    let plausible = rest.starts_with(|first: char| first != '0') && rest.len() > area;
    plausible && ((7..=8).contains(&number) || joined && (9..=12).contains(&number))
}

/// Eighteen characters with a date of birth and a right checksum, or one wrong digit in an otherwise
/// plausible one; fifteen digits in the old form.
fn is_identity(digits: &str) -> bool {
    let bytes = digits.as_bytes();
    match bytes.len() {
        18 => is_date(&digits[6..14]) && (checksum_holds(bytes) || (b'1'..=b'8').contains(&bytes[0])),
        15 => (b'1'..=b'8').contains(&bytes[0]) && is_date(&format!("19{}", &digits[6..12])),
        _ => false,
    }
}

/// ISO 7064, MOD 11-2.
fn checksum_holds(bytes: &[u8]) -> bool {
    let sum: u32 = bytes.iter().zip(WEIGHTS).map(|(byte, weight)| u32::from(byte.wrapping_sub(b'0')) * weight).sum();
    bytes.last().map(u8::to_ascii_uppercase) == Some(CHECKS[(sum % 11) as usize])
}

fn is_date(digits: &str) -> bool {
    let part = |range: std::ops::Range<usize>| digits[range].parse::<u32>().unwrap_or(0);
    (1900..=2100).contains(&part(0..4)) && (1..=12).contains(&part(4..6)) && (1..=31).contains(&part(6..8))
}

/// Sixteen to nineteen digits whose Luhn checksum holds.
fn is_bank_card(digits: &str) -> bool {
    let plausible = (16..=19).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    plausible && luhn(digits) == 0
}

fn luhn(digits: &str) -> u32 {
    let values = digits.bytes().rev().map(|byte| u32::from(byte - b'0'));
    let sum: u32 = values.enumerate().map(|(place, value)| if place % 2 == 0 { value } else { doubled(value) }).sum();
    sum % 10
}

fn doubled(value: u32) -> u32 {
    if value > 4 { value * 2 - 9 } else { value * 2 }
}
