//! Lines of an invoice.

use chrono::NaiveDate;

use super::codes::{Gtu, Procedura, StawkaPodatku};
use super::content::{Content, Group, Sink, Source};
use super::leaf::{Wybor1, Znakowy};
use super::liczby::{Cena, Ilosc, Kwota, Procent};

element! {
    /// A line: goods or a service. Amounts are in the currency of the invoice.
    #[derive(Default)]
    pub struct FaWiersz {
        /// Number of the line, from 1.
        one nr_wiersza_fa: u64 => "NrWierszaFa",
        /// Unique identifier of the line.
        maybe uu_id: Znakowy => "UU_ID",
        /// When it was supplied, if lines differ.
        maybe p_6a: NaiveDate => "P_6A",
        /// Name, up to 512 characters.
        maybe p_7: Znakowy => "P_7",
        /// The seller's own code.
        maybe indeks: Znakowy => "Indeks",
        /// Global trade item number.
        maybe gtin: Znakowy => "GTIN",
        /// Symbol of the classification of products and services.
        maybe pkwiu: Znakowy => "PKWiU",
        /// Symbol of the combined nomenclature.
        maybe cn: Znakowy => "CN",
        /// Symbol of the classification of buildings.
        maybe pkob: Znakowy => "PKOB",
        /// Unit.
        maybe p_8a: Znakowy => "P_8A",
        /// Quantity.
        maybe p_8b: Ilosc => "P_8B",
        /// Net price of a unit.
        maybe p_9a: Cena => "P_9A",
        /// Gross price of a unit.
        maybe p_9b: Cena => "P_9B",
        /// Discount.
        maybe p_10: Cena => "P_10",
        /// Net value.
        maybe p_11: Kwota => "P_11",
        /// Gross value.
        maybe p_11a: Kwota => "P_11A",
        /// Tax.
        maybe p_11vat: Kwota => "P_11Vat",
        /// Rate.
        maybe p_12: StawkaPodatku => "P_12",
        /// Rate of the other country, in One Stop Shop.
        maybe p_12_xii: Procent => "P_12_XII",
        /// The goods or service stands in annex 15.
        mark p_12_zal_15: Wybor1 => "P_12_Zal_15",
        /// Excise duty inside the price.
        maybe kwota_akcyzy: Kwota => "KwotaAkcyzy",
        /// Group of goods or services.
        maybe gtu: Gtu => "GTU",
        /// Procedure.
        maybe procedura: Procedura => "Procedura",
        /// Rate of exchange that the tax was computed with.
        maybe kurs_waluty: Ilosc => "KursWaluty",
        /// On a correction: the line as it was before.
        mark stan_przed: Wybor1 => "StanPrzed",
    }
}
