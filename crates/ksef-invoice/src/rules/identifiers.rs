//! Check digits of numbers that stand on an invoice.

use ksef_types::{InvalidKsefNumber, KsefNumber, Nip};

use super::digits;
use super::review::Review;
use super::spot::Spot;
use crate::fa3::{
    Adres, DaneIdentyfikacyjne1, FakturaZaliczkowa, IdNabywcy, IdPodmiotu3, NumerKsefKorygowanej,
};
use crate::finding::FindingCode;

/// NIPs of all parties. KSeF checks them in production: the guide, "Weryfikacja faktury", "Walidacja numeru NIP".
/// Those of corrected parties and of carriers it does not check.
pub(super) fn nips(review: &mut Review<'_>) {
    let invoice = review.invoice;
    let seller = Spot::root().at("Podmiot1").at("DaneIdentyfikacyjne");
    nip(review, &invoice.podmiot1.dane_identyfikacyjne.nip, || seller.at("NIP"), true);
    if let IdNabywcy::Nip(value) = &invoice.podmiot2.dane_identyfikacyjne.id {
        nip(review, value, || Spot::root().at("Podmiot2").at("DaneIdentyfikacyjne").at("NIP"), true);
    }
    for (index, third) in invoice.podmiot3.iter().enumerate() {
        if let IdPodmiotu3::Nip(value) = &third.dane_identyfikacyjne.id {
            nip(
                review,
                value,
                || Spot::root().nth("Podmiot3", index).at("DaneIdentyfikacyjne").at("NIP"),
                true,
            );
        }
    }
    if let Some(authorised) = &invoice.podmiot_upowazniony {
        let spot = || Spot::root().at("PodmiotUpowazniony").at("DaneIdentyfikacyjne").at("NIP");
        nip(review, &authorised.dane_identyfikacyjne.nip, spot, true);
    }
    nips_nobody_checks(review);
}

fn nips_nobody_checks(review: &mut Review<'_>) {
    let fa = review.fa;
    if let Some(correction) = &fa.korekta {
        if let Some(DaneIdentyfikacyjne1 { nip: value, .. }) =
            correction.podmiot1k.as_ref().map(|seller| &seller.dane_identyfikacyjne)
        {
            nip(review, value, || Spot::fa().at("Podmiot1K").at("DaneIdentyfikacyjne").at("NIP"), false);
        }
        for (index, buyer) in correction.podmiot2k.iter().enumerate() {
            if let IdNabywcy::Nip(value) = &buyer.dane_identyfikacyjne.id {
                let spot = || Spot::fa().nth("Podmiot2K", index).at("DaneIdentyfikacyjne").at("NIP");
                nip(review, value, spot, false);
            }
        }
    }
    let transports = fa.warunki_transakcji.iter().flat_map(|terms| &terms.transport).enumerate();
    for (index, transport) in transports {
        let carrier = transport.przewoznik.as_ref().map(|carrier| &carrier.dane_identyfikacyjne.id);
        if let Some(IdNabywcy::Nip(value)) = carrier {
            let spot = || {
                let transport = Spot::fa().at("WarunkiTransakcji").nth("Transport", index);
                transport.at("Przewoznik").at("DaneIdentyfikacyjne").at("NIP")
            };
            nip(review, value, spot, false);
        }
    }
}

fn nip(review: &mut Review<'_>, value: &str, spot: impl FnOnce() -> Spot, is_checked: bool) {
    if value.parse::<Nip>().is_ok() {
        return;
    }
    let polish = format!("{value} ma złą cyfrę kontrolną: w numerze jest pomyłka.");
    let english = format!("{value} has a wrong check digit: there is a mistake in the number.");
    match is_checked && review.is_production() {
        true => review.refuse(FindingCode::NipCheckDigit, spot(), &polish, &english),
        false => review.warn(FindingCode::NipCheckDigit, spot(), &polish, &english),
    }
}

/// The NIP inside an internal identifier. The guide, "Walidacja numeru NIP w identyfikatorze wewnętrznym".
pub(super) fn internal_ids(review: &mut Review<'_>) {
    for (index, third) in review.invoice.podmiot3.iter().enumerate() {
        let IdPodmiotu3::IdWew(value) = &third.dane_identyfikacyjne.id else { continue };
        if value.split('-').next().unwrap_or_default().parse::<Nip>().is_ok() {
            continue;
        }
        let spot = Spot::root().nth("Podmiot3", index).at("DaneIdentyfikacyjne").at("IDWew");
        let polish = format!("{} zaczyna się od NIP ze złą cyfrą kontrolną.", value.as_str());
        let english = format!("{} begins with a NIP that has a wrong check digit.", value.as_str());
        match review.is_production() {
            true => review.refuse(FindingCode::InternalId, spot, &polish, &english),
            false => review.warn(FindingCode::InternalId, spot, &polish, &english),
        }
    }
}

