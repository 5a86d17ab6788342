//! Ports for servers that come back on the port they had.

use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::atomic::{AtomicU16, Ordering};

/// Lower ones belong to well-known services.
const LOWEST: u16 = 10_000;
/// Where Linux begins when nobody has told it otherwise.
const USUAL_FIRST_EPHEMERAL: u16 = 32_768;
/// How far apart two processes begin to look, so that they do not choose the same port at the same moment.
const PER_PROCESS: u32 = 8;

static CHOSEN: AtomicU16 = AtomicU16::new(0);

/// A port on which nobody listens, and which the kernel never lends to an outgoing connection: it is free again when
/// the server comes back after a crash.
pub fn choose() -> Option<u16> {
    let span = first_ephemeral().saturating_sub(LOWEST).max(1);
    let chosen = u32::from(CHOSEN.fetch_add(1, Ordering::Relaxed));
    let start = std::process::id().wrapping_mul(PER_PROCESS).wrapping_add(chosen);
    (0..u32::from(span)).map(|step| nth(start.wrapping_add(step), span)).find(|port| is_free(*port))
}

pub fn is_free(port: u16) -> bool {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok()
}

fn nth(index: u32, span: u16) -> u16 {
    let offset = u16::try_from(index % u32::from(span)).unwrap_or_default();
    LOWEST + offset
}

/// Linux: `net.ipv4.ip_local_port_range`.
fn first_ephemeral() -> u16 {
    let range = fs::read_to_string("/proc/sys/net/ipv4/ip_local_port_range").unwrap_or_default();
    let first = range.split_whitespace().next().and_then(|first| first.parse().ok());
    first.filter(|first| *first > LOWEST).unwrap_or(USUAL_FIRST_EPHEMERAL)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_in_use_is_not_free() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("bound");
        assert!(!is_free(taken.local_addr().expect("address").port()));
    }

    #[test]
    fn outgoing_connections_are_never_lent_the_port() {
        let port = choose().expect("a port");
        assert!((LOWEST..first_ephemeral()).contains(&port));
    }

    #[test]
    fn two_servers_started_together_look_at_different_ports() {
        assert_ne!(choose(), choose());
    }

    #[test]
    fn every_index_is_a_port_of_the_span() {
        assert_eq!([nth(0, 10), nth(9, 10), nth(10, 10), nth(u32::MAX, 10)], [10_000, 10_009, 10_000, 10_005]);
    }
}
