//! The structure of FA(3) 1-0E. Written by `cargo xtask fa3-table` from the ministry's schema: do not edit.

use super::model::{Attribute, Complex, Content, NamespaceId, Particle, Pattern, Primitive, Simple, WhiteSpace, key};
use Content::{Complex as C, Simple as S};

const fn p(name: &'static str, content: Content, most: u32, next: u128, last: bool) -> Particle {
    Particle { name, key: key(name), content, most, next, last, fixed: None }
}

/// The namespace of FA(3).
pub(super) const NAMESPACE: &str = "http://crd.gov.pl/wzor/2025/06/25/13775/";
/// The root element.
pub(super) static ROOT: Particle = p("Faktura", C(59), 1, 0, true);

/// Complex types.
pub(super) static COMPLEX: [Complex; 60] = [
    Complex { name: None, start: 0x0, may_be_empty: true, text: Some(1), attributes: &[
        Attribute { name: "kodSystemowy", simple: 0, required: true, fixed: Some("FA (3)") },
        Attribute { name: "wersjaSchemy", simple: 0, required: true, fixed: Some("1-0E") },
    ], particles: &[
    ] },
    Complex { name: Some((NamespaceId::Fa3, "TNaglowek")), start: 0x1, may_be_empty: false, text: None, attributes: &[
    ], particles: &[
        p("KodFormularza", C(0), 1, 0x2, false),
        p("WariantFormularza", S(8), 1, 0x4, false),
        p("DataWytworzeniaFa", S(11), 1, 0x8, true),
        p("SystemInfo", S(14), 1, 0x0, true),
    ] },
    Complex { name: Some((NamespaceId::Fa3, "TPodmiot1")), start: 0x1, may_be_empty: false, text: None, attributes: &[
    ], particles: &[
        p("NIP", S(16), 1, 0x2, false),
        p("Nazwa", S(17), 1, 0x0, true),
    ] },
    Complex { name: Some((NamespaceId::Fa3, "TAdres")), start: 0x1, may_be_empty: false, text: None, attributes: &[
    ], particles: &[
        p("KodKraju", S(18), 1, 0x2, false),
        p("AdresL1", S(17), 1, 0xc, true),
        p("AdresL2", S(17), 1, 0x8, true),
        p("GLN", S(19), 1, 0x0, true),
    ] },
    Complex { name: None, start: 0x1, may_be_empty: false, text: None, attributes: &[
    ], particles: &[
        p("KodKraju", S(18), 1, 0x2, false),
        p("AdresL1", S(17), 1, 0xc, true),
        p("AdresL2", S(17), 1, 0x8, true),
        p("GLN", S(19), 1, 0x0, true),
    ] },
    Complex { name: None, start: 0x3, may_be_empty: true, text: None, attributes: &[
    ], particles: &[
        p("Email", S(20), 1, 0x2, true),
        p("Telefon", S(21), 1, 0x0, true),
    ] },
    Complex { name: None, start: 0x7, may_be_empty: false, text: None, attributes: &[
    ], particles: &[
        Particle { fixed: Some("PL"), ..p("PrefiksPodatnika", S(15), 1, 0x6, false) },
        p("NrEORI", S(14), 1, 0x4, false),
        p("DaneIdentyfikacyjne", C(2), 1, 0x8, false),
        p("Adres", C(3), 1, 0x70, true),
        p("AdresKoresp", C(4), 1, 0x60, true),
        p("DaneKontaktowe", C(5), 3, 0x40, true),
        p("StatusInfoPodatnika", S(22), 1, 0x0, true),
    ] },
    Complex { name: Some((NamespaceId::Fa3, "TPodmiot2")), start: 0x3b, may_be_empty: false, text: None, attributes: &[
    ], particles: &[
        p("NIP", S(16), 1, 0x40, true),
        p("KodUE", S(15), 1, 0x4, false),
        p("NrVatUE", S(23), 1, 0x40, true),
        p("KodKraju", S(18), 1, 0x10, false),
        p("NrID", S(25), 1, 0x40, true),
        p("BrakID", S(26), 1, 0x40, true),
        p("Nazwa", S(17), 1, 0x0, true),
    ] },
    Complex { name: None, start: 0x3, may_be_empty: true, text: None, attributes: &[
    ], particles: &[
        p("Email", S(20), 1, 0x2, true),
        p("Telefon", S(21), 1, 0x0, true),
    ] },
    Complex { name: None, start: 0x3, may_be_empty: false, text: None, attributes: &[
    ], particles: &[
        p("NrEORI", S(14), 1, 0x2, false),
        p("DaneIdentyfikacyjne", C(7), 1, 0xfc, false),
        p("Adres", C(3), 1, 0xf8, false),
        p("AdresKoresp", C(3), 1, 0xf0, false),
        p("DaneKontaktowe", C(8), 3, 0xe0, false),
        p("NrKlienta", S(14), 1, 0xc0, false),
        p("IDNabywcy", S(28), 1, 0x80, false),
        p("JST", S(29), 1, 0x100, false),
        p("GV", S(30), 1, 0x0, true),
    ] },
    Complex { name: Some((NamespaceId::Fa3, "TPodmiot3")), start: 0x77, may_be_empty: false, text: None, attributes: &[
    ], particles: &[
        p("NIP", S(16), 1, 0x80, true),
        p("IDWew", S(33), 1, 0x80, true),
        p("KodUE", S(15), 1, 0x8, false),
        p("NrVatUE", S(23), 1, 0x80, true),
        p("KodKraju", S(18), 1, 0x20, false),
        p("NrID", S(34), 1, 0x80, true),
        p("BrakID", S(26), 1, 0x80, true),
        p("Nazwa", S(17), 1, 0x0, true),
    ] },
    Complex { name: None, start: 0x3, may_be_empty: true, text: None, attributes: &[
    ], particles: &[
        p("Email", S(20), 1, 0x2, true),
        p("Telefon", S(21), 1, 0x0, true),
    ] },
    Complex { name: None, start: 0x7, may_be_empty: false, text: None, attributes: &[
    ], particles: &[
        p("IDNabywcy", S(31), 1, 0x6, false),
        p("NrEORI", S(14), 1, 0x4, false),
        p("DaneIdentyfikacyjne", C(10), 1, 0xf8, false),
        p("Adres", C(3), 1, 0xf0, false),
        p("AdresKoresp", C(3), 1, 0xe0, false),
        p("DaneKontaktowe", C(11), 3, 0xc0, false),
        p("Rola", S(35), 1, 0x600, true),
        p("RolaInna", S(26), 1, 0x100, false),
        p("OpisRoli", S(14), 1, 0x600, true),
        p("Udzial", S(36), 1, 0x400, true),
        p("NrKlienta", S(14), 1, 0x0, true),
    ] },
    Complex { name: None, start: 0x3, may_be_empty: true, text: None, attributes: &[
    ], particles: &[
        p("EmailPU", S(20), 1, 0x2, true),
        p("TelefonPU", S(21), 1, 0x0, true),
    ] },
    Complex { name: None, start: 0x3, may_be_empty: false, text: None, attributes: &[
    ], particles: &[
        p("NrEORI", S(14), 1, 0x2, false),
        p("DaneIdentyfikacyjne", C(2), 1, 0x4, false),
        p("Adres", C(3), 1, 0x38, false),
        p("AdresKoresp", C(3), 1, 0x30, false),
        p("DaneKontaktowe", C(13), 3, 0x20, false),
        p("RolaPU", S(37), 1, 0x0, true),
    ] },
    Complex { name: None, start: 0x1, may_be_empty: false, text: None, attributes: &[
    ], particles: &[
        p("P_6_Od", S(41), 1, 0x2, false),
        p("P_6_Do", S(41), 1, 0x0, true),
    ] },
    Complex { name: None, start: 0x11, may_be_empty: false, text: None, attributes: &[
    ], particles: &[
        p("P_19", S(26), 1, 0xe, false),
        p("P_19A", S(14), 1, 0x0, true),
        p("P_19B", S(14), 1, 0x0, true),
        p("P_19C", S(14), 1, 0x0, true),
        p("P_19N", S(26), 1, 0x0, true),
    ] },
    Complex { name: None, start: 0x1, may_be_empty: false, text: None, attributes: &[
    ], particles: &[
        p("P_22A", S(41), 1, 0x2, false),
        p("P_NrWierszaNST", S(47), 1, 0xa0fc, false),
        p("P_22BMK", S(14), 1, 0xa0f8, false),
        p("P_22BMD", S(14), 1, 0xa0f0, false),
        p("P_22BK", S(14), 1, 0xa0e0, false),
        p("P_22BNR", S(14), 1, 0xa0c0, false),
        p("P_22BRP", S(14), 1, 0xa080, false),
        p("P_22B", S(14), 1, 0x1f00, true),
        p("P_22B1", S(14), 1, 0x1000, true),
        p("P_22B2", S(14), 1, 0x1000, true),
        p("P_22B3", S(14), 1, 0x1000, true),
        p("P_22B4", S(14), 1, 0x1000, true),
        p("P_22BT", S(14), 1, 0x0, true),
        p("P_22C", S(14), 1, 0x4000, true),
        p("P_22C1", S(14), 1, 0x0, true),
        p("P_22D", S(14), 1, 0x10000, true),
        p("P_22D1", S(14), 1, 0x0, true),
    ] },
    Complex { name: None, start: 0x9, may_be_empty: false, text: None, attributes: &[
    ], particles: &[
        p("P_22", S(26), 1, 0x2, false),
        p("P_42_5", S(44), 1, 0x4, false),
        p("NowySrodekTransportu", C(17), 10000, 0x0, true),
        p("P_22N", S(26), 1, 0x0, true),
    ] },
    Complex { name: None, start: 0x21, may_be_empty: false, text: None, attributes: &[
    ], particles: &[
        p("P_PMarzy", S(26), 1, 0x1e, false),
        p("P_PMarzy_2", S(26), 1, 0x0, true),
        p("P_PMarzy_3_1", S(26), 1, 0x0, true),
        p("P_PMarzy_3_2", S(26), 1, 0x0, true),
        p("P_PMarzy_3_3", S(26), 1, 0x0, true),
        p("P_PMarzyN", S(26), 1, 0x0, true),
    ] },
    Complex { name: None, start: 0x1, may_be_empty: false, text: None, attributes: &[
    ], particles: &[
        p("P_16", S(44), 1, 0x2, false),
        p("P_17", S(44), 1, 0x4, false),
        p("P_18", S(44), 1, 0x8, false),
        p("P_18A", S(44), 1, 0x10, false),
        p("Zwolnienie", C(16), 1, 0x20, false),
        p("NoweSrodkiTransportu", C(18), 1, 0x40, false),
        p("P_23", S(44), 1, 0x80, false),
        p("PMarzy", C(19), 1, 0x0, true),
    ] },
    Complex { name: None, start: 0x1, may_be_empty: false, text: None, attributes: &[
    ], particles: &[
        p("DataWystFaKorygowanej", S(41), 1, 0x2, false),
        p("NrFaKorygowanej", S(14), 1, 0x14, false),
        p("NrKSeF", S(26), 1, 0x8, false),
        p("NrKSeFFaKorygowanej", S(50), 1, 0x0, true),
        p("NrKSeFN", S(26), 1, 0x0, true),
    ] },
    Complex { name: None, start: 0x3, may_be_empty: false, text: None, attributes: &[
    ], particles: &[
        p("PrefiksPodatnika", S(15), 1, 0x2, false),
        p("DaneIdentyfikacyjne", C(2), 1, 0x4, false),
        p("Adres", C(3), 1, 0x0, true),
    ] },
    Complex { name: None, start: 0x1, may_be_empty: false, text: None, attributes: &[
    ], particles: &[
        p("DaneIdentyfikacyjne", C(7), 1, 0x6, true),
        p("Adres", C(3), 1, 0x4, true),
        p("IDNabywcy", S(51), 1, 0x0, true),
    ] },
    Complex { name: None, start: 0x1, may_be_empty: false, text: None, attributes: &[
    ], particles: &[
        p("P_6Z", S(41), 1, 0x2, false),
        p("P_15Z", S(42), 1, 0x4, true),
        p("KursWalutyZW", S(43), 1, 0x0, true),
    ] },
    Complex { name: Some((NamespaceId::Fa3, "TKluczWartosc")), start: 0x3, may_be_empty: false, text: None, attributes: &[
    ], particles: &[
        p("NrWiersza", S(47), 1, 0x2, false),
        p("Klucz", S(14), 1, 0x4, false),
        p("Wartosc", S(14), 1, 0x0, true),
    ] },
    Complex { name: None, start: 0x5, may_be_empty: false, text: None, attributes: &[
    ], particles: &[
        p("NrKSeFZN", S(26), 1, 0x2, false),
        p("NrFaZaliczkowej", S(14), 1, 0x0, true),
        p("NrKSeFFaZaliczkowej", S(50), 1, 0x0, true),
    ] },
    Complex { name: None, start: 0x1, may_be_empty: false, text: None, attributes: &[
    ], particles: &[
        p("NrWierszaFa", S(47), 1, 0x1fffffe, true),
        p("UU_ID", S(27), 1, 0x1fffffc, true),
        p("P_6A", S(41), 1, 0x1fffff8, true),
        p("P_7", S(17), 1, 0x1fffff0, true),
        p("Indeks", S(27), 1, 0x1ffffe0, true),
        p("GTIN", S(32), 1, 0x1ffffc0, true),
        p("PKWiU", S(27), 1, 0x1ffff80, true),
        p("CN", S(27), 1, 0x1ffff00, true),
        p("PKOB", S(27), 1, 0x1fffe00, true),
        p("P_8A", S(14), 1, 0x1fffc00, true),
        p("P_8B", S(43), 1, 0x1fff800, true),
        p("P_9A", S(52), 1, 0x1fff000, true),
        p("P_9B", S(52), 1, 0x1ffe000, true),
        p("P_10", S(52), 1, 0x1ffc000, true),
        p("P_11", S(42), 1, 0x1ff8000, true),
        p("P_11A", S(42), 1, 0x1ff0000, true),
        p("P_11Vat", S(42), 1, 0x1fe0000, true),
        p("P_12", S(53), 1, 0x1fc0000, true),
        p("P_12_XII", S(36), 1, 0x1f80000, true),
        p("P_12_Zal_15", S(26), 1, 0x1f00000, true),
        p("KwotaAkcyzy", S(42), 1, 0x1e00000, true),
        p("GTU", S(54), 1, 0x1c00000, true),
        p("Procedura", S(55), 1, 0x1800000, true),
        p("KursWaluty", S(43), 1, 0x1000000, true),
        p("StanPrzed", S(26), 1, 0x0, true),
    ] },
    Complex { name: None, start: 0x1, may_be_empty: false, text: None, attributes: &[
    ], particles: &[
        p("Kwota", S(42), 1, 0x2, false),
        p("Powod", S(14), 1, 0x0, true),
    ] },
    Complex { name: None, start: 0x1, may_be_empty: false, text: None, attributes: &[
    ], particles: &[
        p("Kwota", S(42), 1, 0x2, false),
        p("Powod", S(14), 1, 0x0, true),
    ] },
    Complex { name: None, start: 0x3f, may_be_empty: true, text: None, attributes: &[
    ], particles: &[
        p("Obciazenia", C(28), 100, 0x3e, true),
        p("SumaObciazen", S(42), 1, 0x3c, true),
        p("Odliczenia", C(29), 100, 0x38, true),
        p("SumaOdliczen", S(42), 1, 0x30, true),
        p("DoZaplaty", S(42), 1, 0x0, true),
        p("DoRozliczenia", S(42), 1, 0x0, true),
    ] },
    Complex { name: None, start: 0x1, may_be_empty: false, text: None, attributes: &[
    ], particles: &[
        p("KwotaZaplatyCzesciowej", S(42), 1, 0x2, false),
        p("DataZaplatyCzesciowej", S(56), 1, 0xc, true),
        p("FormaPlatnosci", S(57), 1, 0x0, true),
        p("PlatnoscInna", S(26), 1, 0x10, false),
        p("OpisPlatnosci", S(14), 1, 0x0, true),
    ] },
    Complex { name: None, start: 0x1, may_be_empty: false, text: None, attributes: &[
    ], particles: &[
        p("Ilosc", S(3), 1, 0x2, false),
        p("Jednostka", S(27), 1, 0x4, false),
        p("ZdarzeniePoczatkowe", S(14), 1, 0x0, true),
    ] },
    Complex { name: None, start: 0x3, may_be_empty: true, text: None, attributes: &[
    ], particles: &[
        p("Termin", S(56), 1, 0x2, true),
        p("TerminOpis", C(32), 1, 0x0, true),
    ] },
    Complex { name: Some((NamespaceId::Fa3, "TRachunekBankowy")), start: 0x1, may_be_empty: false, text: None, attributes: &[
    ], particles: &[
        p("NrRB", S(58), 1, 0x1e, true),
        p("SWIFT", S(59), 1, 0x1c, true),
        p("RachunekWlasnyBanku", S(60), 1, 0x18, true),
        p("NazwaBanku", S(14), 1, 0x10, true),
        p("OpisRachunku", S(14), 1, 0x0, true),
    ] },
    Complex { name: None, start: 0x1, may_be_empty: false, text: None, attributes: &[
    ], particles: &[
        p("WarunkiSkonta", S(14), 1, 0x2, false),
        p("WysokoscSkonta", S(14), 1, 0x0, true),
    ] },
    Complex { name: None, start: 0x1f75, may_be_empty: true, text: None, attributes: &[
    ], particles: &[
        p("Zaplacono", S(26), 1, 0x2, false),
        p("DataZaplaty", S(56), 1, 0x1f70, true),
        p("ZnacznikZaplatyCzesciowej", S(44), 1, 0x8, false),
        p("ZaplataCzesciowa", C(31), 100, 0x1f70, true),
        p("TerminPlatnosci", C(33), 100, 0x1f60, true),
        p("FormaPlatnosci", S(57), 1, 0x1f00, true),
        p("PlatnoscInna", S(26), 1, 0x80, false),
        p("OpisPlatnosci", S(14), 1, 0x1f00, true),
        p("RachunekBankowy", C(34), 100, 0x1e00, true),
        p("RachunekBankowyFaktora", C(34), 20, 0x1c00, true),
        p("Skonto", C(35), 1, 0x1800, true),
        p("LinkDoPlatnosci", S(61), 1, 0x1000, true),
        p("IPKSeF", S(62), 1, 0x0, true),
    ] },
    Complex { name: None, start: 0x3, may_be_empty: true, text: None, attributes: &[
    ], particles: &[
        p("DataUmowy", S(63), 1, 0x2, true),
        p("NrUmowy", S(14), 1, 0x0, true),
    ] },
    Complex { name: None, start: 0x3, may_be_empty: true, text: None, attributes: &[
    ], particles: &[
        p("DataZamowienia", S(63), 1, 0x2, true),
        p("NrZamowienia", S(14), 1, 0x0, true),
    ] },
    Complex { name: None, start: 0x1, may_be_empty: false, text: None, attributes: &[
    ], particles: &[
        p("DaneIdentyfikacyjne", C(7), 1, 0x2, false),
        p("AdresPrzewoznika", C(3), 1, 0x0, true),
    ] },
    Complex { name: None, start: 0x3, may_be_empty: false, text: None, attributes: &[
    ], particles: &[
        p("RodzajTransportu", S(64), 1, 0x78, false),
        p("TransportInny", S(26), 1, 0x4, false),
        p("OpisInnegoTransportu", S(27), 1, 0x78, false),
        p("Przewoznik", C(39), 1, 0x70, false),
        p("NrZleceniaTransportu", S(14), 1, 0x60, false),
        p("OpisLadunku", S(65), 1, 0x3f00, true),
        p("LadunekInny", S(26), 1, 0x80, false),
        p("OpisInnegoLadunku", S(27), 1, 0x3f00, true),
        p("JednostkaOpakowania", S(14), 1, 0x3e00, true),
        p("DataGodzRozpTransportu", S(66), 1, 0x3c00, true),
        p("DataGodzZakTransportu", S(66), 1, 0x3800, true),
        p("WysylkaZ", C(3), 1, 0x3000, true),
        p("WysylkaPrzez", C(3), 20, 0x2000, true),
        p("WysylkaDo", C(3), 1, 0x0, true),
    ] },
    Complex { name: None, start: 0xdf, may_be_empty: true, text: None, attributes: &[
    ], particles: &[
        p("Umowy", C(37), 100, 0xde, true),
        p("Zamowienia", C(38), 100, 0xdc, true),
        p("NrPartiiTowaru", S(14), 1000, 0xd8, true),
        p("WarunkiDostawy", S(14), 1, 0xd0, true),
        p("KursUmowny", S(43), 1, 0x20, false),
        p("WalutaUmowna", S(38), 1, 0xc0, true),
        p("Transport", C(40), 20, 0x80, true),
        p("PodmiotPosredniczacy", S(26), 1, 0x0, true),
    ] },
    Complex { name: None, start: 0x1, may_be_empty: false, text: None, attributes: &[
    ], particles: &[
        p("NrWierszaZam", S(47), 1, 0xffffe, true),
        p("UU_IDZ", S(27), 1, 0xffffc, true),
        p("P_7Z", S(17), 1, 0xffff8, true),
        p("IndeksZ", S(27), 1, 0xffff0, true),
        p("GTINZ", S(32), 1, 0xfffe0, true),
        p("PKWiUZ", S(27), 1, 0xfffc0, true),
        p("CNZ", S(27), 1, 0xfff80, true),
        p("PKOBZ", S(27), 1, 0xfff00, true),
        p("P_8AZ", S(14), 1, 0xffe00, true),
        p("P_8BZ", S(43), 1, 0xffc00, true),
        p("P_9AZ", S(52), 1, 0xff800, true),
        p("P_11NettoZ", S(42), 1, 0xff000, true),
        p("P_11VatZ", S(42), 1, 0xfe000, true),
        p("P_12Z", S(53), 1, 0xfc000, true),
        p("P_12Z_XII", S(36), 1, 0xf8000, true),
        p("P_12Z_Zal_15", S(26), 1, 0xf0000, true),
        p("GTUZ", S(54), 1, 0xe0000, true),
        p("ProceduraZ", S(67), 1, 0xc0000, true),
        p("KwotaAkcyzyZ", S(42), 1, 0x80000, true),
        p("StanPrzedZ", S(26), 1, 0x0, true),
    ] },
    Complex { name: None, start: 0x1, may_be_empty: false, text: None, attributes: &[
    ], particles: &[
        p("WartoscZamowienia", S(42), 1, 0x2, false),
        p("ZamowienieWiersz", C(42), 10000, 0x0, true),
    ] },
    Complex { name: None, start: 0x1, may_be_empty: false, text: None, attributes: &[
    ], particles: &[
        p("KodWaluty", S(38), 1, 0x2, false),
        p("P_1", S(41), 1, 0xc, false),
        p("P_1M", S(14), 1, 0x8, false),
        p("P_2", S(14), 1, 0x3fe924f0, false),
        p("WZ", S(14), 1000, 0x3fe924e0, false),
        p("P_6", S(41), 1, 0x3fe92480, false),
        p("OkresFa", C(15), 1, 0x3fe92480, false),
        p("P_13_1", S(42), 1, 0x100, false),
        p("P_14_1", S(42), 1, 0x3fe92600, false),
        p("P_14_1W", S(42), 1, 0x3fe92400, false),
        p("P_13_2", S(42), 1, 0x800, false),
        p("P_14_2", S(42), 1, 0x3fe93000, false),
        p("P_14_2W", S(42), 1, 0x3fe92000, false),
        p("P_13_3", S(42), 1, 0x4000, false),
        p("P_14_3", S(42), 1, 0x3fe98000, false),
        p("P_14_3W", S(42), 1, 0x3fe90000, false),
        p("P_13_4", S(42), 1, 0x20000, false),
        p("P_14_4", S(42), 1, 0x3fec0000, false),
        p("P_14_4W", S(42), 1, 0x3fe80000, false),
        p("P_13_5", S(42), 1, 0x3ff00000, false),
        p("P_14_5", S(42), 1, 0x3fe00000, false),
        p("P_13_6_1", S(42), 1, 0x3fc00000, false),
        p("P_13_6_2", S(42), 1, 0x3f800000, false),
        p("P_13_6_3", S(42), 1, 0x3f000000, false),
        p("P_13_7", S(42), 1, 0x3e000000, false),
        p("P_13_8", S(42), 1, 0x3c000000, false),
        p("P_13_9", S(42), 1, 0x38000000, false),
        p("P_13_10", S(42), 1, 0x30000000, false),
        p("P_13_11", S(42), 1, 0x20000000, false),
        p("P_15", S(42), 1, 0xc0000000, false),
        p("KursWalutyZ", S(43), 1, 0x80000000, false),
        p("Adnotacje", C(20), 1, 0x100000000, false),
        p("RodzajFaktury", S(48), 1, 0x1ffc0e00000000, true),
        p("PrzyczynaKorekty", S(14), 1, 0xc00000000, false),
        p("TypKorekty", S(49), 1, 0x800000000, false),
        p("DaneFaKorygowanej", C(21), 50000, 0x1ffdf000000000, true),
        p("OkresFaKorygowanej", S(14), 1, 0x1ffde000000000, true),
        p("NrFaKorygowany", S(14), 1, 0x1ffdc000000000, true),
        p("Podmiot1K", C(22), 1, 0x1ffd8000000000, true),
        p("Podmiot2K", C(23), 101, 0x1ffd0000000000, true),
        p("P_15ZK", S(42), 1, 0x1ffe0000000000, true),
        p("KursWalutyZK", S(43), 1, 0x1ffc0000000000, true),
        p("ZaliczkaCzesciowa", C(24), 31, 0x1ff80000000000, true),
        p("FP", S(26), 1, 0x1ff00000000000, true),
        p("TP", S(26), 1, 0x1fe00000000000, true),
        p("DodatkowyOpis", C(25), 10000, 0x1fc00000000000, true),
        p("FakturaZaliczkowa", C(26), 100, 0x1f800000000000, true),
        p("ZwrotAkcyzy", S(26), 1, 0x1f000000000000, true),
        p("FaWiersz", C(27), 10000, 0x1e000000000000, true),
        p("Rozliczenie", C(30), 1, 0x1c000000000000, true),
        p("Platnosc", C(36), 1, 0x18000000000000, true),
        p("WarunkiTransakcji", C(41), 1, 0x10000000000000, true),
        p("Zamowienie", C(43), 1, 0x0, true),
    ] },
    Complex { name: None, start: 0x1, may_be_empty: true, text: None, attributes: &[
    ], particles: &[
        p("StopkaFaktury", S(68), 1, 0x0, true),
    ] },
    Complex { name: None, start: 0xf, may_be_empty: true, text: None, attributes: &[
    ], particles: &[
        p("PelnaNazwa", S(14), 1, 0xe, true),
        p("KRS", S(69), 1, 0xc, true),
        p("REGON", S(72), 1, 0x8, true),
        p("BDO", S(73), 1, 0x0, true),
    ] },
    Complex { name: None, start: 0x3, may_be_empty: true, text: None, attributes: &[
    ], particles: &[
        p("Informacje", C(45), 3, 0x2, true),
        p("Rejestry", C(46), 100, 0x0, true),
    ] },
    Complex { name: None, start: 0x1, may_be_empty: false, text: None, attributes: &[
    ], particles: &[
        p("ZKlucz", S(14), 1, 0x2, false),
        p("ZWartosc", S(14), 1, 0x0, true),
    ] },
    Complex { name: None, start: 0x1, may_be_empty: false, text: None, attributes: &[
    ], particles: &[
        p("Akapit", S(17), 10, 0x0, true),
    ] },
    Complex { name: None, start: 0x1, may_be_empty: false, text: None, attributes: &[
    ], particles: &[
        p("TKlucz", S(14), 1, 0x2, false),
        p("TWartosc", S(14), 1, 0x0, true),
    ] },
    Complex { name: None, start: 0x0, may_be_empty: true, text: Some(74), attributes: &[
    ], particles: &[
    ] },
    Complex { name: None, start: 0x1, may_be_empty: false, text: None, attributes: &[
        Attribute { name: "Typ", simple: 75, required: true, fixed: None },
    ], particles: &[
        p("NKom", C(51), 1, 0x0, true),
    ] },
    Complex { name: None, start: 0x1, may_be_empty: false, text: None, attributes: &[
    ], particles: &[
        p("Kol", C(52), 20, 0x0, true),
    ] },
    Complex { name: None, start: 0x1, may_be_empty: false, text: None, attributes: &[
    ], particles: &[
        p("WKom", S(74), 20, 0x0, true),
    ] },
    Complex { name: None, start: 0x1, may_be_empty: false, text: None, attributes: &[
    ], particles: &[
        p("SKom", S(74), 20, 0x0, true),
    ] },
    Complex { name: None, start: 0x7, may_be_empty: false, text: None, attributes: &[
    ], particles: &[
        p("TMetaDane", C(50), 1000, 0x6, false),
        p("Opis", S(17), 1, 0x4, false),
        p("TNaglowek", C(53), 1, 0x8, false),
        p("Wiersz", C(54), 1000, 0x10, true),
        p("Suma", C(55), 1, 0x0, true),
    ] },
    Complex { name: None, start: 0x3, may_be_empty: false, text: None, attributes: &[
    ], particles: &[
        p("ZNaglowek", S(17), 1, 0x2, false),
        p("MetaDane", C(48), 1000, 0xc, true),
        p("Tekst", C(49), 1, 0x8, true),
        p("Tabela", C(56), 1000, 0x0, true),
    ] },
    Complex { name: None, start: 0x1, may_be_empty: false, text: None, attributes: &[
    ], particles: &[
        p("BlokDanych", C(57), 1000, 0x0, true),
    ] },
    Complex { name: None, start: 0x1, may_be_empty: false, text: None, attributes: &[
    ], particles: &[
        p("Naglowek", C(1), 1, 0x2, false),
        p("Podmiot1", C(6), 1, 0x4, false),
        p("Podmiot2", C(9), 1, 0x38, false),
        p("Podmiot3", C(12), 100, 0x30, false),
        p("PodmiotUpowazniony", C(14), 1, 0x20, false),
        p("Fa", C(44), 1, 0xc0, true),
        p("Stopka", C(47), 1, 0x80, true),
        p("Zalacznik", C(58), 1, 0x0, true),
    ] },
];

