//! Values come back as they were, by text and by JSON.

use std::str::FromStr;

use chrono::NaiveDate;
use ksef_invoice::fa3;
use proptest::prelude::*;

fn leaf<T: serde::Serialize>(value: &T, key: &str) -> String {
    serde_json::to_value(value).unwrap()[key].as_str().unwrap().to_owned()
}

fn line(p_8b: Option<fa3::Ilosc>, p_9a: Option<fa3::Cena>, p_11: Option<fa3::Kwota>) -> fa3::FaWiersz {
    fa3::FaWiersz { nr_wiersza_fa: 1, p_8b, p_9a, p_11, ..fa3::FaWiersz::default() }
}

/// What the schema's pattern of amounts takes: whole digits, and places after the point if any.
fn amount(whole: usize, places: usize) -> impl Strategy<Value = String> {
    let whole = format!("([1-9][0-9]{{0,{}}}|0)", whole - 1);
    let number = format!("{whole}(\\.[0-9]{{1,{places}}})?");
    (any::<bool>(), proptest::string::string_regex(&number).unwrap()).prop_map(|(negative, number)| {
        let is_zero = number.chars().all(|digit| matches!(digit, '0' | '.'));
        if negative && !is_zero { format!("-{number}") } else { number }
    })
}

proptest! {
    #[test]
    fn amounts_come_back_digit_by_digit(kwota in amount(16, 2), cena in amount(14, 8), ilosc in amount(16, 6)) {
        let line = line(
            Some(fa3::Ilosc::from_str(&ilosc).unwrap()),
            Some(fa3::Cena::from_str(&cena).unwrap()),
            Some(fa3::Kwota::from_str(&kwota).unwrap()),
        );
        prop_assert_eq!(leaf(&line, "P_8B"), &ilosc[..]);
        prop_assert_eq!(leaf(&line, "P_9A"), &cena[..]);
        prop_assert_eq!(leaf(&line, "P_11"), &kwota[..]);
        let json = serde_json::to_value(&line).unwrap();
        prop_assert_eq!(serde_json::from_value::<fa3::FaWiersz>(json).unwrap(), line);
        prop_assert_eq!(fa3::Kwota::from_str(&kwota).unwrap().to_string(), kwota);
    }

    #[test]
    fn texts_come_back(text in "\\PC{0,40}", ending in "[ \t\r\n]{0,3}") {
        let written = format!("{ending}{text}{ending}");
        let footer = fa3::Informacje { stopka_faktury: Some(fa3::Tekstowy::from(written.as_str())) };
        prop_assert_eq!(leaf(&footer, "StopkaFaktury"), &written[..]);
        let collapsed = fa3::Znakowy::from(written.as_str());
        prop_assert!(!collapsed.as_str().contains("  ") && collapsed.trim_matches([' ', '\t', '\r', '\n']) == collapsed.as_str());
        prop_assert_eq!(fa3::Znakowy::from(collapsed.as_str()), collapsed);
    }

    #[test]
    fn anything_is_no_number_or_one(text in "\\PC{0,12}") {
        if let Ok(kwota) = fa3::Kwota::from_str(&text) {
            prop_assert_eq!(fa3::Kwota::from_str(&kwota.to_string()).unwrap(), kwota);
        }
        let _ = fa3::DataCzas::of(&text);
    }
}

#[test]
fn numbers_that_xml_does_not_know() {
    for text in ["", "-", "+", ".", "1_000", "1e3", "1,5", " 1", "NaN", "१", "0x1", "--1", "1.2.3"] {
        assert!(fa3::Kwota::from_str(text).is_err(), "{text:?}");
    }
    for (text, written) in [("+5", "5"), (".5", "0.5"), ("5.", "5"), ("-0.00", "0.00"), ("007.10", "7.10")] {
        assert_eq!(fa3::Procent::from_str(text).unwrap().to_string(), written);
    }
    assert!(fa3::Kwota::from_str(&"9".repeat(40)).is_err());
}

