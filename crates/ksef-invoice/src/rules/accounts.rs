//! Bank accounts.

use super::digits::{self, AccountFault};
use super::review::Review;
use super::spot::Spot;
use crate::fa3::RachunekBankowy;
use crate::finding::FindingCode;

fn accounts(review: &Review<'_>) -> Vec<(Spot, RachunekBankowy)> {
    let Some(payment) = &review.fa.platnosc else { return Vec::new() };
    let spot = Spot::fa().at("Platnosc");
    let own = payment.rachunek_bankowy.iter().enumerate();
    let own = own.map(|(index, account)| (spot.clone().nth("RachunekBankowy", index), account.clone()));
    let factor = payment.rachunek_bankowy_faktora.iter().enumerate();
    let factor =
        factor.map(|(index, account)| (spot.clone().nth("RachunekBankowyFaktora", index), account.clone()));
    own.chain(factor).collect()
}

/// Check digits of Polish numbers (NRB, 26 digits) and of IBANs. ISO 13616. A transfer to a wrong number comes back, so
/// that nobody is harmed by sending: a warning.
pub(super) fn check_digits(review: &mut Review<'_>) {
    for (spot, account) in accounts(review) {
        let (polish, english) = match digits::account(&account.nr_rb) {
            Ok(()) => continue,
            Err(AccountFault::CheckDigits) => (
                "numer ma złe cyfry kontrolne: jest w nim pomyłka. Przepisz go jeszcze raz.".to_owned(),
                "the number has wrong check digits: there is a mistake in it. Copy it once more.".to_owned(),
            ),
            Err(AccountFault::Length(found)) => (
                format!("polski numer rachunku ma 26 cyfr, a ten {found}. Sprawdź numer."),
                format!("a Polish account number has 26 digits, this one {found}. Check the number."),
            ),
        };
        review.warn(FindingCode::AccountCheckDigits, spot.at("NrRB"), &polish, &english);
    }
}

/// A SWIFT code names the bank's country, which is that of the account. ISO 9362.
pub(super) fn swift(review: &mut Review<'_>) {
    for (spot, account) in accounts(review) {
        let Some(of_swift) = account.swift.as_deref().and_then(|swift| swift.get(4..6)) else { continue };
        let number = account.nr_rb.as_str();
        let of_account = match number.get(..2) {
            Some(country) if country.bytes().all(|byte| byte.is_ascii_uppercase()) => country,
            _ if number.len() == 26 => "PL",
            _ => continue,
        };
        if of_swift != of_account {
            review.warn(
                FindingCode::SwiftCountry,
                spot.at("SWIFT"),
                &format!("kod SWIFT jest z kraju {of_swift}, a rachunek z kraju {of_account}. Sprawdź jeden i drugi."),
                &format!("the SWIFT code is of {of_swift}, the account of {of_account}. Check both."),
            );
        }
    }
}
