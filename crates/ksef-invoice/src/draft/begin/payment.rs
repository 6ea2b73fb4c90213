//! Platnosc as typed.

use super::parties::text;
use crate::draft::{AccountDraft, PaidState, PartPaymentDraft, PaymentDraft, TermDraft};
use crate::fa3::{Platnosc, RachunekBankowy, SposobPlatnosci, TerminPlatnosci, Zaplata, ZaplataCzesciowa};

pub(super) fn payment(payment: &Platnosc) -> PaymentDraft {
    let (paid, paid_on, parts) = match &payment.zaplata {
        None => (PaidState::Unpaid, String::new(), Vec::new()),
        Some(Zaplata::Calosc(day)) => (PaidState::Paid, day.to_string(), Vec::new()),
        Some(Zaplata::Czesci { znacznik_zaplaty_czesciowej, zaplata_czesciowa }) => {
            let state = if *znacznik_zaplaty_czesciowej { PaidState::Partly } else { PaidState::PaidInParts };
            (state, String::new(), zaplata_czesciowa.iter().map(part).collect())
        }
    };
    let (form, form_text) = means(&payment.sposob);
    let skonto = payment.skonto.as_ref();
    PaymentDraft {
        paid,
        paid_on,
        parts,
        terms: payment.termin_platnosci.iter().map(term).collect(),
        form,
        form_text,
        accounts: payment.rachunek_bankowy.iter().map(account).collect(),
        factor_accounts: payment.rachunek_bankowy_faktora.iter().map(account).collect(),
        discount_terms: skonto.map(|skonto| skonto.warunki_skonta.to_string()).unwrap_or_default(),
        discount_amount: skonto.map(|skonto| skonto.wysokosc_skonta.to_string()).unwrap_or_default(),
        link: text(&payment.link_do_platnosci),
        ip_ksef: text(&payment.ip_ksef),
    }
}

fn part(part: &ZaplataCzesciowa) -> PartPaymentDraft {
    let (form, form_text) = means(&part.sposob);
    PartPaymentDraft {
        amount: part.kwota_zaplaty_czesciowej.to_string(),
        date: part.data_zaplaty_czesciowej.to_string(),
        form,
        form_text,
    }
}

fn means(means: &Option<SposobPlatnosci>) -> (String, String) {
    match means {
        None => (String::new(), String::new()),
        Some(SposobPlatnosci::Znany(form)) => (form.code().to_owned(), String::new()),
        Some(SposobPlatnosci::Inny(text)) => (String::new(), text.to_string()),
    }
}

fn term(term: &TerminPlatnosci) -> TermDraft {
    let words = term.termin_opis.as_ref();
    TermDraft {
        date: term.termin.map(|day| day.to_string()).unwrap_or_default(),
        days: String::new(),
        count: words.map(|words| words.ilosc.to_string()).unwrap_or_default(),
        unit: words.map(|words| words.jednostka.to_string()).unwrap_or_default(),
        event: words.map(|words| words.zdarzenie_poczatkowe.to_string()).unwrap_or_default(),
    }
}

fn account(account: &RachunekBankowy) -> AccountDraft {
    AccountDraft {
        number: account.nr_rb.to_string(),
        swift: account.swift.as_ref().map(ToString::to_string).unwrap_or_default(),
        bank_own: account.rachunek_wlasny_banku.map(|own| own.code().to_owned()).unwrap_or_default(),
        bank: text(&account.nazwa_banku),
        description: text(&account.opis_rachunku),
    }
}
