//! Seller, buyer, third parties, authorised party.

use super::codes::{RolaPodmiotu3, RolaPu, StatusInfoPodatnika};
use super::content::{Content, Group, Sink, Source};
use super::leaf::{Identyfikator, PrefiksPl, Tekstowy, Wybor1, Znakowy};
use super::liczby::Procent;
use super::lists::{KodKraju, KodUe};

element! {
    /// The seller.
    #[derive(Default)]
    pub struct Podmiot1 {
        /// The NIP is used with `PL` before it.
        mark prefiks_podatnika: PrefiksPl => "PrefiksPodatnika",
        /// EORI number.
        maybe nr_eori: Znakowy => "NrEORI",
        /// NIP and name.
        one dane_identyfikacyjne: DaneIdentyfikacyjne1 => "DaneIdentyfikacyjne",
        /// Address.
        one adres: Adres => "Adres",
        /// Address for letters.
        maybe adres_koresp: Adres => "AdresKoresp",
        /// Up to 3.
        many dane_kontaktowe: DaneKontaktowe => "DaneKontaktowe",
        /// Liquidation, bankruptcy and the like.
        maybe status_info_podatnika: StatusInfoPodatnika => "StatusInfoPodatnika",
    }
}

element! {
    /// NIP and name of the seller or of an authorised party.
    #[derive(Default)]
    pub struct DaneIdentyfikacyjne1 {
        /// NIP, 10 digits.
        one nip: Tekstowy => "NIP",
        /// Name, up to 512 characters.
        one nazwa: Znakowy => "Nazwa",
    }
}

element! {
    /// An address.
    #[derive(Default)]
    pub struct Adres {
        /// Country.
        one kod_kraju: KodKraju => "KodKraju",
        /// First line, up to 512 characters.
        one adres_l1: Znakowy => "AdresL1",
        /// Second line, up to 512 characters.
        maybe adres_l2: Znakowy => "AdresL2",
        /// Global location number, up to 13 characters.
        maybe gln: Znakowy => "GLN",
    }
}

element! {
    /// How to reach a party.
    #[derive(Default)]
    pub struct DaneKontaktowe {
        /// E-mail.
        maybe email: Znakowy => "Email",
        /// Telephone, up to 16 characters.
        maybe telefon: Znakowy => "Telefon",
    }
}

element! {
    /// The buyer.
    #[derive(Default)]
    pub struct Podmiot2 {
        /// EORI number.
        maybe nr_eori: Znakowy => "NrEORI",
        /// Identifier and name.
        one dane_identyfikacyjne: DaneIdentyfikacyjne2 => "DaneIdentyfikacyjne",
        /// Address.
        maybe adres: Adres => "Adres",
        /// Address for letters.
        maybe adres_koresp: Adres => "AdresKoresp",
        /// Up to 3.
        many dane_kontaktowe: DaneKontaktowe => "DaneKontaktowe",
        /// The buyer's number as a customer.
        maybe nr_klienta: Znakowy => "NrKlienta",
        /// Key that ties the buyer's data before and after a correction, up to 32 characters.
        maybe id_nabywcy: Znakowy => "IDNabywcy",
        /// The invoice concerns a subordinate unit of local government.
        one jst: bool => "JST",
        /// The invoice concerns a member of a VAT group.
        one gv: bool => "GV",
    }
}

element! {
    /// Identifier and name of a buyer or a carrier.
    #[derive(Default)]
    pub struct DaneIdentyfikacyjne2 {
        /// Identifier.
        group id: IdNabywcy,
        /// Name, up to 512 characters.
        maybe nazwa: Znakowy => "Nazwa",
    }
}

choice! {
    /// What a buyer is known by.
    #[derive(Default)]
    pub enum IdNabywcy {
        /// NIP.
        Nip(one Tekstowy => "NIP"),
        /// A VAT number of the Union.
        VatUe {
            /// Country.
            one kod_ue: KodUe => "KodUE",
            /// The number without the country.
            one nr_vat_ue: Tekstowy => "NrVatUE",
        },
        /// A number of another country.
        Inny {
            /// Country.
            maybe kod_kraju: KodKraju => "KodKraju",
            /// The number.
            one nr_id: Identyfikator => "NrID",
        },
        /// None: a consumer, for instance.
        #[default]
        Brak = "BrakID",
    }
}

