//! The attachment: texts and tables.

use super::codes::TypKolumny;
use super::content::{Content, Group, Sink, Source};
use super::leaf::Znakowy;

element! {
    /// An attachment.
    #[derive(Default)]
    pub struct Zalacznik {
        /// Its parts, 1 to 1000.
        some blok_danych: BlokDanych => "BlokDanych",
    }
}

element! {
    /// A part of an attachment.
    #[derive(Default)]
    pub struct BlokDanych {
        /// Heading.
        maybe z_naglowek: Znakowy => "ZNaglowek",
        /// What it is about, by key, 1 to 1000.
        some meta_dane: MetaDane => "MetaDane",
        /// Text.
        maybe tekst: Tekst => "Tekst",
        /// Tables, up to 1000.
        many tabela: Tabela => "Tabela",
    }
}

element! {
    /// A key and its value.
    #[derive(Default)]
    pub struct MetaDane {
        /// Key.
        one z_klucz: Znakowy => "ZKlucz",
        /// Value.
        one z_wartosc: Znakowy => "ZWartosc",
    }
}

element! {
    /// Text.
    #[derive(Default)]
    pub struct Tekst {
        /// Paragraphs, 1 to 10.
        some akapit: Znakowy => "Akapit",
    }
}

element! {
    /// A table.
    #[derive(Default)]
    pub struct Tabela {
        /// What it is about, by key, up to 1000.
        many t_meta_dane: TMetaDane => "TMetaDane",
        /// Description.
        maybe opis: Znakowy => "Opis",
        /// Columns.
        one t_naglowek: TNaglowek => "TNaglowek",
        /// Rows, 1 to 1000.
        some wiersz: Wiersz => "Wiersz",
        /// Sums.
        maybe suma: Suma => "Suma",
    }
}

element! {
    /// A key and its value.
    #[derive(Default)]
    pub struct TMetaDane {
        /// Key.
        one t_klucz: Znakowy => "TKlucz",
        /// Value.
        one t_wartosc: Znakowy => "TWartosc",
    }
}

element! {
    /// Columns of a table.
    #[derive(Default)]
    pub struct TNaglowek {
        /// 1 to 20.
        some kol: Kol => "Kol",
    }
}

/// A column.
#[derive(Debug, Clone, PartialEq)]
pub struct Kol {
    /// What its cells hold.
    pub typ: TypKolumny,
    /// Its name.
    pub n_kom: Znakowy,
}

impl Content for Kol {
    fn read<S: Source>(source: &mut S) -> Result<Self, S::Error> {
        let typ = source.attribute("Typ")?;
        source.children()?;
        let n_kom = read!(one source, Znakowy, "NKom");
        source.leave()?;
        Ok(Self { typ, n_kom })
    }

    fn write<K: Sink>(&self, sink: &mut K) {
        sink.attribute("Typ", self.typ.code());
        put!(one sink, &self.n_kom, Znakowy, "NKom");
    }

    #[cfg(test)]
    fn paths(path: &str, out: &mut std::collections::BTreeSet<String>) {
        paths!(one path, out, Znakowy, "NKom");
    }
}

json!(Kol);

element! {
    /// A row of a table.
    #[derive(Default)]
    pub struct Wiersz {
        /// Cells, 1 to 20; they may be empty.
        some w_kom: Znakowy => "WKom",
    }
}

element! {
    /// Sums of a table.
    #[derive(Default)]
    pub struct Suma {
        /// Cells, 1 to 20; they may be empty.
        some s_kom: Znakowy => "SKom",
    }
}
