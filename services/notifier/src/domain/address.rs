//! Where a message goes, and how much of that may be shown.

/// Shows who is meant without showing the whole address: `139****0001`, `z***@example.com`.
pub fn mask(address: &str) -> String {
    match address.split_once('@') {
        Some((name, host)) => format!("{}***@{host}", name.chars().take(1).collect::<String>()),
        None => mask_number(address),
    }
}

fn mask_number(number: &str) -> String {
    let digits: Vec<char> = number.chars().collect();
    if digits.len() < 8 {
        return "****".into();
    }
    let head: String = digits[..digits.len() - 8].iter().collect();
    let tail: String = digits[digits.len() - 4..].iter().collect();
    format!("{head}****{tail}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_is_hidden() {
        assert_eq!(mask("13900000001"), "139****0001");
        assert_eq!(mask("+8613900000001"), "+86139****0001");
        assert_eq!(mask("buyer@example.com"), "b***@example.com");
        assert_eq!(mask("110"), "****");
    }
}