/// Checksums of KSeF numbers that the invoice refers to. The guide, "Numer KSeF – struktura i walidacja".
pub(super) fn ksef_numbers(review: &mut Review<'_>) {
    let corrected =
        review.fa.korekta.iter().flat_map(|correction| &correction.dane_fa_korygowanej).enumerate();
    for (index, corrected) in corrected {
        if let NumerKsefKorygowanej::Ksef(number) = &corrected.ksef {
            let spot = || Spot::fa().nth("DaneFaKorygowanej", index).at("NrKSeFFaKorygowanej");
            ksef_number(review, number, spot);
        }
    }
    for (index, advance) in review.fa.faktura_zaliczkowa.iter().enumerate() {
        if let FakturaZaliczkowa::Ksef(number) = advance {
            ksef_number(review, number, || {
                Spot::fa().nth("FakturaZaliczkowa", index).at("NrKSeFFaZaliczkowej")
            });
        }
    }
}

fn ksef_number(review: &mut Review<'_>, number: &str, spot: impl FnOnce() -> Spot) {
    if number.parse::<KsefNumber>() == Err(InvalidKsefNumber::Checksum) {
        review.warn(
            FindingCode::KsefNumberChecksum,
            spot(),
            &format!("{number} ma złą sumę kontrolną: sprawdź, czy przepisano go bez pomyłki."),
            &format!("{number} has a wrong checksum: check that it was copied without a mistake."),
        );
    }
}

/// GLN of addresses: 13 digits with GS1's check digit.
pub(super) fn locations(review: &mut Review<'_>) {
    let invoice = review.invoice;
    let mut addresses: Vec<(Spot, &Adres)> = Vec::new();
    let seller = Spot::root().at("Podmiot1");
    addresses.push((seller.clone().at("Adres"), &invoice.podmiot1.adres));
    addresses.extend(invoice.podmiot1.adres_koresp.iter().map(|one| (seller.clone().at("AdresKoresp"), one)));
    let buyer = Spot::root().at("Podmiot2");
    addresses.extend(invoice.podmiot2.adres.iter().map(|one| (buyer.clone().at("Adres"), one)));
    addresses.extend(invoice.podmiot2.adres_koresp.iter().map(|one| (buyer.clone().at("AdresKoresp"), one)));
    for (index, third) in invoice.podmiot3.iter().enumerate() {
        let spot = Spot::root().nth("Podmiot3", index);
        addresses.extend(third.adres.iter().map(|one| (spot.clone().at("Adres"), one)));
        addresses.extend(third.adres_koresp.iter().map(|one| (spot.clone().at("AdresKoresp"), one)));
    }
    for (spot, address) in addresses {
        let Some(gln) = address.gln.as_deref() else { continue };
        if gln.len() != 13 || !digits::gs1(gln) {
            review.warn(
                FindingCode::GlnCheckDigit,
                spot.at("GLN"),
                &format!("„{gln}” nie jest numerem GLN: ma on 13 cyfr, z których ostatnia jest kontrolna."),
                &format!("\"{gln}\" is no GLN: that has 13 digits, the last of which is a check digit."),
            );
        }
    }
}

/// GTIN of lines: 8, 12, 13 or 14 digits with GS1's check digit. A code of another kind has its own field, Indeks.
pub(super) fn goods(review: &mut Review<'_>) {
    for (index, line) in review.fa.fa_wiersz.iter().enumerate() {
        gtin(review, line.gtin.as_deref(), || Spot::line(index).at("GTIN"));
    }
    for (index, line) in review.fa.zamowienie.iter().flat_map(|order| &order.zamowienie_wiersz).enumerate() {
        gtin(review, line.gtinz.as_deref(), || Spot::order_line(index).at("GTINZ"));
    }
}

fn gtin(review: &mut Review<'_>, value: Option<&str>, spot: impl FnOnce() -> Spot) {
    let Some(value) = value else { return };
    if !matches!(value.len(), 8 | 12 | 13 | 14) || !digits::gs1(value) {
        review.warn(
            FindingCode::GtinCheckDigit,
            spot(),
            &format!("„{value}” nie jest kodem GTIN: ma on 8, 12, 13 lub 14 cyfr, z których ostatnia jest kontrolna. Inny kod wpisz w polu Indeks."),
            &format!("\"{value}\" is no GTIN: that has 8, 12, 13 or 14 digits, the last of which is a check digit. Put another code into the field Indeks."),
        );
    }
}

/// REGON in the footer. A KRS number has no check digit; its ten digits are the schema's business.
pub(super) fn registers(review: &mut Review<'_>) {
    let registers = review.invoice.stopka.iter().flat_map(|footer| &footer.rejestry).enumerate();
    for (index, register) in registers {
        let Some(regon) = register.regon.as_deref().filter(|regon| !digits::regon(regon)) else { continue };
        review.warn(
            FindingCode::RegonCheckDigit,
            Spot::root().at("Stopka").nth("Rejestry", index).at("REGON"),
            &format!("{regon} ma złą cyfrę kontrolną: w numerze jest pomyłka."),
            &format!("{regon} has a wrong check digit: there is a mistake in the number."),
        );
    }
}
