//! Charges and deductions beyond the invoice.

use super::content::{Content, Group, Sink, Source};
use super::leaf::Znakowy;
use super::liczby::Kwota;

element! {
    /// Charges and deductions that turn the amount due into an amount to pay.
    #[derive(Default)]
    pub struct Rozliczenie {
        /// What is added, up to 100.
        many obciazenia: KwotaZPowodem => "Obciazenia",
        /// Sum of what is added.
        maybe suma_obciazen: Kwota => "SumaObciazen",
        /// What is taken off, up to 100.
        many odliczenia: KwotaZPowodem => "Odliczenia",
        /// Sum of what is taken off.
        maybe suma_odliczen: Kwota => "SumaOdliczen",
        /// What comes out.
        flat wynik: WynikRozliczenia,
    }
}

element! {
    /// An amount and its reason.
    #[derive(Default)]
    pub struct KwotaZPowodem {
        /// Amount.
        one kwota: Kwota => "Kwota",
        /// Reason.
        one powod: Znakowy => "Powod",
    }
}

choice! {
    /// What comes out of charges and deductions.
    #[derive(Copy, Eq)]
    pub enum WynikRozliczenia {
        /// To pay.
        DoZaplaty(one Kwota => "DoZaplaty"),
        /// Paid too much: to settle or give back.
        DoRozliczenia(one Kwota => "DoRozliczenia"),
    }
}
