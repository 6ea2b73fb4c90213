//! Who stands on the invoice.

use ksef_types::Nip;
use rust_decimal::Decimal;

use super::digits;
use super::review::{Review, amount};
use super::spot::Spot;
use crate::fa3::{IdNabywcy, IdPodmiotu3, Podmiot3, RodzajFaktury, Rola, RolaPodmiotu3};
use crate::finding::FindingCode;

fn has_role(third: &Podmiot3, role: RolaPodmiotu3) -> bool {
    matches!(third.rola, Rola::Znana(known) if known == role)
}

fn third_with(review: &Review<'_>, role: RolaPodmiotu3) -> Option<usize> {
    review.invoice.podmiot3.iter().position(|third| has_role(third, role))
}

/// A subordinate unit of local government gets the invoice only as a third party with role 8. FA(3), description of
/// JST: "należy wypełnić sekcję Podmiot3, w szczególności podać NIP lub ID-Wew i określić rolę jako 8". An invoice that
/// concerns a unit and does not say which contradicts itself.
pub(super) fn local_government(review: &mut Review<'_>) {
    let spot = Spot::root().at("Podmiot2").at("JST");
    match (review.invoice.podmiot2.jst, third_with(review, RolaPodmiotu3::JstOdbiorca)) {
        (true, None) => review.refuse(
            FindingCode::JstWithoutUnit,
            spot,
            "zaznaczono, że faktura dotyczy jednostki samorządu, a nie ma jej wśród podmiotów trzecich. Dodaj podmiot trzeci z rolą 8 (JST – odbiorca) albo zaznacz „nie”.",
            "it says that the invoice concerns a local government unit, and no third party is one. Add a third party with role 8 (local government unit – recipient) or say no.",
        ),
        (false, Some(index)) => review.warn(
            FindingCode::UnitWithoutJst,
            Spot::root().nth("Podmiot3", index).at("Rola"),
            "podmiot trzeci ma rolę 8 (JST – odbiorca), a w danych nabywcy zaznaczono, że faktura nie dotyczy jednostki samorządu (JST = 2). Zmień JST na 1 albo rolę.",
            "a third party has role 8 (local government unit – recipient), and the buyer's data say that the invoice concerns none (JST = 2). Change JST to 1, or the role.",
        ),
        _ => {}
    }
}

/// The same for a member of a VAT group and role 10. FA(3), description of GV.
pub(super) fn vat_group(review: &mut Review<'_>) {
    let spot = Spot::root().at("Podmiot2").at("GV");
    match (review.invoice.podmiot2.gv, third_with(review, RolaPodmiotu3::GrupaVatOdbiorca)) {
        (true, None) => review.refuse(
            FindingCode::GroupWithoutMember,
            spot,
            "zaznaczono, że faktura dotyczy członka grupy VAT, a nie ma go wśród podmiotów trzecich. Dodaj podmiot trzeci z rolą 10 (członek grupy VAT – odbiorca) albo zaznacz „nie”.",
            "it says that the invoice concerns a member of a VAT group, and no third party is one. Add a third party with role 10 (VAT group member – recipient) or say no.",
        ),
        (false, Some(index)) => review.warn(
            FindingCode::MemberWithoutGroup,
            Spot::root().nth("Podmiot3", index).at("Rola"),
            "podmiot trzeci ma rolę 10 (członek grupy VAT – odbiorca), a w danych nabywcy zaznaczono, że faktura go nie dotyczy (GV = 2). Zmień GV na 1 albo rolę.",
            "a third party has role 10 (VAT group member – recipient), and the buyer's data say that the invoice concerns none (GV = 2). Change GV to 1, or the role.",
        ),
        _ => {}
    }
}

/// KSeF shows the invoice to a unit or member by its NIP or internal identifier. FA(3), descriptions of JST and GV.
pub(super) fn units_are_identified(review: &mut Review<'_>) {
    for (index, third) in review.invoice.podmiot3.iter().enumerate() {
        let is_unit =
            has_role(third, RolaPodmiotu3::JstOdbiorca) || has_role(third, RolaPodmiotu3::GrupaVatOdbiorca);
        let is_known = matches!(third.dane_identyfikacyjne.id, IdPodmiotu3::Nip(_) | IdPodmiotu3::IdWew(_));
        if is_unit && !is_known {
            review.warn(
                FindingCode::UnitWithoutId,
                Spot::root().nth("Podmiot3", index).at("DaneIdentyfikacyjne"),
                "bez NIP albo identyfikatora wewnętrznego jednostka nie zobaczy faktury w KSeF. Podaj jeden z nich.",
                "without a NIP or an internal identifier the unit will not see the invoice in KSeF. Give one of them.",
            );
        }
    }
}

