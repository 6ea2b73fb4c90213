//! The elements that are open.

use super::children::Inside;

/// The elements that are open, outermost first.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Path<'p> {
    pub(super) frames: &'p [Frame<'p>],
}

impl<'p> Path<'p> {
    /// Name of the innermost element; empty outside the root.
    pub(crate) fn name(&self) -> &'p str {
        self.frames.last().map_or("", |frame| frame.name)
    }

    /// Names of the open elements with their number among equals (0 where there can be but one), outermost first.
    pub(crate) fn steps(&self) -> impl DoubleEndedIterator<Item = (&'p str, u32)> + use<'p> {
        self.frames.iter().map(|frame| (frame.name, frame.ordinal))
    }

    /// Whether an element of this name is open.
    pub(crate) fn is_inside(&self, name: &str) -> bool {
        self.frames.iter().any(|frame| frame.name == name)
    }

    /// `/Faktura/Fa/FaWiersz[3]/P_12`.
    pub(crate) fn render(&self) -> String {
        let mut out = String::new();
        for (name, ordinal) in self.steps() {
            out.push('/');
            out.push_str(name);
            if ordinal > 0 {
                out.push_str(&format!("[{ordinal}]"));
            }
        }
        out
    }
}

/// An open element.
#[derive(Debug)]
pub(super) struct Frame<'a> {
    pub(super) name: &'a str,
    pub(super) ordinal: u32,
    pub(super) offset: usize,
    pub(super) content: Inside,
}
