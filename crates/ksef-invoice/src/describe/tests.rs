use super::*;
use crate::FindingCode;

/// Every element and attribute once.
fn all(field: &FieldDescription, out: &mut Vec<FieldDescription>) {
    out.push(field.clone());
    out.extend(field.attributes.iter().cloned());
    if let FieldKind::Group { members } = &field.kind {
        members.iter().for_each(|member| all(member, out));
    }
}

fn whole() -> Vec<FieldDescription> {
    let mut out = Vec::new();
    all(&describe("Faktura").unwrap(), &mut out);
    out
}

#[test]
fn everything_has_a_name_in_both_languages() {
    let all = whole();
    assert!(all.len() > 400, "{}", all.len());
    let nameless: Vec<_> = all
        .iter()
        .filter(|field| field.label_pl.is_empty() || field.label_en.is_empty())
        .map(|field| &field.path)
        .collect();
    assert_eq!(nameless, Vec::<&String>::new());
}

#[test]
fn every_value_has_a_name_except_in_long_lists_of_codes() {
    for field in whole() {
        match field.kind {
            FieldKind::List { values } => {
                assert!(
                    !values.is_empty() && values.iter().all(|value| !value.label_pl.is_empty()),
                    "{}",
                    field.path
                );
            }
            FieldKind::Codes { values } => {
                assert!(values.len() > 20, "{} has values without names: {values:?}", field.path);
            }
            _ => {}
        }
    }
}

#[test]
fn what_is_described_is_found_by_its_path() {
    for field in whole() {
        assert_eq!(describe(&field.path).as_ref(), Some(&field));
    }
    assert_eq!(describe("/Faktura/Fa/FaWiersz[3]/P_12"), describe("Fa/FaWiersz/P_12"));
    assert_eq!(describe("Fa/Cena"), None);
    assert_eq!(describe("Fa/P_1/x"), None);
}

fn kind(path: &str) -> FieldKind {
    describe(path).unwrap().kind
}

#[test]
fn kinds() {
    assert_eq!(kind("Fa/P_2"), FieldKind::Text { shortest: 1, longest: 256 });
    assert_eq!(kind("Fa/FaWiersz/P_7"), FieldKind::LongText { shortest: 1, longest: 512 });
    assert_eq!(kind("Fa/P_15"), FieldKind::Number { digits: 18, fraction: 2 });
    assert_eq!(kind("Fa/FaWiersz/NrWierszaFa"), FieldKind::WholeNumber { least: Some(1), digits: Some(14) });
    assert_eq!(
        kind("Fa/P_1"),
        FieldKind::Date { earliest: Some("2006-01-01".to_owned()), latest: Some("2050-01-01".to_owned()) }
    );
    assert_eq!(kind("Naglowek/DataWytworzeniaFa"), FieldKind::Moment);
    assert_eq!(kind("Fa/FP"), FieldKind::Mark);
    assert_eq!(kind("Fa/Adnotacje/P_16"), FieldKind::YesNo);
    assert_eq!(kind("Podmiot2/JST"), FieldKind::YesNo);
    assert!(
        matches!(kind("Fa/KodWaluty"), FieldKind::Codes { values } if values.contains(&"EUR".to_owned()))
    );
    let FieldKind::List { values } = kind("Fa/Platnosc/ZnacznikZaplatyCzesciowej") else { panic!() };
    assert_eq!(values[1].label_pl, "zapłacono w całości, w częściach");
    let FieldKind::List { values } = kind("Podmiot3/Rola") else { panic!() };
    assert_eq!(values.len(), 11);
    assert!(
        matches!(kind("Zalacznik/BlokDanych/Tabela/TNaglowek/Kol/@Typ"), FieldKind::List { values } if values.len() == 6)
    );
}

#[test]
fn occurrence_and_choices() {
    let field = |path: &str| describe(path).unwrap();
    let party = |name: &str| field(&format!("Podmiot2/DaneIdentyfikacyjne/{name}"));
    assert_eq!(party("NIP").excludes, ["KodUE", "NrVatUE", "KodKraju", "NrID", "BrakID"]);
    assert!(party("NIP").one_is_required && party("NrID").one_is_required);
    assert!(!party("KodKraju").one_is_required && !party("Nazwa").one_is_required);
    assert_eq!(party("KodUE").needs, ["NrVatUE"]);
    assert_eq!(party("KodKraju").needs, ["NrID"]);
    assert_eq!(party("Nazwa").excludes, Vec::<String>::new());
    assert_eq!((party("NIP").least, party("NIP").most), (0, 1));
    let transport = field("Fa/WarunkiTransakcji/Transport");
    assert_eq!((transport.least, transport.most), (0, 20));
    let other = field("Fa/WarunkiTransakcji/Transport/TransportInny");
    assert_eq!(
        (other.excludes.as_slice(), other.needs.as_slice()),
        (&["RodzajTransportu".to_owned()][..], &["OpisInnegoTransportu".to_owned()][..])
    );
    assert_eq!(field("Fa/P_15").least, 1);
    assert_eq!(field("Fa/FaWiersz").most, 10_000);
    assert_eq!(field("Podmiot1/PrefiksPodatnika").fixed.as_deref(), Some("PL"));
}

#[test]
fn values_are_checked_alone() {
    assert_eq!(check_value("Fa/P_15", "12.50"), None);
    for (path, value, code, word) in [
        ("Fa/P_15", "12,50", FindingCode::NotNumber, "„Kwota należności ogółem” (P_15)"),
        ("Fa/P_15", "", FindingCode::EmptyValue, "jest puste"),
        ("Fa/FaWiersz[2]/P_12", "24", FindingCode::NotAllowed, "jedną z: 23, 22"),
        ("Fa/P_1", "2026-02-30", FindingCode::NotDate, "istniejącą datę"),
        ("Podmiot1/PrefiksPodatnika", "DE", FindingCode::NotAllowed, "„PL”"),
        ("Fa/FaWiersz", "1", FindingCode::UnknownElement, "FaWiersz"),
        ("Fa/Cena", "1", FindingCode::UnknownElement, "Cena"),
    ] {
        let problem = check_value(path, value).unwrap();
        assert_eq!(problem.code, code, "{path} {value}");
        assert!(problem.message_pl.contains(word) && !problem.message_en.is_empty(), "{problem:?}");
    }
}

#[test]
fn a_description_is_written_for_the_interface() {
    let json = serde_json::to_value(describe("Fa/WarunkiTransakcji/Umowy/DataUmowy").unwrap()).unwrap();
    assert_eq!(json["labelPl"], "Data umowy");
    assert_eq!(json["kind"]["type"], "date");
    assert_eq!(json["kind"]["earliest"], "1990-01-01");
}
