//! The text of an element.

/// The text of the innermost simple element, put together only where it comes in pieces.
#[derive(Debug, Default)]
pub(super) struct Text<'a> {
    pub(super) first: Option<&'a str>,
    pub(super) joined: String,
    pub(super) scratch: String,
}

impl<'a> Text<'a> {
    pub(super) fn clear(&mut self) {
        self.first = None;
        self.joined.clear();
    }

    pub(super) fn push(&mut self, piece: &'a str) {
        if self.first.is_none() && !piece.as_bytes().contains(&b'\r') {
            self.first = Some(piece);
            return;
        }
        self.join();
        // Line ends as XML asks: CR LF and a lone CR are one LF.
        let mut pieces = piece.split('\r');
        self.joined.push_str(pieces.next().unwrap_or_default());
        for after in pieces {
            self.joined.push('\n');
            self.joined.push_str(after.strip_prefix('\n').unwrap_or(after));
        }
    }

    pub(super) fn push_character(&mut self, character: char) {
        self.join();
        self.joined.push(character);
    }

    /// Moves the first piece to the joined ones.
    fn join(&mut self) {
        if self.joined.is_empty() {
            self.joined.push_str(self.first.unwrap_or_default());
        }
        self.first = Some("");
    }
}
