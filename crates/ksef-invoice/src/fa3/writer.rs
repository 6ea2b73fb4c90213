//! Writing to XML.

use std::fmt::{Display, Write as _};

use super::content::Sink;

/// Writes each element on a line of its own, without indentation.
pub(crate) struct XmlSink {
    out: String,
    /// The last tag is not closed yet: an attribute may come, or text, or a child.
    in_tag: bool,
}

impl XmlSink {
    pub(crate) fn new() -> Self {
        let mut out = String::with_capacity(4096);
        out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        Self { out, in_tag: false }
    }

    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.out.into_bytes()
    }

    fn close_tag(&mut self) {
        if self.in_tag {
            self.out.push('>');
            self.in_tag = false;
        }
    }
}

impl Sink for XmlSink {
    fn open(&mut self, element: &'static str, _repeats: bool) {
        if self.in_tag {
            self.close_tag();
            self.out.push('\n');
        }
        self.out.push('<');
        self.out.push_str(element);
        self.in_tag = true;
    }

    fn fixed_attribute(&mut self, name: &'static str, value: &'static str) {
        self.attribute(name, value);
    }

    fn attribute(&mut self, name: &'static str, value: &'static str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        self.out.push_str(value);
        self.out.push('"');
    }

    fn text(&mut self, value: &str) {
        self.close_tag();
        let mut rest = value;
        while let Some(place) = rest.find(['&', '<', '>', '\r']) {
            let (before, after) = rest.split_at(place);
            self.out.push_str(before);
            self.out.push_str(match after.as_bytes().first() {
                Some(b'&') => "&amp;",
                Some(b'<') => "&lt;",
                Some(b'>') => "&gt;",
                _ => "&#13;",
            });
            rest = &after[1..];
        }
        self.out.push_str(rest);
    }

    fn plain(&mut self, value: &dyn Display) {
        self.close_tag();
        // Writing to a string does not fail.
        let _ = write!(self.out, "{value}");
    }

    fn close(&mut self, element: &'static str) {
        self.close_tag();
        self.out.push_str("</");
        self.out.push_str(element);
        self.out.push_str(">\n");
    }
}
