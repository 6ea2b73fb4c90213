use chrono::NaiveDate;
use ksef_types::CertificateName;

use crate::Purpose;

/// A name for a new certificate that keeps KSeF's rule: whose it is, its kind, the day.
///
/// `whose` is shortened, never the kind and the day, so that two certificates of one day and two kinds differ.
#[must_use]
pub fn suggest_name(purpose: Purpose, whose: &str, day: NaiveDate) -> CertificateName {
    let kind = match purpose {
        Purpose::Authentication => "Okienko",
        Purpose::Offline => "Okienko offline",
    };
    let end = format!("{kind} {}", day.format("%Y-%m-%d"));
    let room = CertificateName::MOST - end.len() - 1;
    let whose = CertificateName::suggest(whose);
    let start: String = whose.as_str().chars().take(room).collect();
    CertificateName::suggest(&format!("{} {end}", start.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn whose_kind_and_day() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
        let name = |purpose, whose| suggest_name(purpose, whose, day).to_string();
        assert_eq!(name(Purpose::Authentication, "Jan Kowalski"), "Jan Kowalski Okienko 2026-11-21");
        let long = "Przedsiębiorstwo Wielobranżowe „Łąka” Sp. z o.o.";
        assert_eq!(name(Purpose::Offline, long), "Przedsiębiorstwo Wielob Okienko offline 2026-11-21");
    }

    proptest! {
        #[test]
        fn every_name_ends_with_kind_and_day(whose in ".{0,80}") {
            let day = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
            let name = suggest_name(Purpose::Offline, &whose, day).to_string();
            prop_assert!(name.ends_with("Okienko offline 2026-11-21"), "{}", name);
            prop_assert!(name.parse::<CertificateName>().is_ok());
        }
    }
}
