//! The elements that are open.

use super::children::Inside;

/// A place among the elements, outermost first: those that are open, or as a rule writes it.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Path<'p> {
    written: &'p [Step],
    frames: &'p [Frame<'p>],
}

/// An element with its number among equals (0 where there can be but one).
pub(crate) type Step = (&'static str, u32);

impl<'p> Path<'p> {
    /// The elements that are open.
    pub(super) const fn open(frames: &'p [Frame<'p>]) -> Self {
        Self { written: &[], frames }
    }

    /// A place that is written out.
    pub(crate) const fn written(written: &'p [Step]) -> Self {
        Self { written, frames: &[] }
    }

    /// How many elements deep.
    pub(crate) const fn depth(&self) -> usize {
        self.written.len() + self.frames.len()
    }

    /// Name of the innermost element; empty outside the root.
    pub(crate) fn name(&self) -> &'p str {
        match (self.frames.last(), self.written.last()) {
            (Some(frame), _) => frame.name,
            (None, Some((name, _))) => name,
            (None, None) => "",
        }
    }

    /// Names of the open elements with their number among equals (0 where there can be but one), outermost first.
    pub(crate) fn steps(&self) -> impl DoubleEndedIterator<Item = (&'p str, u32)> + use<'p> {
        self.written.iter().copied().chain(self.frames.iter().map(|frame| (frame.name, frame.ordinal)))
    }

    /// Whether an element of this name is open.
    pub(crate) fn is_inside(&self, name: &str) -> bool {
        self.steps().any(|(known, _)| known == name)
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
