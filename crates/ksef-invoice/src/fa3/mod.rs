//! FA(3) 1-0E as typed values: [`read`] a document, [`write`] one, or go through JSON.
//!
//! There is a type for each complex type of the schema and a field for each element, named as the schema names them.
//! Closed lists and choices are enums; marks that can only say "1" are `bool`; `1`/`2` is `bool` as well; numbers keep
//! the places that they were written with; texts are normalised as the schema has it and cannot hold what XML cannot.
//! Lengths, patterns and ranges are not checked here: that is what [`crate::validate_structure`] does on the bytes.
//!
//! In JSON the names of elements are the keys, every value is a string, what may repeat is a list, what is absent has
//! no key, and unknown keys are refused.

#[macro_use]
mod macros;

mod adnotacje;
mod chwila;
mod codes;
mod content;
mod fa;
mod korekta;
mod leaf;
mod liczby;
mod lists;
mod naglowek;
mod platnosc;
mod podmioty;
mod reader;
mod rozliczenie;
mod stopka;
#[cfg(test)]
mod tests;
pub(crate) mod tree;
mod warunki;
mod wiersz;
mod writer;
mod zalacznik;
mod zamowienie;

pub use adnotacje::{
    Adnotacje, NoweSrodkiTransportu, NowySrodekTransportu, NumerPojazdu, PMarzy, PodstawaZwolnienia,
    ProceduraMarzy, RodzajNowegoSrodka, Zwolnienie,
};
pub use chwila::DataCzas;
pub use codes::{
    FormaPlatnosci, Gtu, OpisLadunku, Procedura, ProceduraZ, RachunekWlasnyBanku, RodzajFaktury,
    RodzajTransportu, RolaPodmiotu3, RolaPu, StatusInfoPodatnika, StawkaPodatku, TypKolumny, TypKorekty,
};
pub use fa::{
    DataDostawy, DodatkowyOpis, Fa, FakturaZaliczkowa, OkresFa, Sumy1, Sumy2, Sumy3, Sumy4, Sumy5,
    ZaliczkaCzesciowa,
};
pub use korekta::{DaneFaKorygowanej, Korekta, NumerKsefKorygowanej, Podmiot1K, Podmiot2K, PrzedKorekta};
pub use leaf::{ForbiddenCharacter, Identyfikator, Tekstowy, Znakowy};
pub use liczby::{Cena, Ilosc, Kwota, NotDecimal, Procent};
pub use lists::{KodKraju, KodUe, KodWaluty};
pub use naglowek::{KodFormularza, Naglowek, WariantFormularza};
pub use platnosc::{
    Platnosc, RachunekBankowy, Skonto, SposobPlatnosci, TerminOpis, TerminPlatnosci, Zaplata,
    ZaplataCzesciowa,
};
pub use podmioty::{
    Adres, DaneIdentyfikacyjne1, DaneIdentyfikacyjne2, DaneIdentyfikacyjne3, DaneKontaktowe,
    DaneKontaktowePu, IdNabywcy, IdPodmiotu3, Podmiot1, Podmiot2, Podmiot3, PodmiotUpowazniony, Rola,
};
pub use reader::{ReadError, ReadFault};
pub use rozliczenie::{KwotaZPowodem, Rozliczenie, WynikRozliczenia};
pub use stopka::{Informacje, Rejestry, Stopka};
pub use warunki::{
    Kurs, Ladunek, Przewoznik, SrodekTransportu, Transport, Umowy, WarunkiTransakcji, Zamowienia,
};
pub use wiersz::FaWiersz;
pub use zalacznik::{
    BlokDanych, Kol, MetaDane, Suma, TMetaDane, TNaglowek, Tabela, Tekst, Wiersz, Zalacznik,
};
pub use zamowienie::{Zamowienie, ZamowienieWiersz};

use content::{Content, Group, Sink, Source};
use reader::XmlSource;
pub(crate) use reader::{error_at, push_lines, read_fault};

element! {
    /// An invoice FA(3).
    pub struct Faktura {
        /// Header.
        one naglowek: Naglowek => "Naglowek",
        /// Seller.
        one podmiot1: Podmiot1 => "Podmiot1",
        /// Buyer.
        one podmiot2: Podmiot2 => "Podmiot2",
        /// Third parties, up to 100.
        many podmiot3: Podmiot3 => "Podmiot3",
        /// Somebody who by law issues the invoice for the seller.
        maybe podmiot_upowazniony: PodmiotUpowazniony => "PodmiotUpowazniony",
        /// The invoice itself.
        one fa: Fa => "Fa",
        /// Footer.
        maybe stopka: Stopka => "Stopka",
        /// Attachment.
        maybe zalacznik: Zalacznik => "Zalacznik",
    }
}

impl Faktura {
    /// An invoice with nothing but these.
    #[must_use]
    pub const fn new(naglowek: Naglowek, podmiot1: Podmiot1, podmiot2: Podmiot2, fa: Fa) -> Self {
        Self {
            naglowek,
            podmiot1,
            podmiot2,
            podmiot3: Vec::new(),
            podmiot_upowazniony: None,
            fa,
            stopka: None,
            zalacznik: None,
        }
    }
}

/// Reads an invoice FA(3).
///
/// Takes every document that [`crate::validate_structure`] accepts, whatever its prefixes, comments and CDATA, and keeps
/// all that it says. It does not look at lengths, patterns and ranges, so it takes some that the schema refuses.
///
/// # Errors
/// The first place where the document cannot be FA(3).
pub fn read(bytes: &[u8]) -> Result<Faktura, ReadError> {
    let (rest, base) = bytes.strip_prefix(b"\xEF\xBB\xBF").map_or((bytes, 0), |rest| (rest, 3));
    let text = std::str::from_utf8(rest)
        .map_err(|error| error_at(bytes, base + error.valid_up_to(), ReadFault::NotUtf8, String::new()))?;
    let mut path = String::new();
    let read = XmlSource::new(text, base)
        .and_then(|mut source| root(&mut source).inspect_err(|_| path = source.path()));
    read.map_err(|fault| error_at(bytes, fault.0, fault.1, path))
}

fn root(source: &mut XmlSource<'_>) -> Result<Faktura, reader::Fault> {
    let faktura = read!(one source, Faktura, "Faktura");
    source.finish()?;
    Ok(faktura)
}

/// Writes an invoice FA(3): UTF-8 with its declaration, the default namespace, one element a line; the same bytes for
/// the same invoice.
#[must_use]
pub fn write(faktura: &Faktura) -> Vec<u8> {
    let mut sink = writer::XmlSink::new();
    sink.open("Faktura", false);
    sink.attribute("xmlns", crate::form::FA3);
    faktura.write(&mut sink);
    sink.close("Faktura");
    sink.into_bytes()
}