/// Simple types.
pub(super) static SIMPLE: [Simple; 91] = [
    Simple { name: Some((NamespaceId::Xsd, "string")), base: None, primitive: Primitive::Text, white_space: WhiteSpace::Preserve, min_length: 0, max_length: None, total_digits: None, fraction_digits: None, min: None, min_is_exclusive: false, max: None, patterns: &[], values: &[], numbers: &[] },
    Simple { name: Some((NamespaceId::Fa3, "TKodFormularza")), base: Some(0), primitive: Primitive::Text, white_space: WhiteSpace::Preserve, min_length: 0, max_length: None, total_digits: None, fraction_digits: None, min: None, min_is_exclusive: false, max: None, patterns: &[], values: &["FA"], numbers: &[] },
    Simple { name: Some((NamespaceId::Xsd, "decimal")), base: None, primitive: Primitive::Decimal, white_space: WhiteSpace::Collapse, min_length: 0, max_length: None, total_digits: None, fraction_digits: None, min: None, min_is_exclusive: false, max: None, patterns: &[], values: &[], numbers: &[] },
    Simple { name: Some((NamespaceId::Xsd, "integer")), base: Some(2), primitive: Primitive::Integer, white_space: WhiteSpace::Collapse, min_length: 0, max_length: None, total_digits: None, fraction_digits: None, min: None, min_is_exclusive: false, max: None, patterns: &[], values: &[], numbers: &[] },
    Simple { name: Some((NamespaceId::Xsd, "long")), base: Some(3), primitive: Primitive::Integer, white_space: WhiteSpace::Collapse, min_length: 0, max_length: None, total_digits: None, fraction_digits: None, min: Some(-9223372036854775808), min_is_exclusive: false, max: Some(9223372036854775807), patterns: &[], values: &[], numbers: &[] },
    Simple { name: Some((NamespaceId::Xsd, "int")), base: Some(4), primitive: Primitive::Integer, white_space: WhiteSpace::Collapse, min_length: 0, max_length: None, total_digits: None, fraction_digits: None, min: Some(-2147483648), min_is_exclusive: false, max: Some(2147483647), patterns: &[], values: &[], numbers: &[] },
    Simple { name: Some((NamespaceId::Xsd, "short")), base: Some(5), primitive: Primitive::Integer, white_space: WhiteSpace::Collapse, min_length: 0, max_length: None, total_digits: None, fraction_digits: None, min: Some(-32768), min_is_exclusive: false, max: Some(32767), patterns: &[], values: &[], numbers: &[] },
    Simple { name: Some((NamespaceId::Xsd, "byte")), base: Some(6), primitive: Primitive::Integer, white_space: WhiteSpace::Collapse, min_length: 0, max_length: None, total_digits: None, fraction_digits: None, min: Some(-128), min_is_exclusive: false, max: Some(127), patterns: &[], values: &[], numbers: &[] },
    Simple { name: None, base: Some(7), primitive: Primitive::Integer, white_space: WhiteSpace::Collapse, min_length: 0, max_length: None, total_digits: None, fraction_digits: None, min: Some(-128), min_is_exclusive: false, max: Some(127), patterns: &[], values: &["3"], numbers: &[3] },
    Simple { name: Some((NamespaceId::Xsd, "dateTime")), base: None, primitive: Primitive::DateTime, white_space: WhiteSpace::Collapse, min_length: 0, max_length: None, total_digits: None, fraction_digits: None, min: None, min_is_exclusive: false, max: None, patterns: &[], values: &[], numbers: &[] },
    Simple { name: Some((NamespaceId::Etd, "TDataCzas")), base: Some(9), primitive: Primitive::DateTime, white_space: WhiteSpace::Collapse, min_length: 0, max_length: None, total_digits: None, fraction_digits: None, min: None, min_is_exclusive: false, max: None, patterns: &[], values: &[], numbers: &[] },
    Simple { name: None, base: Some(10), primitive: Primitive::DateTime, white_space: WhiteSpace::Collapse, min_length: 0, max_length: None, total_digits: None, fraction_digits: None, min: Some(1756684800), min_is_exclusive: false, max: Some(2524694399), patterns: &[], values: &[], numbers: &[] },
    Simple { name: Some((NamespaceId::Xsd, "normalizedString")), base: Some(0), primitive: Primitive::Text, white_space: WhiteSpace::Replace, min_length: 0, max_length: None, total_digits: None, fraction_digits: None, min: None, min_is_exclusive: false, max: None, patterns: &[], values: &[], numbers: &[] },
    Simple { name: Some((NamespaceId::Xsd, "token")), base: Some(12), primitive: Primitive::Text, white_space: WhiteSpace::Collapse, min_length: 0, max_length: None, total_digits: None, fraction_digits: None, min: None, min_is_exclusive: false, max: None, patterns: &[], values: &[], numbers: &[] },
    Simple { name: Some((NamespaceId::Fa3, "TZnakowy")), base: Some(13), primitive: Primitive::Text, white_space: WhiteSpace::Collapse, min_length: 1, max_length: Some(256), total_digits: None, fraction_digits: None, min: None, min_is_exclusive: false, max: None, patterns: &[], values: &[], numbers: &[] },
    Simple { name: Some((NamespaceId::Fa3, "TKodyKrajowUE")), base: Some(12), primitive: Primitive::Text, white_space: WhiteSpace::Replace, min_length: 0, max_length: None, total_digits: None, fraction_digits: None, min: None, min_is_exclusive: false, max: None, patterns: &[], values: &["AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "EL", "ES", "FI", "FR", "HR", "HU", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK", "XI"], numbers: &[] },
    Simple { name: Some((NamespaceId::Etd, "TNrNIP")), base: Some(0), primitive: Primitive::Text, white_space: WhiteSpace::Preserve, min_length: 0, max_length: None, total_digits: None, fraction_digits: None, min: None, min_is_exclusive: false, max: None, patterns: &[0], values: &[], numbers: &[] },
    Simple { name: Some((NamespaceId::Fa3, "TZnakowy512")), base: Some(13), primitive: Primitive::Text, white_space: WhiteSpace::Collapse, min_length: 1, max_length: Some(512), total_digits: None, fraction_digits: None, min: None, min_is_exclusive: false, max: None, patterns: &[], values: &[], numbers: &[] },
    Simple { name: Some((NamespaceId::Etd, "TKodKraju")), base: Some(12), primitive: Primitive::Text, white_space: WhiteSpace::Replace, min_length: 0, max_length: None, total_digits: None, fraction_digits: None, min: None, min_is_exclusive: false, max: None, patterns: &[], values: &["AD", "AE", "AF", "AG", "AI", "AL", "AM", "AN", "AO", "AQ", "AR", "AS", "AT", "AU", "AW", "AX", "AZ", "BA", "BB", "BD", "BE", "BF", "BG", "BH", "BI", "BJ", "BL", "BM", "BN", "BO", "BQ", "BR", "BS", "BT", "BV", "BW", "BY", "BZ", "CA", "CC", "CD", "CF", "CG", "CH", "CI", "CK", "CL", "CM", "CN", "CO", "CR", "CU", "CV", "CW", "CX", "CY", "CZ", "DE", "DJ", "DK", "DM", "DO", "DZ", "EC", "EE", "EG", "EH", "ER", "ES", "ET", "FI", "FJ", "FK", "FM", "FO", "FR", "GA", "GB", "GD", "GE", "GF", "GG", "GH", "GI", "GL", "GM", "GN", "GP", "GQ", "GR", "GS", "GT", "GU", "GW", "GY", "HK", "HM", "HN", "HR", "HT", "HU", "ID", "IE", "IL", "IM", "IN", "IO", "IQ", "IR", "IS", "IT", "JE", "JM", "JO", "JP", "KE", "KG", "KH", "KI", "KM", "KN", "KP", "KR", "KW", "KY", "KZ", "LA", "LB", "LC", "LI", "LK", "LR", "LS", "LT", "LU", "LV", "LY", "MA", "MC", "MD", "ME", "MF", "MG", "MH", "MK", "ML", "MM", "MN", "MO", "MP", "MQ", "MR", "MS", "MT", "MU", "MV", "MW", "MX", "MY", "MZ", "NA", "NC", "NE", "NF", "NG", "NI", "NL", "NO", "NP", "NR", "NU", "NZ", "OM", "PA", "PE", "PF", "PG", "PH", "PK", "PL", "PM", "PN", "PR", "PS", "PT", "PW", "PY", "QA", "RE", "RO", "RS", "RU", "RW", "SA", "SB", "SC", "SD", "SE", "SG", "SH", "SI", "SJ", "SK", "SL", "SM", "SN", "SO", "SR", "SS", "ST", "SV", "SX", "SY", "SZ", "TC", "TD", "TF", "TG", "TH", "TJ", "TK", "TL", "TM", "TN", "TO", "TR", "TT", "TV", "TW", "TZ", "UA", "UG", "UM", "US", "UY", "UZ", "VA", "VC", "VE", "VG", "VI", "VN", "VU", "WF", "WS", "XC", "XI", "XK", "XL", "YE", "YT", "ZA", "ZM", "ZW"], numbers: &[] },
    Simple { name: Some((NamespaceId::Fa3, "TGLN")), base: Some(13), primitive: Primitive::Text, white_space: WhiteSpace::Collapse, min_length: 1, max_length: Some(13), total_digits: None, fraction_digits: None, min: None, min_is_exclusive: false, max: None, patterns: &[], values: &[], numbers: &[] },
    Simple { name: Some((NamespaceId::Etd, "TAdresEmail")), base: Some(13), primitive: Primitive::Text, white_space: WhiteSpace::Collapse, min_length: 3, max_length: Some(255), total_digits: None, fraction_digits: None, min: None, min_is_exclusive: false, max: None, patterns: &[1], values: &[], numbers: &[] },
    Simple { name: Some((NamespaceId::Fa3, "TNumerTelefonu")), base: Some(14), primitive: Primitive::Text, white_space: WhiteSpace::Collapse, min_length: 1, max_length: Some(16), total_digits: None, fraction_digits: None, min: None, min_is_exclusive: false, max: None, patterns: &[], values: &[], numbers: &[] },
    Simple { name: Some((NamespaceId::Fa3, "TStatusInfoPodatnika")), base: Some(3), primitive: Primitive::Integer, white_space: WhiteSpace::Collapse, min_length: 0, max_length: None, total_digits: None, fraction_digits: None, min: None, min_is_exclusive: false, max: None, patterns: &[], values: &["1", "2", "3", "4"], numbers: &[1, 2, 3, 4] },
    Simple { name: Some((NamespaceId::Fa3, "TNrVatUE")), base: Some(0), primitive: Primitive::Text, white_space: WhiteSpace::Preserve, min_length: 0, max_length: None, total_digits: None, fraction_digits: None, min: None, min_is_exclusive: false, max: None, patterns: &[2], values: &[], numbers: &[] },
    Simple { name: Some((NamespaceId::Etd, "TNrIdentyfikacjiPodatkowej")), base: Some(0), primitive: Primitive::Text, white_space: WhiteSpace::Replace, min_length: 1, max_length: Some(50), total_digits: None, fraction_digits: None, min: None, min_is_exclusive: false, max: None, patterns: &[], values: &[], numbers: &[] },
    Simple { name: None, base: Some(24), primitive: Primitive::Text, white_space: WhiteSpace::Replace, min_length: 1, max_length: Some(50), total_digits: None, fraction_digits: None, min: None, min_is_exclusive: false, max: None, patterns: &[], values: &[], numbers: &[] },
    Simple { name: Some((NamespaceId::Etd, "TWybor1")), base: Some(7), primitive: Primitive::Integer, white_space: WhiteSpace::Collapse, min_length: 0, max_length: None, total_digits: None, fraction_digits: None, min: Some(-128), min_is_exclusive: false, max: Some(127), patterns: &[], values: &["1"], numbers: &[1] },
    Simple { name: Some((NamespaceId::Fa3, "TZnakowy50")), base: Some(13), primitive: Primitive::Text, white_space: WhiteSpace::Collapse, min_length: 1, max_length: Some(50), total_digits: None, fraction_digits: None, min: None, min_is_exclusive: false, max: None, patterns: &[], values: &[], numbers: &[] },
    Simple { name: None, base: Some(27), primitive: Primitive::Text, white_space: WhiteSpace::Collapse, min_length: 1, max_length: Some(32), total_digits: None, fraction_digits: None, min: None, min_is_exclusive: false, max: None, patterns: &[], values: &[], numbers: &[] },
    Simple { name: None, base: Some(3), primitive: Primitive::Integer, white_space: WhiteSpace::Collapse, min_length: 0, max_length: None, total_digits: None, fraction_digits: None, min: None, min_is_exclusive: false, max: None, patterns: &[], values: &["1", "2"], numbers: &[1, 2] },
    Simple { name: None, base: Some(3), primitive: Primitive::Integer, white_space: WhiteSpace::Collapse, min_length: 0, max_length: None, total_digits: None, fraction_digits: None, min: None, min_is_exclusive: false, max: None, patterns: &[], values: &["1", "2"], numbers: &[1, 2] },
    Simple { name: None, base: Some(27), primitive: Primitive::Text, white_space: WhiteSpace::Collapse, min_length: 1, max_length: Some(32), total_digits: None, fraction_digits: None, min: None, min_is_exclusive: false, max: None, patterns: &[], values: &[], numbers: &[] },
    Simple { name: Some((NamespaceId::Fa3, "TZnakowy20")), base: Some(13), primitive: Primitive::Text, white_space: WhiteSpace::Collapse, min_length: 1, max_length: Some(20), total_digits: None, fraction_digits: None, min: None, min_is_exclusive: false, max: None, patterns: &[], values: &[], numbers: &[] },
    Simple { name: Some((NamespaceId::Fa3, "TNIPIdWew")), base: Some(32), primitive: Primitive::Text, white_space: WhiteSpace::Collapse, min_length: 1, max_length: Some(20), total_digits: None, fraction_digits: None, min: None, min_is_exclusive: false, max: None, patterns: &[3], values: &[], numbers: &[] },
    Simple { name: None, base: Some(24), primitive: Primitive::Text, white_space: WhiteSpace::Replace, min_length: 1, max_length: Some(50), total_digits: None, fraction_digits: None, min: None, min_is_exclusive: false, max: None, patterns: &[], values: &[], numbers: &[] },
    Simple { name: Some((NamespaceId::Fa3, "TRolaPodmiotu3")), base: Some(3), primitive: Primitive::Integer, white_space: WhiteSpace::Collapse, min_length: 0, max_length: None, total_digits: None, fraction_digits: None, min: None, min_is_exclusive: false, max: None, patterns: &[], values: &["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"], numbers: &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] },
    Simple { name: Some((NamespaceId::Fa3, "TProcentowy")), base: Some(2), primitive: Primitive::Decimal, white_space: WhiteSpace::Collapse, min_length: 0, max_length: None, total_digits: Some(9), fraction_digits: Some(6), min: Some(0), min_is_exclusive: false, max: Some(100), patterns: &[], values: &[], numbers: &[] },
    Simple { name: Some((NamespaceId::Fa3, "TRolaPodmiotuUpowaznionego")), base: Some(3), primitive: Primitive::Integer, white_space: WhiteSpace::Collapse, min_length: 0, max_length: None, total_digits: None, fraction_digits: None, min: None, min_is_exclusive: false, max: None, patterns: &[], values: &["1", "2", "3"], numbers: &[1, 2, 3] },
    Simple { name: Some((NamespaceId::Fa3, "TKodWaluty")), base: Some(12), primitive: Primitive::Text, white_space: WhiteSpace::Replace, min_length: 0, max_length: None, total_digits: None, fraction_digits: None, min: None, min_is_exclusive: false, max: None, patterns: &[], values: &["AED", "AFN", "ALL", "AMD", "ANG", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT", "BGN", "BHD", "BIF", "BMD", "BND", "BOB", "BOV", "BRL", "BSD", "BTN", "BWP", "BYN", "BZD", "CAD", "CDF", "CHE", "CHF", "CHW", "CLF", "CLP", "CNY", "COP", "COU", "CRC", "CUC", "CUP", "CVE", "CZK", "DJF", "DKK", "DOP", "DZD", "EGP", "ERN", "ETB", "EUR", "FJD", "FKP", "GBP", "GEL", "GGP", "GHS", "GIP", "GMD", "GNF", "GTQ", "GYD", "HKD", "HNL", "HRK", "HTG", "HUF", "IDR", "ILS", "IMP", "INR", "IQD", "IRR", "ISK", "JEP", "JMD", "JOD", "JPY", "KES", "KGS", "KHR", "KMF", "KPW", "KRW", "KWD", "KYD", "KZT", "LAK", "LBP", "LKR", "LRD", "LSL", "LYD", "MAD", "MDL", "MGA", "MKD", "MMK", "MNT", "MOP", "MRU", "MUR", "MVR", "MWK", "MXN", "MXV", "MYR", "MZN", "NAD", "NGN", "NIO", "NOK", "NPR", "NZD", "OMR", "PAB", "PEN", "PGK", "PHP", "PKR", "PLN", "PYG", "QAR", "RON", "RSD", "RUB", "RWF", "SAR", "SBD", "SCR", "SDG", "SEK", "SGD", "SHP", "SLL", "SOS", "SRD", "SSP", "STN", "SVC", "SYP", "SZL", "THB", "TJS", "TMT", "TND", "TOP", "TRY", "TTD", "TWD", "TZS", "UAH", "UGX", "USD", "USN", "UYI", "UYU", "UYW", "UZS", "VES", "VND", "VUV", "WST", "XAF", "XAG", "XAU", "XBA", "XBB", "XBC", "XBD", "XCD", "XCG", "XDR", "XOF", "XPD", "XPF", "XPT", "XSU", "XUA", "XXX", "YER", "ZAR", "ZMW", "ZWL"], numbers: &[] },
    Simple { name: Some((NamespaceId::Xsd, "date")), base: None, primitive: Primitive::Date, white_space: WhiteSpace::Collapse, min_length: 0, max_length: None, total_digits: None, fraction_digits: None, min: None, min_is_exclusive: false, max: None, patterns: &[], values: &[], numbers: &[] },
    Simple { name: Some((NamespaceId::Etd, "TData")), base: Some(39), primitive: Primitive::Date, white_space: WhiteSpace::Collapse, min_length: 0, max_length: None, total_digits: None, fraction_digits: None, min: Some(19000101), min_is_exclusive: false, max: Some(20501231), patterns: &[4], values: &[], numbers: &[] },
    Simple { name: Some((NamespaceId::Fa3, "TDataT")), base: Some(40), primitive: Primitive::Date, white_space: WhiteSpace::Collapse, min_length: 0, max_length: None, total_digits: None, fraction_digits: None, min: Some(20060101), min_is_exclusive: false, max: Some(20500101), patterns: &[4], values: &[], numbers: &[] },
    Simple { name: Some((NamespaceId::Fa3, "TKwotowy")), base: Some(2), primitive: Primitive::Decimal, white_space: WhiteSpace::Collapse, min_length: 0, max_length: None, total_digits: Some(18), fraction_digits: Some(2), min: None, min_is_exclusive: false, max: None, patterns: &[5], values: &[], numbers: &[] },
    Simple { name: Some((NamespaceId::Fa3, "TIlosci")), base: Some(2), primitive: Primitive::Decimal, white_space: WhiteSpace::Collapse, min_length: 0, max_length: None, total_digits: Some(22), fraction_digits: Some(6), min: None, min_is_exclusive: false, max: None, patterns: &[6], values: &[], numbers: &[] },
    Simple { name: Some((NamespaceId::Etd, "TWybor1_2")), base: Some(7), primitive: Primitive::Integer, white_space: WhiteSpace::Collapse, min_length: 0, max_length: None, total_digits: None, fraction_digits: None, min: Some(-128), min_is_exclusive: false, max: Some(127), patterns: &[], values: &["1", "2"], numbers: &[1, 2] },
    Simple { name: Some((NamespaceId::Xsd, "nonNegativeInteger")), base: Some(3), primitive: Primitive::Integer, white_space: WhiteSpace::Collapse, min_length: 0, max_length: None, total_digits: None, fraction_digits: None, min: Some(0), min_is_exclusive: false, max: None, patterns: &[], values: &[], numbers: &[] },
    Simple { name: Some((NamespaceId::Etd, "TNaturalny")), base: Some(45), primitive: Primitive::Integer, white_space: WhiteSpace::Collapse, min_length: 0, max_length: None, total_digits: Some(14), fraction_digits: None, min: Some(0), min_is_exclusive: false, max: None, patterns: &[], values: &[], numbers: &[] },
    Simple { name: Some((NamespaceId::Fa3, "TNaturalny")), base: Some(46), primitive: Primitive::Integer, white_space: WhiteSpace::Collapse, min_length: 0, max_length: None, total_digits: Some(14), fraction_digits: None, min: Some(0), min_is_exclusive: true, max: None, patterns: &[], values: &[], numbers: &[] },
    Simple { name: Some((NamespaceId::Fa3, "TRodzajFaktury")), base: Some(14), primitive: Primitive::Text, white_space: WhiteSpace::Collapse, min_length: 1, max_length: Some(256), total_digits: None, fraction_digits: None, min: None, min_is_exclusive: false, max: None, patterns: &[], values: &["VAT", "KOR", "ZAL", "ROZ", "UPR", "KOR_ZAL", "KOR_ROZ"], numbers: &[] },
    Simple { name: Some((NamespaceId::Fa3, "TTypKorekty")), base: Some(3), primitive: Primitive::Integer, white_space: WhiteSpace::Collapse, min_length: 0, max_length: None, total_digits: None, fraction_digits: None, min: None, min_is_exclusive: false, max: None, patterns: &[], values: &["1", "2", "3"], numbers: &[1, 2, 3] },
    Simple { name: Some((NamespaceId::Fa3, "TNumerKSeF")), base: Some(13), primitive: Primitive::Text, white_space: WhiteSpace::Collapse, min_length: 0, max_length: None, total_digits: None, fraction_digits: None, min: None, min_is_exclusive: false, max: None, patterns: &[7], values: &[], numbers: &[] },
    Simple { name: None, base: Some(27), primitive: Primitive::Text, white_space: WhiteSpace::Collapse, min_length: 1, max_length: Some(32), total_digits: None, fraction_digits: None, min: None, min_is_exclusive: false, max: None, patterns: &[], values: &[], numbers: &[] },
    Simple { name: Some((NamespaceId::Fa3, "TKwotowy2")), base: Some(2), primitive: Primitive::Decimal, white_space: WhiteSpace::Collapse, min_length: 0, max_length: None, total_digits: Some(22), fraction_digits: Some(8), min: None, min_is_exclusive: false, max: None, patterns: &[8], values: &[], numbers: &[] },
    Simple { name: Some((NamespaceId::Fa3, "TStawkaPodatku")), base: Some(14), primitive: Primitive::Text, white_space: WhiteSpace::Collapse, min_length: 1, max_length: Some(256), total_digits: None, fraction_digits: None, min: None, min_is_exclusive: false, max: None, patterns: &[], values: &["23", "22", "8", "7", "5", "4", "3", "0 KR", "0 WDT", "0 EX", "zw", "oo", "np I", "np II"], numbers: &[] },
    Simple { name: Some((NamespaceId::Fa3, "TGTU")), base: Some(14), primitive: Primitive::Text, white_space: WhiteSpace::Collapse, min_length: 1, max_length: Some(256), total_digits: None, fraction_digits: None, min: None, min_is_exclusive: false, max: None, patterns: &[], values: &["GTU_01", "GTU_02", "GTU_03", "GTU_04", "GTU_05", "GTU_06", "GTU_07", "GTU_08", "GTU_09", "GTU_10", "GTU_11", "GTU_12", "GTU_13"], numbers: &[] },
    Simple { name: Some((NamespaceId::Fa3, "TOznaczenieProcedury")), base: Some(14), primitive: Primitive::Text, white_space: WhiteSpace::Collapse, min_length: 1, max_length: Some(256), total_digits: None, fraction_digits: None, min: None, min_is_exclusive: false, max: None, patterns: &[], values: &["WSTO_EE", "IED", "TT_D", "I_42", "I_63", "B_SPV", "B_SPV_DOSTAWA", "B_MPV_PROWIZJA"], numbers: &[] },
    Simple { name: Some((NamespaceId::Fa3, "TData")), base: Some(40), primitive: Primitive::Date, white_space: WhiteSpace::Collapse, min_length: 0, max_length: None, total_digits: None, fraction_digits: None, min: Some(20160701), min_is_exclusive: false, max: Some(20500101), patterns: &[4], values: &[], numbers: &[] },
    Simple { name: Some((NamespaceId::Fa3, "TFormaPlatnosci")), base: Some(3), primitive: Primitive::Integer, white_space: WhiteSpace::Collapse, min_length: 0, max_length: None, total_digits: None, fraction_digits: None, min: None, min_is_exclusive: false, max: None, patterns: &[], values: &["1", "2", "3", "4", "5", "6", "7"], numbers: &[1, 2, 3, 4, 5, 6, 7] },
    Simple { name: Some((NamespaceId::Fa3, "TNrRB")), base: Some(0), primitive: Primitive::Text, white_space: WhiteSpace::Preserve, min_length: 10, max_length: Some(34), total_digits: None, fraction_digits: None, min: None, min_is_exclusive: false, max: None, patterns: &[], values: &[], numbers: &[] },
    Simple { name: Some((NamespaceId::Fa3, "SWIFT_Type")), base: Some(0), primitive: Primitive::Text, white_space: WhiteSpace::Preserve, min_length: 0, max_length: None, total_digits: None, fraction_digits: None, min: None, min_is_exclusive: false, max: None, patterns: &[9], values: &[], numbers: &[] },
    Simple { name: Some((NamespaceId::Fa3, "TRachunekWlasnyBanku")), base: Some(3), primitive: Primitive::Integer, white_space: WhiteSpace::Collapse, min_length: 0, max_length: None, total_digits: None, fraction_digits: None, min: None, min_is_exclusive: false, max: None, patterns: &[], values: &["1", "2", "3"], numbers: &[1, 2, 3] },
    Simple { name: None, base: Some(17), primitive: Primitive::Text, white_space: WhiteSpace::Collapse, min_length: 1, max_length: Some(512), total_digits: None, fraction_digits: None, min: None, min_is_exclusive: false, max: None, patterns: &[10], values: &[], numbers: &[] },
    Simple { name: None, base: Some(32), primitive: Primitive::Text, white_space: WhiteSpace::Collapse, min_length: 1, max_length: Some(13), total_digits: None, fraction_digits: None, min: None, min_is_exclusive: false, max: None, patterns: &[11], values: &[], numbers: &[] },
    Simple { name: Some((NamespaceId::Fa3, "TDataU")), base: Some(40), primitive: Primitive::Date, white_space: WhiteSpace::Collapse, min_length: 0, max_length: None, total_digits: None, fraction_digits: None, min: Some(19900101), min_is_exclusive: false, max: Some(20500101), patterns: &[4], values: &[], numbers: &[] },
    Simple { name: Some((NamespaceId::Fa3, "TRodzajTransportu")), base: Some(3), primitive: Primitive::Integer, white_space: WhiteSpace::Collapse, min_length: 0, max_length: None, total_digits: None, fraction_digits: None, min: None, min_is_exclusive: false, max: None, patterns: &[], values: &["1", "2", "3", "4", "5", "7", "8"], numbers: &[1, 2, 3, 4, 5, 7, 8] },
    Simple { name: Some((NamespaceId::Fa3, "TLadunek")), base: Some(3), primitive: Primitive::Integer, white_space: WhiteSpace::Collapse, min_length: 0, max_length: None, total_digits: None, fraction_digits: None, min: None, min_is_exclusive: false, max: None, patterns: &[], values: &["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17", "18", "19", "20"], numbers: &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20] },
    Simple { name: Some((NamespaceId::Fa3, "TDataCzas")), base: Some(10), primitive: Primitive::DateTime, white_space: WhiteSpace::Collapse, min_length: 0, max_length: None, total_digits: None, fraction_digits: None, min: Some(1633046400), min_is_exclusive: false, max: Some(2524694399), patterns: &[], values: &[], numbers: &[] },
    Simple { name: Some((NamespaceId::Fa3, "TOznaczenieProceduryZ")), base: Some(14), primitive: Primitive::Text, white_space: WhiteSpace::Collapse, min_length: 1, max_length: Some(256), total_digits: None, fraction_digits: None, min: None, min_is_exclusive: false, max: None, patterns: &[], values: &["WSTO_EE", "IED", "TT_D", "B_SPV", "B_SPV_DOSTAWA", "B_MPV_PROWIZJA"], numbers: &[] },
    Simple { name: Some((NamespaceId::Etd, "TTekstowy")), base: Some(0), primitive: Primitive::Text, white_space: WhiteSpace::Preserve, min_length: 1, max_length: Some(3500), total_digits: None, fraction_digits: None, min: None, min_is_exclusive: false, max: None, patterns: &[], values: &[], numbers: &[] },
    Simple { name: Some((NamespaceId::Etd, "TNrKRS")), base: Some(0), primitive: Primitive::Text, white_space: WhiteSpace::Preserve, min_length: 0, max_length: None, total_digits: None, fraction_digits: None, min: None, min_is_exclusive: false, max: None, patterns: &[12], values: &[], numbers: &[] },
    Simple { name: None, base: Some(0), primitive: Primitive::Text, white_space: WhiteSpace::Preserve, min_length: 0, max_length: None, total_digits: None, fraction_digits: None, min: None, min_is_exclusive: false, max: None, patterns: &[13], values: &[], numbers: &[] },
    Simple { name: None, base: Some(0), primitive: Primitive::Text, white_space: WhiteSpace::Preserve, min_length: 0, max_length: None, total_digits: None, fraction_digits: None, min: None, min_is_exclusive: false, max: None, patterns: &[14], values: &[], numbers: &[] },
    Simple { name: Some((NamespaceId::Etd, "TNrREGON")), base: None, primitive: Primitive::Union(&[70, 71]), white_space: WhiteSpace::Preserve, min_length: 0, max_length: None, total_digits: None, fraction_digits: None, min: None, min_is_exclusive: false, max: None, patterns: &[], values: &[], numbers: &[] },
    Simple { name: None, base: Some(14), primitive: Primitive::Text, white_space: WhiteSpace::Collapse, min_length: 1, max_length: Some(9), total_digits: None, fraction_digits: None, min: None, min_is_exclusive: false, max: None, patterns: &[], values: &[], numbers: &[] },
    Simple { name: Some((NamespaceId::Fa3, "TZnakowy2")), base: Some(13), primitive: Primitive::Text, white_space: WhiteSpace::Collapse, min_length: 0, max_length: Some(256), total_digits: None, fraction_digits: None, min: None, min_is_exclusive: false, max: None, patterns: &[], values: &[], numbers: &[] },
    Simple { name: None, base: Some(0), primitive: Primitive::Text, white_space: WhiteSpace::Preserve, min_length: 0, max_length: None, total_digits: None, fraction_digits: None, min: None, min_is_exclusive: false, max: None, patterns: &[], values: &["date", "datetime", "dec", "int", "time", "txt"], numbers: &[] },
    Simple { name: Some((NamespaceId::Etd, "TCalkowity")), base: Some(5), primitive: Primitive::Integer, white_space: WhiteSpace::Collapse, min_length: 0, max_length: None, total_digits: Some(14), fraction_digits: None, min: Some(-2147483648), min_is_exclusive: false, max: Some(2147483647), patterns: &[], values: &[], numbers: &[] },
    Simple { name: Some((NamespaceId::Etd, "TKwotaC")), base: Some(3), primitive: Primitive::Integer, white_space: WhiteSpace::Collapse, min_length: 0, max_length: None, total_digits: Some(14), fraction_digits: None, min: None, min_is_exclusive: false, max: None, patterns: &[], values: &[], numbers: &[] },
    Simple { name: Some((NamespaceId::Etd, "TKwotaCNieujemna")), base: Some(77), primitive: Primitive::Integer, white_space: WhiteSpace::Collapse, min_length: 0, max_length: None, total_digits: Some(14), fraction_digits: None, min: Some(0), min_is_exclusive: false, max: None, patterns: &[], values: &[], numbers: &[] },
    Simple { name: Some((NamespaceId::Etd, "TMiesiac")), base: Some(7), primitive: Primitive::Integer, white_space: WhiteSpace::Collapse, min_length: 0, max_length: None, total_digits: None, fraction_digits: None, min: Some(1), min_is_exclusive: false, max: Some(12), patterns: &[], values: &[], numbers: &[] },
    Simple { name: Some((NamespaceId::Etd, "TKwartal")), base: Some(7), primitive: Primitive::Integer, white_space: WhiteSpace::Collapse, min_length: 0, max_length: None, total_digits: None, fraction_digits: None, min: Some(1), min_is_exclusive: false, max: Some(4), patterns: &[], values: &[], numbers: &[] },
    Simple { name: Some((NamespaceId::Etd, "TKodKrajuWydania")), base: Some(18), primitive: Primitive::Text, white_space: WhiteSpace::Replace, min_length: 0, max_length: None, total_digits: None, fraction_digits: None, min: None, min_is_exclusive: false, max: None, patterns: &[15], values: &["AD", "AE", "AF", "AG", "AI", "AL", "AM", "AN", "AO", "AQ", "AR", "AS", "AT", "AU", "AW", "AX", "AZ", "BA", "BB", "BD", "BE", "BF", "BG", "BH", "BI", "BJ", "BL", "BM", "BN", "BO", "BQ", "BR", "BS", "BT", "BV", "BW", "BY", "BZ", "CA", "CC", "CD", "CF", "CG", "CH", "CI", "CK", "CL", "CM", "CN", "CO", "CR", "CU", "CV", "CW", "CX", "CY", "CZ", "DE", "DJ", "DK", "DM", "DO", "DZ", "EC", "EE", "EG", "EH", "ER", "ES", "ET", "FI", "FJ", "FK", "FM", "FO", "FR", "GA", "GB", "GD", "GE", "GF", "GG", "GH", "GI", "GL", "GM", "GN", "GP", "GQ", "GR", "GS", "GT", "GU", "GW", "GY", "HK", "HM", "HN", "HR", "HT", "HU", "ID", "IE", "IL", "IM", "IN", "IO", "IQ", "IR", "IS", "IT", "JE", "JM", "JO", "JP", "KE", "KG", "KH", "KI", "KM", "KN", "KP", "KR", "KW", "KY", "KZ", "LA", "LB", "LC", "LI", "LK", "LR", "LS", "LT", "LU", "LV", "LY", "MA", "MC", "MD", "ME", "MF", "MG", "MH", "MK", "ML", "MM", "MN", "MO", "MP", "MQ", "MR", "MS", "MT", "MU", "MV", "MW", "MX", "MY", "MZ", "NA", "NC", "NE", "NF", "NG", "NI", "NL", "NO", "NP", "NR", "NU", "NZ", "OM", "PA", "PE", "PF", "PG", "PH", "PK", "PL", "PM", "PN", "PR", "PS", "PT", "PW", "PY", "QA", "RE", "RO", "RS", "RU", "RW", "SA", "SB", "SC", "SD", "SE", "SG", "SH", "SI", "SJ", "SK", "SL", "SM", "SN", "SO", "SR", "SS", "ST", "SV", "SX", "SY", "SZ", "TC", "TD", "TF", "TG", "TH", "TJ", "TK", "TL", "TM", "TN", "TO", "TR", "TT", "TV", "TW", "TZ", "UA", "UG", "UM", "US", "UY", "UZ", "VA", "VC", "VE", "VG", "VI", "VN", "VU", "WF", "WS", "XC", "XI", "XK", "XL", "YE", "YT", "ZA", "ZM", "ZW"], numbers: &[] },
    Simple { name: Some((NamespaceId::Etd, "TCelZlozenia")), base: Some(7), primitive: Primitive::Integer, white_space: WhiteSpace::Collapse, min_length: 0, max_length: None, total_digits: None, fraction_digits: None, min: Some(-128), min_is_exclusive: false, max: Some(127), patterns: &[], values: &["1", "2"], numbers: &[1, 2] },
    Simple { name: Some((NamespaceId::Etd, "TWybor1_3")), base: Some(7), primitive: Primitive::Integer, white_space: WhiteSpace::Collapse, min_length: 0, max_length: None, total_digits: None, fraction_digits: None, min: Some(-128), min_is_exclusive: false, max: Some(127), patterns: &[], values: &["1", "2", "3"], numbers: &[1, 2, 3] },
    Simple { name: Some((NamespaceId::Xsd, "nonPositiveInteger")), base: Some(3), primitive: Primitive::Integer, white_space: WhiteSpace::Collapse, min_length: 0, max_length: None, total_digits: None, fraction_digits: None, min: None, min_is_exclusive: false, max: Some(0), patterns: &[], values: &[], numbers: &[] },
    Simple { name: Some((NamespaceId::Xsd, "negativeInteger")), base: Some(84), primitive: Primitive::Integer, white_space: WhiteSpace::Collapse, min_length: 0, max_length: None, total_digits: None, fraction_digits: None, min: None, min_is_exclusive: false, max: Some(-1), patterns: &[], values: &[], numbers: &[] },
    Simple { name: Some((NamespaceId::Xsd, "unsignedLong")), base: Some(45), primitive: Primitive::Integer, white_space: WhiteSpace::Collapse, min_length: 0, max_length: None, total_digits: None, fraction_digits: None, min: Some(0), min_is_exclusive: false, max: Some(18446744073709551615), patterns: &[], values: &[], numbers: &[] },
    Simple { name: Some((NamespaceId::Xsd, "unsignedInt")), base: Some(86), primitive: Primitive::Integer, white_space: WhiteSpace::Collapse, min_length: 0, max_length: None, total_digits: None, fraction_digits: None, min: Some(0), min_is_exclusive: false, max: Some(4294967295), patterns: &[], values: &[], numbers: &[] },
    Simple { name: Some((NamespaceId::Xsd, "unsignedShort")), base: Some(87), primitive: Primitive::Integer, white_space: WhiteSpace::Collapse, min_length: 0, max_length: None, total_digits: None, fraction_digits: None, min: Some(0), min_is_exclusive: false, max: Some(65535), patterns: &[], values: &[], numbers: &[] },
    Simple { name: Some((NamespaceId::Xsd, "unsignedByte")), base: Some(88), primitive: Primitive::Integer, white_space: WhiteSpace::Collapse, min_length: 0, max_length: None, total_digits: None, fraction_digits: None, min: Some(0), min_is_exclusive: false, max: Some(255), patterns: &[], values: &[], numbers: &[] },
    Simple { name: Some((NamespaceId::Xsd, "positiveInteger")), base: Some(45), primitive: Primitive::Integer, white_space: WhiteSpace::Collapse, min_length: 0, max_length: None, total_digits: None, fraction_digits: None, min: Some(1), min_is_exclusive: false, max: None, patterns: &[], values: &[], numbers: &[] },
];

