//! Contracts, orders, delivery, transport.

use chrono::NaiveDate;

use super::chwila::DataCzas;
use super::codes::{OpisLadunku, RodzajTransportu};
use super::content::{Content, Group, Sink, Source};
use super::leaf::{Wybor1, Znakowy};
use super::liczby::Ilosc;
use super::lists::KodWaluty;
use super::podmioty::{Adres, DaneIdentyfikacyjne2};

element! {
    /// Contracts, orders, delivery, transport.
    #[derive(Default)]
    pub struct WarunkiTransakcji {
        /// Contracts, up to 100.
        many umowy: Umowy => "Umowy",
        /// Orders, up to 100.
        many zamowienia: Zamowienia => "Zamowienia",
        /// Numbers of lots, up to 1000.
        many nr_partii_towaru: Znakowy => "NrPartiiTowaru",
        /// Terms of delivery, such as Incoterms.
        maybe warunki_dostawy: Znakowy => "WarunkiDostawy",
        /// Rate of exchange that was agreed.
        flat kurs: Kurs,
        /// Transports, up to 20.
        many transport: Transport => "Transport",
        /// Supplied by a go-between (art. 22 sec. 2d).
        mark podmiot_posredniczacy: Wybor1 => "PodmiotPosredniczacy",
    }
}

element! {
    /// A contract.
    #[derive(Default)]
    pub struct Umowy {
        /// Its day.
        maybe data_umowy: NaiveDate => "DataUmowy",
        /// Its number.
        maybe nr_umowy: Znakowy => "NrUmowy",
    }
}

element! {
    /// An order.
    #[derive(Default)]
    pub struct Zamowienia {
        /// Its day.
        maybe data_zamowienia: NaiveDate => "DataZamowienia",
        /// Its number.
        maybe nr_zamowienia: Znakowy => "NrZamowienia",
    }
}

element! {
    /// A rate of exchange that was agreed.
    #[derive(Default, Copy, Eq)]
    pub struct Kurs {
        /// The rate.
        one kurs_umowny: Ilosc => "KursUmowny",
        /// The currency.
        one waluta_umowna: KodWaluty => "WalutaUmowna",
    }
}

element! {
    /// A transport.
    pub struct Transport {
        /// By which means.
        group srodek: SrodekTransportu,
        /// Carrier.
        maybe przewoznik: Przewoznik => "Przewoznik",
        /// Number of the order for it.
        maybe nr_zlecenia_transportu: Znakowy => "NrZleceniaTransportu",
        /// What is carried.
        group ladunek: Ladunek,
        /// Unit of packaging.
        maybe jednostka_opakowania: Znakowy => "JednostkaOpakowania",
        /// When it began.
        maybe data_godz_rozp_transportu: DataCzas => "DataGodzRozpTransportu",
        /// When it ended.
        maybe data_godz_zak_transportu: DataCzas => "DataGodzZakTransportu",
        /// From where.
        maybe wysylka_z: Adres => "WysylkaZ",
        /// Through where, up to 20.
        many wysylka_przez: Adres => "WysylkaPrzez",
        /// Where to.
        maybe wysylka_do: Adres => "WysylkaDo",
    }
}

choice! {
    /// A means of transport.
    pub enum SrodekTransportu {
        /// One of the listed.
        Znany(one RodzajTransportu => "RodzajTransportu"),
        /// Another, described.
        Inny = "TransportInny" (one Znakowy => "OpisInnegoTransportu"),
    }
}

choice! {
    /// What is carried.
    pub enum Ladunek {
        /// One of the listed.
        Znany(one OpisLadunku => "OpisLadunku"),
        /// Another, described; also a mixed one.
        Inny = "LadunekInny" (one Znakowy => "OpisInnegoLadunku"),
    }
}

element! {
    /// A carrier.
    #[derive(Default)]
    pub struct Przewoznik {
        /// Identifier and name.
        one dane_identyfikacyjne: DaneIdentyfikacyjne2 => "DaneIdentyfikacyjne",
        /// Address.
        one adres_przewoznika: Adres => "AdresPrzewoznika",
    }
}
