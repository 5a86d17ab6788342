//! Where the services of a fleet listen: at a loopback address of the test's own. On 127.0.0.1 the kernel may give the
//! port of a service that is not up, or was just killed, to any connection that another test opens.

use std::net::{Ipv4Addr, SocketAddrV4};

const FIRST_PORT: u16 = 9001;
const TWIN_PORT: u16 = 9000;

/// One address after the other.
pub fn all() -> impl Iterator<Item = SocketAddrV4> {
    (FIRST_PORT..).map(|port| SocketAddrV4::new(own_loopback(), port))
}

/// The address of the second process of a service; a fleet has one twin at a time.
pub fn of_twin() -> SocketAddrV4 {
    SocketAddrV4::new(own_loopback(), TWIN_PORT)
}

/// nextest runs each test in a process of its own, and a process id has at most 22 bits.
fn own_loopback() -> Ipv4Addr {
    let [_, high, middle, low] = std::process::id().to_be_bytes();
    Ipv4Addr::new(127, high + 1, middle, low)
}
