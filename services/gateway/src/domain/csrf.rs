//! Whether a browser sends a changing request from our own pages.

use http::HeaderMap;

/// Where a browser says that a request comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Site {
    /// Our own pages, or the person directly.
    Same,
    /// Another site's page.
    Cross,
    /// Not said: no browser, or a very old one.
    Unsaid,
}

/// Reads `Sec-Fetch-Site`, and `Origin` where that is missing; `own` is our own origin.
pub fn site_of(headers: &HeaderMap, own: &str) -> Site {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return if matches!(site, "same-origin" | "none") { Site::Same } else { Site::Cross };
    }
    match text("origin") {
        Some(origin) if origin == own => Site::Same,
        Some(_) => Site::Cross,
        None => Site::Unsaid,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(headers: &[(&'static str, &'static str)]) -> Site {
        let headers = headers.iter().map(|(name, value)| (name.parse().expect("name"), value.parse().expect("value")));
        site_of(&headers.collect(), "https://sales.example")
    }

    #[test]
    fn the_browser_says_where_a_request_comes_from() {
        assert_eq!(site(&[("sec-fetch-site", "same-origin")]), Site::Same);
        assert_eq!(site(&[("sec-fetch-site", "none")]), Site::Same);
        assert_eq!(site(&[("sec-fetch-site", "same-site")]), Site::Cross);
        assert_eq!(site(&[("sec-fetch-site", "cross-site"), ("origin", "https://sales.example")]), Site::Cross);
        assert_eq!(site(&[("origin", "https://sales.example")]), Site::Same);
        assert_eq!(site(&[("origin", "https://sales.example.evil.example")]), Site::Cross);
        assert_eq!(site(&[("origin", "null")]), Site::Cross);
        assert_eq!(site(&[]), Site::Unsaid);
    }
}
