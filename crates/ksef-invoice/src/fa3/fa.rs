//! The invoice itself: dates, sums, kind, and what belongs to them.

use chrono::NaiveDate;

use super::adnotacje::Adnotacje;
use super::codes::RodzajFaktury;
use super::content::{Content, Group, Sink, Source};
use super::korekta::Korekta;
use super::leaf::{Wybor1, Znakowy};
use super::liczby::{Ilosc, Kwota};
use super::lists::KodWaluty;
use super::platnosc::Platnosc;
use super::rozliczenie::Rozliczenie;
use super::warunki::WarunkiTransakcji;
use super::wiersz::FaWiersz;
use super::zamowienie::Zamowienie;

element! {
    /// The invoice itself. Sums are in [`Self::kod_waluty`], but for the fields with `w` at the end, which are in złoty.
    #[derive(Default)]
    pub struct Fa {
        /// Currency of the invoice.
        one kod_waluty: KodWaluty => "KodWaluty",
        /// Date of issue.
        one p_1: NaiveDate => "P_1",
        /// Place of issue.
        maybe p_1m: Znakowy => "P_1M",
        /// Number of the invoice, up to 256 characters.
        one p_2: Znakowy => "P_2",
        /// Numbers of goods issue notes, up to 1000.
        many wz: Znakowy => "WZ",
        /// When the supply was made or the payment received, if the same for all lines.
        flat data_dostawy: DataDostawy,
        /// Basic rate, 23 % or 22 %.
        flat sumy_1: Sumy1,
        /// First reduced rate, 8 % or 7 %.
        flat sumy_2: Sumy2,
        /// Second reduced rate, 5 %.
        flat sumy_3: Sumy3,
        /// Lump sum of taxis, 4 % or 3 %.
        flat sumy_4: Sumy4,
        /// Special procedure of One Stop Shop.
        flat sumy_5: Sumy5,
        /// Net, 0 % within the country.
        maybe p_13_6_1: Kwota => "P_13_6_1",
        /// Net, 0 % for supplies within the Union.
        maybe p_13_6_2: Kwota => "P_13_6_2",
        /// Net, 0 % for export.
        maybe p_13_6_3: Kwota => "P_13_6_3",
        /// Exempt.
        maybe p_13_7: Kwota => "P_13_7",
        /// Supplied outside the country (np I).
        maybe p_13_8: Kwota => "P_13_8",
        /// Services of art. 100 sec. 1 item 4 (np II).
        maybe p_13_9: Kwota => "P_13_9",
        /// Reverse charge (oo).
        maybe p_13_10: Kwota => "P_13_10",
        /// Margin procedures.
        maybe p_13_11: Kwota => "P_13_11",
        /// Amount due.
        one p_15: Kwota => "P_15",
        /// Rate of exchange that the tax was computed with, for advance invoices.
        maybe kurs_waluty_z: Ilosc => "KursWalutyZ",
        /// Annotations.
        one adnotacje: Adnotacje => "Adnotacje",
        /// Kind.
        one rodzaj_faktury: RodzajFaktury => "RodzajFaktury",
        /// What a correction corrects.
        flat korekta: Korekta,
        /// Payments that an advance invoice consists of, up to 31.
        many zaliczka_czesciowa: ZaliczkaCzesciowa => "ZaliczkaCzesciowa",
        /// Issued to a receipt of a cash register (art. 109 sec. 3d).
        mark fp: Wybor1 => "FP",
        /// Buyer and seller are tied to each other.
        mark tp: Wybor1 => "TP",
        /// Further data by key, up to 10 000.
        many dodatkowy_opis: DodatkowyOpis => "DodatkowyOpis",
        /// Advance invoices that a final one settles, up to 100.
        many faktura_zaliczkowa: FakturaZaliczkowa => "FakturaZaliczkowa",
        /// Farmers may claim excise duty of fuel back.
        mark zwrot_akcyzy: Wybor1 => "ZwrotAkcyzy",
        /// Lines, up to 10 000.
        many fa_wiersz: FaWiersz => "FaWiersz",
        /// Charges and deductions beyond the invoice.
        maybe rozliczenie: Rozliczenie => "Rozliczenie",
        /// Payment.
        maybe platnosc: Platnosc => "Platnosc",
        /// Contracts, orders, delivery, transport.
        maybe warunki_transakcji: WarunkiTransakcji => "WarunkiTransakcji",
        /// The order or contract that an advance was paid for.
        maybe zamowienie: Zamowienie => "Zamowienie",
    }
}

