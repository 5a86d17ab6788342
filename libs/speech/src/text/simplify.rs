//! Traditional to simplified characters.

/// Words in which 著 is written as it is; everywhere else it is the Taiwanese spelling of 着.
const WRITTEN: &[&str] = &[
    "著名",
    "著作",
    "著称",
    "著述",
    "著者",
    "著书",
    "显著",
    "卓著",
    "昭著",
    "编著",
    "原著",
    "巨著",
    "名著",
    "专著",
    "论著",
    "译著",
    "合著",
    "遗著",
    "土著",
    "见微知著",
];

/// Writes `text` in simplified characters; text that is simplified already stays as it is.
pub fn simplify(text: &str) -> String {
    let mut simple = hanconv::t2s(text).replace('妳', "你");
    if simple.contains('著') {
        simple = particle(&simple);
    }
    simple
}

/// 看著 is 看着, 著名 is 著名.
fn particle(text: &str) -> String {
    let written = |at: usize| {
        WRITTEN.iter().any(|word| {
            let offset = word.find('著').unwrap_or(0);
            at.checked_sub(offset).and_then(|start| text.get(start..)).is_some_and(|rest| rest.starts_with(word))
        })
    };
    text.char_indices().map(|(at, char)| if char == '著' && !written(at) { '着' } else { char }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn traditional_becomes_simplified() {
        assert_eq!(simplify("這個報價單裡面的優惠,我們後天再談"), "这个报价单里面的优惠,我们后天再谈");
        assert_eq!(simplify("妳看著辦,品質很顯著"), "你看着办,品质很显著");
        assert_eq!(simplify("著名的著作"), "著名的著作");
    }

    #[test]
    fn simplified_stays() {
        for text in ["合同价格是125.3万元", "乾隆皇帝", "什么时候交付", ""] {
            assert_eq!(simplify(text), text);
        }
    }
}
