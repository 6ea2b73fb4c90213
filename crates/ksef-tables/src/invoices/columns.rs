use crate::columns::{ColumnInfo, Columns, Level};

/// Writes the enumeration and the list together, so that neither can lack one.
macro_rules! columns {
    ($($level:ident $name:ident $header:literal $english:literal [$($alias:literal),*] $field:literal $pl:literal $en:literal;)+) => {
        /// A column of the table of invoices.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum InvoiceColumn {
            $(#[doc = $en] $name,)+
        }

        const ALL: &[ColumnInfo<InvoiceColumn>] = &[$(ColumnInfo {
            column: InvoiceColumn::$name,
            header: $header,
            english: $english,
            aliases: &[$($alias),*],
            level: Level::$level,
            field: $field,
            pl: $pl,
            en: $en,
        },)+];

        impl Columns for InvoiceColumn {
            fn all() -> &'static [ColumnInfo<Self>] {
                ALL
            }
        }
    };
}

columns! {
    Invoice Number "Numer" "Number" ["Nr", "Numer faktury", "Nr faktury", "Invoice number", "P_2"] "number"
        "Numer faktury. Wiersze z tym samym numerem to jedna faktura. Puste: numer nada program z serii firmy przy wystawieniu."
        "Number of the invoice. Rows with the same number are one invoice. Empty: the company's series gives the number.";
    Invoice Group "Grupa" "Group" ["Faktura", "Lp faktury"] ""
        "Dowolny znak (1, 2, A…), gdy numer jest pusty: wiersze z tą samą grupą to jedna faktura. Na fakturze go nie ma."
        "Any sign, where the number is empty: rows with the same group are one invoice. It is not on the invoice.";
    Invoice Kind "Rodzaj" "Kind" ["Rodzaj faktury", "Typ", "Typ faktury", "Invoice kind"] "kind"
        "VAT (puste), KOR, ZAL, ROZ, UPR, KOR_ZAL albo KOR_ROZ."
        "VAT (empty), KOR, ZAL, ROZ, UPR, KOR_ZAL or KOR_ROZ.";
    Invoice IssueDate "Data wystawienia" "Issue date" ["Data", "Data faktury", "P_1"] "issueDate"
        "Dzień, np. 21.11.2026 albo 2026-11-21. Puste: dzień wystawienia w programie."
        "A day, such as 2026-11-21. Empty: the day of issuing.";
    Invoice IssuePlace "Miejsce wystawienia" "Issue place" ["P_1M"] "issuePlace"
        "Miejscowość." "Place.";
    Invoice SaleDate "Data sprzedaży" "Sale date" ["Data dostawy", "Data wykonania usługi", "Data otrzymania zaliczki", "P_6"] "sale.date"
        "Dzień dostawy, wykonania usługi albo otrzymania zaliczki. Puste: taki jak data wystawienia."
        "Day of delivery, of the service, or when the advance was received. Empty: that of issuing.";
    Invoice PeriodFrom "Okres od" "Period from" ["Sprzedaż od"] "sale.from"
        "Pierwszy dzień okresu, którego dotyczy faktura (zamiast daty sprzedaży)."
        "First day of the period of the invoice, instead of the sale date.";
    Invoice PeriodTo "Okres do" "Period to" ["Sprzedaż do"] "sale.to"
        "Ostatni dzień okresu." "Last day of the period.";
    Invoice DeliveryNotes "Numery WZ" "Delivery notes" ["WZ", "Numer WZ"] "deliveryNotes"
        "Numery dokumentów WZ, po przecinku." "Numbers of delivery notes, separated by commas.";
    Invoice BuyerNip "Nabywca NIP" "Buyer NIP" ["NIP", "NIP nabywcy", "NIP kontrahenta"] "buyer.party.id"
        "NIP nabywcy w dowolnym zapisie." "The buyer's NIP in any shape.";
    Invoice BuyerVatUe "Nabywca VAT-UE" "Buyer VAT-UE" ["VAT UE", "VAT UE nabywcy", "NIP UE", "Buyer EU VAT"] "buyer.party.id"
        "Numer VAT-UE z prefiksem kraju, np. DE123456789 (zamiast NIP)."
        "The buyer's VAT number of the EU with its prefix, such as DE123456789, instead of the NIP.";
    Invoice BuyerOtherId "Nabywca inny identyfikator" "Buyer other id" ["Inny identyfikator", "Identyfikator nabywcy", "Buyer id"] "buyer.party.id"
        "Inny numer nabywcy, zwykle spoza Unii (zamiast NIP). Bez żadnego identyfikatora: konsument."
        "Another number of the buyer, mostly from outside the EU. Without any: a consumer.";
    Invoice BuyerIdCountry "Nabywca kraj identyfikatora" "Buyer id country" ["Kraj identyfikatora"] "buyer.party.idCountry"
        "Kod kraju, który nadał inny identyfikator, np. US." "Code of the country that gave the other number, such as US.";
    Invoice BuyerName "Nabywca nazwa" "Buyer name" ["Nabywca", "Nazwa nabywcy", "Kontrahent", "Nazwa kontrahenta", "Buyer"] "buyer.party.name"
        "Nazwa albo imię i nazwisko." "Name.";
    Invoice BuyerAddress1 "Nabywca adres 1" "Buyer address 1" ["Adres", "Nabywca adres", "Adres nabywcy", "Ulica", "Buyer address"] "buyer.party.address.line1"
        "Ulica i numer." "Street and number.";
    Invoice BuyerAddress2 "Nabywca adres 2" "Buyer address 2" ["Kod i miejscowość", "Miejscowość nabywcy"] "buyer.party.address.line2"
        "Kod i miejscowość." "Postal code and town.";
    Invoice BuyerCountry "Nabywca kraj" "Buyer country" ["Kraj", "Kraj nabywcy"] "buyer.party.address.country"
        "Kod kraju adresu, np. DE. Puste: PL." "Country code of the address, such as DE. Empty: PL.";
    Invoice BuyerEmail "Nabywca e-mail" "Buyer e-mail" ["E-mail", "Email", "E-mail nabywcy"] "buyer.party.contacts.0.email"
        "Adres e-mail." "E-mail address.";
    Invoice BuyerPhone "Nabywca telefon" "Buyer phone" ["Telefon", "Telefon nabywcy"] "buyer.party.contacts.0.phone"
        "Numer telefonu." "Telephone.";
    Invoice ClientNumber "Nabywca numer klienta" "Buyer client number" ["Numer klienta", "Nr klienta"] "buyer.party.clientNumber"
        "Numer, pod którym sprzedawca zna nabywcę." "The number by which the seller knows the buyer.";
    Invoice LocalGovernment "JST" "Local government" ["Jednostka samorządu"] "buyer.localGovernment"
        "tak, jeśli faktura dotyczy jednostki podrzędnej samorządu; wtedy podaj ją jako podmiot trzeci z rolą 8."
        "tak (yes), if it concerns a unit of a local government; then give it as the third party with role 8.";
    Invoice VatGroup "GV" "VAT group" ["Grupa VAT", "Członek grupy VAT"] "buyer.vatGroup"
        "tak, jeśli faktura dotyczy członka grupy VAT; wtedy podaj go jako podmiot trzeci z rolą 10."
        "tak (yes), if it concerns a member of a VAT group; then give it as the third party with role 10.";
    Invoice ThirdNip "Podmiot trzeci NIP" "Third party NIP" ["Odbiorca NIP", "Podmiot3 NIP"] "others.0.party.id"
        "NIP odbiorcy, faktora, płatnika…" "NIP of the recipient, factor, payer …";
    Invoice ThirdInternalId "Podmiot trzeci identyfikator wewnętrzny" "Third party internal id" ["ID wewnętrzny", "IDWew"] "others.0.party.id"
        "Identyfikator wewnętrzny z NIP, np. 5265877635-12345 (zamiast NIP)."
        "Internal identifier with NIP, such as 5265877635-12345, instead of the NIP.";
    Invoice ThirdName "Podmiot trzeci nazwa" "Third party name" ["Odbiorca", "Odbiorca nazwa", "Podmiot3 nazwa"] "others.0.party.name"
        "Nazwa." "Name.";
    Invoice ThirdAddress1 "Podmiot trzeci adres 1" "Third party address 1" ["Odbiorca adres", "Odbiorca adres 1"] "others.0.party.address.line1"
        "Ulica i numer." "Street and number.";
    Invoice ThirdAddress2 "Podmiot trzeci adres 2" "Third party address 2" ["Odbiorca adres 2"] "others.0.party.address.line2"
        "Kod i miejscowość." "Postal code and town.";
    Invoice ThirdCountry "Podmiot trzeci kraj" "Third party country" ["Odbiorca kraj"] "others.0.party.address.country"
        "Kod kraju adresu. Puste: PL." "Country code of the address. Empty: PL.";
    Invoice ThirdRole "Podmiot trzeci rola" "Third party role" ["Odbiorca rola", "Rola"] "others.0.role"
        "Numer roli od 1 do 11: 1 faktor, 2 odbiorca, 3 podmiot pierwotny, 4 dodatkowy nabywca, 5 wystawca faktury, 6 dokonujący płatności, 7 JST wystawca, 8 JST odbiorca, 9 członek GV wystawca, 10 członek GV odbiorca, 11 pracownik. Puste: odbiorca."
        "Number of the role, 1 to 11. Empty: recipient (2).";
    Invoice Currency "Waluta" "Currency" ["Kod waluty"] "currency"
        "Kod waluty, np. EUR. Puste: PLN." "Currency code, such as EUR. Empty: PLN.";
    Invoice ExchangeRate "Kurs" "Exchange rate" ["Kurs waluty"] "exchange.rate"
        "Ile złotych za jedną jednostkę waluty, do przeliczenia VAT." "PLN for one of the currency, for the VAT.";
    Invoice ExchangeDay "Data kursu" "Exchange rate date" ["Kurs z dnia"] "exchange.day"
        "Dzień tabeli kursów." "Day of the table of rates.";
    Invoice ExchangeTable "Tabela kursu" "Exchange rate table" ["Numer tabeli NBP"] "exchange.table"
        "Numer tabeli, np. 226/A/NBP/2026." "Number of the table, such as 226/A/NBP/2026.";
    Invoice Prices "Ceny" "Prices" ["Rodzaj cen", "Ceny netto/brutto", "Price basis"] "prices"
        "netto (puste) albo brutto: czym są ceny jednostkowe tej faktury."
        "netto (net; empty) or brutto (gross): what the unit prices of this invoice are.";
    Invoice Rounding "Zaokrąglanie VAT" "VAT rounding" ["Zaokrąglanie"] "rounding"
        "suma (puste): VAT od sumy pozycji każdej stawki; pozycje: VAT od każdej pozycji."
        "suma (sum; empty): VAT of the sum of each rate; pozycje (lines): VAT of each line.";
    Line LineName "Pozycja nazwa" "Line name" ["Nazwa", "Towar", "Usługa", "Towar lub usługa", "Nazwa towaru", "Pozycja", "Item", "P_7"] "name"
        "Nazwa towaru albo usługi." "Name of the goods or service.";
    Line Quantity "Ilość" "Quantity" ["P_8B"] "quantity"
        "Liczba, np. 2 albo 1,5." "A number, such as 2 or 1,5.";
    Line Unit "Jednostka" "Unit" ["Jm", "J.m.", "Jednostka miary", "Miara", "P_8A"] "unit"
        "Jednostka miary, np. szt." "Unit of measure, such as szt.";
    Line UnitPrice "Cena jednostkowa" "Unit price" ["Cena", "Cena jedn."] "unitPrice"
        "Cena jednej jednostki, netto albo brutto, jak mówi kolumna Ceny."
        "Price of one unit, net or gross, as the column Ceny says.";
    Line Discount "Rabat" "Discount" ["Opust", "Upust", "P_10"] "discount"
        "Kwota rabatu całej pozycji albo procent z %, np. 10%." "Discount of the whole line as an amount, or in percent with %.";
    Line Rate "Stawka VAT" "VAT rate" ["Stawka", "VAT", "Rate", "P_12"] "rate"
        "23, 22, 8, 7, 5, 4, 3, 0 KR, 0 WDT, 0 EX, zw, oo, np I, np II, marża albo OSS."
        "23, 22, 8, 7, 5, 4, 3, 0 KR, 0 WDT, 0 EX, zw, oo, np I, np II, marża (margin) or OSS.";
    Line OssRate "Stawka OSS" "OSS rate" ["P_12_XII"] "ossRate"
        "Stawka innego kraju w procentach, gdy stawka to OSS." "Rate of the other country in percent, where the rate is OSS.";
    Line LineVat "Kwota VAT pozycji" "Line VAT" ["Kwota VAT", "P_11Vat"] "vat"
        "Tylko gdy VAT od pozycji ma być inny niż obliczony." "Only where the line's VAT is to differ from the computed one.";
    Line LineSaleDate "Data sprzedaży pozycji" "Line sale date" ["P_6A"] "saleDate"
        "Gdy pozycje mają różne daty dostawy." "Where lines have dates of their own.";
    Line Gtu "GTU" "GTU code" ["Kod GTU"] "gtu"
        "GTU_01 do GTU_13 (wystarczy numer)." "GTU_01 to GTU_13 (the number is enough).";
    Line Procedure "Procedura" "Procedure" [] "procedure"
        "WSTO_EE, IED, TT_D, I_42, I_63, B_SPV, B_SPV_DOSTAWA albo B_MPV_PROWIZJA."
        "WSTO_EE, IED, TT_D, I_42, I_63, B_SPV, B_SPV_DOSTAWA or B_MPV_PROWIZJA.";
    Line Annex15 "Załącznik 15" "Annex 15" ["Zał. 15"] "annex15"
        "tak, jeśli towar albo usługa jest w załączniku nr 15 do ustawy." "tak (yes), if it stands in annex 15 of the act.";
    Line Index "Indeks" "Item index" ["Kod towaru", "Symbol", "SKU"] "index"
        "Własny kod towaru." "A code of one's own.";
    Line Gtin "GTIN" "GTIN code" ["EAN", "Kod kreskowy"] "gtin"
        "Kod kreskowy." "Bar code.";
    Line Pkwiu "PKWiU" "PKWiU code" [] "pkwiu"
        "Symbol PKWiU." "PKWiU symbol.";
    Line Cn "CN" "CN code" ["Kod CN"] "cn"
        "Kod CN." "CN code.";
    Line Pkob "PKOB" "PKOB code" [] "pkob"
        "Symbol PKOB." "PKOB symbol.";
    Line Excise "Akcyza" "Excise" ["Kwota akcyzy"] "excise"
        "Kwota akcyzy w cenie." "Excise within the price.";
    Invoice ExemptionText "Podstawa zwolnienia" "Exemption basis" ["Przepis zwolnienia"] "annotations.exemptionText"
        "Przepis, z którego wynika stawka zw, np. art. 113 ust. 1." "The provision behind the rate zw.";
    Invoice ExemptionKind "Rodzaj podstawy zwolnienia" "Exemption kind" [] "annotations.exemption"
        "ustawa (puste), dyrektywa albo inna." "ustawa (act; empty), dyrektywa (directive) or inna (other).";
    Invoice Margin "Procedura marży" "Margin scheme" ["Marża"] "annotations.margin"
        "biura podróży, towary używane, dzieła sztuki albo antyki; pozycje mają wtedy stawkę marża."
        "biura podróży (travel), towary używane (used goods), dzieła sztuki (art) or antyki (antiques); the lines then have the rate marża.";
    Invoice SplitPayment "Podzielona płatność" "Split payment" ["MPP", "Mechanizm podzielonej płatności"] "annotations.splitPayment"
        "tak, jeśli na fakturze ma być mechanizm podzielonej płatności." "tak (yes) for the split payment mechanism.";
    Invoice CashMethod "Metoda kasowa" "Cash method" [] "annotations.cashMethod"
        "tak albo nie." "tak (yes) or nie (no).";
    Invoice SelfBilling "Samofakturowanie" "Self-billing" [] "annotations.selfBilling"
        "tak albo nie." "tak (yes) or nie (no).";
    Invoice ReverseCharge "Odwrotne obciążenie" "Reverse charge" [] "annotations.reverseCharge"
        "tak albo nie; przy stawce oo program dopisze je sam." "tak (yes) or nie (no); with the rate oo it is added by itself.";
    Invoice Triangular "Procedura trójstronna" "Triangular" ["Transakcja trójstronna"] "annotations.triangular"
        "tak dla drugiego w kolejności podatnika w uproszczonej procedurze trójstronnej." "tak (yes) for the second taxpayer of a simplified triangular transaction.";
    Invoice RelatedParties "TP" "Related parties" ["Podmioty powiązane"] "relatedParties"
        "tak przy powiązaniach między sprzedawcą a nabywcą." "tak (yes) between related parties.";
    Invoice ToReceipt "FP" "To receipt" ["Do paragonu", "Faktura do paragonu"] "toReceipt"
        "tak dla faktury do paragonu." "tak (yes) for an invoice to a receipt.";
    Invoice PaymentForm "Forma płatności" "Payment form" ["Płatność", "Sposób zapłaty", "Sposób płatności"] "payment.form"
        "gotówka, karta, bon, czek, kredyt, przelew, mobilna, albo własny opis." "gotówka (cash), karta (card), bon (voucher), czek (cheque), kredyt (credit), przelew (transfer), mobilna (mobile), or words of one's own.";
    Invoice Term "Termin płatności" "Payment term" ["Termin", "Termin zapłaty"] "payment.terms.0"
        "Dzień albo liczba dni od wystawienia, np. 14." "A day, or a number of days after issuing, such as 14.";
    Invoice PaidOn "Zapłacono" "Paid on" ["Data zapłaty", "Zapłacono dnia"] "payment.paidOn"
        "Dzień zapłaty, jeśli faktura jest już zapłacona." "Day of payment, if it is paid already.";
    Invoice Account "Rachunek" "Account" ["Rachunek bankowy", "Numer rachunku", "Konto", "IBAN"] "payment.accounts.0.number"
        "Numer rachunku do zapłaty, jako tekst." "Account to pay to, as text.";
    Invoice Bank "Bank" "Bank name" ["Nazwa banku"] "payment.accounts.0.bank"
        "Nazwa banku." "Name of the bank.";
    Invoice Swift "SWIFT" "SWIFT code" ["BIC"] "payment.accounts.0.swift"
        "Kod SWIFT, przy rachunku zagranicznym." "SWIFT code.";
    Invoice Notes "Uwagi" "Notes" ["Stopka", "Komentarz"] "notes"
        "Tekst w stopce faktury." "Text at the foot of the invoice.";
    Invoice CorrectedNumber "Korygowana numer" "Corrected number" ["Numer faktury korygowanej", "Nr faktury korygowanej"] "correction.corrected.0.number"
        "Numer faktury, którą koryguje ta (rodzaj KOR). Pozycje korekty to różnice: ilość albo cena ze znakiem minus, gdy ubywa."
        "Number of the invoice that this one corrects (kind KOR). Its lines are differences: negative where something is taken away.";
    Invoice CorrectedDate "Korygowana data" "Corrected date" ["Data faktury korygowanej"] "correction.corrected.0.issueDate"
        "Data wystawienia faktury korygowanej." "Issue date of the corrected invoice.";
    Invoice CorrectedKsefNumber "Korygowana numer KSeF" "Corrected KSeF number" ["Numer KSeF faktury korygowanej", "Nr KSeF korygowanej"] "correction.corrected.0.ksefNumber"
        "Numer KSeF faktury korygowanej; pusty, jeśli była poza KSeF." "KSeF number of the corrected invoice; empty for one outside KSeF.";
    Invoice CorrectionReason "Przyczyna korekty" "Correction reason" ["Powód korekty"] "correction.reason"
        "Dlaczego powstała korekta." "Why it is corrected.";
    Invoice CorrectionEffect "Skutek korekty" "Correction effect" ["Typ korekty"] "correction.effect"
        "1: w dacie faktury pierwotnej, 2: w dacie korekty, 3: w innej dacie." "1: with the date of the original, 2: with that of the correction, 3: another.";
    Invoice AdvanceReceived "Otrzymana zaliczka" "Advance received" ["Zaliczka", "Kwota zaliczki"] "advance.received"
        "Otrzymana kwota brutto (rodzaj ZAL); pozycje to wtedy całe zamówienie." "What was received, gross (kind ZAL); the lines are then the whole order.";
    Advance AdvanceNumber "Zaliczkowa numer" "Advance invoice number" ["Numer faktury zaliczkowej"] "settles.number"
        "Numer faktury zaliczkowej, którą rozlicza ta (rodzaj ROZ; wiersz na każdą zaliczkę i stawkę) albo którą wymienia ostatnia zaliczka (ZAL)."
        "Number of an advance invoice that this one settles (kind ROZ; a row for each advance and rate), or that the last advance names (ZAL).";
    Advance AdvanceKsefNumber "Zaliczkowa numer KSeF" "Advance invoice KSeF number" ["Numer KSeF faktury zaliczkowej"] "settles.ksefNumber"
        "Numer KSeF faktury zaliczkowej; pusty, jeśli była poza KSeF." "KSeF number of the advance invoice; empty for one outside KSeF.";
    Advance AdvanceRate "Zaliczkowa stawka" "Advance rate" [] "settles.rate"
        "Stawka VAT zaliczki." "VAT rate of the advance.";
    Advance AdvanceNet "Zaliczkowa netto" "Advance net" [] "settles.net"
        "Kwota netto zaliczki w tej stawce." "Net of the advance with this rate.";
    Advance AdvanceVat "Zaliczkowa VAT" "Advance VAT" [] "settles.vat"
        "Kwota VAT zaliczki w tej stawce." "VAT of the advance with this rate.";
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::fold::fold;

    #[test]
    fn no_header_means_two_columns() {
        let mut seen = BTreeMap::new();
        for info in InvoiceColumn::all() {
            let names = [info.header, info.english].into_iter().chain(info.aliases.iter().copied());
            for name in names {
                let before = seen.insert(fold(name), info.column);
                assert!(
                    before.is_none_or(|before| before == info.column),
                    "{name}: {before:?} and {:?}",
                    info.column
                );
                assert_eq!(InvoiceColumn::of_header(name), Some(info.column));
            }
            assert_eq!(info.column.info().column, info.column);
        }
    }
}
