//! Where outgoing requests may go: not to this machine, nor to the network it stands in.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

#[derive(Clone, Copy, Debug, thiserror::Error, PartialEq, Eq)]
pub enum BadTarget {
    #[error("is not a URL")]
    NotAUrl,
    #[error("must begin with https://")]
    NotHttps,
    #[error("must not hold a user name or password")]
    Credentials,
    #[error("points into a private network")]
    Private,
}

/// Checks a URL as far as that is possible without resolving its host.
///
/// With `allow_private` (development) plain HTTP and private addresses pass.
pub fn check(url: &str, allow_private: bool) -> Result<Url, BadTarget> {
    let url = Url::parse(url).map_err(|_| BadTarget::NotAUrl)?;
    let host = url.host().ok_or(BadTarget::NotAUrl)?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(BadTarget::Credentials);
    }
    match url.scheme() {
        "https" => {}
        "http" if allow_private => {}
        _ => return Err(BadTarget::NotHttps),
    }
    if !allow_private && is_private_host(&host) {
        return Err(BadTarget::Private);
    }
    Ok(url)
}

fn is_private_host(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => *name == "localhost" || name.ends_with(".localhost"),
        Host::Ipv4(address) => is_private_v4(*address),
        Host::Ipv6(address) => is_private_v6(*address),
    }
}

/// True for every address that is not on the public internet.
pub fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_private_v4(address),
        IpAddr::V6(address) => is_private_v6(address),
    }
}

fn is_private_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    address.is_loopback()
        || address.is_private()
        || address.is_link_local()
        || address.is_multicast()
        || address.is_documentation()
        || a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 198 && (b == 18 || b == 19))
}

fn is_private_v6(address: Ipv6Addr) -> bool {
    let segments = address.segments();
    let embedded = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        is_private_v4(Ipv4Addr::new(a, b, c, d))
    };
    if let Some(mapped) = address.to_ipv4_mapped() {
        return is_private_v4(mapped);
    }
    match segments {
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] | [0x2002, high, low, ..] => embedded(high, low),
        // Global unicast is 2000::/3; its part 2001:db8::/32 is for documentation.
        [first, second, ..] => first & 0xe000 != 0x2000 || (first == 0x2001 && second == 0xdb8),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_private_networks_are_refused() {
        for private in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "0.0.0.0",
            "100.64.0.1",
            "198.18.0.1",
            "255.255.255.255",
            "224.0.0.1",
            "::1",
            "::",
            "fe80::1",
            "fd00::1",
            "::ffff:10.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "2001:db8::1",
        ] {
            assert!(is_private(private.parse().expect("an address")), "{private}");
        }
        for public in ["1.1.1.1", "203.0.114.1", "2606:4700::1111", "64:ff9b::101:101", "::ffff:1.1.1.1"] {
            assert!(!is_private(public.parse().expect("an address")), "{public}");
        }
    }

    #[test]
    fn urls_are_checked_before_they_are_stored() {
        assert!(check("https://hooks.example.com/in", false).is_ok());
        assert!(check("http://127.0.0.1:8080/in", true).is_ok());
        for (url, why) in [
            ("hooks", BadTarget::NotAUrl),
            ("http://hooks.example.com", BadTarget::NotHttps),
            ("ftp://hooks.example.com", BadTarget::NotHttps),
            ("https://me:pw@hooks.example.com", BadTarget::Credentials),
            ("https://127.0.0.1/", BadTarget::Private),
            ("https://2130706433/", BadTarget::Private),
            ("https://[::1]/", BadTarget::Private),
            ("https://localhost/", BadTarget::Private),
        ] {
            assert_eq!(check(url, false), Err(why), "{url}");
        }
    }
}
