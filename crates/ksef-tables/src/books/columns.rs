use crate::columns::{ColumnInfo, Columns, Level};

/// Writes an enumeration and its list together, so that neither can lack one.
macro_rules! columns {
    ($(#[$meta:meta])* $columns:ident { $($name:ident $header:literal $english:literal [$($alias:literal),*] $field:literal $pl:literal $en:literal;)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $columns {
            $(#[doc = $en] $name,)+
        }

        impl Columns for $columns {
            fn all() -> &'static [ColumnInfo<Self>] {
                const ALL: &[ColumnInfo<$columns>] = &[$(ColumnInfo {
                    column: $columns::$name,
                    header: $header,
                    english: $english,
                    aliases: &[$($alias),*],
                    level: Level::Row,
                    field: $field,
                    pl: $pl,
                    en: $en,
                },)+];
                ALL
            }
        }
    };
}

columns! {
    /// A column of the table of contractors.
    ContractorColumn {
        Name "Nazwa" "Name" ["Kontrahent", "Firma", "Nazwa kontrahenta"] "party.name"
            "Nazwa albo imię i nazwisko." "Name.";
        Nip "NIP" "NIP number" [] "party.id"
            "NIP w dowolnym zapisie." "NIP in any shape.";
        VatUe "VAT-UE" "EU VAT" ["NIP UE"] "party.id"
            "Numer VAT-UE z prefiksem kraju (zamiast NIP)." "VAT number of the EU with its prefix, instead of the NIP.";
        OtherId "Inny identyfikator" "Other id" [] "party.id"
            "Inny numer, zwykle spoza Unii (zamiast NIP)." "Another number, mostly from outside the EU, instead of the NIP.";
        InternalId "Identyfikator wewnętrzny" "Internal id" ["IDWew"] "party.id"
            "Identyfikator wewnętrzny z NIP (zamiast NIP)." "Internal identifier with NIP, instead of the NIP.";
        IdCountry "Kraj identyfikatora" "Id country" [] "party.idCountry"
            "Kod kraju, który nadał inny identyfikator." "Code of the country that gave the other number.";
        Address1 "Adres 1" "Address 1" ["Adres", "Ulica"] "party.address.line1"
            "Ulica i numer." "Street and number.";
        Address2 "Adres 2" "Address 2" ["Kod i miejscowość", "Miejscowość"] "party.address.line2"
            "Kod i miejscowość." "Postal code and town.";
        Country "Kraj" "Country" ["Kod kraju"] "party.address.country"
            "Kod kraju adresu. Puste: PL." "Country code of the address. Empty: PL.";
        Gln "GLN" "GLN code" [] "party.address.gln"
            "Globalny numer lokalizacyjny." "Global location number.";
        MailAddress1 "Korespondencja adres 1" "Mail address 1" [] "party.correspondence.line1"
            "Adres do korespondencji: ulica i numer." "Address for correspondence: street and number.";
        MailAddress2 "Korespondencja adres 2" "Mail address 2" [] "party.correspondence.line2"
            "Adres do korespondencji: kod i miejscowość." "Address for correspondence: postal code and town.";
        MailCountry "Korespondencja kraj" "Mail country" [] "party.correspondence.country"
            "Kod kraju adresu do korespondencji." "Country code of the address for correspondence.";
        MailGln "Korespondencja GLN" "Mail GLN" [] "party.correspondence.gln"
            "GLN adresu do korespondencji." "GLN of the address for correspondence.";
        Email "E-mail" "E-mail address" ["Email"] "party.contacts.0.email"
            "Adres e-mail." "E-mail address.";
        Phone "Telefon" "Phone" [] "party.contacts.0.phone"
            "Numer telefonu." "Telephone.";
        Email2 "E-mail 2" "Second e-mail" [] "party.contacts.1.email"
            "Drugi adres e-mail." "Second e-mail address.";
        Phone2 "Telefon 2" "Second phone" [] "party.contacts.1.phone"
            "Drugi numer telefonu." "Second telephone.";
        Email3 "E-mail 3" "Third e-mail" [] "party.contacts.2.email"
            "Trzeci adres e-mail." "Third e-mail address.";
        Phone3 "Telefon 3" "Third phone" [] "party.contacts.2.phone"
            "Trzeci numer telefonu." "Third telephone.";
        Eori "EORI" "EORI number" [] "party.eori"
            "Numer EORI." "EORI number.";
        ClientNumber "Numer klienta" "Client number" ["Nr klienta"] "party.clientNumber"
            "Numer, pod którym sprzedawca zna kontrahenta." "The number by which the seller knows the contractor.";
        LocalGovernment "JST" "Local government" [] "localGovernment"
            "tak dla jednostki samorządu terytorialnego." "tak (yes) for a local government.";
        VatGroup "GV" "VAT group" [] "vatGroup"
            "tak dla grupy VAT." "tak (yes) for a VAT group.";
        PaymentDays "Termin płatności" "Payment days" ["Termin", "Dni płatności"] "paymentDays"
            "Liczba dni na zapłatę." "Days to pay.";
        PaymentForm "Forma płatności" "Payment form" ["Płatność"] "paymentForm"
            "gotówka, karta, bon, czek, kredyt, przelew albo mobilna." "gotówka (cash), karta (card), bon (voucher), czek (cheque), kredyt (credit), przelew (transfer) or mobilna (mobile).";
        Remarks "Uwagi" "Remarks" ["Notatki"] "remarks"
            "Notatka dla siebie; na fakturze jej nie ma." "For yourself; not on invoices.";
    }
}

