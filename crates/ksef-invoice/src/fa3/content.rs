//! What the parts of the model can do, whatever they are read from and written to.

use std::fmt::Display;

/// What a model is read from: XML or JSON.
///
/// Elements are asked for in the order of the schema.
pub(crate) trait Source {
    /// Why reading stops.
    type Error;

    /// Whether an element of this name comes next.
    fn at(&self, element: &str) -> bool;

    /// Goes into the next element, which must be this one. `number` counts from 1 where it may come many times, else 0.
    fn enter(&mut self, element: &'static str, number: usize) -> Result<(), Self::Error>;

    /// Attributes of the entered element that always have the same values.
    fn fixed_attributes(&mut self, attributes: &[(&'static str, &'static str)]) -> Result<(), Self::Error>;

    /// An attribute of the entered element.
    fn attribute<T: Leaf>(&mut self, name: &'static str) -> Result<T, Self::Error>;

    /// Begins with the children of the entered element.
    fn children(&mut self) -> Result<(), Self::Error>;

    /// Leaves the element whose children were read; nothing may be left.
    fn leave(&mut self) -> Result<(), Self::Error>;

    /// Reads the entered element as a value, and leaves it.
    fn leaf<T: Leaf>(&mut self) -> Result<T, Self::Error>;

    /// One of these elements should come.
    fn missing(&self, elements: &[&'static str]) -> Self::Error;
}

/// What a model is written to: XML or JSON.
pub(crate) trait Sink {
    /// Begins an element; `repeats` where it may come many times.
    fn open(&mut self, element: &'static str, repeats: bool);

    /// An attribute that always has the same value, right after [`Self::open`].
    fn fixed_attribute(&mut self, name: &'static str, value: &'static str);

    /// An attribute, right after [`Self::open`].
    fn attribute(&mut self, name: &'static str, value: &'static str);

    /// A text.
    fn text(&mut self, value: &str);

    /// A value without characters that mean something to XML.
    fn plain(&mut self, value: &dyn Display);

    /// Ends the element.
    fn close(&mut self, element: &'static str);
}

/// The content of an element.
pub(crate) trait Content: Sized {
    /// Reads the entered element and leaves it.
    fn read<S: Source>(source: &mut S) -> Result<Self, S::Error>;

    /// Writes what is inside the element.
    fn write<K: Sink>(&self, sink: &mut K);

    /// Adds the paths of all elements inside.
    #[cfg(test)]
    fn paths(path: &str, out: &mut std::collections::BTreeSet<String>);
}

/// Elements that stand together in an element.
pub(crate) trait Group: Sized {
    /// Whether the next element is one that they begin with.
    fn starts<S: Source>(source: &S) -> bool;

    /// Reads them.
    fn read_group<S: Source>(source: &mut S) -> Result<Self, S::Error>;

    /// Writes them.
    fn write_group<K: Sink>(&self, sink: &mut K);

    /// Adds their paths and those of all elements inside.
    #[cfg(test)]
    fn group_paths(path: &str, out: &mut std::collections::BTreeSet<String>);
}

/// A value without elements inside.
pub(crate) trait Leaf: Sized {
    /// Takes the text as written, line ends already normalised; `None` if it is no such value.
    fn parse(value: &str) -> Option<Self>;

    /// Writes it.
    fn write<K: Sink>(&self, sink: &mut K);
}
