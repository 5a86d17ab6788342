//! A small tree of an XML file with line numbers. No document type, no entities but the five of XML itself, bounded
//! depth and size: nothing in a file can make it grow.

use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::reader::NsReader;

use super::BadStatement;

const DEEPEST: usize = 32;
const MOST_ELEMENTS: usize = 400_000;

/// An element; names are without their prefix.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Element {
    pub name: String,
    pub line: u32,
    pub attributes: Vec<(String, String)>,
    pub text: String,
    pub children: Vec<Element>,
}

impl Element {
    /// The element at the end of a path of names, the first one at each step.
    pub fn find(&self, path: &[&str]) -> Option<&Self> {
        path.iter().try_fold(self, |element, name| element.children.iter().find(|child| child.name == *name))
    }

    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The text at the end of a path; nothing when it is blank.
    pub fn text_at(&self, path: &[&str]) -> Option<&str> {
        self.find(path).map(|element| element.text.trim()).filter(|text| !text.is_empty())
    }

    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// Counts lines while the reader moves on.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: u32,
}

impl Lines<'_> {
    fn up_to(&mut self, offset: u64) -> u32 {
        let offset = usize::try_from(offset).unwrap_or(usize::MAX).min(self.text.len()).max(self.at);
        let passed = self.text.get(self.at..offset).map_or(0, |text| text.matches('\n').count());
        self.line += u32::try_from(passed).unwrap_or(0);
        self.at = offset;
        self.line
    }
}

/// Reads a whole document; answers its root and the root's namespace.
pub fn parse(text: &str) -> Result<(String, Element), BadStatement> {
    let mut reader = NsReader::from_str(text);
    let mut lines = Lines { text, at: 0, line: 1 };
    let (mut namespace, mut open, mut root, mut count) = (String::new(), Vec::<Element>::new(), None, 0);
    loop {
        let line = lines.up_to(reader.buffer_position());
        let next = reader.read_resolved_event();
        let (resolved, event) = next.map_err(|error| BadStatement::Malformed { line, reason: error.to_string() })?;
        if root.is_none() && open.is_empty() && matches!(event, Event::Start(_) | Event::Empty(_)) {
            namespace = name_of(&resolved);
        }
        match event {
            Event::Start(start) => {
                count += 1;
                open.push(begin(&start, line)?);
                check_bounds(open.len(), count, line)?;
            }
            Event::Empty(start) => {
                count += 1;
                check_bounds(open.len(), count, line)?;
                close(begin(&start, line)?, &mut open, &mut root, line)?;
            }
            Event::End(_) => {
                let element = open.pop().ok_or_else(|| stray(line))?;
                close(element, &mut open, &mut root, line)?;
            }
            Event::Text(text) => append(&mut open, &text.xml10_content()),
            Event::CData(data) => append(&mut open, &data.xml10_content()),
            Event::GeneralRef(reference) => append(&mut open, &resolve(&reference, line)?),
            Event::DocType(_) => return Err(BadStatement::DocumentType { line }),
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
    if let Some(unclosed) = open.last() {
        let reason = format!("element {} is not closed", unclosed.name);
        return Err(BadStatement::Malformed { line: unclosed.line, reason });
    }
    root.map(|root| (namespace, root)).ok_or(BadStatement::Missing { line: 1, element: "Document" })
}

fn begin(start: &BytesStart<'_>, line: u32) -> Result<Element, BadStatement> {
    let malformed = |reason: String| BadStatement::Malformed { line, reason };
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| malformed(error.to_string()))?;
        let value =
            attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|error| malformed(error.to_string()))?;
        attributes.push((attribute.key.0.to_owned(), value.into_owned()));
    }
    let name = start.local_name().as_ref().to_owned();
    Ok(Element { name, line, attributes, ..Element::default() })
}

fn close(element: Element, open: &mut [Element], root: &mut Option<Element>, line: u32) -> Result<(), BadStatement> {
    match open.last_mut() {
        Some(parent) => parent.children.push(element),
        None if root.is_none() => *root = Some(element),
        None => return Err(stray(line)),
    }
    Ok(())
}

fn append(open: &mut [Element], text: &str) {
    if let Some(element) = open.last_mut() {
        element.text.push_str(text);
    }
}

/// Only characters by number and the five names of XML itself.
fn resolve(reference: &BytesRef<'_>, line: u32) -> Result<String, BadStatement> {
    let by_number = reference.resolve_char_ref();
    let by_number = by_number.map_err(|error| BadStatement::Malformed { line, reason: error.to_string() })?;
    if let Some(character) = by_number {
        return Ok(character.to_string());
    }
    let named = quick_xml::escape::resolve_predefined_entity(&reference.xml10_content()).map(str::to_owned);
    named.ok_or(BadStatement::DocumentType { line })
}

fn check_bounds(depth: usize, count: usize, line: u32) -> Result<(), BadStatement> {
    if depth <= DEEPEST && count <= MOST_ELEMENTS {
        return Ok(());
    }
    Err(BadStatement::Malformed { line, reason: "too many or too deeply nested elements".into() })
}

fn stray(line: u32) -> BadStatement {
    BadStatement::Malformed { line, reason: "something follows the end of the document".into() }
}

fn name_of(resolved: &ResolveResult<'_>) -> String {
    match resolved {
        ResolveResult::Bound(namespace) => namespace.0.to_owned(),
        ResolveResult::Unbound | ResolveResult::Unknown(_) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn elements_keep_text_attributes_and_line() {
        let (namespace, root) =
            parse("<?xml version=\"1.0\"?>\n<d:a xmlns:d=\"urn:x\">\n <b c=\"1&amp;2\">x &lt; y</b><e/></d:a>")
                .expect("a tree");
        assert_eq!(namespace, "urn:x");
        let b = root.find(&["b"]).expect("b");
        assert_eq!((b.line, b.attribute("c"), b.text.as_str()), (3, Some("1&2"), "x < y"));
        assert_eq!(root.children.len(), 2);
    }

    #[test]
    fn a_file_cannot_grow_by_entities_or_nesting() {
        let bomb = "<!DOCTYPE a [<!ENTITY x \"xxxxxxxxxx\"><!ENTITY y \"&x;&x;\">]><a>&y;</a>";
        assert_eq!(parse(bomb), Err(BadStatement::DocumentType { line: 1 }));
        assert_eq!(parse("<a>\n&y;</a>"), Err(BadStatement::DocumentType { line: 2 }));
        let deep = format!("{}{}", "<a>".repeat(40), "</a>".repeat(40));
        assert!(matches!(parse(&deep), Err(BadStatement::Malformed { .. })));
    }

    #[test]
    fn what_is_broken_is_named_with_its_line() {
        for (text, line) in [("<a>\n<b></a>", 2), ("<a>\n\n<b", 3), ("<a></a>\n<b></b>", 2), ("<a>", 1)] {
            let Err(BadStatement::Malformed { line: found, .. }) = parse(text) else {
                panic!("{text}: {:?}", parse(text))
            };
            assert_eq!(found, line, "{text}");
        }
        assert_eq!(parse("  "), Err(BadStatement::Missing { line: 1, element: "Document" }));
    }

    proptest! {
        #[test]
        fn any_text_is_answered(text in "[<>/a&;!\\[\\]\"= \n-]{0,80}") {
            let _ = parse(&text);
        }
    }
}
