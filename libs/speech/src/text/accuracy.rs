//! How far a transcript is from what was said.

/// The character errors of a transcript and the characters that were said. Marks and blanks count as neither.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Accuracy {
    /// Substituted, missing and added characters on the shortest way from one text to the other (Levenshtein).
    pub errors: usize,
    /// Characters that were said.
    pub said: usize,
}

impl Accuracy {
    /// Of one text; both in spoken or both in written form.
    pub fn of(said: &str, heard: &str) -> Self {
        let characters = |text: &str| text.chars().filter(|char| char.is_alphanumeric()).collect::<Vec<char>>();
        let (said, heard) = (characters(said), characters(heard));
        let mut row: Vec<usize> = (0..=heard.len()).collect();
        for (i, wanted) in said.iter().enumerate() {
            let mut corner = std::mem::replace(&mut row[0], i + 1);
            for (j, found) in heard.iter().enumerate() {
                let best = (row[j + 1] + 1).min(row[j] + 1).min(corner + usize::from(wanted != found));
                corner = std::mem::replace(&mut row[j + 1], best);
            }
        }
        Self { errors: row[heard.len()], said: said.len() }
    }

    /// Of two texts together.
    pub fn and(self, other: Self) -> Self {
        Self { errors: self.errors + other.errors, said: self.said + other.said }
    }

    /// Character error rate in percent; it can exceed 100.
    pub fn error_rate(self) -> f64 {
        self.errors as f64 / self.said.max(1) as f64 * 100.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn wrong_missing_and_added_characters_count_and_marks_do_not() {
        assert_eq!(
            Accuracy::of("停产最多三天，工程师负责。", "停产最多三天工程师负责"),
            Accuracy { errors: 0, said: 11 }
        );
        assert_eq!(Accuracy::of("停产最多三天", "挺产最多十三天呢"), Accuracy { errors: 3, said: 6 });
        assert_eq!(Accuracy::of("", "嗯").and(Accuracy::of("好的", "好")), Accuracy { errors: 2, said: 2 });
        assert!((Accuracy::of("停产最多", "停产").error_rate() - 50.0).abs() < 1e-9);
    }

    proptest! {
        #[test]
        fn it_is_a_distance(a in "[一二三四]{0,9}", b in "[一二三四]{0,9}", c in "[一二三四]{0,9}") {
            let between = |a: &str, b: &str| Accuracy::of(a, b).errors;
            prop_assert_eq!(between(&a, &b), between(&b, &a));
            prop_assert_eq!(between(&a, &b) == 0, a == b);
            prop_assert!(between(&a, &c) <= between(&a, &b) + between(&b, &c));
        }
    }
}
