//! Which field of the draft an element of the composed document comes from.

use std::collections::BTreeMap;

use super::super::InvoiceDraft;

/// For elements that are repeated: from which place of the draft's list each of them comes.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Origins {
    lists: BTreeMap<&'static str, Vec<usize>>,
    /// Of FaWiersz or ZamowienieWiersz: the line, and whether it is its state before.
    rows: Vec<(usize, bool)>,
    /// Fields of the seller are named as in a profile of its own.
    extras: Vec<String>,
}

impl Origins {
    /// The next element at this path comes from this place.
    pub(super) fn put(&mut self, path: &'static str, place: usize) {
        self.lists.entry(path).or_default().push(place);
    }

    /// The next row comes from this line.
    pub(super) fn put_row(&mut self, line: usize, before: bool) {
        self.rows.push((line, before));
    }

    /// What was typed under this path of FA(3).
    pub(super) fn set_extras(&mut self, draft: &InvoiceDraft) {
        self.extras = draft.extras.keys().cloned().collect();
    }

    /// See [`super::Composition::field_of`].
    pub(super) fn field_of(&self, path: &str) -> Option<String> {
        let steps: Vec<(&str, usize)> = path
            .trim_start_matches('/')
            .split('/')
            .filter(|step| !step.is_empty())
            .map(numbered)
            .skip_while(|(name, _)| *name == "Faktura")
            .collect();
        if let Some(field) = self.of_extras(&steps) {
            return Some(field);
        }
        // The innermost element that a field makes.
        (1..=steps.len()).rev().find_map(|length| self.of_steps(&steps[..length]))
    }

    fn of_steps(&self, steps: &[(&str, usize)]) -> Option<String> {
        if let [("Fa", _), ("FaWiersz", number), rest @ ..] = steps {
            return self.of_row(*number, rest, "");
        }
        if let [("Fa", _), ("Zamowienie", _), ("ZamowienieWiersz", number), rest @ ..] = steps {
            return self.of_row(*number, rest, "Z");
        }
        let names: Vec<&str> = steps.iter().map(|(name, _)| *name).collect();
        let names = names.join("/");
        let (_, field) = FIELDS.iter().find(|(path, _)| *path == names)?;
        let mut out = String::new();
        let mut place = 0;
        let mut prefix = String::new();
        let mut places = Vec::new();
        for (name, number) in steps {
            if !prefix.is_empty() {
                prefix.push('/');
            }
            prefix.push_str(name);
            if *number > 0 {
                let origin = self.lists.get(prefix.as_str()).and_then(|list| list.get(number - 1));
                places.push(origin.copied().unwrap_or(number - 1));
            }
        }
        for part in field.split('.') {
            if !out.is_empty() {
                out.push('.');
            }
            if part == "#" {
                out.push_str(&places.get(place).copied().unwrap_or_default().to_string());
                place += 1;
            } else {
                out.push_str(part);
            }
        }
        Some(out)
    }

    fn of_row(&self, number: usize, rest: &[(&str, usize)], ending: &str) -> Option<String> {
        let (line, before) = *self.rows.get(number.checked_sub(1)?)?;
        let state = if before { ".before" } else { "" };
        let field = match rest {
            [] => None,
            [(name, _)] => {
                let name = name.strip_suffix(ending).unwrap_or(name);
                ROW_FIELDS.iter().find(|(element, _)| *element == name).map(|(_, field)| *field)
            }
            _ => return None,
        };
        match (field, rest.is_empty()) {
            (Some(field), _) => Some(format!("lines.{line}{state}.{field}")),
            (None, true) => Some(format!("lines.{line}{state}")),
            (None, false) => None,
        }
    }

    fn of_extras(&self, steps: &[(&str, usize)]) -> Option<String> {
        self.extras.iter().find_map(|path| {
            let names: Vec<&str> =
                path.trim_start_matches('/').split('/').skip_while(|name| *name == "Faktura").collect();
            let inside =
                steps.len() >= names.len() && names.iter().zip(steps).all(|(name, step)| *name == step.0);
            if !inside || names.is_empty() {
                return None;
            }
            let mut field = format!("extras.{path}");
            if let Some((_, number @ 1..)) = steps.get(names.len() - 1) {
                field.push_str(&format!(".{}", number - 1));
            }
            for (name, number) in &steps[names.len()..] {
                field.push_str(&format!(".{name}"));
                if *number > 0 {
                    field.push_str(&format!(".{}", number - 1));
                }
            }
            Some(field)
        })
    }
}