element! {
    /// A third party.
    pub struct Podmiot3 {
        /// Key that ties a buyer's data before and after a correction, up to 32 characters.
        maybe id_nabywcy: Znakowy => "IDNabywcy",
        /// EORI number.
        maybe nr_eori: Znakowy => "NrEORI",
        /// Identifier and name.
        one dane_identyfikacyjne: DaneIdentyfikacyjne3 => "DaneIdentyfikacyjne",
        /// Address.
        maybe adres: Adres => "Adres",
        /// Address for letters.
        maybe adres_koresp: Adres => "AdresKoresp",
        /// Up to 3.
        many dane_kontaktowe: DaneKontaktowe => "DaneKontaktowe",
        /// What it has to do with the invoice.
        group rola: Rola,
        /// Share of another buyer.
        maybe udzial: Procent => "Udzial",
        /// Its number as a customer.
        maybe nr_klienta: Znakowy => "NrKlienta",
    }
}

impl Podmiot3 {
    /// A third party with nothing but these.
    #[must_use]
    pub const fn new(dane_identyfikacyjne: DaneIdentyfikacyjne3, rola: Rola) -> Self {
        Self {
            id_nabywcy: None,
            nr_eori: None,
            dane_identyfikacyjne,
            adres: None,
            adres_koresp: None,
            dane_kontaktowe: Vec::new(),
            rola,
            udzial: None,
            nr_klienta: None,
        }
    }
}

element! {
    /// Identifier and name of a third party.
    #[derive(Default)]
    pub struct DaneIdentyfikacyjne3 {
        /// Identifier.
        group id: IdPodmiotu3,
        /// Name, up to 512 characters.
        maybe nazwa: Znakowy => "Nazwa",
    }
}

choice! {
    /// What a third party is known by.
    #[derive(Default)]
    pub enum IdPodmiotu3 {
        /// NIP.
        Nip(one Tekstowy => "NIP"),
        /// A NIP with the number of a unit inside, `1234567890-12345`.
        IdWew(one Znakowy => "IDWew"),
        /// A VAT number of the Union.
        VatUe {
            /// Country.
            one kod_ue: KodUe => "KodUE",
            /// The number without the country.
            one nr_vat_ue: Tekstowy => "NrVatUE",
        },
        /// A number of another country.
        Inny {
            /// Country.
            maybe kod_kraju: KodKraju => "KodKraju",
            /// The number.
            one nr_id: Identyfikator => "NrID",
        },
        /// None.
        #[default]
        Brak = "BrakID",
    }
}

choice! {
    /// What a third party has to do with the invoice.
    pub enum Rola {
        /// One of the listed roles.
        Znana(one RolaPodmiotu3 => "Rola"),
        /// Another, described.
        Inna = "RolaInna" (one Znakowy => "OpisRoli"),
    }
}

element! {
    /// Somebody who by law issues the invoice or stands on it for the seller.
    pub struct PodmiotUpowazniony {
        /// EORI number.
        maybe nr_eori: Znakowy => "NrEORI",
        /// NIP and name.
        one dane_identyfikacyjne: DaneIdentyfikacyjne1 => "DaneIdentyfikacyjne",
        /// Address.
        one adres: Adres => "Adres",
        /// Address for letters.
        maybe adres_koresp: Adres => "AdresKoresp",
        /// Up to 3.
        many dane_kontaktowe: DaneKontaktowePu => "DaneKontaktowe",
        /// By what right.
        one rola_pu: RolaPu => "RolaPU",
    }
}

element! {
    /// How to reach an authorised party.
    #[derive(Default)]
    pub struct DaneKontaktowePu {
        /// E-mail.
        maybe email_pu: Znakowy => "EmailPU",
        /// Telephone, up to 16 characters.
        maybe telefon_pu: Znakowy => "TelefonPU",
    }
}
