//! Where one piece of a document ends and the next begins, and that end tags fit.
//!
//! What is inside a piece is the scanner's business. Nothing is copied.

use super::FaultKind;
use super::characters::is_space;

/// What kind of piece was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Start,
    Empty,
    End,
    Text,
    CData,
    Reference,
    Comment,
    Declaration,
    Instruction,
    DocType,
    Eof,
}

/// A fault and its place in the text. Boxed: it comes once, and the results that could carry it with every piece.
pub(super) type Broken = Box<(usize, FaultKind)>;

/// Goes through a text piece by piece.
pub(super) struct Pieces<'a> {
    text: &'a str,
    /// White space before markup belongs to it.
    start: usize,
    markup: usize,
    end: usize,
    open: Vec<&'a str>,
}

impl<'a> Pieces<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, start: 0, markup: 0, end: 0, open: Vec::with_capacity(16) }
    }

    /// Where the last piece starts, white space before it included.
    pub(super) const fn start(&self) -> usize {
        self.start
    }

    /// Where its markup starts.
    pub(super) const fn markup(&self) -> usize {
        self.markup
    }

    /// Where it ends.
    pub(super) const fn end(&self) -> usize {
        self.end
    }

    /// Finds the next piece.
    #[inline]
    pub(super) fn next(&mut self) -> Result<Kind, Broken> {
        let bytes = self.text.as_bytes();
        self.start = self.end;
        self.markup = self.start + self.rest(self.start).iter().take_while(|&&byte| is_space(byte)).count();
        match bytes.get(self.markup) {
            None => {
                self.end = bytes.len();
                Ok(Kind::Eof)
            }
            Some(b'<') => match bytes.get(self.markup + 1) {
                Some(b'/') => self.end_tag(),
                Some(b'!') => self.bang(),
                Some(b'?') => self.instruction(),
                _ => self.start_tag(),
            },
            Some(b'&') => self.reference(),
            Some(_) => {
                let is_markup = |byte: &u8| matches!(byte, b'<' | b'&');
                self.end = match self.rest(self.markup).iter().position(is_markup) {
                    Some(length) => self.markup + length,
                    None => bytes.len(),
                };
                Ok(Kind::Text)
            }
        }
    }

    fn rest(&self, from: usize) -> &'a [u8] {
        self.text.as_bytes().get(from..).unwrap_or_default()
    }

    fn slice(&self, from: usize, to: usize) -> &'a str {
        self.text.get(from..to).unwrap_or_default()
    }

    /// The document ends inside a piece.
    fn cut_off<T>(&self) -> Result<T, Broken> {
        Err(Box::new((self.markup, FaultKind::CutOff)))
    }

    fn start_tag(&mut self) -> Result<Kind, Broken> {
        let from = self.markup + 1;
        let Some(length) = tag_length(self.rest(from)) else { return self.cut_off() };
        let content = self.slice(from, from + length);
        self.end = from + length + 1;
        if content.ends_with('/') {
            return Ok(Kind::Empty);
        }
        let name = content.bytes().position(is_space).unwrap_or(content.len());
        self.open.push(&content[..name]);
        Ok(Kind::Start)
    }

    fn end_tag(&mut self) -> Result<Kind, Broken> {
        let from = self.markup + 2;
        let Some(length) = self.rest(from).iter().position(|&byte| byte == b'>') else {
            return self.cut_off();
        };
        let name = self.slice(from, from + length).trim_end_matches([' ', '\t', '\n', '\r']);
        self.end = from + length + 1;
        match self.open.pop() {
            Some(expected) if expected == name => Ok(Kind::End),
            expected => {
                let (expected, found) = (expected.map(str::to_owned), name.to_owned());
                Err(Box::new((self.markup, FaultKind::EndTag { expected, found })))
            }
        }
    }

    fn bang(&mut self) -> Result<Kind, Broken> {
        const DOCTYPE: &[u8] = b"<!DOCTYPE";
        let rest = self.rest(self.markup);
        if rest.starts_with(b"<!--") {
            self.comment()
        } else if rest.starts_with(b"<![CDATA[") {
            self.ending_with("]]>", "<![CDATA[".len()).map(|()| Kind::CData)
        } else if rest.get(..DOCTYPE.len()).is_some_and(|start| start.eq_ignore_ascii_case(DOCTYPE)) {
            // It is refused at once, so nobody need know where it ends.
            self.end = self.text.len();
            Ok(Kind::DocType)
        } else {
            self.cut_off()
        }
    }

    fn comment(&mut self) -> Result<Kind, Broken> {
        self.ending_with("-->", "<!--".len())?;
        // Two hyphens stand at the end only, and no third before them.
        let from = self.markup + "<!--".len();
        match self.slice(from, self.end - "->".len()).find("--") {
            Some(place) => Err(Box::new((from + place, FaultKind::Form("comment")))),
            None => Ok(Kind::Comment),
        }
    }

    fn instruction(&mut self) -> Result<Kind, Broken> {
        self.ending_with("?>", "<?".len())?;
        let content = self.slice(self.markup + 2, self.end - 2).as_bytes();
        let is_declaration = content.starts_with(b"xml") && content.get(3).is_none_or(|&byte| is_space(byte));
        Ok(if is_declaration { Kind::Declaration } else { Kind::Instruction })
    }

    /// Goes to the end of a piece that has begun with `opening` bytes.
    fn ending_with(&mut self, closing: &str, opening: usize) -> Result<(), Broken> {
        let from = self.markup + opening;
        let Some(length) = self.text.get(from..).and_then(|rest| rest.find(closing)) else {
            return self.cut_off();
        };
        self.end = from + length + closing.len();
        Ok(())
    }

    fn reference(&mut self) -> Result<Kind, Broken> {
        let from = self.markup + 1;
        let stop = self.rest(from).iter().position(|byte| matches!(byte, b';' | b'&' | b'<'));
        match stop.filter(|&length| self.rest(from)[length] == b';') {
            Some(length) => {
                self.end = from + length + 1;
                Ok(Kind::Reference)
            }
            None => Err(Box::new((self.markup, FaultKind::Form("reference")))),
        }
    }
}

