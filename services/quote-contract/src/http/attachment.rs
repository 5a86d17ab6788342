//! Files as answers.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};

use crate::ops::print_quote::Printed;
use crate::pdf;

/// A PDF with its name, and its SHA-256 as ETag and `content-sha256`.
pub fn pdf_answer(printed: Printed) -> Response {
    let hash = pdf::sha256(&printed.pdf);
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/pdf"));
    insert(&mut headers, header::CONTENT_DISPOSITION, &format!("inline; filename=\"{}\"", printed.file_name));
    insert(&mut headers, header::ETAG, &format!("\"{hash}\""));
    insert(&mut headers, HeaderName::from_static("content-sha256"), &hash);
    (headers, printed.pdf).into_response()
}

fn insert(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}
