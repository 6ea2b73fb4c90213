//! What is said while somebody writes: calm, beside the field, in both languages.

use std::collections::BTreeSet;

use ksef_invoice::draft::{
    DraftFinding, DraftKind, InvoiceDraft, LineDraft, PartyIdKind, SellerProfile, check_profile,
};

use crate::world::{checked, composed, invoice, line, nip};

fn errors(findings: &[DraftFinding]) -> BTreeSet<&str> {
    findings.iter().filter(|finding| finding.error).map(|finding| finding.field.as_str()).collect()
}

#[test]
fn an_empty_draft_lists_what_is_missing() {
    let check = checked(&InvoiceDraft::default());
    assert_eq!(errors(&check.findings), BTreeSet::from(["buyer.party.id", "buyer.party.name", "lines"]));
    assert!(!check.is_issuable());
    assert!(check.findings.len() <= 5, "{:#?}", check.findings);
    let first_line = checked(&InvoiceDraft { lines: vec![LineDraft::default()], ..InvoiceDraft::default() });
    let expected =
        ["buyer.party.id", "buyer.party.name", "lines.0.name", "lines.0.rate", "lines.0.unitPrice"];
    assert_eq!(errors(&first_line.findings), BTreeSet::from(expected));
}

#[test]
fn a_blank_line_at_the_end_is_no_fault() {
    let blank = LineDraft { quantity: "1".to_owned(), rate: "23".to_owned(), ..LineDraft::default() };
    let check = checked(&invoice(vec![line("okno", "1", "100", "23"), blank]));
    assert!(check.is_issuable(), "{:#?}", check.findings);
    assert_eq!(check.totals.lines.len(), 2);
    assert_eq!(check.totals.lines[1], None);
}

/// A change of the draft and the field beside which it is told.
type Fault = (fn(&mut InvoiceDraft), &'static str, &'static str);

const FAULTS: &[Fault] = &[
    (|draft| draft.buyer.party.id = "123".to_owned(), "buyer.party.id", "SHAPE"),
    (|draft| draft.buyer.party.id = "1111111112".to_owned(), "buyer.party.id", "NIP_CHECK_DIGIT"),
    (|draft| draft.buyer.party.name = "x".repeat(513), "buyer.party.name", "TOO_LONG"),
    (|draft| draft.buyer.party.name = "a\u{1}b".to_owned(), "buyer.party.name", "FORBIDDEN_CHARACTER"),
    (|draft| draft.buyer.party.name = "a\u{80}b".to_owned(), "buyer.party.name", "DISCOURAGED_CHARACTER"),
    (no_country, "buyer.party.id", "SHAPE"),
    (
        |draft| draft.buyer.party.address.country = "XQ".to_owned(),
        "buyer.party.address.country",
        "NOT_ALLOWED",
    ),
    (|draft| draft.buyer.party.contacts = vec![contact("a")], "buyer.party.contacts.0.email", "TOO_SHORT"),
    (|draft| draft.lines[0].quantity = "dwa".to_owned(), "lines.0.quantity", "NOT_NUMBER"),
    (|draft| draft.lines[0].quantity = "1,1234567".to_owned(), "lines.0.quantity", "DIGITS"),
    (|draft| draft.lines[0].unit_price = "999999999999999".to_owned(), "lines.0.unitPrice", "DIGITS"),
    (too_much, "lines.0.unitPrice", "DIGITS"),
    (|draft| draft.lines[0].rate = "19".to_owned(), "lines.0.rate", "NOT_ALLOWED"),
    (|draft| draft.lines[0].rate = "oss".to_owned(), "lines.0.ossRate", "MISSING"),
    (|draft| draft.lines[0].rate = "zw".to_owned(), "annotations.exemption", "MISSING"),
    (|draft| draft.lines[0].rate = "marza".to_owned(), "annotations.margin", "MISSING"),
    (|draft| draft.lines[0].discount = "110%".to_owned(), "lines.0.discount", "OUT_OF_RANGE"),
    (|draft| draft.lines[0].gtu = "GTU_99".to_owned(), "lines.0.gtu", "NOT_ALLOWED"),
    (|draft| draft.lines[0].sale_date = "2026-02-30".to_owned(), "lines.0.saleDate", "NOT_DATE"),
    (|draft| draft.issue_date = "2026-11-22".to_owned(), "issueDate", "ISSUE_DATE_IN_FUTURE"),
    (|draft| draft.issue_date = "1999-01-01".to_owned(), "issueDate", "OUT_OF_RANGE"),
    (|draft| draft.currency = "ZŁ".to_owned(), "currency", "NOT_ALLOWED"),
    (|draft| draft.currency = "EUR".to_owned(), "exchange.rate", "MISSING"),
    (|draft| draft.payment.paid = ksef_invoice::draft::PaidState::Paid, "payment.paidOn", "MISSING"),
    (|draft| draft.payment.form = "9".to_owned(), "payment.form", "NOT_ALLOWED"),
    (|draft| draft.payment.link = "http://x".to_owned(), "payment.link", "SHAPE"),
    (|draft| draft.kind = DraftKind::Kor, "correction.corrected", "MISSING"),
    (|draft| draft.kind = DraftKind::Zal, "advance.received", "MISSING"),
    (|draft| draft.number = "x".repeat(257), "number", "TOO_LONG"),
];