/// Patterns.
pub(super) static PATTERNS: [Pattern; 16] = [
    Pattern { width: 3, classes: &[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1,2,2,2,2,2,2,2,2,2,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1,0], next: &[0,0,0,0,0,2,0,3,4,0,0,5,0,5,5,0,6,6,0,7,7,0,8,8,0,9,9,0,10,10,0,11,11,0,12,12,0,0,0], accepting: &[0,0,0,0,0,0,0,0,0,0,0,0,1] },
    Pattern { width: 3, classes: &[0,0,0,0,0,0,0,0,0,0,1,0,0,1,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,2,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0], next: &[0,0,0,2,0,2,2,0,3,4,0,4,4,0,4], accepting: &[0,0,0,0,1] },
    Pattern { width: 2, classes: &[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1,1,0,0,0,0,1,1,1,1,1,1,1,1,1,1,0,0,0,0,0,0,0,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1,0], next: &[0,0,0,2,0,3,0,4,0,5,0,6,0,7,0,8,0,9,0,10,0,11,0,12,0,13,0,0], accepting: &[0,0,1,1,1,1,1,1,1,1,1,1,1,1] },
    Pattern { width: 4, classes: &[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1,0,0,2,3,3,3,3,3,3,3,3,3,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,2,0], next: &[0,0,0,0,0,0,0,2,0,0,3,4,0,0,0,5,0,0,5,5,0,0,6,6,0,0,7,7,0,0,8,8,0,0,9,9,0,0,10,10,0,0,11,11,0,0,12,12,0,13,0,0,0,0,14,14,0,0,15,15,0,0,16,16,0,0,17,17,0,0,18,18,0,0,0,0], accepting: &[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1] },
    Pattern { width: 3, classes: &[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1,0,0,2,2,2,2,2,2,2,2,2,2,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,2,0], next: &[0,0,0,0,0,2,0,0,3,0,0,4,0,0,5,0,6,0,0,0,7,0,0,8,0,9,0,0,0,10,0,0,11,0,0,0], accepting: &[0,0,0,0,0,0,0,0,0,0,0,1] },
    Pattern { width: 6, classes: &[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1,2,0,3,4,4,4,4,4,4,4,4,4,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,5,0], next: &[0,0,0,0,0,0,0,2,0,3,4,0,0,0,0,3,4,0,0,0,5,0,0,0,0,0,5,6,6,6,0,0,0,7,7,7,0,0,5,8,8,8,0,0,0,9,9,9,0,0,5,10,10,10,0,0,0,0,0,0,0,0,5,11,11,11,0,0,5,12,12,12,0,0,5,13,13,13,0,0,5,14,14,14,0,0,5,15,15,15,0,0,5,16,16,16,0,0,5,17,17,17,0,0,5,18,18,18,0,0,5,19,19,19,0,0,5,20,20,20,0,0,5,21,21,21,0,0,5,3,3,3], accepting: &[0,0,0,1,1,0,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1] },
    Pattern { width: 6, classes: &[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1,2,0,3,4,4,4,4,4,4,4,4,4,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,5,0], next: &[0,0,0,0,0,0,0,2,0,3,4,0,0,0,0,3,4,0,0,0,5,0,0,0,0,0,5,6,6,6,0,0,0,7,7,7,0,0,5,8,8,8,0,0,0,9,9,9,0,0,5,10,10,10,0,0,0,11,11,11,0,0,5,12,12,12,0,0,0,13,13,13,0,0,5,14,14,14,0,0,0,15,15,15,0,0,5,16,16,16,0,0,0,17,17,17,0,0,5,18,18,18,0,0,0,0,0,0,0,0,5,19,19,19,0,0,5,20,20,20,0,0,5,21,21,21,0,0,5,22,22,22,0,0,5,23,23,23,0,0,5,24,24,24,0,0,5,25,25,25,0,0,5,3,3,3], accepting: &[0,0,0,1,1,0,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1] },
    Pattern { width: 11, classes: &[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1,0,0,2,3,4,5,6,6,6,6,6,6,0,0,0,0,0,0,0,7,7,7,7,7,7,8,8,8,8,8,8,9,8,8,8,8,8,8,8,8,8,8,8,8,8,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,10,0], next: &[0,0,0,0,0,0,0,0,0,0,0,0,0,0,2,2,2,2,3,3,4,0,0,0,5,6,6,6,6,0,0,0,5,0,0,0,0,0,0,0,7,7,7,0,0,0,6,6,6,6,6,7,7,7,6,0,0,0,8,8,8,8,0,0,0,0,0,0,8,8,8,8,8,0,0,0,8,0,0,0,0,0,0,0,8,8,8,0,0,0,9,9,9,9,9,0,0,0,9,0,0,10,10,10,10,10,0,0,0,10,0,0,11,11,11,11,11,0,0,0,11,0,0,12,12,12,12,12,0,0,0,12,0,0,13,13,13,13,13,0,0,0,13,0,0,14,14,14,14,14,0,0,0,14,0,0,15,15,15,15,15,0,0,0,15,0,16,0,0,0,0,0,0,0,0,0,0,0,0,0,17,18,18,0,0,0,0,0,0,19,20,20,20,20,0,0,0,0,0,0,20,20,20,20,20,0,0,0,0,0,0,0,0,21,21,21,0,0,0,0,0,0,21,21,21,21,21,0,0,0,0,0,0,22,22,22,22,22,0,0,0,0,0,0,23,24,0,0,0,0,0,0,0,0,0,0,25,25,25,25,0,0,0,0,0,0,25,25,25,0,0,0,0,0,0,0,0,26,27,27,28,0,0,0,0,0,0,0,0,29,29,29,29,0,0,0,0,0,0,29,29,29,29,29,0,0,0,0,0,0,29,29,0,0,0,0,0,0,0,0,30,0,0,0,0,0,0,0,0,0,0,0,31,31,31,31,31,31,0,0,0,0,0,32,32,32,32,32,32,0,0,0,0,0,33,33,33,33,33,33,0,0,0,0,0,34,34,34,34,34,34,0,0,0,0,0,35,35,35,35,35,35,0,0,0,0,0,36,36,36,36,36,36,0,0,0,0,37,38,38,38,38,38,38,0,0,0,0,0,38,38,38,38,38,38,0,0,0,0,0,39,39,39,39,39,39,0,0,0,0,0,40,40,40,40,40,40,0,0,0,0,0,41,41,41,41,41,41,0,0,0,0,0,42,42,42,42,42,42,0,0,0,0,0,43,43,43,43,43,43,0,0,0,0,44,0,0,0,0,0,0,0,0,0,0,0,45,45,45,45,45,45,0,0,0,0,0,46,46,46,46,46,46,0,0,0,0,0,0,0,0,0,0,0,0,0,0], accepting: &[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1] },
    Pattern { width: 6, classes: &[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1,2,0,3,4,4,4,4,4,4,4,4,4,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,5,0], next: &[0,0,0,0,0,0,0,2,0,3,4,0,0,0,0,3,4,0,0,0,5,0,0,0,0,0,5,6,6,6,0,0,0,7,7,7,0,0,5,8,8,8,0,0,0,9,9,9,0,0,5,10,10,10,0,0,0,11,11,11,0,0,5,12,12,12,0,0,0,13,13,13,0,0,5,14,14,14,0,0,0,15,15,15,0,0,5,16,16,16,0,0,0,17,17,17,0,0,5,18,18,18,0,0,0,19,19,19,0,0,5,20,20,20,0,0,0,21,21,21,0,0,5,22,22,22,0,0,0,0,0,0,0,0,5,23,23,23,0,0,5,24,24,24,0,0,5,25,25,25,0,0,5,3,3,3], accepting: &[0,0,0,1,1,0,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1] },
    Pattern { width: 3, classes: &[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1,1,1,1,1,1,1,1,1,1,0,0,0,0,0,0,0,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0], next: &[0,0,0,0,0,2,0,0,3,0,0,4,0,0,5,0,0,6,0,0,7,0,8,8,0,9,9,0,10,10,0,11,11,0,12,12,0,0,0], accepting: &[0,0,0,0,0,0,0,0,0,1,0,0,1] },
    Pattern { width: 23, classes: &[0,0,0,0,0,0,0,0,0,1,2,0,0,2,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1,0,0,3,0,0,4,0,0,0,0,0,0,5,6,7,8,8,8,8,8,8,8,8,8,8,9,0,0,10,0,11,0,12,12,12,12,12,13,12,12,14,12,15,12,12,12,12,16,12,12,17,12,12,12,12,12,12,12,0,0,0,0,0,0,12,12,12,12,18,12,12,19,12,12,12,12,12,12,12,20,12,12,21,22,12,12,12,12,12,12,0,0,0,0,0,0,0], next: &[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,2,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,3,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,4,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,5,0,0,0,0,0,0,0,0,0,0,0,6,0,0,0,0,0,0,0,0,0,0,0,7,0,0,0,0,0,0,0,0,8,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,6,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,9,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,10,0,0,0,10,10,10,10,10,10,10,10,10,10,10,0,0,0,0,0,10,11,0,10,0,0,0,10,10,10,10,10,10,10,10,10,10,10,0,0,0,0,0,0,0,0,10,0,0,0,12,12,12,12,12,12,12,12,12,12,12,0,0,0,0,0,10,11,0,10,0,0,0,13,13,13,13,13,13,13,13,13,13,13,0,0,0,0,0,10,11,14,10,15,0,16,13,13,13,13,13,13,13,13,13,13,13,14,0,0,0,14,14,14,14,14,14,14,16,14,14,14,14,14,14,14,14,14,14,14,0,0,0,0,0,0,0,0,17,0,0,0,0,0,0,0,0,0,0,0,0,0,0,18,0,0,0,16,18,18,18,18,18,18,18,18,18,19,18,18,18,18,18,18,18,18,0,0,0,0,0,0,0,14,20,0,0,16,0,0,0,0,0,0,0,0,0,0,0,18,0,0,0,16,18,18,18,18,18,18,18,18,18,18,18,18,18,18,18,18,18,18,18,0,0,0,16,18,18,18,18,18,18,18,18,18,18,18,21,18,18,18,18,18,18,0,0,0,0,0,0,0,14,22,0,0,16,0,0,0,0,0,0,0,0,0,0,0,18,0,0,0,16,18,18,18,18,18,18,18,18,18,18,23,18,18,18,18,18,18,18,0,0,0,0,0,0,0,14,24,0,0,16,0,0,0,0,0,0,0,0,0,0,0,18,0,0,0,16,18,18,18,18,18,18,18,18,18,18,18,18,25,18,18,18,18,18,0,0,0,0,0,0,0,14,26,0,0,16,0,0,0,0,0,0,0,0,0,0,0,18,0,0,0,16,18,18,18,18,18,18,18,18,18,18,18,18,18,27,18,18,18,18,0,0,0,0,0,0,0,14,0,0,0,16,0,0,0,0,0,0,0,0,0,0,0,18,0,0,0,16,18,18,18,18,18,18,18,18,28,18,18,18,18,18,18,18,18,18,18,0,0,0,16,18,18,18,18,18,29,18,18,18,18,18,18,18,18,18,18,18,18,18,0,0,0,16,18,18,18,30,18,18,18,18,18,18,18,18,18,18,18,18,18,18,18,0,0,0,16,18,18,18,31,18,18,18,18,18,18,18,18,18,18,18,18,18,18,18,0,0,0,16,18,18,18,32,18,18,18,18,18,18,18,18,18,18,18,18,18,18,18,0,0,0,16,18,18,18,33,18,18,18,33,33,33,33,33,33,33,33,33,33,33,18,0,0,0,16,18,18,18,34,18,18,18,34,34,34,34,34,34,34,34,34,34,34,18,0,0,0,16,18,18,18,35,18,18,18,35,35,35,35,35,35,35,35,35,35,35,18,0,0,0,16,18,18,18,36,18,18,18,36,36,36,36,36,36,36,36,36,36,36,18,0,0,0,16,18,18,18,37,18,18,18,37,37,37,37,37,37,37,37,37,37,37,18,0,0,0,16,18,18,18,38,18,18,18,38,38,38,38,38,38,38,38,38,38,38,18,0,0,0,16,18,18,18,39,18,18,18,39,39,39,39,39,39,39,39,39,39,39,18,0,0,0,16,18,18,18,40,18,18,18,40,40,40,40,40,40,40,40,40,40,40,18,0,0,0,16,18,18,18,41,18,18,18,41,41,41,41,41,41,41,41,41,41,41,18,0,0,0,16,18,18,18,42,18,18,18,42,42,42,42,42,42,42,42,42,42,42,18,0,0,43,44,18,18,18,18,18,18,18,18,18,18,18,18,18,18,18,18,18,18,43,43,0,43,43,43,43,43,43,43,43,43,43,43,43,43,43,43,43,43,43,43,43,44,0,0,43,44,44,44,44,44,44,44,44,44,44,44,44,44,44,44,44,44,44,44], accepting: &[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1,1,1] },
    Pattern { width: 3, classes: &[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1,1,1,1,1,1,1,1,1,1,0,0,0,0,0,0,0,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,0,0,0,0,0,0,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,0,0,0,0,0,0,0], next: &[0,0,0,0,2,0,0,3,0,0,4,0,0,5,5,0,6,6,0,7,7,0,8,8,0,9,9,0,10,10,0,11,11,0,12,12,0,13,13,0,14,14,0,0,0], accepting: &[0,0,0,0,0,0,0,0,0,0,0,0,0,0,1] },
    Pattern { width: 2, classes: &[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1,1,1,1,1,1,1,1,1,1,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1,0], next: &[0,0,0,2,0,3,0,4,0,5,0,6,0,7,0,8,0,9,0,10,0,11,0,0], accepting: &[0,0,0,0,0,0,0,0,0,0,0,1] },
    Pattern { width: 2, classes: &[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1,1,1,1,1,1,1,1,1,1,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1,0], next: &[0,0,0,2,0,3,0,4,0,5,0,6,0,7,0,8,0,9,0,10,0,0], accepting: &[0,0,0,0,0,0,0,0,0,0,1] },
    Pattern { width: 2, classes: &[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1,1,1,1,1,1,1,1,1,1,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1,0], next: &[0,0,0,2,0,3,0,4,0,5,0,6,0,7,0,8,0,9,0,10,0,11,0,12,0,13,0,14,0,15,0,0], accepting: &[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1] },
    Pattern { width: 4, classes: &[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1,1,1,1,1,1,1,1,1,1,1,2,1,1,1,3,1,1,1,1,1,1,1,1,1,1,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0], next: &[0,0,0,0,0,2,2,3,0,4,4,4,0,4,0,4,0,0,0,0], accepting: &[0,0,0,0,1] },
];
