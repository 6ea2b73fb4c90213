//! What a correction corrects.

use chrono::NaiveDate;

use super::codes::TypKorekty;
use super::content::{Content, Group, Sink, Source};
use super::leaf::{Wybor1, Znakowy};
use super::liczby::{Ilosc, Kwota};
use super::lists::KodUe;
use super::podmioty::{Adres, DaneIdentyfikacyjne1, DaneIdentyfikacyjne2};

element! {
    /// What a correction corrects, and why.
    #[derive(Default)]
    pub struct Korekta {
        /// Reason.
        maybe przyczyna_korekty: Znakowy => "PrzyczynaKorekty",
        /// When it takes effect in the seller's records.
        maybe typ_korekty: TypKorekty => "TypKorekty",
        /// The corrected invoices, 1 to 50 000.
        some dane_fa_korygowanej: DaneFaKorygowanej => "DaneFaKorygowanej",
        /// Period that a discount concerns, where all invoices of a period are corrected.
        maybe okres_fa_korygowanej: Znakowy => "OkresFaKorygowanej",
        /// The right number of the corrected invoice, where the number was wrong.
        maybe nr_fa_korygowany: Znakowy => "NrFaKorygowany",
        /// The seller as on the corrected invoice.
        maybe podmiot1k: Podmiot1K => "Podmiot1K",
        /// Buyers as on the corrected invoice, up to 101.
        many podmiot2k: Podmiot2K => "Podmiot2K",
        /// What was paid before the correction, for corrections of advance and final invoices.
        flat przed_korekta: PrzedKorekta,
    }
}

element! {
    /// A corrected invoice.
    pub struct DaneFaKorygowanej {
        /// Its date of issue.
        one data_wyst_fa_korygowanej: NaiveDate => "DataWystFaKorygowanej",
        /// Its number.
        one nr_fa_korygowanej: Znakowy => "NrFaKorygowanej",
        /// Whether it is in KSeF.
        group ksef: NumerKsefKorygowanej,
    }
}

choice! {
    /// Whether a corrected invoice is in KSeF.
    pub enum NumerKsefKorygowanej {
        /// It is, under this number.
        Ksef = "NrKSeF" (one Znakowy => "NrKSeFFaKorygowanej"),
        /// It is not.
        PozaKsef = "NrKSeFN",
    }
}

element! {
    /// The seller as on the corrected invoice.
    #[derive(Default)]
    pub struct Podmiot1K {
        /// Prefix of the VAT number.
        maybe prefiks_podatnika: KodUe => "PrefiksPodatnika",
        /// NIP and name.
        one dane_identyfikacyjne: DaneIdentyfikacyjne1 => "DaneIdentyfikacyjne",
        /// Address.
        one adres: Adres => "Adres",
    }
}

element! {
    /// A buyer as on the corrected invoice.
    #[derive(Default)]
    pub struct Podmiot2K {
        /// Identifier and name.
        one dane_identyfikacyjne: DaneIdentyfikacyjne2 => "DaneIdentyfikacyjne",
        /// Address.
        maybe adres: Adres => "Adres",
        /// Key that ties these data to those on the correction.
        maybe id_nabywcy: Znakowy => "IDNabywcy",
    }
}

element! {
    /// What was paid before the correction.
    #[derive(Default, Copy, Eq)]
    pub struct PrzedKorekta {
        /// Amount.
        one p_15zk: Kwota => "P_15ZK",
        /// Rate of exchange before the correction.
        maybe kurs_waluty_zk: Ilosc => "KursWalutyZK",
    }
}
