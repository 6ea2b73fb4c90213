//! Platnosc.

use chrono::{Days, NaiveDate};

use super::origins::Origins;
use crate::FindingCode;
use crate::draft::fields::{MONEY, PAY_DAY, money};
use crate::draft::notes::{Field, Notes};
use crate::draft::{AccountDraft, PaidState, PartPaymentDraft, PaymentDraft, TermDraft, parse};
use crate::fa3::{
    FormaPlatnosci, Platnosc, RachunekBankowy, RachunekWlasnyBanku, Skonto, SposobPlatnosci, Tekstowy,
    TerminOpis, TerminPlatnosci, Zaplata, ZaplataCzesciowa, Znakowy,
};

/// Platnosc; nothing where nothing is said of it.
pub(super) fn payment(
    draft: &PaymentDraft,
    issued: NaiveDate,
    notes: &mut Notes,
    origins: &mut Origins,
) -> Option<Platnosc> {
    let field = Field::new("payment");
    let zaplata = paid(draft, &field, notes, origins);
    let mut termin_platnosci = Vec::new();
    for (index, term) in draft.terms.iter().enumerate() {
        if let Some(term) = self::term(term, issued, &field.at("terms").item(index), notes) {
            origins.put("Fa/Platnosc/TerminPlatnosci", index);
            termin_platnosci.push(term);
        }
    }
    let sposob = means(&draft.form, &draft.form_text, &field, notes);
    let own = accounts(&draft.accounts, "Fa/Platnosc/RachunekBankowy", &field.at("accounts"), notes, origins);
    let factor = accounts(
        &draft.factor_accounts,
        "Fa/Platnosc/RachunekBankowyFaktora",
        &field.at("factorAccounts"),
        notes,
        origins,
    );
    let skonto = early_discount(draft, &field, notes);
    let link = parse::trimmed(&draft.link);
    let link_fits = !link.is_empty() && notes.shaped(&field.at("link"), "Fa/Platnosc/LinkDoPlatnosci", link);
    let ip = parse::trimmed(&draft.ip_ksef);
    let ip_fits = !ip.is_empty() && notes.shaped(&field.at("ipKsef"), "Fa/Platnosc/IPKSeF", ip);
    let payment = Platnosc {
        zaplata,
        termin_platnosci,
        sposob,
        rachunek_bankowy: own,
        rachunek_bankowy_faktora: factor,
        skonto,
        link_do_platnosci: link_fits.then(|| Znakowy::from(link)),
        ip_ksef: ip_fits.then(|| Znakowy::from(ip)),
    };
    (payment != Platnosc::default()).then_some(payment)
}

fn paid(
    draft: &PaymentDraft,
    field: &Field<'_>,
    notes: &mut Notes,
    origins: &mut Origins,
) -> Option<Zaplata> {
    match draft.paid {
        PaidState::Unpaid => None,
        PaidState::Paid => {
            notes.needed_day(&field.at("paidOn"), "DataZaplaty", PAY_DAY, &draft.paid_on).map(Zaplata::Calosc)
        }
        PaidState::Partly | PaidState::PaidInParts => {
            let field = field.at("parts");
            let mut parts = Vec::new();
            for (index, typed) in draft.parts.iter().enumerate() {
                if let Some(part) = part(typed, &field.item(index), notes) {
                    origins.put("Fa/Platnosc/ZaplataCzesciowa", index);
                    parts.push(part);
                }
            }
            if draft.parts.is_empty() {
                notes.error(
                    &field,
                    FindingCode::Missing,
                    "Wpisz, ile i kiedy zapłacono.",
                    "Say how much was paid, and when.",
                );
            }
            (!parts.is_empty()).then_some(Zaplata::Czesci {
                znacznik_zaplaty_czesciowej: draft.paid == PaidState::Partly,
                zaplata_czesciowa: parts,
            })
        }
    }
}

fn part(draft: &PartPaymentDraft, field: &Field<'_>, notes: &mut Notes) -> Option<ZaplataCzesciowa> {
    let amount = notes.needed_number(&field.at("amount"), "KwotaZaplatyCzesciowej", MONEY, &draft.amount);
    let day = notes.needed_day(&field.at("date"), "DataZaplatyCzesciowej", PAY_DAY, &draft.date);
    let sposob = means(&draft.form, &draft.form_text, field, notes);
    Some(ZaplataCzesciowa { kwota_zaplaty_czesciowej: money(amount?), data_zaplaty_czesciowej: day?, sposob })
}

fn means(form: &str, text: &str, field: &Field<'_>, notes: &mut Notes) -> Option<SposobPlatnosci> {
    let known = notes.code(&field.at("form"), "Fa/Platnosc/FormaPlatnosci", form, FormaPlatnosci::of);
    match known {
        Some(form) => Some(SposobPlatnosci::Znany(form)),
        None => notes.text(&field.at("formText"), "OpisPlatnosci", 256, text).map(SposobPlatnosci::Inny),
    }
}

