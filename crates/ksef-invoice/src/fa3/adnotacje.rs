//! What the law wants an invoice to say besides its figures.

use chrono::NaiveDate;

use super::content::{Content, Group, Sink, Source};
use super::leaf::{Wybor1, Znakowy};

element! {
    /// Annotations; by default none applies.
    #[derive(Default)]
    pub struct Adnotacje {
        /// Cash accounting (metoda kasowa).
        one p_16: bool => "P_16",
        /// The buyer issues the invoice (samofakturowanie).
        one p_17: bool => "P_17",
        /// The buyer accounts for the tax (odwrotne obciążenie).
        one p_18: bool => "P_18",
        /// Split payment is compulsory (mechanizm podzielonej płatności).
        one p_18a: bool => "P_18A",
        /// Exemption from tax.
        one zwolnienie: Zwolnienie => "Zwolnienie",
        /// New means of transport supplied within the Union.
        one nowe_srodki_transportu: NoweSrodkiTransportu => "NoweSrodkiTransportu",
        /// Simplified procedure of the second taxpayer in a triangular transaction.
        one p_23: bool => "P_23",
        /// Margin procedures.
        one pmarzy: PMarzy => "PMarzy",
    }
}

choice! {
    /// Whether something on the invoice is exempt from tax.
    #[derive(Default)]
    pub enum Zwolnienie {
        /// Something is, on this ground.
        Jest = "P_19" (group PodstawaZwolnienia),
        /// Nothing is.
        #[default]
        Brak = "P_19N",
    }
}

choice! {
    /// The ground of an exemption.
    pub enum PodstawaZwolnienia {
        /// A provision of Polish law.
        Ustawa(one Znakowy => "P_19A"),
        /// A provision of directive 2006/112/EC.
        Dyrektywa(one Znakowy => "P_19B"),
        /// Another ground.
        Inna(one Znakowy => "P_19C"),
    }
}

choice! {
    /// Whether new means of transport are supplied within the Union.
    #[derive(Default)]
    pub enum NoweSrodkiTransportu {
        /// They are.
        Jest = "P_22" {
            /// A separate report of them is due (art. 42 sec. 5).
            one p_42_5: bool => "P_42_5",
            /// Up to 10 000.
            some nowy_srodek_transportu: NowySrodekTransportu => "NowySrodekTransportu",
        },
        /// They are not.
        #[default]
        Brak = "P_22N",
    }
}

element! {
    /// A new means of transport.
    pub struct NowySrodekTransportu {
        /// Day on which it was admitted to use.
        one p_22a: NaiveDate => "P_22A",
        /// The line of the invoice.
        one p_nr_wiersza_nst: u64 => "P_NrWierszaNST",
        /// Make.
        maybe p_22bmk: Znakowy => "P_22BMK",
        /// Model.
        maybe p_22bmd: Znakowy => "P_22BMD",
        /// Colour.
        maybe p_22bk: Znakowy => "P_22BK",
        /// Registration number.
        maybe p_22bnr: Znakowy => "P_22BNR",
        /// Year of production.
        maybe p_22brp: Znakowy => "P_22BRP",
        /// On land, water or in the air.
        group rodzaj: RodzajNowegoSrodka,
    }
}

choice! {
    /// What a new means of transport moves on, and how much it was used.
    pub enum RodzajNowegoSrodka {
        /// On land.
        Ladowy {
            /// Mileage.
            one p_22b: Znakowy => "P_22B",
            /// One of its numbers.
            flat numer: NumerPojazdu,
            /// Type.
            maybe p_22bt: Znakowy => "P_22BT",
        },
        /// On water.
        Plywajacy {
            /// Hours of use.
            one p_22c: Znakowy => "P_22C",
            /// Number of the hull.
            maybe p_22c1: Znakowy => "P_22C1",
        },
        /// In the air.
        Powietrzny {
            /// Hours of use.
            one p_22d: Znakowy => "P_22D",
            /// Serial number.
            maybe p_22d1: Znakowy => "P_22D1",
        },
    }
}

choice! {
    /// A number of a vehicle.
    pub enum NumerPojazdu {
        /// VIN.
        Vin(one Znakowy => "P_22B1"),
        /// Of the body.
        Nadwozie(one Znakowy => "P_22B2"),
        /// Of the chassis.
        Podwozie(one Znakowy => "P_22B3"),
        /// Of the frame.
        Rama(one Znakowy => "P_22B4"),
    }
}

choice! {
    /// Whether a margin procedure applies.
    #[derive(Default)]
    pub enum PMarzy {
        /// It does: this one.
        Jest = "P_PMarzy" (group ProceduraMarzy),
        /// None does.
        #[default]
        Brak = "P_PMarzyN",
    }
}

choice! {
    /// A margin procedure.
    #[derive(Copy, Eq)]
    pub enum ProceduraMarzy {
        /// Travel agencies.
        BiuraPodrozy = "P_PMarzy_2",
        /// Used goods.
        TowaryUzywane = "P_PMarzy_3_1",
        /// Works of art.
        DzielaSztuki = "P_PMarzy_3_2",
        /// Collectors' items and antiques.
        AntykiIPrzedmiotyKolekcjonerskie = "P_PMarzy_3_3",
    }
}
