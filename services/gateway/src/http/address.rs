//! Where a request comes from.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use axum::extract::{ConnectInfo, Request};

/// The client's address, as far as it can be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

impl ClientAddress {
    /// What requests are counted by: everybody has a whole /64 of IPv6 addresses to choose from.
    pub fn counted(self) -> IpAddr {
        match self.0.to_canonical() {
            IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).into(),
            address @ IpAddr::V4(_) => address,
        }
    }
}

/// The peer of the connection or, behind a proxy that is believed, the last entry of `X-Forwarded-For`:
/// earlier ones are the client's own words.
pub fn address_of(request: &Request, trust_forwarded_for: bool) -> ClientAddress {
    let connected = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let forwarded = trust_forwarded_for.then(|| forwarded_for(request)).flatten();
    ClientAddress(forwarded.or(connected).unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED)))
}

fn forwarded_for(request: &Request) -> Option<IpAddr> {
    let last = request.headers().get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
    last.rsplit(',').next()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    fn address(forwarded: &[&str], trusted: bool) -> String {
        let mut request = Request::new(Body::empty());
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([10, 0, 0, 1], 80))));
        for value in forwarded {
            request.headers_mut().append("x-forwarded-for", value.parse().expect("a header"));
        }
        address_of(&request, trusted).0.to_string()
    }

    #[test]
    fn the_addresses_of_one_network_count_as_one() {
        let counted = |text: &str| ClientAddress(text.parse().expect("an address")).counted().to_string();
        assert_eq!(counted("2001:db8:1:2:aaaa::1"), "2001:db8:1:2::");
        assert_eq!(counted("2001:db8:1:2:bbbb::9"), "2001:db8:1:2::");
        assert_eq!(counted("::ffff:203.0.113.9"), "203.0.113.9");
        assert_eq!(counted("203.0.113.9"), "203.0.113.9");
    }

    #[test]
    fn only_what_a_believed_proxy_added_counts() {
        assert_eq!(address(&["1.1.1.1"], false), "10.0.0.1");
        assert_eq!(address(&["1.1.1.1, 2.2.2.2"], true), "2.2.2.2");
        assert_eq!(address(&["1.1.1.1", "3.3.3.3"], true), "3.3.3.3");
        assert_eq!(address(&["nonsense"], true), "10.0.0.1");
        assert_eq!(address(&[], true), "10.0.0.1");
    }
}