/// Bytes up to the `>` that ends a start tag: one inside quotes does not.
fn tag_length(bytes: &[u8]) -> Option<usize> {
    let mut quote = None;
    bytes.iter().position(|&byte| match quote {
        Some(open) => {
            if byte == open {
                quote = None;
            }
            false
        }
        None => {
            if matches!(byte, b'"' | b'\'') {
                quote = Some(byte);
            }
            byte == b'>'
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pieces, and what ended them.
    type Found<'t> = (Vec<(Kind, &'t str)>, Option<(usize, FaultKind)>);

    fn kinds(text: &str) -> Found<'_> {
        let mut pieces = Pieces::new(text);
        let mut found = Vec::new();
        loop {
            match pieces.next() {
                Ok(Kind::Eof) => return (found, None),
                Ok(kind) => found.push((kind, &text[pieces.start()..pieces.end()])),
                Err(broken) => return (found, Some(*broken)),
            }
        }
    }

    #[test]
    fn pieces_lie_side_by_side() {
        let text = "<?xml version='1.0'?>\n<a b='>'> x &amp; <!-- - --><c/>\n<![CDATA[<]]></a >\n";
        let (found, fault) = kinds(text);
        assert_eq!(fault, None);
        let expected = [
            (Kind::Declaration, "<?xml version='1.0'?>"),
            (Kind::Start, "\n<a b='>'>"),
            (Kind::Text, " x "),
            (Kind::Reference, "&amp;"),
            (Kind::Comment, " <!-- - -->"),
            (Kind::Empty, "<c/>"),
            (Kind::CData, "\n<![CDATA[<]]>"),
            (Kind::End, "</a >"),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn faults_have_places() {
        let end = |expected: Option<&str>, found: &str| FaultKind::EndTag {
            expected: expected.map(str::to_owned),
            found: found.to_owned(),
        };
        for (text, place, fault) in [
            ("<a", 0, FaultKind::CutOff),
            ("<a b='>", 0, FaultKind::CutOff),
            ("<a></b>", 3, end(Some("a"), "b")),
            ("</b>", 0, end(None, "b")),
            ("<a></ a>", 3, end(Some("a"), " a")),
            ("<!-- a -- b -->", 7, FaultKind::Form("comment")),
            ("<!-- a --->", 7, FaultKind::Form("comment")),
            ("<!-->", 0, FaultKind::CutOff),
            ("<!ELEMENT>", 0, FaultKind::CutOff),
            ("<?>", 0, FaultKind::CutOff),
            ("<a>&b<c/>", 3, FaultKind::Form("reference")),
            ("<a>&b", 3, FaultKind::Form("reference")),
        ] {
            assert_eq!(kinds(text).1, Some((place, fault)), "{text}");
        }
        assert_eq!(kinds("<!doctype a").0, [(Kind::DocType, "<!doctype a")]);
    }
}