fn no_country(draft: &mut InvoiceDraft) {
    draft.buyer.party.id_kind = PartyIdKind::VatUe;
    draft.buyer.party.id = "123456789".to_owned();
}

fn too_much(draft: &mut InvoiceDraft) {
    draft.lines[0].quantity = "9999999999999999".to_owned();
    draft.lines[0].unit_price = "99999999999999".to_owned();
}

fn contact(email: &str) -> ksef_invoice::draft::ContactDraft {
    ksef_invoice::draft::ContactDraft { email: email.to_owned(), phone: String::new() }
}

#[test]
fn every_fault_is_told_beside_its_field() {
    for (index, (spoil, field, code)) in FAULTS.iter().enumerate() {
        let mut draft = invoice(vec![line("okno", "1", "100", "23")]);
        assert!(checked(&draft).is_issuable(), "{:#?}", checked(&draft).findings);
        spoil(&mut draft);
        let check = checked(&draft);
        assert!(!check.is_issuable(), "{index}: {field}");
        let told: Vec<_> = check.findings.iter().filter(|finding| finding.error).collect();
        assert!(
            told.iter().any(|finding| finding.field == *field && finding.code == *code),
            "{index}: {field} {code}: {told:#?}"
        );
        assert_eq!(told.len(), 1, "{index}: one fault, one error: {told:#?}");
        for finding in told {
            assert!(
                finding.pl.ends_with('.') && finding.en.ends_with('.') && finding.pl != finding.en,
                "{finding:?}"
            );
            let first = finding.pl.chars().find(|character| character.is_alphabetic()).unwrap();
            assert!(!finding.pl.starts_with("Wiersz ") && first.is_uppercase(), "{finding:?}");
        }
    }
}

/// Art. 106nda: it may be issued, and the person knows what follows.
#[test]
fn an_earlier_date_of_issue_is_a_warning() {
    let mut draft = invoice(vec![line("okno", "1", "100", "23")]);
    for (issued, is_told) in [("", false), ("2026-11-21", false), ("2026-11-20", true), ("1.10.2026", true)] {
        draft.issue_date = issued.to_owned();
        let check = checked(&draft);
        assert!(check.is_issuable(), "{issued}: {:#?}", check.findings);
        let told = check.findings.iter().find(|finding| finding.code == "ISSUE_DATE_BEFORE_TODAY");
        assert_eq!(told.is_some(), is_told, "{issued}: {:#?}", check.findings);
        assert!(told.is_none_or(|finding| finding.field == "issueDate" && !finding.error));
    }
}

#[test]
fn no_field_is_told_the_same_twice() {
    let mut draft = invoice(vec![line("okno", "1", "100", "23")]);
    draft.buyer.party.id = "12".to_owned();
    draft.lines[0].quantity = "x".to_owned();
    let check = checked(&draft);
    let mut seen = BTreeSet::new();
    for finding in &check.findings {
        assert!(seen.insert((&finding.field, &finding.code)), "{finding:?}");
    }
}

#[test]
fn elements_know_their_fields() {
    let before = line("okno", "1", "100", "23");
    let lines = vec![
        LineDraft { before: Some(Box::new(before.clone())), ..before.clone() },
        LineDraft { before: Some(Box::new(before.clone())), ..line("okno", "2", "100", "23") },
        LineDraft::default(),
        line("drzwi", "1", "1", "23"),
    ];
    let mut draft = InvoiceDraft { kind: DraftKind::Kor, ..invoice(lines) };
    draft.delivery_notes = vec![String::new(), "WZ".to_owned()];
    let composition = composed(&draft);
    for (path, field) in [
        ("/Faktura/Fa/FaWiersz[1]/P_9A", "lines.1.before.unitPrice"),
        ("/Faktura/Fa/FaWiersz[2]/P_9A", "lines.1.unitPrice"),
        ("/Faktura/Fa/FaWiersz[3]", "lines.3"),
        ("Fa/FaWiersz[3]/P_12", "lines.3.rate"),
        ("/Faktura/Fa/WZ[1]", "deliveryNotes.1"),
        ("/Faktura/Podmiot2/DaneIdentyfikacyjne/NrVatUE", "buyer.party.id"),
        ("/Faktura/Podmiot2/Adres/AdresL1", "buyer.party.address.line1"),
        ("/Faktura/Fa/Platnosc/RachunekBankowy[2]/NrRB", "payment.accounts.1.number"),
        ("/Faktura/Podmiot1/DaneIdentyfikacyjne/NIP", "seller.nip"),
    ] {
        assert_eq!(composition.field_of(path).as_deref(), Some(field), "{path}");
    }
    assert_eq!(composition.field_of("/Faktura"), None);
    assert_eq!(composition.field_of(""), None);
}

#[test]
fn the_companys_data_are_checked_by_themselves() {
    let fields: Vec<String> =
        check_profile(nip(), &SellerProfile::default()).into_iter().map(|finding| finding.field).collect();
    assert_eq!(fields, ["name", "address.line1"]);
    let profile =
        SellerProfile { krs: "12".to_owned(), payment_days: "dwa".to_owned(), ..crate::world::profile() };
    let fields: Vec<String> =
        check_profile(nip(), &profile).into_iter().map(|finding| finding.field).collect();
    assert_eq!(fields, ["krs", "paymentDays"]);
    assert_eq!(check_profile(nip(), &crate::world::profile()), []);
}