fn term(
    draft: &TermDraft,
    issued: NaiveDate,
    field: &Field<'_>,
    notes: &mut Notes,
) -> Option<TerminPlatnosci> {
    let day = match parse::trimmed(&draft.date) {
        "" => days_after(draft, issued, field, notes),
        typed => notes.day(&field.at("date"), "Termin", PAY_DAY, typed),
    };
    let words = [&draft.count, &draft.unit, &draft.event];
    let termin_opis = if words.into_iter().all(|text| parse::trimmed(text).is_empty()) {
        None
    } else {
        described(draft, field, notes)
    };
    let term = TerminPlatnosci { termin: day, termin_opis };
    (term != TerminPlatnosci::default()).then_some(term)
}

fn days_after(
    draft: &TermDraft,
    issued: NaiveDate,
    field: &Field<'_>,
    notes: &mut Notes,
) -> Option<NaiveDate> {
    let typed = parse::trimmed(&draft.days);
    if typed.is_empty() {
        return None;
    }
    let day = typed.parse::<u16>().ok().and_then(|days| issued.checked_add_days(Days::new(days.into())));
    match day {
        Some(day) => notes.day(&field.at("days"), "Termin", PAY_DAY, &day.to_string()),
        None => {
            notes.error(
                &field.at("days"),
                FindingCode::NotNumber,
                "Liczba dni do zapłaty to liczba całkowita, na przykład 14.",
                "The days to pay are a whole number, such as 14.",
            );
            None
        }
    }
}

fn described(draft: &TermDraft, field: &Field<'_>, notes: &mut Notes) -> Option<TerminOpis> {
    let count = parse::trimmed(&draft.count);
    let number = if count.is_empty() {
        notes.missing(&field.at("count"), "Ilosc");
        None
    } else {
        let number = count.parse::<i64>().ok();
        if number.is_none() {
            notes.error(
                &field.at("count"),
                FindingCode::NotNumber,
                "Liczba jednostek czasu to liczba całkowita, na przykład 14.",
                "The number of units of time is a whole number, such as 14.",
            );
        }
        number
    };
    let unit = notes.needed(&field.at("unit"), "Jednostka", 50, &draft.unit);
    let event = notes.needed(&field.at("event"), "ZdarzeniePoczatkowe", 256, &draft.event);
    Some(TerminOpis { ilosc: number?.into(), jednostka: unit?, zdarzenie_poczatkowe: event? })
}

fn accounts(
    drafts: &[AccountDraft],
    path: &'static str,
    field: &Field<'_>,
    notes: &mut Notes,
    origins: &mut Origins,
) -> Vec<RachunekBankowy> {
    let mut list = Vec::new();
    for (index, draft) in drafts.iter().enumerate() {
        if *draft == AccountDraft::default() {
            continue;
        }
        if let Some(account) = account(draft, &field.item(index), notes) {
            origins.put(path, index);
            list.push(account);
        }
    }
    list
}

/// TRachunekBankowy.
pub(super) fn account(draft: &AccountDraft, field: &Field<'_>, notes: &mut Notes) -> Option<RachunekBankowy> {
    let number = parse::account(&draft.number);
    let swift = parse::compact(&draft.swift);
    let swift_fits =
        !swift.is_empty() && notes.shaped(&field.at("swift"), "Fa/Platnosc/RachunekBankowy/SWIFT", &swift);
    let own = notes.code(
        &field.at("bankOwn"),
        "Fa/Platnosc/RachunekBankowy/RachunekWlasnyBanku",
        &draft.bank_own,
        RachunekWlasnyBanku::of,
    );
    let nazwa_banku = notes.text(&field.at("bank"), "NazwaBanku", 256, &draft.bank);
    let opis_rachunku = notes.text(&field.at("description"), "OpisRachunku", 256, &draft.description);
    if number.is_empty() {
        notes.missing(&field.at("number"), "NrRB");
        return None;
    }
    notes.shaped(&field.at("number"), "Fa/Platnosc/RachunekBankowy/NrRB", &number).then(|| RachunekBankowy {
        nr_rb: Tekstowy::from(number),
        swift: swift_fits.then(|| Tekstowy::from(swift)),
        rachunek_wlasny_banku: own,
        nazwa_banku,
        opis_rachunku,
    })
}

fn early_discount(draft: &PaymentDraft, field: &Field<'_>, notes: &mut Notes) -> Option<Skonto> {
    let empty = |text: &str| parse::trimmed(text).is_empty();
    if empty(&draft.discount_terms) && empty(&draft.discount_amount) {
        return None;
    }
    let terms = notes.needed(&field.at("discountTerms"), "WarunkiSkonta", 256, &draft.discount_terms);
    let amount = notes.needed(&field.at("discountAmount"), "WysokoscSkonta", 256, &draft.discount_amount);
    Some(Skonto { warunki_skonta: terms?, wysokosc_skonta: amount? })
}
