//! Markdown as one HTML page that loads nothing from anywhere.

use pulldown_cmark::{Options, Parser, html};

const STYLE: &str = "body{font:16px/1.6 system-ui,sans-serif;max-width:64rem;margin:2rem auto;padding:0 1rem}\
table{border-collapse:collapse;width:100%}th,td{border:1px solid #ccc;padding:.3rem .6rem;text-align:left}\
pre{background:#f4f4f4;padding:1rem;overflow:auto}tr:has(:target){background:#fff3bf}\
@media(prefers-color-scheme:dark){body{background:#111;color:#ddd}pre{background:#222}tr:has(:target){background:#443c10}}";

/// `markdown` is trusted: HTML inside it, such as anchors, is kept.
pub fn of_markdown(title: &str, markdown: &str) -> String {
    let mut body = String::new();
    html::push_html(&mut body, Parser::new_ext(markdown, Options::ENABLE_TABLES));
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>{title}</title>\
         <style>{STYLE}</style></head><body>{body}</body></html>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_and_anchors_survive() {
        let page = of_markdown("t", "# A\n\n| code |\n|---|\n| <a id=\"x_y\"></a>`x_y` |\n");
        assert!(page.contains("<td><a id=\"x_y\"></a><code>x_y</code></td>"), "{page}");
        assert!(page.starts_with("<!doctype html>") && page.contains("<h1>A</h1>"));
    }
}