/// `FaWiersz[3]` → FaWiersz and 3; 0 where there is no number.
fn numbered(step: &str) -> (&str, usize) {
    match step.split_once('[') {
        Some((name, number)) => (name, number.trim_end_matches(']').parse().unwrap_or_default()),
        None => (step, 0),
    }
}

/// Elements of a line, without the Z that orders put behind.
const ROW_FIELDS: &[(&str, &str)] = &[
    ("NrWierszaFa", "position"),
    ("NrWierszaZam", "position"),
    ("NrWierszaZa", "position"),
    ("UU_ID", "uuid"),
    ("P_6A", "saleDate"),
    ("P_7", "name"),
    ("Indeks", "index"),
    ("GTIN", "gtin"),
    ("PKWiU", "pkwiu"),
    ("CN", "cn"),
    ("PKOB", "pkob"),
    ("P_8A", "unit"),
    ("P_8B", "quantity"),
    ("P_9A", "unitPrice"),
    ("P_9B", "unitPrice"),
    ("P_10", "discount"),
    ("P_11", "unitPrice"),
    ("P_11A", "unitPrice"),
    ("P_11Netto", "unitPrice"),
    ("P_11Vat", "vat"),
    ("P_12", "rate"),
    ("P_12_XII", "ossRate"),
    ("P_12Z_XII", "ossRate"),
    ("P_12_Zal_15", "annex15"),
    ("P_12Z_Zal_15", "annex15"),
    ("KwotaAkcyzy", "excise"),
    ("GTU", "gtu"),
    ("Procedura", "procedure"),
    ("KursWaluty", "exchangeRate"),
];

