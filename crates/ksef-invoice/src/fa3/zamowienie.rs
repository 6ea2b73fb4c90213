//! The order or contract that an advance was paid for.

use super::codes::{Gtu, ProceduraZ, StawkaPodatku};
use super::content::{Content, Group, Sink, Source};
use super::leaf::{Wybor1, Znakowy};
use super::liczby::{Cena, Ilosc, Kwota, Procent};

element! {
    /// An order or contract. Amounts are in the currency of the invoice.
    #[derive(Default)]
    pub struct Zamowienie {
        /// Its value with tax.
        one wartosc_zamowienia: Kwota => "WartoscZamowienia",
        /// Its lines, 1 to 10 000.
        some zamowienie_wiersz: ZamowienieWiersz => "ZamowienieWiersz",
    }
}

element! {
    /// A line of an order.
    #[derive(Default)]
    pub struct ZamowienieWiersz {
        /// Number of the line, from 1.
        one nr_wiersza_zam: u64 => "NrWierszaZam",
        /// Unique identifier of the line.
        maybe uu_idz: Znakowy => "UU_IDZ",
        /// Name, up to 512 characters.
        maybe p_7z: Znakowy => "P_7Z",
        /// The seller's own code.
        maybe indeks_z: Znakowy => "IndeksZ",
        /// Global trade item number.
        maybe gtinz: Znakowy => "GTINZ",
        /// Symbol of the classification of products and services.
        maybe pkwiuz: Znakowy => "PKWiUZ",
        /// Symbol of the combined nomenclature.
        maybe cnz: Znakowy => "CNZ",
        /// Symbol of the classification of buildings.
        maybe pkobz: Znakowy => "PKOBZ",
        /// Unit.
        maybe p_8az: Znakowy => "P_8AZ",
        /// Quantity.
        maybe p_8bz: Ilosc => "P_8BZ",
        /// Net price of a unit.
        maybe p_9az: Cena => "P_9AZ",
        /// Net value.
        maybe p_11netto_z: Kwota => "P_11NettoZ",
        /// Tax.
        maybe p_11vat_z: Kwota => "P_11VatZ",
        /// Rate.
        maybe p_12z: StawkaPodatku => "P_12Z",
        /// Rate of the other country, in One Stop Shop.
        maybe p_12z_xii: Procent => "P_12Z_XII",
        /// The goods or service stands in annex 15.
        mark p_12z_zal_15: Wybor1 => "P_12Z_Zal_15",
        /// Group of goods or services.
        maybe gtuz: Gtu => "GTUZ",
        /// Procedure.
        maybe procedura_z: ProceduraZ => "ProceduraZ",
        /// Excise duty inside the price.
        maybe kwota_akcyzy_z: Kwota => "KwotaAkcyzyZ",
        /// On a correction: the line as it was before.
        mark stan_przed_z: Wybor1 => "StanPrzedZ",
    }
}
