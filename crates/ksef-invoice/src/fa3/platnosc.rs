//! Payment.

use chrono::NaiveDate;

use super::codes::{FormaPlatnosci, RachunekWlasnyBanku};
use super::content::{Content, Group, Sink, Source};
use super::leaf::{Tekstowy, Wybor1, Znakowy};
use super::liczby::Kwota;

element! {
    /// How, when and to which account is paid.
    #[derive(Default)]
    pub struct Platnosc {
        /// What has been paid already.
        flat zaplata: Zaplata,
        /// When payment is due, up to 100.
        many termin_platnosci: TerminPlatnosci => "TerminPlatnosci",
        /// By which means.
        flat sposob: SposobPlatnosci,
        /// Accounts of the seller, up to 100.
        many rachunek_bankowy: RachunekBankowy => "RachunekBankowy",
        /// Accounts of the factor, up to 20.
        many rachunek_bankowy_faktora: RachunekBankowy => "RachunekBankowyFaktora",
        /// Discount for early payment.
        maybe skonto: Skonto => "Skonto",
        /// Link to pay with; it must carry `IPKSeF=`.
        maybe link_do_platnosci: Znakowy => "LinkDoPlatnosci",
        /// Identifier of the payment, 13 characters.
        maybe ip_ksef: Znakowy => "IPKSeF",
    }
}

choice! {
    /// What has been paid already.
    pub enum Zaplata {
        /// All, on this day.
        Calosc = "Zaplacono" (one NaiveDate => "DataZaplaty"),
        /// Parts.
        Czesci {
            /// Only a part is paid: `true` (1); all is, in parts: `false` (2).
            one znacznik_zaplaty_czesciowej: bool => "ZnacznikZaplatyCzesciowej",
            /// The parts, 1 to 100.
            some zaplata_czesciowa: ZaplataCzesciowa => "ZaplataCzesciowa",
        },
    }
}

element! {
    /// A part that was paid.
    pub struct ZaplataCzesciowa {
        /// How much.
        one kwota_zaplaty_czesciowej: Kwota => "KwotaZaplatyCzesciowej",
        /// When.
        one data_zaplaty_czesciowej: NaiveDate => "DataZaplatyCzesciowej",
        /// By which means.
        flat sposob: SposobPlatnosci,
    }
}

choice! {
    /// By which means is paid.
    pub enum SposobPlatnosci {
        /// One of the listed.
        Znany(one FormaPlatnosci => "FormaPlatnosci"),
        /// Another, described.
        Inny = "PlatnoscInna" (one Znakowy => "OpisPlatnosci"),
    }
}

element! {
    /// When payment is due: a day, or a time after an event, or both.
    #[derive(Default)]
    pub struct TerminPlatnosci {
        /// The day.
        maybe termin: NaiveDate => "Termin",
        /// The time after an event.
        maybe termin_opis: TerminOpis => "TerminOpis",
    }
}

element! {
    /// So many units of time after an event.
    #[derive(Default)]
    pub struct TerminOpis {
        /// How many.
        one ilosc: i128 => "Ilosc",
        /// Unit, such as days.
        one jednostka: Znakowy => "Jednostka",
        /// The event.
        one zdarzenie_poczatkowe: Znakowy => "ZdarzeniePoczatkowe",
    }
}

element! {
    /// A bank account.
    #[derive(Default)]
    pub struct RachunekBankowy {
        /// Number, 10 to 34 characters.
        one nr_rb: Tekstowy => "NrRB",
        /// SWIFT code.
        maybe swift: Tekstowy => "SWIFT",
        /// It is a bank's own account.
        maybe rachunek_wlasny_banku: RachunekWlasnyBanku => "RachunekWlasnyBanku",
        /// The bank.
        maybe nazwa_banku: Znakowy => "NazwaBanku",
        /// What the account is.
        maybe opis_rachunku: Znakowy => "OpisRachunku",
    }
}

element! {
    /// Discount for early payment.
    #[derive(Default)]
    pub struct Skonto {
        /// What the buyer has to do for it.
        one warunki_skonta: Znakowy => "WarunkiSkonta",
        /// How much it is.
        one wysokosc_skonta: Znakowy => "WysokoscSkonta",
    }
}
