//! Where a browser goes after signing in: somewhere in our own pages, whatever the link said.

/// `asked` when it is a path of this site, the start page otherwise.
pub fn own_path(asked: Option<&str>) -> &str {
    asked.filter(|path| is_own(path)).unwrap_or("/")
}

fn is_own(path: &str) -> bool {
    // Browsers read "//host" and "/\host" as another site.
    path.starts_with('/')
        && !path.starts_with("//")
        && path.len() <= 2_000
        && !path.contains('\\')
        && path.chars().all(|c| c.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_to_other_sites_lead_to_the_start_page() {
        for foreign in ["https://evil.example/", "//evil.example", "/\\evil.example", "evil", "", "/a\r\nset-cookie: x"]
        {
            assert_eq!(own_path(Some(foreign)), "/", "{foreign:?}");
        }
        assert_eq!(own_path(Some("/leads?owner=me#top")), "/leads?owner=me#top");
        assert_eq!(own_path(None), "/");
    }
}
