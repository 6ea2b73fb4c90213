//! The header.

use super::chwila::DataCzas;
use super::content::{Content, Group, Leaf, Sink, Source};
use super::leaf::Znakowy;

element! {
    /// Which form this is, when and by which program it was made.
    pub struct Naglowek {
        /// Always FA (3), 1-0E.
        one kod_formularza: KodFormularza => "KodFormularza",
        /// Always 3.
        one wariant_formularza: WariantFormularza => "WariantFormularza",
        /// When the document was made.
        one data_wytworzenia_fa: DataCzas => "DataWytworzeniaFa",
        /// The program that made it.
        maybe system_info: Znakowy => "SystemInfo",
    }
}

impl Naglowek {
    /// A header of this moment.
    #[must_use]
    pub const fn new(data_wytworzenia_fa: DataCzas, system_info: Option<Znakowy>) -> Self {
        Self {
            kod_formularza: KodFormularza,
            wariant_formularza: WariantFormularza,
            data_wytworzenia_fa,
            system_info,
        }
    }
}

/// FA (3), 1-0E: nothing else stands here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct KodFormularza;

const FORM: [(&str, &str); 2] = [("kodSystemowy", "FA (3)"), ("wersjaSchemy", "1-0E")];

impl Content for KodFormularza {
    fn read<S: Source>(source: &mut S) -> Result<Self, S::Error> {
        source.fixed_attributes(&FORM)?;
        source.leaf()
    }

    fn write<K: Sink>(&self, sink: &mut K) {
        for (name, value) in FORM {
            sink.fixed_attribute(name, value);
        }
        Leaf::write(self, sink);
    }

    #[cfg(test)]
    fn paths(_path: &str, _out: &mut std::collections::BTreeSet<String>) {}
}

impl Leaf for KodFormularza {
    fn parse(value: &str) -> Option<Self> {
        (value == "FA").then_some(Self)
    }

    fn write<K: Sink>(&self, sink: &mut K) {
        sink.plain(&"FA");
    }
}

/// 3: nothing else stands here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WariantFormularza;

impl Leaf for WariantFormularza {
    fn parse(value: &str) -> Option<Self> {
        (i128::parse(value) == Some(3)).then_some(Self)
    }

    fn write<K: Sink>(&self, sink: &mut K) {
        sink.plain(&"3");
    }
}

leaf_content!(WariantFormularza);
