//! Company names as they are compared: the same company is written in many ways.

/// Legal forms and the like, longest first, as they stand at the end of a normalised name.
const SUFFIXES: [&str; 17] = [
    "股份有限责任公司",
    "股份有限公司",
    "集团有限公司",
    "有限责任公司",
    "有限公司",
    "总公司",
    "分公司",
    "集团",
    "公司",
    "股份",
    "coltd",
    "limited",
    "company",
    "gmbh",
    "ltd",
    "inc",
    "llc",
];
/// A name never shrinks below this: `集团公司` alone would match everybody.
const SHORTEST: usize = 2;

/// Full-width letters, digits and signs as ordinary ones; the ideographic space as a space. Trimmed.
pub fn half_width(text: &str) -> String {
    let narrow = |character: char| match character {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(character) - 0xfee0).unwrap_or(character),
        other => other,
    };
    text.chars().map(narrow).collect::<String>().trim().to_owned()
}

/// What two names of one company have in common: no spaces, signs, width or legal form.
pub fn comparable(name: &str) -> String {
    let narrow = half_width(name).to_lowercase();
    let mut key: String = narrow.chars().filter(|character| character.is_alphanumeric()).collect();
    while let Some(shorter) = without_suffix(&key) {
        key = shorter;
    }
    key
}

fn without_suffix(key: &str) -> Option<String> {
    let shorter = SUFFIXES.iter().find_map(|suffix| key.strip_suffix(suffix))?;
    (shorter.chars().count() >= SHORTEST).then(|| shorter.to_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_same_company_in_many_spellings_is_one() {
        let spellings = [
            "华辰精密仪器有限公司",
            "华辰精密仪器",
            " 华辰 精密仪器（有限公司） ",
            "华辰精密仪器股份有限公司",
            "华辰精密仪器集团有限公司",
        ];
        for spelling in spellings {
            assert_eq!(comparable(spelling), "华辰精密仪器", "{spelling}");
        }
        assert_eq!(comparable("ＡＣＭＥ Ｔｏｏｌｓ Co., Ltd."), comparable("acme tools"));
    }

    #[test]
    fn different_companies_stay_different() {
        assert_ne!(comparable("华辰（上海）仪器有限公司"), comparable("华辰（北京）仪器有限公司"));
        assert_eq!(comparable("集团公司"), "集团");
    }

    proptest! {
        #[test]
        fn normalising_twice_changes_nothing(name in "\\PC{0,40}") {
            let once = comparable(&name);
            prop_assert_eq!(comparable(&once), once);
        }
    }
}