/// Elements by their path below Faktura; `#` is the place in a list of the draft.
const FIELDS: &[(&str, &str)] = &[
    ("Podmiot1", "seller"),
    ("Podmiot1/NrEORI", "seller.eori"),
    ("Podmiot1/DaneIdentyfikacyjne/NIP", "seller.nip"),
    ("Podmiot1/DaneIdentyfikacyjne/Nazwa", "seller.name"),
    ("Podmiot1/Adres", "seller.address"),
    ("Podmiot1/Adres/KodKraju", "seller.address.country"),
    ("Podmiot1/Adres/AdresL1", "seller.address.line1"),
    ("Podmiot1/Adres/AdresL2", "seller.address.line2"),
    ("Podmiot1/Adres/GLN", "seller.address.gln"),
    ("Podmiot1/DaneKontaktowe/Email", "seller.contacts.#.email"),
    ("Podmiot1/DaneKontaktowe/Telefon", "seller.contacts.#.phone"),
    ("Podmiot1/StatusInfoPodatnika", "seller.status"),
    ("Stopka/Rejestry", "seller"),
    ("Stopka/Rejestry/PelnaNazwa", "seller.fullName"),
    ("Stopka/Rejestry/KRS", "seller.krs"),
    ("Stopka/Rejestry/REGON", "seller.regon"),
    ("Stopka/Rejestry/BDO", "seller.bdo"),
    ("Stopka/Informacje", "notes"),
    ("Podmiot2", "buyer"),
    ("Podmiot2/NrEORI", "buyer.party.eori"),
    ("Podmiot2/DaneIdentyfikacyjne", "buyer.party.id"),
    ("Podmiot2/DaneIdentyfikacyjne/Nazwa", "buyer.party.name"),
    ("Podmiot2/DaneIdentyfikacyjne/KodKraju", "buyer.party.idCountry"),
    ("Podmiot2/Adres", "buyer.party.address.line1"),
    ("Podmiot2/Adres/KodKraju", "buyer.party.address.country"),
    ("Podmiot2/Adres/AdresL2", "buyer.party.address.line2"),
    ("Podmiot2/Adres/GLN", "buyer.party.address.gln"),
    ("Podmiot2/AdresKoresp", "buyer.party.correspondence.line1"),
    ("Podmiot2/AdresKoresp/KodKraju", "buyer.party.correspondence.country"),
    ("Podmiot2/AdresKoresp/AdresL2", "buyer.party.correspondence.line2"),
    ("Podmiot2/AdresKoresp/GLN", "buyer.party.correspondence.gln"),
    ("Podmiot2/DaneKontaktowe", "buyer.party.contacts.#"),
    ("Podmiot2/DaneKontaktowe/Email", "buyer.party.contacts.#.email"),
    ("Podmiot2/DaneKontaktowe/Telefon", "buyer.party.contacts.#.phone"),
    ("Podmiot2/NrKlienta", "buyer.party.clientNumber"),
    ("Podmiot2/IDNabywcy", "buyer.buyerKey"),
    ("Podmiot2/JST", "buyer.localGovernment"),
    ("Podmiot2/GV", "buyer.vatGroup"),
    ("Podmiot3", "others.#"),
    ("Podmiot3/IDNabywcy", "others.#.buyerKey"),
    ("Podmiot3/NrEORI", "others.#.party.eori"),
    ("Podmiot3/DaneIdentyfikacyjne", "others.#.party.id"),
    ("Podmiot3/DaneIdentyfikacyjne/Nazwa", "others.#.party.name"),
    ("Podmiot3/DaneIdentyfikacyjne/KodKraju", "others.#.party.idCountry"),
    ("Podmiot3/Adres", "others.#.party.address.line1"),
    ("Podmiot3/Adres/KodKraju", "others.#.party.address.country"),
    ("Podmiot3/Adres/AdresL2", "others.#.party.address.line2"),
    ("Podmiot3/Adres/GLN", "others.#.party.address.gln"),
    ("Podmiot3/AdresKoresp", "others.#.party.correspondence.line1"),
    ("Podmiot3/DaneKontaktowe", "others.#.party.contacts.#"),
    ("Podmiot3/DaneKontaktowe/Email", "others.#.party.contacts.#.email"),
    ("Podmiot3/DaneKontaktowe/Telefon", "others.#.party.contacts.#.phone"),
    ("Podmiot3/Rola", "others.#.role"),
    ("Podmiot3/OpisRoli", "others.#.roleText"),
    ("Podmiot3/Udzial", "others.#.share"),
    ("Podmiot3/NrKlienta", "others.#.party.clientNumber"),
    ("Fa/KodWaluty", "currency"),
    ("Fa/P_1", "issueDate"),
    ("Fa/P_1M", "issuePlace"),
    ("Fa/P_2", "number"),
    ("Fa/WZ", "deliveryNotes.#"),
    ("Fa/P_6", "sale.date"),
    ("Fa/OkresFa", "sale.from"),
    ("Fa/OkresFa/P_6_Do", "sale.to"),
    ("Fa/P_13_1", "lines"),
    ("Fa/P_13_2", "lines"),
    ("Fa/P_13_3", "lines"),
    ("Fa/P_13_4", "lines"),
    ("Fa/P_13_5", "lines"),
    ("Fa/P_14_1", "lines"),
    ("Fa/P_14_2", "lines"),
    ("Fa/P_14_3", "lines"),
    ("Fa/P_14_4", "lines"),
    ("Fa/P_14_5", "lines"),
    ("Fa/P_14_1W", "exchange.rate"),
    ("Fa/P_14_2W", "exchange.rate"),
    ("Fa/P_14_3W", "exchange.rate"),
    ("Fa/P_14_4W", "exchange.rate"),
    ("Fa/P_15", "lines"),
    ("Fa/KursWalutyZ", "exchange.rate"),
    ("Fa/Adnotacje", "annotations"),
    ("Fa/Adnotacje/P_16", "annotations.cashMethod"),
    ("Fa/Adnotacje/P_17", "annotations.selfBilling"),
    ("Fa/Adnotacje/P_18", "annotations.reverseCharge"),
    ("Fa/Adnotacje/P_18A", "annotations.splitPayment"),
    ("Fa/Adnotacje/Zwolnienie", "annotations.exemption"),
    ("Fa/Adnotacje/Zwolnienie/P_19A", "annotations.exemptionText"),
    ("Fa/Adnotacje/Zwolnienie/P_19B", "annotations.exemptionText"),
    ("Fa/Adnotacje/Zwolnienie/P_19C", "annotations.exemptionText"),
    ("Fa/Adnotacje/P_23", "annotations.triangular"),
    ("Fa/Adnotacje/PMarzy", "annotations.margin"),
    ("Fa/RodzajFaktury", "kind"),
    ("Fa/PrzyczynaKorekty", "correction.reason"),
    ("Fa/TypKorekty", "correction.effect"),
    ("Fa/DaneFaKorygowanej", "correction.corrected.#"),
    ("Fa/DaneFaKorygowanej/NrFaKorygowanej", "correction.corrected.#.number"),
    ("Fa/DaneFaKorygowanej/DataWystFaKorygowanej", "correction.corrected.#.issueDate"),
    ("Fa/DaneFaKorygowanej/NrKSeFFaKorygowanej", "correction.corrected.#.ksefNumber"),
    ("Fa/OkresFaKorygowanej", "correction.period"),
    ("Fa/NrFaKorygowany", "correction.rightNumber"),
    ("Fa/Podmiot1K", "correction.sellerBefore"),
    ("Fa/Podmiot2K", "correction.buyerBefore"),
    ("Fa/P_15ZK", "correction.amountBefore"),
    ("Fa/KursWalutyZK", "correction.exchangeBefore"),
    ("Fa/ZaliczkaCzesciowa", "advance.parts.#"),
    ("Fa/ZaliczkaCzesciowa/P_6Z", "advance.parts.#.date"),
    ("Fa/ZaliczkaCzesciowa/P_15Z", "advance.parts.#.amount"),
    ("Fa/ZaliczkaCzesciowa/KursWalutyZW", "advance.parts.#.exchangeRate"),
    ("Fa/FP", "toReceipt"),
    ("Fa/TP", "relatedParties"),
    ("Fa/DodatkowyOpis", "descriptions.#"),
    ("Fa/DodatkowyOpis/NrWiersza", "descriptions.#.line"),
    ("Fa/DodatkowyOpis/Klucz", "descriptions.#.key"),
    ("Fa/DodatkowyOpis/Wartosc", "descriptions.#.value"),
    ("Fa/FakturaZaliczkowa", "settles.#"),
    ("Fa/FakturaZaliczkowa/NrFaZaliczkowej", "settles.#.number"),
    ("Fa/FakturaZaliczkowa/NrKSeFFaZaliczkowej", "settles.#.ksefNumber"),
    ("Fa/ZwrotAkcyzy", "exciseRefund"),
    ("Fa/Zamowienie", "lines"),
    ("Fa/Rozliczenie", "extras.Fa/Rozliczenie"),
    ("Fa/Platnosc", "payment"),
    ("Fa/Platnosc/Zaplacono", "payment.paid"),
    ("Fa/Platnosc/DataZaplaty", "payment.paidOn"),
    ("Fa/Platnosc/ZnacznikZaplatyCzesciowej", "payment.paid"),
    ("Fa/Platnosc/ZaplataCzesciowa", "payment.parts.#"),
    ("Fa/Platnosc/ZaplataCzesciowa/KwotaZaplatyCzesciowej", "payment.parts.#.amount"),
    ("Fa/Platnosc/ZaplataCzesciowa/DataZaplatyCzesciowej", "payment.parts.#.date"),
    ("Fa/Platnosc/ZaplataCzesciowa/FormaPlatnosci", "payment.parts.#.form"),
    ("Fa/Platnosc/ZaplataCzesciowa/OpisPlatnosci", "payment.parts.#.formText"),
    ("Fa/Platnosc/TerminPlatnosci", "payment.terms.#"),
    ("Fa/Platnosc/TerminPlatnosci/Termin", "payment.terms.#.date"),
    ("Fa/Platnosc/TerminPlatnosci/TerminOpis", "payment.terms.#.count"),
    ("Fa/Platnosc/TerminPlatnosci/TerminOpis/Jednostka", "payment.terms.#.unit"),
    ("Fa/Platnosc/TerminPlatnosci/TerminOpis/ZdarzeniePoczatkowe", "payment.terms.#.event"),
    ("Fa/Platnosc/FormaPlatnosci", "payment.form"),
    ("Fa/Platnosc/OpisPlatnosci", "payment.formText"),
    ("Fa/Platnosc/RachunekBankowy", "payment.accounts.#.number"),
    ("Fa/Platnosc/RachunekBankowy/SWIFT", "payment.accounts.#.swift"),
    ("Fa/Platnosc/RachunekBankowy/RachunekWlasnyBanku", "payment.accounts.#.bankOwn"),
    ("Fa/Platnosc/RachunekBankowy/NazwaBanku", "payment.accounts.#.bank"),
    ("Fa/Platnosc/RachunekBankowy/OpisRachunku", "payment.accounts.#.description"),
    ("Fa/Platnosc/RachunekBankowyFaktora", "payment.factorAccounts.#.number"),
    ("Fa/Platnosc/RachunekBankowyFaktora/SWIFT", "payment.factorAccounts.#.swift"),
    ("Fa/Platnosc/RachunekBankowyFaktora/RachunekWlasnyBanku", "payment.factorAccounts.#.bankOwn"),
    ("Fa/Platnosc/RachunekBankowyFaktora/NazwaBanku", "payment.factorAccounts.#.bank"),
    ("Fa/Platnosc/RachunekBankowyFaktora/OpisRachunku", "payment.factorAccounts.#.description"),
    ("Fa/Platnosc/Skonto", "payment.discountTerms"),
    ("Fa/Platnosc/Skonto/WysokoscSkonta", "payment.discountAmount"),
    ("Fa/Platnosc/LinkDoPlatnosci", "payment.link"),
    ("Fa/Platnosc/IPKSeF", "payment.ipKsef"),
];
