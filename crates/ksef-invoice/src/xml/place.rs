//! Lines and columns of places given in bytes.

/// Finds lines and columns; quick when the places come in order.
#[derive(Debug)]
pub(crate) struct Lines<'a> {
    text: &'a [u8],
    at: usize,
    line: u32,
    line_start: usize,
}

impl<'a> Lines<'a> {
    pub(crate) const fn new(text: &'a [u8]) -> Self {
        Self { text, at: 0, line: 1, line_start: 0 }
    }

    /// Line and column of a byte, both from 1; columns count characters.
    pub(crate) fn locate(&mut self, offset: usize) -> (u32, u32) {
        let offset = offset.min(self.text.len());
        if offset < self.at {
            (self.at, self.line, self.line_start) = (0, 1, 0);
        }
        for (place, byte) in self.text[self.at..offset].iter().enumerate() {
            if *byte == b'\n' {
                self.line = self.line.saturating_add(1);
                self.line_start = self.at + place + 1;
            }
        }
        self.at = offset;
        let continues = |byte: &&u8| **byte & 0xC0 != 0x80;
        let column = self.text[self.line_start..offset].iter().filter(continues).count();
        (self.line, u32::try_from(column).unwrap_or(u32::MAX).saturating_add(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let text = "ąę\nżółw <\n".as_bytes();
        let mut lines = Lines::new(text);
        assert_eq!(lines.locate(0), (1, 1));
        assert_eq!(lines.locate(4), (1, 3));
        assert_eq!(lines.locate(5), (2, 1));
        let place = text.iter().position(|&byte| byte == b'<').unwrap();
        assert_eq!(lines.locate(place), (2, 6));
        assert_eq!(lines.locate(2), (1, 2));
        assert_eq!(lines.locate(text.len() + 9), (3, 1));
    }
}
