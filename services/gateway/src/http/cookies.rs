//! The two cookies: the session's, and the one that ties an OpenID request to its browser.

use http::HeaderMap;
use http::header::COOKIE;

pub const SESSION: &str = "sluice_session";
pub const OIDC: &str = "sluice_oidc";
const OIDC_PATH: &str = "/api/session/oidc";

/// The value of a cookie.
pub fn value<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let cookies = headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok()).flat_map(|line| line.split(';'));
    let mut pairs = cookies.filter_map(|cookie| cookie.trim().split_once('='));
    pairs.find_map(|(found, value)| (found == name).then_some(value))
}

pub fn set_session(token: &str, seconds: i64, secure: bool) -> String {
    line(SESSION, token, "/", seconds, secure)
}

pub fn clear_session(secure: bool) -> String {
    line(SESSION, "", "/", 0, secure)
}

pub fn set_oidc(browser: &str, seconds: i64, secure: bool) -> String {
    line(OIDC, browser, OIDC_PATH, seconds, secure)
}

pub fn clear_oidc(secure: bool) -> String {
    line(OIDC, "", OIDC_PATH, 0, secure)
}

fn line(name: &str, value: &str, path: &str, seconds: i64, secure: bool) -> String {
    let secure = if secure { "; Secure" } else { "" };
    format!("{name}={value}; Path={path}; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_found_among_others_and_not_by_its_ending() {
        let mut headers = HeaderMap::new();
        headers.append(COOKIE, "a=1; not_sluice_session=x; sluice_session=tok==; b=2".parse().expect("header"));
        assert_eq!(value(&headers, SESSION), Some("tok=="));
        assert_eq!(value(&headers, "c"), None);
    }

    #[test]
    fn scripts_and_other_sites_never_get_the_session() {
        assert_eq!(set_session("t", 60, true), "sluice_session=t; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure");
        assert!(!set_session("t", 60, false).contains("Secure"));
    }
}
