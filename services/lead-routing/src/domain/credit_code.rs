//! The unified social credit code of Chinese organisations (GB 32100-2015).

use kernel::Text;

/// Digits and letters without I, O, S, V and Z, in the order of their values.
const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const LENGTH: usize = 18;

/// Why a text is no credit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadCreditCode {
    #[error("a credit code has 18 characters")]
    Length,
    #[error("a credit code has digits and capital letters other than I, O, S, V and Z")]
    Character,
    #[error("the last character does not fit the others")]
    CheckCharacter,
}

impl BadCreditCode {
    pub fn code(self) -> &'static str {
        match self {
            Self::Length => "wrong_length",
            Self::Character => "wrong_character",
            Self::CheckCharacter => "wrong_check_character",
        }
    }

    pub fn reason(self) -> Text {
        let zh = match self {
            Self::Length => "统一社会信用代码应为 18 位",
            Self::Character => "统一社会信用代码只含数字和大写字母（不含 I、O、S、V、Z）",
            Self::CheckCharacter => "统一社会信用代码校验位不符，请核对是否录错",
        };
        Text::new(zh, self.to_string())
    }
}

/// Reads a code, with lower-case or full-width characters and spaces, into its one way of writing.
pub fn normalise(text: &str) -> Result<String, BadCreditCode> {
    let code = super::company_name::half_width(text).replace([' ', '-'], "").to_ascii_uppercase();
    if code.chars().count() != LENGTH {
        return Err(BadCreditCode::Length);
    }
    let values: Option<Vec<usize>> = code.chars().map(|character| ALPHABET.find(character)).collect();
    let values = values.ok_or(BadCreditCode::Character)?;
    if check_value(&values[..LENGTH - 1]) == values[LENGTH - 1] { Ok(code) } else { Err(BadCreditCode::CheckCharacter) }
}

/// Weights are the powers of 3 modulo 31.
fn check_value(values: &[usize]) -> usize {
    let weighted = values.iter().fold((0, 1), |(sum, weight), value| (sum + value * weight, weight * 3 % 31));
    (31 - weighted.0 % 31) % 31
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Completes 17 characters with the check character.
    fn complete(values: &[usize]) -> String {
        let character = |value: &usize| ALPHABET.chars().nth(*value).expect("a value below 31");
        values.iter().chain([&check_value(values)]).map(character).collect()
    }

    #[test]
    fn accepts_a_code_however_it_is_typed() {
        assert_eq!(normalise("91350100M000100Y43"), Ok("91350100M000100Y43".into()));
        assert_eq!(normalise(" 91350100m000100y43 "), Ok("91350100M000100Y43".into()));
        assert_eq!(normalise("９１３５０１００Ｍ０００１００Ｙ４３"), Ok("91350100M000100Y43".into()));
    }

    #[test]
    fn says_what_is_wrong() {
        assert_eq!(normalise("91350100M000100Y4"), Err(BadCreditCode::Length));
        assert_eq!(normalise("91350100I000100Y43"), Err(BadCreditCode::Character));
        assert_eq!(normalise("91350100M000100Y44"), Err(BadCreditCode::CheckCharacter));
    }

    proptest! {
        #[test]
        fn every_single_typing_mistake_is_found(
            values in prop::collection::vec(0_usize..31, 17), at in 0_usize..18, other in 1_usize..31,
        ) {
            let code = complete(&values);
            prop_assert_eq!(normalise(&code), Ok(code.clone()));
            let mut wrong: Vec<usize> = code.chars().map(|c| ALPHABET.find(c).expect("known")).collect();
            wrong[at] = (wrong[at] + other) % 31;
            let wrong: String = wrong.iter().map(|v| ALPHABET.chars().nth(*v).expect("known")).collect();
            prop_assert_eq!(normalise(&wrong), Err(BadCreditCode::CheckCharacter));
        }
    }
}