columns! {
    /// A column of the table of goods and services.
    GoodsColumn {
        Name "Nazwa" "Name" ["Towar", "Usługa", "Nazwa towaru", "Towar lub usługa"] "line.name"
            "Nazwa towaru albo usługi." "Name of the goods or service.";
        Index "Indeks" "Index" ["Kod", "Kod towaru", "Symbol", "SKU"] "line.index"
            "Własny kod towaru." "A code of one's own.";
        Unit "Jednostka" "Unit" ["Jm", "J.m.", "Jednostka miary"] "line.unit"
            "Jednostka miary, np. szt." "Unit of measure, such as szt.";
        Quantity "Ilość" "Quantity" [] "line.quantity"
            "Zwykła ilość na fakturze." "The usual quantity on an invoice.";
        UnitPrice "Cena jednostkowa" "Unit price" ["Cena", "Cena jedn."] "line.unitPrice"
            "Cena jednej jednostki." "Price of one unit.";
        Prices "Ceny" "Prices" ["Rodzaj ceny"] "prices"
            "netto (puste) albo brutto." "netto (net; empty) or brutto (gross).";
        Currency "Waluta" "Currency" [] "currency"
            "Kod waluty ceny. Puste: PLN." "Currency code of the price. Empty: PLN.";
        Discount "Rabat" "Discount" ["Upust"] "line.discount"
            "Kwota albo procent z %." "An amount, or percent with %.";
        Rate "Stawka VAT" "VAT rate" ["Stawka", "VAT"] "line.rate"
            "Jak w tabeli faktur." "As in the table of invoices.";
        OssRate "Stawka OSS" "OSS rate" [] "line.ossRate"
            "Stawka innego kraju w procentach, gdy stawka to OSS." "Rate of the other country in percent, where the rate is OSS.";
        Gtu "GTU" "GTU code" [] "line.gtu"
            "GTU_01 do GTU_13." "GTU_01 to GTU_13.";
        Procedure "Procedura" "Procedure" [] "line.procedure"
            "Oznaczenie procedury." "Mark of a procedure.";
        Annex15 "Załącznik 15" "Annex 15" ["Zał. 15"] "line.annex15"
            "tak, jeśli jest w załączniku nr 15 do ustawy." "tak (yes), if it stands in annex 15 of the act.";
        Gtin "GTIN" "GTIN code" ["EAN", "Kod kreskowy"] "line.gtin"
            "Kod kreskowy, jako tekst." "Bar code, as text.";
        Pkwiu "PKWiU" "PKWiU code" [] "line.pkwiu"
            "Symbol PKWiU." "PKWiU symbol.";
        Cn "CN" "CN code" [] "line.cn"
            "Kod CN." "CN code.";
        Pkob "PKOB" "PKOB code" [] "line.pkob"
            "Symbol PKOB." "PKOB symbol.";
        Excise "Akcyza" "Excise" [] "line.excise"
            "Kwota akcyzy w cenie." "Excise within the price.";
        Remarks "Uwagi" "Remarks" ["Notatki"] "remarks"
            "Notatka dla siebie; na fakturze jej nie ma." "For yourself; not on invoices.";
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::fold::fold;

    fn every_header_means_one_column<C: Columns>() {
        let mut seen = BTreeMap::new();
        for info in C::all() {
            for name in [info.header, info.english].into_iter().chain(info.aliases.iter().copied()) {
                let before = seen.insert(fold(name), info.column);
                assert!(before.is_none_or(|before| before == info.column), "{name}");
            }
            assert_eq!(info.column.info().column, info.column);
        }
    }

    #[test]
    fn no_header_means_two_columns() {
        every_header_means_one_column::<ContractorColumn>();
        every_header_means_one_column::<GoodsColumn>();
    }
}
