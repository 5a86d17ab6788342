//! E-mail addresses and the internet domain a company is recognised by.

use super::company_name::half_width;

/// Providers where everybody has an address: sharing one says nothing about the company.
const PUBLIC_MAIL: [&str; 26] = [
    "qq.com",
    "vip.qq.com",
    "foxmail.com",
    "163.com",
    "vip.163.com",
    "126.com",
    "yeah.net",
    "188.com",
    "139.com",
    "189.cn",
    "wo.cn",
    "sina.com",
    "sina.cn",
    "vip.sina.com",
    "sohu.com",
    "aliyun.com",
    "tom.com",
    "21cn.com",
    "gmail.com",
    "outlook.com",
    "hotmail.com",
    "live.com",
    "live.cn",
    "msn.com",
    "yahoo.com",
    "icloud.com",
];

/// An address in lower case, or nothing when it is none.
pub fn email(text: &str) -> Option<String> {
    let address = half_width(text).to_ascii_lowercase();
    let (local, host) = address.split_once('@')?;
    let local_ok = (1..=64).contains(&local.len())
        && local.chars().all(|c| c.is_ascii_alphanumeric() || "!#$%&'*+/=?^_`{|}~.-".contains(c))
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..");
    (local_ok && is_host(host)).then_some(address)
}

/// A domain from what people type: an address of the web, with or without `https://` and `www.`.
pub fn domain(text: &str) -> Option<String> {
    let text = half_width(text).to_lowercase();
    let host = text.trim_start_matches("https://").trim_start_matches("http://");
    let host = host.split(['/', '?', '#', ':']).next().unwrap_or(host);
    let host = host.strip_prefix("www.").unwrap_or(host);
    is_host(host).then(|| host.to_owned())
}

/// The company's own domain behind an address; nothing for a public provider.
pub fn company_domain(email: &str) -> Option<String> {
    let host = email.split_once('@')?.1;
    (!is_public(host)).then(|| host.to_owned())
}

/// True for a domain that many companies share.
pub fn is_public(domain: &str) -> bool {
    PUBLIC_MAIL.contains(&domain)
}

fn is_host(host: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    host.len() <= 253 && host.contains('.') && host.split('.').all(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_addresses_and_domains_as_people_type_them() {
        assert_eq!(email(" Buyer@Huachen.Example ").as_deref(), Some("buyer@huachen.example"));
        assert_eq!(domain("https://www.huachen.example/about?x=1").as_deref(), Some("huachen.example"));
        assert_eq!(domain("HUACHEN.example").as_deref(), Some("huachen.example"));
    }

    #[test]
    fn refuses_what_is_none() {
        for bad in ["", "a", "a@", "@b.example", "a b@c.example", "a@b", "a..b@c.example", "a@-b.example"] {
            assert_eq!(email(bad), None, "{bad}");
        }
        for bad in ["", "localhost", "a b.example", "-a.example"] {
            assert_eq!(domain(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_shared_provider_is_no_company() {
        assert_eq!(company_domain("someone@qq.com"), None);
        assert_eq!(company_domain("someone@huachen.example").as_deref(), Some("huachen.example"));
    }
}