choice! {
    /// When everything on the invoice was supplied.
    pub enum DataDostawy {
        /// On a day.
        P6(one NaiveDate => "P_6"),
        /// In a period.
        OkresFa(one OkresFa => "OkresFa"),
    }
}

element! {
    /// A period, both days included.
    pub struct OkresFa {
        /// First day.
        one p_6_od: NaiveDate => "P_6_Od",
        /// Last day.
        one p_6_do: NaiveDate => "P_6_Do",
    }
}

element! {
    /// Sums at the basic rate, 23 % or 22 %.
    #[derive(Default, Copy, Eq)]
    pub struct Sumy1 {
        /// Net.
        one p_13_1: Kwota => "P_13_1",
        /// Tax.
        one p_14_1: Kwota => "P_14_1",
        /// Tax in złoty, on an invoice in another currency.
        maybe p_14_1w: Kwota => "P_14_1W",
    }
}

element! {
    /// Sums at the first reduced rate, 8 % or 7 %.
    #[derive(Default, Copy, Eq)]
    pub struct Sumy2 {
        /// Net.
        one p_13_2: Kwota => "P_13_2",
        /// Tax.
        one p_14_2: Kwota => "P_14_2",
        /// Tax in złoty, on an invoice in another currency.
        maybe p_14_2w: Kwota => "P_14_2W",
    }
}

element! {
    /// Sums at the second reduced rate, 5 %.
    #[derive(Default, Copy, Eq)]
    pub struct Sumy3 {
        /// Net.
        one p_13_3: Kwota => "P_13_3",
        /// Tax.
        one p_14_3: Kwota => "P_14_3",
        /// Tax in złoty, on an invoice in another currency.
        maybe p_14_3w: Kwota => "P_14_3W",
    }
}

element! {
    /// Sums of taxis' lump sum, 4 % or 3 %.
    #[derive(Default, Copy, Eq)]
    pub struct Sumy4 {
        /// Net.
        one p_13_4: Kwota => "P_13_4",
        /// Tax.
        one p_14_4: Kwota => "P_14_4",
        /// Tax in złoty, on an invoice in another currency.
        maybe p_14_4w: Kwota => "P_14_4W",
    }
}

element! {
    /// Sums in the special procedure of One Stop Shop.
    #[derive(Default, Copy, Eq)]
    pub struct Sumy5 {
        /// Net.
        one p_13_5: Kwota => "P_13_5",
        /// Tax of the other country.
        maybe p_14_5: Kwota => "P_14_5",
    }
}

element! {
    /// A payment that an advance invoice documents together with others.
    pub struct ZaliczkaCzesciowa {
        /// When it came.
        one p_6z: NaiveDate => "P_6Z",
        /// How much.
        one p_15z: Kwota => "P_15Z",
        /// Rate of exchange that the tax was computed with.
        maybe kurs_waluty_zw: Ilosc => "KursWalutyZW",
    }
}

element! {
    /// Further data: a key and its value, perhaps of one line.
    #[derive(Default)]
    pub struct DodatkowyOpis {
        /// The line that it belongs to.
        maybe nr_wiersza: u64 => "NrWiersza",
        /// Key.
        one klucz: Znakowy => "Klucz",
        /// Value.
        one wartosc: Znakowy => "Wartosc",
    }
}

choice! {
    /// An advance invoice that is settled.
    pub enum FakturaZaliczkowa {
        /// Issued outside KSeF: its number.
        PozaKsef = "NrKSeFZN" (one Znakowy => "NrFaZaliczkowej"),
        /// Issued in KSeF: its KSeF number.
        Ksef(one Znakowy => "NrKSeFFaZaliczkowej"),
    }
}
