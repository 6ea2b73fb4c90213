//! As much of DER as is needed to see whether a file is whole and what it is, before OpenSSL reads it.

/// Tags that occur in keys and certificates.
pub(super) mod tag {
    pub(in super::super) const INTEGER: u8 = 0x02;
    pub(in super::super) const OCTET_STRING: u8 = 0x04;
    pub(in super::super) const OBJECT_IDENTIFIER: u8 = 0x06;
    pub(in super::super) const SEQUENCE: u8 = 0x30;
    pub(in super::super) const SET: u8 = 0x31;
    pub(in super::super) const CONTEXT_0: u8 = 0xA0;
}

/// One element: its tag, its content, and all of its bytes.
#[derive(Clone, Copy)]
pub(super) struct Element<'a> {
    pub(super) tag: u8,
    pub(super) content: &'a [u8],
    pub(super) whole: &'a [u8],
}

/// How far a file that ought to be one DER element is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    /// The element is whole; so many bytes follow it.
    Whole { trailing: usize },
    /// The length says more than there is.
    CutOff,
    /// Not the beginning of an element of this tag.
    Other,
}

/// Judges by tag and length alone.
pub(super) fn extent(bytes: &[u8], tag: u8) -> Extent {
    match header(bytes) {
        Header::Read { tag: found, .. } if found != tag => Extent::Other,
        Header::Read { start, length, .. } => match bytes.len().checked_sub(start.saturating_add(length)) {
            Some(trailing) => Extent::Whole { trailing },
            None => Extent::CutOff,
        },
        Header::Short if bytes.first() == Some(&tag) => Extent::CutOff,
        Header::Short | Header::NotDer => Extent::Other,
    }
}

enum Header {
    Read { tag: u8, start: usize, length: usize },
    Short,
    NotDer,
}

fn header(bytes: &[u8]) -> Header {
    let (Some(&tag), Some(&first)) = (bytes.first(), bytes.get(1)) else { return Header::Short };
    // Tags over 30 take several bytes and never begin what is read here.
    if tag & 0x1F == 0x1F {
        return Header::NotDer;
    }
    let count = usize::from(first & 0x7F);
    match first {
        0x00..=0x7F => Header::Read { tag, start: 2, length: usize::from(first) },
        0x81..=0x84 => match bytes.get(2..2 + count) {
            Some(digits) => {
                let length = digits.iter().fold(0usize, |sum, &digit| (sum << 8) | usize::from(digit));
                Header::Read { tag, start: 2 + count, length }
            }
            None => Header::Short,
        },
        // 0x80, a length to be found out later, is BER; PKCS#12 of some programs has it.
        _ => Header::NotDer,
    }
}

/// Reads elements one after another.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    pub(super) const fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The next element of any tag.
    pub(super) fn next(&mut self) -> Option<Element<'a>> {
        let Header::Read { tag, start, length } = header(self.0) else { return None };
        let end = start.checked_add(length)?;
        let whole = self.0.get(..end)?;
        self.0 = &self.0[end..];
        Some(Element { tag, content: &whole[start..], whole })
    }

    /// The next element, which must have this tag.
    pub(super) fn expect(&mut self, tag: u8) -> Option<Element<'a>> {
        self.next().filter(|element| element.tag == tag)
    }
}

impl<'a> Element<'a> {
    /// The elements inside.
    pub(super) const fn inside(&self) -> Reader<'a> {
        Reader::new(self.content)
    }

    /// A small whole number that is not negative.
    pub(super) fn number(&self) -> Option<u64> {
        let [first, ..] = self.content else { return None };
        if self.tag != tag::INTEGER || first & 0x80 != 0 || self.content.len() > 9 {
            return None;
        }
        let digits = self.content.iter().skip_while(|&&digit| digit == 0);
        if digits.clone().count() > 8 {
            return None;
        }
        Some(digits.fold(0u64, |sum, &digit| (sum << 8) | u64::from(digit)))
    }

    /// An object identifier in dotted form.
    pub(super) fn object_identifier(&self) -> Option<String> {
        if self.tag != tag::OBJECT_IDENTIFIER || self.content.last()? & 0x80 != 0 {
            return None;
        }
        let mut arcs: Vec<u64> = Vec::new();
        let mut arc = 0u64;
        for byte in self.content {
            arc = arc.checked_mul(128)? + u64::from(byte & 0x7F);
            if byte & 0x80 == 0 {
                arcs.push(arc);
                arc = 0;
            }
        }
        let (first, rest) = arcs.split_first()?;
        let top = (*first / 40).min(2);
        let dotted = [top, first - top * 40].into_iter().chain(rest.iter().copied());
        Some(dotted.map(|arc| arc.to_string()).collect::<Vec<_>>().join("."))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn object_identifiers() {
        let read = |bytes: &[u8]| Reader::new(bytes).next().and_then(|element| element.object_identifier());
        assert_eq!(read(&[6, 3, 0x55, 4, 0x61]).as_deref(), Some("2.5.4.97"));
        let pbes2 = [6, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 5, 0x0D];
        assert_eq!(read(&pbes2).as_deref(), Some("1.2.840.113549.1.5.13"));
        assert_eq!(read(&[6, 1, 0x80]), None);
        assert_eq!(read(&[6, 0]), None);
    }

    #[test]
    fn whole_cut_off_or_something_else() {
        assert_eq!(extent(&[0x30, 1, 0], tag::SEQUENCE), Extent::Whole { trailing: 0 });
        assert_eq!(extent(&[0x30, 1, 0, 9], tag::SEQUENCE), Extent::Whole { trailing: 1 });
        assert_eq!(extent(&[0x30, 0x82, 1], tag::SEQUENCE), Extent::CutOff);
        assert_eq!(extent(&[0x30, 2, 0], tag::SEQUENCE), Extent::CutOff);
        assert_eq!(extent(&[0x30], tag::SEQUENCE), Extent::CutOff);
        assert_eq!(extent(&[0x31, 0], tag::SEQUENCE), Extent::Other);
        assert_eq!(extent(b"", tag::SEQUENCE), Extent::Other);
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..60)) {
            let mut reader = Reader::new(&bytes);
            while let Some(element) = reader.next() {
                let _ = (element.number(), element.object_identifier(), element.inside().next().is_some());
            }
            let _ = extent(&bytes, tag::SEQUENCE);
        }
    }
}
