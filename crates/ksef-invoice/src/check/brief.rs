//! The summary of an invoice that has been read already.

use rust_decimal::Decimal;

use crate::fa3::{Faktura, IdNabywcy, Kwota, RodzajFaktury};
use crate::{Buyer, BuyerId, Form, InvoiceKind, Seller, Summary};

/// The same as [`crate::summary()`] of its bytes, without reading them once more.
pub(crate) fn of(invoice: &Faktura) -> Summary {
    let fa = &invoice.fa;
    let text = |value: &str| (!value.is_empty()).then(|| value.to_owned());
    Summary {
        form: Form::Fa3,
        kind: Some(kind(fa.rodzaj_faktury)),
        number: text(fa.p_2.trim()),
        issue_date: Some(fa.p_1),
        seller: Seller {
            nip_as_written: text(invoice.podmiot1.dane_identyfikacyjne.nip.trim()),
            name: text(invoice.podmiot1.dane_identyfikacyjne.nazwa.trim()),
        },
        buyer: Buyer {
            id: Some(buyer_id(&invoice.podmiot2.dane_identyfikacyjne.id)),
            name: invoice.podmiot2.dane_identyfikacyjne.nazwa.as_deref().and_then(|name| text(name.trim())),
        },
        currency: text(fa.kod_waluty.as_str()),
        net: sum(&nets(invoice)),
        vat: sum(&taxes(invoice)),
        gross: Some(fa.p_15.decimal()),
        has_attachment: invoice.zalacznik.is_some(),
    }
}

fn nets(invoice: &Faktura) -> [Option<Kwota>; 13] {
    let fa = &invoice.fa;
    [
        fa.sumy_1.map(|sums| sums.p_13_1),
        fa.sumy_2.map(|sums| sums.p_13_2),
        fa.sumy_3.map(|sums| sums.p_13_3),
        fa.sumy_4.map(|sums| sums.p_13_4),
        fa.sumy_5.map(|sums| sums.p_13_5),
        fa.p_13_6_1,
        fa.p_13_6_2,
        fa.p_13_6_3,
        fa.p_13_7,
        fa.p_13_8,
        fa.p_13_9,
        fa.p_13_10,
        fa.p_13_11,
    ]
}

fn taxes(invoice: &Faktura) -> [Option<Kwota>; 5] {
    let fa = &invoice.fa;
    [
        fa.sumy_1.map(|sums| sums.p_14_1),
        fa.sumy_2.map(|sums| sums.p_14_2),
        fa.sumy_3.map(|sums| sums.p_14_3),
        fa.sumy_4.map(|sums| sums.p_14_4),
        fa.sumy_5.and_then(|sums| sums.p_14_5),
    ]
}

fn sum(amounts: &[Option<Kwota>]) -> Option<Decimal> {
    let mut amounts = amounts.iter().flatten().map(|amount| amount.decimal());
    let first = amounts.next()?;
    amounts.try_fold(first, |sum, amount| sum.checked_add(amount))
}

fn buyer_id(id: &IdNabywcy) -> BuyerId {
    match id {
        IdNabywcy::Nip(nip) => BuyerId::Nip(nip.trim().to_owned()),
        IdNabywcy::VatUe { kod_ue, nr_vat_ue } => BuyerId::VatUe(format!("{kod_ue}{}", nr_vat_ue.trim())),
        IdNabywcy::Inny { kod_kraju, nr_id } => BuyerId::Other {
            country: kod_kraju.map(|country| country.as_str().to_owned()),
            number: nr_id.trim().to_owned(),
        },
        IdNabywcy::Brak => BuyerId::None,
    }
}

const fn kind(kind: RodzajFaktury) -> InvoiceKind {
    match kind {
        RodzajFaktury::Vat => InvoiceKind::Vat,
        RodzajFaktury::Kor => InvoiceKind::Kor,
        RodzajFaktury::Zal => InvoiceKind::Zal,
        RodzajFaktury::Roz => InvoiceKind::Roz,
        RodzajFaktury::Upr => InvoiceKind::Upr,
        RodzajFaktury::KorZal => InvoiceKind::KorZal,
        RodzajFaktury::KorRoz => InvoiceKind::KorRoz,
    }
}
