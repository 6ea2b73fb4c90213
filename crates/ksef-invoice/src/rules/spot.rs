//! Places in an invoice.

use crate::messages::{self, Both};
use crate::structure::{Path, Step};

/// The path of an element, put together where something was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Spot(Vec<Step>);

impl Spot {
    /// The root.
    pub(super) fn root() -> Self {
        Self(vec![("Faktura", 0)])
    }

    /// `Fa`.
    pub(super) fn fa() -> Self {
        Self::root().at("Fa")
    }

    /// A line of the invoice, from 0.
    pub(super) fn line(index: usize) -> Self {
        Self::fa().nth("FaWiersz", index)
    }

    /// A line of the order, from 0.
    pub(super) fn order_line(index: usize) -> Self {
        Self::fa().at("Zamowienie").nth("ZamowienieWiersz", index)
    }

    /// An element that stands at most once.
    pub(super) fn at(mut self, name: &'static str) -> Self {
        self.0.push((name, 0));
        self
    }

    /// An element that may stand more than once; `index` from 0.
    pub(super) fn nth(mut self, name: &'static str, index: usize) -> Self {
        self.0.push((name, u32::try_from(index + 1).unwrap_or(u32::MAX)));
        self
    }

    /// The steps, outermost first.
    pub(super) fn steps(&self) -> &[Step] {
        &self.0
    }

    /// As findings write it.
    pub(super) fn render(&self) -> String {
        Path::written(&self.0).render()
    }

    /// The field's name with its section, in both languages.
    pub(super) fn label(&self) -> Both {
        messages::field(Path::written(&self.0))
    }
}