/// A Polish buyer finds invoices in KSeF by the NIP, and only if it stands in the field NIP. FA(3), brochure, Podmiot2:
/// foreign numbers are for those who have no NIP.
pub(super) fn nip_in_wrong_field(review: &mut Review<'_>) {
    let (field, number) = match &review.invoice.podmiot2.dane_identyfikacyjne.id {
        IdNabywcy::VatUe { kod_ue, nr_vat_ue } if *kod_ue == "PL" => ("NrVatUE", nr_vat_ue.as_str()),
        IdNabywcy::Inny { kod_kraju, nr_id } if kod_kraju.is_none_or(|country| country == "PL") => {
            ("NrID", nr_id.as_str())
        }
        _ => return,
    };
    let is_nip = number.parse::<Nip>().is_ok() && number.bytes().filter(u8::is_ascii_digit).count() == 10;
    if is_nip {
        review.warn(
            FindingCode::NipInWrongField,
            Spot::root().at("Podmiot2").at("DaneIdentyfikacyjne").at(field),
            &format!("{number} to polski NIP. Wpisz go w polu NIP: inaczej nabywca nie zobaczy faktury w KSeF."),
            &format!("{number} is a Polish NIP. Put it into the field NIP: the buyer will not see the invoice in KSeF otherwise."),
        );
    }
}

/// EU VAT numbers have a shape for each country, and stand without the country's code.
pub(super) fn vat_numbers(review: &mut Review<'_>) {
    let buyer = Spot::root().at("Podmiot2").at("DaneIdentyfikacyjne").at("NrVatUE");
    if let IdNabywcy::VatUe { kod_ue, nr_vat_ue } = &review.invoice.podmiot2.dane_identyfikacyjne.id {
        vat_number(review, kod_ue.as_str(), nr_vat_ue, buyer);
    }
    for (index, third) in review.invoice.podmiot3.iter().enumerate() {
        if let IdPodmiotu3::VatUe { kod_ue, nr_vat_ue } = &third.dane_identyfikacyjne.id {
            let spot = Spot::root().nth("Podmiot3", index).at("DaneIdentyfikacyjne").at("NrVatUE");
            vat_number(review, kod_ue.as_str(), nr_vat_ue, spot);
        }
    }
}

fn vat_number(review: &mut Review<'_>, country: &str, number: &str, spot: Spot) {
    let Some(shapes) = digits::vat_number(country, number) else { return };
    if number.strip_prefix(country).is_some_and(|rest| digits::vat_number(country, rest).is_none()) {
        return review.warn(
            FindingCode::EuVatPrefix,
            spot,
            &format!("„{number}” zaczyna się od kodu kraju, który stoi już w polu KodUE. Usuń „{country}” z numeru."),
            &format!("\"{number}\" begins with the country's code, which stands in KodUE already. Remove \"{country}\" from the number."),
        );
    }
    let shapes = shapes.join(", ");
    review.warn(
        FindingCode::EuVatShape,
        spot,
        &format!("„{number}” nie ma budowy numeru VAT kraju {country} (wzór: {shapes}; 9 to cyfra, A litera, * cyfra lub litera). Sprawdź numer w VIES."),
        &format!("\"{number}\" has not the shape of a VAT number of {country} (pattern: {shapes}; 9 is a digit, A a letter, * either). Check the number in VIES."),
    );
}

/// Name and address of the buyer may be left out of a simplified invoice only. Art. 106e ust. 1 pkt 3, ust. 5 pkt 3.
/// A consumer (BrakID) may be without an address where the law asks for none.
pub(super) fn buyer_is_complete(review: &mut Review<'_>) {
    let buyer = &review.invoice.podmiot2;
    let is_consumer = buyer.dane_identyfikacyjne.id == IdNabywcy::Brak;
    if review.kind() == RodzajFaktury::Upr || is_consumer {
        return;
    }
    let (missing, what_pl, what_en) = match (&buyer.dane_identyfikacyjne.nazwa, &buyer.adres) {
        (None, _) => (Spot::root().at("Podmiot2").at("DaneIdentyfikacyjne").at("Nazwa"), "nazwy", "name"),
        (Some(_), None) => (Spot::root().at("Podmiot2").at("Adres"), "adresu", "address"),
        (Some(_), Some(_)) => return,
    };
    review.warn(
        FindingCode::BuyerIncomplete,
        missing,
        &format!("brakuje {what_pl} nabywcy, którą można pominąć tylko w fakturze uproszczonej (UPR). Uzupełnij dane nabywcy."),
        &format!("the buyer's {what_en} is missing, which only a simplified invoice (UPR) may leave out. Complete the buyer's data."),
    );
}

/// Shares belong to additional buyers (role 4), and leave something to the buyer. FA(3), description of Udzial.
pub(super) fn shares(review: &mut Review<'_>) {
    let mut total = Decimal::ZERO;
    for (index, third) in review.invoice.podmiot3.iter().enumerate() {
        let Some(share) = third.udzial else { continue };
        total += share.decimal();
        let spot = Spot::root().nth("Podmiot3", index).at("Udzial");
        if !has_role(third, RolaPodmiotu3::DodatkowyNabywca) {
            review.warn(
                FindingCode::Shares,
                spot,
                "udział ma tylko dodatkowy nabywca (rola 4). Usuń udział albo zmień rolę.",
                "only an additional buyer (role 4) has a share. Remove the share or change the role.",
            );
        } else if total > Decimal::ONE_HUNDRED {
            let (polish, english) = amount(total);
            review.warn(
                FindingCode::Shares,
                spot,
                &format!("udziały dodatkowych nabywców to razem {polish}%, a mogą mieć najwyżej 100%."),
                &format!("the shares of additional buyers are {english}% together, and may be 100% at most."),
            );
        }
    }
}
