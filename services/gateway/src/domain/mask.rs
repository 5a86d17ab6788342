//! Personal data as people see it who do not need the whole of it.

/// `138****5678`: the first three and last four characters of a number that is long enough.
pub fn phone(number: &str) -> String {
    let characters: Vec<char> = number.chars().collect();
    if characters.len() < 9 {
        return "****".to_owned();
    }
    let (head, tail) = (&characters[..3], &characters[characters.len() - 4..]);
    format!("{}****{}", head.iter().collect::<String>(), tail.iter().collect::<String>())
}

/// `l***@example.com`: the first character and the domain.
pub fn email(address: &str) -> String {
    let Some((name, domain)) = address.rsplit_once('@') else { return "***".to_owned() };
    let first: String = name.chars().take(1).collect();
    format!("{first}***@{domain}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn enough_stays_to_recognise_and_too_little_to_use() {
        assert_eq!(phone("13800001234"), "138****1234");
        assert_eq!(phone("12345678"), "****");
        assert_eq!(email("lin.demo@example.com"), "l***@example.com");
        assert_eq!(email("nonsense"), "***");
    }
}