#[test]
fn moments_keep_their_text() {
    let same = |text: &str, moment: &str| {
        let found = fa3::DataCzas::of(text).unwrap();
        assert_eq!(found.as_str(), text);
        assert_eq!(found.moment(), chrono::DateTime::parse_from_rfc3339(moment).unwrap(), "{text}");
    };
    same("2026-01-01T10:00:00", "2026-01-01T10:00:00Z");
    same("2026-01-01T24:00:00Z", "2026-01-02T00:00:00Z");
    same("2026-01-01T10:00:00.1234567890123+14:00", "2025-12-31T20:00:00.123456789Z");
    same("2026-01-01T10:00:00-00:00", "2026-01-01T10:00:00Z");
    for text in ["2026-01-01", "2026-13-01T00:00:00", "2026-01-01T25:00:00", "2026-01-01T00:00:00+14:01", "x"]
    {
        assert_eq!(fa3::DataCzas::of(text), None, "{text}");
    }
}

#[test]
fn characters_that_xml_cannot_hold_do_not_get_in() {
    assert_eq!(fa3::Znakowy::from("a\u{0}b\u{ffff}").as_str(), "a\u{fffd}b\u{fffd}");
    assert_eq!(fa3::Znakowy::checked("a\u{1}"), Err(fa3::ForbiddenCharacter('\u{1}')));
    let json = serde_json::json!({ "StopkaFaktury": "\u{8}" });
    assert!(serde_json::from_value::<fa3::Informacje>(json).is_err());
}

#[test]
fn parts_are_read_from_json_alone() {
    let json = serde_json::json!({
        "Umowy": [{ "DataUmowy": "2026-01-31", "NrUmowy": "7/2026" }, {}],
        "NrPartiiTowaru": ["a", "b"],
        "KursUmowny": "4.2500",
        "WalutaUmowna": "EUR",
        "Transport": [{ "TransportInny": "1", "OpisInnegoTransportu": "furmanka", "OpisLadunku": "13" }],
        "PodmiotPosredniczacy": "1",
    });
    let part: fa3::WarunkiTransakcji = serde_json::from_value(json.clone()).unwrap();
    assert_eq!(part.umowy[0].data_umowy, NaiveDate::from_ymd_opt(2026, 1, 31));
    assert_eq!(part.umowy.len(), 2);
    assert_eq!(part.kurs.unwrap().kurs_umowny.to_string(), "4.2500");
    assert!(part.podmiot_posredniczacy);
    assert_eq!(part.transport[0].ladunek, fa3::Ladunek::Znany(fa3::OpisLadunku::Paleta));
    assert_eq!(serde_json::to_value(&part).unwrap(), json);
}

#[test]
fn json_that_is_refused() {
    let refused = |json: serde_json::Value, part: &str| {
        let error = serde_json::from_value::<fa3::WarunkiTransakcji>(json).unwrap_err().to_string();
        assert!(error.contains(part), "{error}");
    };
    refused(serde_json::json!({ "Umowa": "1" }), "Umowa");
    refused(serde_json::json!({ "WarunkiDostawy": 1 }), "a text");
    refused(serde_json::json!({ "WarunkiDostawy": null }), "a text");
    refused(serde_json::json!({ "WarunkiDostawy": ["x"] }), "one value");
    refused(serde_json::json!({ "NrPartiiTowaru": "x" }), "a list");
    refused(serde_json::json!({ "KursUmowny": "1" }), "WalutaUmowna");
    refused(serde_json::json!({ "WalutaUmowna": "PLN" }), "WalutaUmowna");
    refused(serde_json::json!({ "KursUmowny": "x", "WalutaUmowna": "PLN" }), "\"x\"");
    refused(serde_json::json!({ "PodmiotPosredniczacy": "2" }), "\"2\"");
    refused(
        serde_json::json!({ "Transport": [{ "RodzajTransportu": "1", "TransportInny": "1", "OpisLadunku": "1" }] }),
        "Transport[1]",
    );
    refused(serde_json::json!({ "Umowy": [{ "DataUmowy": "31.01.2026" }] }), "Umowy[1]/DataUmowy");
    let twice = serde_json::from_str::<fa3::Umowy>("{\"NrUmowy\":\"a\",\"NrUmowy\":\"b\"}");
    assert!(twice.unwrap_err().to_string().contains("twice"));
}
