//! Company names and contract numbers as bank entries write them.

/// Half-width, upper-case, without blanks: the form in which texts are compared.
pub fn plain(text: &str) -> String {
    folded(text).filter(|c| !c.is_whitespace()).collect()
}

/// A company's name without what banks and people write differently.
pub fn company_key(name: &str) -> String {
    let letters: String = plain(name).chars().filter(|c| c.is_alphanumeric()).collect();
    letters.replace("有限责任公司", "有限公司")
}

/// True where `text` names exactly this contract, and not one whose number only begins or ends like it.
///
/// Letters, digits, and a dash or underscore before one of those continue a number. Blanks inside a number are ignored,
/// since banks break lines anywhere; a blank next to it ends it.
pub fn names_contract(text: &str, number: &str) -> bool {
    let (text, number): (Vec<char>, Vec<char>) = (folded(text).collect(), plain(number).chars().collect());
    if number.is_empty() {
        return false;
    }
    let begins = (0..text.len()).filter(|at| text[*at] == number[0]);
    let mut found = begins.filter_map(|at| Some((at, at + length_of(&text[at..], &number)?)));
    found.any(|(from, to)| !continues(text[..from].iter().rev()) && !continues(text[to..].iter()))
}

/// How many characters of the text the number takes when the text begins with it.
fn length_of(text: &[char], number: &[char]) -> Option<usize> {
    let mut wanted = number.iter();
    let mut next = wanted.next();
    for (at, c) in text.iter().enumerate() {
        match next {
            None => return Some(at),
            Some(expected) if c == expected => next = wanted.next(),
            Some(_) if c.is_whitespace() => {}
            Some(_) => return None,
        }
    }
    next.is_none().then_some(text.len())
}

/// Whether what stands next to a number, read away from it, is part of a longer number.
fn continues<'a>(mut outwards: impl Iterator<Item = &'a char>) -> bool {
    match outwards.next() {
        Some('-' | '_') => outwards.next().is_some_and(char::is_ascii_alphanumeric),
        Some(next) => next.is_ascii_alphanumeric(),
        None => false,
    }
}

fn folded(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().map(half_width).flat_map(char::to_uppercase)
}

fn half_width(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '—' | '–' | '‐' => '-',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn companies_are_equal_however_banks_write_them() {
        let key = company_key("云杉（上海）医疗科技有限责任公司");
        assert_eq!(key, company_key("云杉(上海) 医疗科技有限公司"));
        assert_ne!(key, company_key("云杉（苏州）医疗科技有限公司"));
        assert_eq!(company_key("ＡＣＭＥ Co., Ltd."), company_key("Acme co ltd"));
    }

    #[test]
    fn a_number_is_found_whole_or_not_at_all() {
        for text in [
            "支付HT-2027-0001货款",
            "ht-2027-0001",
            "合同号：ＨＴ－2027－0001，首付",
            "HT-2027-0001-首付款",
            "HT 2027 /HT-2027-0001",
            "payment for HT-2027-\n0001 invoice 5",
            "HT-2027-0002/HT-2027-0001",
        ] {
            assert!(names_contract(text, "HT-2027-0001"), "{text}");
        }
        for text in ["HT-2027-00012", "HT-2027-0001-2", "XHT-2027-0001", "A-HT-2027-0001", "HT-2027-001", ""] {
            assert!(!names_contract(text, "HT-2027-0001"), "{text}");
        }
        assert!(!names_contract("anything", " "));
    }

    proptest! {
        #[test]
        fn any_text_can_be_searched(text in ".{0,60}", number in ".{0,12}") {
            let _ = names_contract(&text, &number);
            prop_assert_eq!(company_key(&company_key(&text)), company_key(&text));
        }
    }
}
