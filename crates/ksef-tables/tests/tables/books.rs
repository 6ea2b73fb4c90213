//! The books there and back.

use ksef_invoice::draft::{
    AddressDraft, ContactDraft, ContractorCard, GoodsCard, LineDraft, PartyDraft, PartyIdKind, PriceBasis,
};
use ksef_tables::{export_contractors, export_goods, import_contractors, import_goods};
use proptest::prelude::*;

/// A text as people type it, with everything that CSV and spreadsheets trip over.
fn typed() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[a-zA-ZąćęłńóśźżĄŁ0-9 .,;:\"'=+@-]{0,20}",
        1 => "[=+@'-][a-z0-9()!' ]{0,10}",
        1 => "[a-z]{1,4}\n[a-z;\"]{1,4}",
        1 => Just(String::new()),
    ]
    .prop_map(|text| text.trim().to_owned())
    // What a spreadsheet makes of a long number is told, never taken.
    .prop_filter("a number that lost digits", |text| {
        !text.contains(['e', 'E']) || !text.starts_with(|sign: char| sign.is_ascii_digit())
    })
}

fn needed() -> impl Strategy<Value = String> {
    typed().prop_map(|text| if text.is_empty() { "Nazwa".to_owned() } else { text })
}

prop_compose! {
    fn address()(country in typed(), line1 in typed(), line2 in typed(), gln in typed()) -> AddressDraft {
        AddressDraft { country, line1, line2, gln }
    }
}

fn identifier() -> impl Strategy<Value = (PartyIdKind, String)> {
    prop_oneof![
        Just((PartyIdKind::None, String::new())),
        Just((PartyIdKind::Nip, "526-587-76-35".to_owned())),
        needed().prop_map(|id| (PartyIdKind::VatUe, id)),
        needed().prop_map(|id| (PartyIdKind::Other, id)),
        needed().prop_map(|id| (PartyIdKind::Internal, id)),
    ]
}

prop_compose! {
    fn contact()(email in needed(), phone in typed()) -> ContactDraft {
        ContactDraft { email, phone }
    }
}

prop_compose! {
    fn party()(
        id in identifier(), id_country in typed(), name in needed(), address in address(), correspondence in address(),
        contacts in prop::collection::vec(contact(), 0..=3), eori in typed(), client_number in typed(),
    ) -> PartyDraft {
        PartyDraft { id_kind: id.0, id: id.1, id_country, name, address, correspondence, contacts, eori, client_number }
    }
}

prop_compose! {
    fn contractor()(
        party in party(), local_government in any::<bool>(), vat_group in any::<bool>(), payment_days in typed(),
        payment_form in "[1-7]?", remarks in typed(),
    ) -> ContractorCard {
        ContractorCard { party, local_government, vat_group, payment_days, payment_form, remarks }
    }
}

prop_compose! {
    fn line()(
        name in needed(), texts in prop::collection::vec(typed(), 10), gtu in "(GTU_(0[1-9]|1[0-3]))?",
        rate in prop::sample::select(vec!["", "23", "8", "0 KR", "0 WDT", "zw", "oo", "np I", "np II", "oss", "marza"]),
        annex_15 in any::<bool>(),
    ) -> LineDraft {
        let [quantity, unit, unit_price, discount, procedure, index, gtin, pkwiu, cn, pkob] =
            <[String; 10]>::try_from(texts).unwrap();
        LineDraft {
            name, quantity, unit, unit_price, discount, procedure, index, gtin, pkwiu, cn, pkob, gtu, annex_15,
            rate: rate.to_owned(), ..LineDraft::default()
        }
    }
}

prop_compose! {
    fn goods()(line in line(), gross in any::<bool>(), currency in "([A-Z]{3})?", remarks in typed()) -> GoodsCard {
        let prices = if gross { PriceBasis::Gross } else { PriceBasis::Net };
        GoodsCard { line, prices, currency, remarks }
    }
}

proptest! {
    #[test]
    fn contractors_come_back_as_they_were(rows in prop::collection::vec(contractor(), 1..8)) {
        let imported = import_contractors(&export_contractors(&rows));
        prop_assert!(!imported.has_errors(), "{:?}", imported.findings);
        let back: Vec<ContractorCard> = imported.rows.into_iter().map(|row| row.row).collect();
        prop_assert_eq!(back, rows);
    }

    #[test]
    fn goods_come_back_as_they_were(rows in prop::collection::vec(goods(), 1..8)) {
        let imported = import_goods(&export_goods(&rows));
        prop_assert!(!imported.has_errors(), "{:?}", imported.findings);
        let back: Vec<GoodsCard> = imported.rows.into_iter().map(|row| row.row).collect();
        prop_assert_eq!(back, rows);
    }
}

#[test]
fn what_is_written_is_no_formula_to_a_spreadsheet() {
    let row = ContractorCard {
        party: PartyDraft {
            name: "=HYPERLINK(\"http://zlo\")".into(),
            id_kind: PartyIdKind::None,
            ..PartyDraft::default()
        },
        remarks: "+48 600 100 200".into(),
        ..ContractorCard::default()
    };
    let bytes = export_contractors([&row]);
    let text = String::from_utf8(bytes.clone()).unwrap();
    assert!(
        text.starts_with('\u{feff}') && text.contains("\"'=HYPERLINK") && text.contains(";'+48"),
        "{text}"
    );
    assert_eq!(import_contractors(&bytes).rows[0].row, row);
}

#[test]
fn wrong_rows_are_told() {
    let text = "Nazwa;NIP;VAT-UE;Forma płatności;JST\nA;5265877636;;;\n;5265877635;DE1;blikiem;może\nC;526-587-76-35;;;\n";
    let imported = import_contractors(text.as_bytes());
    let found: Vec<_> = imported
        .findings
        .iter()
        .map(|finding| (finding.row.unwrap(), finding.code.as_str(), finding.error))
        .collect();
    assert_eq!(
        found,
        [
            (2, "import.nip", true),
            (3, "import.noName", true),
            (3, "import.severalIds", true),
            (3, "import.yesNo", true),
            (3, "import.choice", true),
            (4, "import.double", false),
        ]
    );
    let goods =
        import_goods("Nazwa;Indeks;Ceny;Cena;Stawka\nA;x1;drogie;5;23%\nB;X1;brutto;5,5;ZW\n".as_bytes());
    let found: Vec<_> =
        goods.findings.iter().map(|finding| (finding.row.unwrap(), finding.code.as_str())).collect();
    assert_eq!(found, [(2, "import.choice"), (3, "import.double")]);
    assert_eq!((goods.rows[1].number, goods.rows[1].row.line.rate.as_str()), (3, "zw"));
}
