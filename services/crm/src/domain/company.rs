//! When are two records the same company?

use kernel::Text;

const ENDINGS: [&str; 7] = ["股份有限公司", "有限责任公司", "有限公司", "集团", "公司", "coltd", "ltd"];

/// What spellings of one company name have in common: width, case, blanks, punctuation and legal form.
pub fn normalised_name(name: &str) -> String {
    let narrow: String = name.chars().map(narrow).filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
    let plain: String = narrow.chars().filter(|c| c.is_alphanumeric()).collect();
    if plain.is_empty() { narrow } else { without_endings(&plain).to_owned() }
}

fn without_endings(name: &str) -> &str {
    let shorter = ENDINGS.iter().find_map(|ending| name.strip_suffix(ending)).filter(|rest| !rest.is_empty());
    shorter.map_or(name, without_endings)
}

/// Full-width forms of ASCII become ASCII.
fn narrow(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        other => other,
    }
}

/// A unified social credit code in its stored form; what is wrong with it otherwise.
pub fn credit_code(text: &str) -> Result<Option<String>, Text> {
    let code: String = text.chars().map(narrow).filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_uppercase();
    if code.is_empty() {
        return Ok(None);
    }
    let legal = |c: char| c.is_ascii_digit() || (c.is_ascii_uppercase() && !matches!(c, 'I' | 'O' | 'S' | 'V' | 'Z'));
    if code.len() == 18 && code.chars().all(legal) {
        return Ok(Some(code));
    }
    Err(Text::new(
        "统一社会信用代码应为 18 位数字或大写字母（不含 I、O、S、V、Z）",
        "a unified social credit code has 18 digits or letters without I, O, S, V, Z",
    ))
}

/// True when two records are one company: the same code, or the same name and no codes that differ.
pub fn same_company(a: (&str, Option<&str>), b: (&str, Option<&str>)) -> bool {
    match (a.1, b.1) {
        (Some(one), Some(other)) => one == other,
        _ => a.0 == b.0,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn spellings_of_one_company_meet() {
        for other in ["云杉装备（集团）股份有限公司", "云杉装备 股份有限公司", "云杉装备", "云杉装备集团公司"]
        {
            assert_eq!(normalised_name(other), normalised_name("云杉装备有限公司"), "{other}");
        }
        assert_eq!(normalised_name("ＡＢＣ Tools Co., Ltd."), "abctools");
        assert_ne!(normalised_name("云杉装备有限公司"), normalised_name("冷杉装备有限公司"));
    }

    #[test]
    fn a_name_that_is_only_an_ending_stays() {
        assert_eq!(normalised_name("公司"), "公司");
        assert_eq!(normalised_name("！！"), "!!");
    }

    #[test]
    fn codes_decide_before_names() {
        assert!(same_company(("a", Some("1")), ("b", Some("1"))));
        assert!(!same_company(("a", Some("1")), ("a", Some("2"))));
        assert!(same_company(("a", None), ("a", Some("2"))));
    }

    #[test]
    fn credit_codes_are_checked() {
        assert_eq!(credit_code(" 91310000ma1k00001x "), Ok(Some("91310000MA1K00001X".into())));
        assert_eq!(credit_code("  "), Ok(None));
        assert!(credit_code("91310000").is_err());
        assert!(credit_code("9131000OMA1K00001X").is_err());
    }

    proptest! {
        #[test]
        fn normalising_again_changes_nothing(name in "[\\p{Han}a-zA-Z0-9 （）]{1,30}") {
            let once = normalised_name(&name);
            prop_assert_eq!(normalised_name(&once), once);
        }

        #[test]
        fn blanks_and_case_never_matter(name in "[\\p{Han}a-z]{2,20}") {
            let spaced: String = name.chars().flat_map(|c| [c, ' ']).collect();
            prop_assert_eq!(normalised_name(&spaced.to_uppercase()), normalised_name(&name));
        }
    }
}
