//! Each kind of an invoice as a whole, with figures.

use ksef_invoice::draft::{
    AddressDraft, DescriptionDraft, DraftKind, ExemptionBasis, InvoiceDraft, LineDraft, MarginScheme,
    OtherPartyDraft, PaidState, PartPaymentDraft, PartyDraft, PartyIdKind, PriceBasis, SaleMoment, TermDraft,
    VatRounding,
};
use ksef_invoice::fa3::{IdNabywcy, Zaplata};

use crate::world::{checked, composed, document, invoice, line, sound, xmllint_accepts};

#[test]
fn every_rate_goes_to_its_sum() {
    let mut lines: Vec<LineDraft> =
        ["23", "22", "8", "7", "5", "4", "3", "0 KR", "0 WDT", "0 EX", "zw", "np I", "np II", "oo", "marza"]
            .iter()
            .map(|rate| line(rate, "1", "100", rate))
            .collect();
    lines.push(LineDraft { oss_rate: "19".to_owned(), ..line("oss", "1", "100", "oss") });
    let mut draft = invoice(lines);
    draft.annotations.exemption = ExemptionBasis::Act;
    draft.annotations.exemption_text = "art. 43 ust. 1 pkt 37 ustawy".to_owned();
    draft.annotations.margin = MarginScheme::UsedGoods;
    let composition = composed(&draft);
    let invoice = composition.invoice.unwrap();
    let rates: Vec<(&str, &str, &str)> = composition
        .totals
        .rates
        .iter()
        .map(|rate| (rate.rate.as_str(), rate.net.as_str(), rate.vat.as_str()))
        .collect();
    assert_eq!(
        rates,
        [
            ("23", "200.00", "45.00"),
            ("8", "200.00", "15.00"),
            ("5", "100.00", "5.00"),
            ("4", "200.00", "7.00"),
            ("oss", "100.00", "19.00"),
            ("0 KR", "100.00", "0.00"),
            ("0 WDT", "100.00", "0.00"),
            ("0 EX", "100.00", "0.00"),
            ("zw", "100.00", "0.00"),
            ("np I", "100.00", "0.00"),
            ("np II", "100.00", "0.00"),
            ("oo", "100.00", "0.00"),
            ("marza", "100.00", "0.00"),
        ]
    );
    assert_eq!(composition.totals.gross, "1691.00");
    assert_eq!(invoice.fa.p_15.to_string(), "1691.00");
    assert!(invoice.fa.adnotacje.p_18, "reverse charge goes by itself with a line at oo");
    let margin = invoice.fa.fa_wiersz.iter().find(|row| row.p_7.as_deref() == Some("marza")).unwrap();
    assert_eq!((margin.p_9a, margin.p_11, margin.p_12), (None, None, None));
    assert!(margin.p_9b.is_some() && margin.p_11a.is_some());
    let oss = invoice.fa.fa_wiersz.last().unwrap();
    assert_eq!((oss.p_12, oss.p_12_xii.unwrap().to_string()), (None, "19".to_owned()));
    xmllint_accepts(&[sound(&invoice)]);
}

#[test]
fn gross_prices_and_rounding_at_lines() {
    let lines = vec![line("a", "3", "9,99", "23"), line("b", "1", "1 000", "8")];
    let draft = InvoiceDraft { prices: PriceBasis::Gross, ..invoice(lines) };
    let by_rate = document(&draft);
    assert_eq!(by_rate.fa.p_15.to_string(), "1029.97");
    assert_eq!(by_rate.fa.sumy_1.unwrap().p_14_1.to_string(), "5.60");
    assert_eq!(by_rate.fa.sumy_2.unwrap().p_13_2.to_string(), "925.93");
    let row = &by_rate.fa.fa_wiersz[0];
    assert_eq!((row.p_9a, row.p_11, row.p_11vat), (None, None, None));
    assert_eq!(row.p_11a.unwrap().to_string(), "29.97");
    let by_line = document(&InvoiceDraft { rounding: VatRounding::PerLine, ..draft });
    assert_eq!(by_line.fa.fa_wiersz[0].p_11vat.unwrap().to_string(), "5.60");
    xmllint_accepts(&[sound(&by_rate), sound(&by_line)]);
}

#[test]
fn a_simplified_invoice_needs_the_nip_alone() {
    let mut draft = InvoiceDraft {
        kind: DraftKind::Upr,
        prices: PriceBasis::Gross,
        ..invoice(vec![line("wiertarka", "1", "450", "23")])
    };
    draft.buyer.party.name.clear();
    draft.buyer.party.address = AddressDraft::default();
    let check = checked(&draft);
    assert!(check.is_issuable(), "{:#?}", check.findings);
    assert_eq!(check.totals.gross, "450.00");
    xmllint_accepts(&[check.bytes.unwrap()]);
}

#[test]
fn everything_that_can_be_said_is_written() {
    let mut draft = invoice(vec![LineDraft {
        discount: "10%".to_owned(),
        gtu: "GTU_06".to_owned(),
        procedure: "I_42".to_owned(),
        annex_15: true,
        index: "X1".to_owned(),
        gtin: "5901234123457".to_owned(),
        pkwiu: "26.20.11.0".to_owned(),
        cn: "8418 21 91".to_owned(),
        pkob: "1110".to_owned(),
        excise: "1,5".to_owned(),
        uuid: "aaaa111133339990".to_owned(),
        ..line("komputer", "2", "10 000", "23")
    }]);
    draft.sale = SaleMoment::Period { from: "01.11.2026".to_owned(), to: "2026-11-20".to_owned() };
    draft.issue_place = "Łódź".to_owned();
    draft.delivery_notes = vec!["WZ 1".to_owned(), String::new(), "WZ 2".to_owned()];
    draft.annotations.split_payment = true;
    draft.notes = "Dziękujemy.\nZapraszamy ponownie.".to_owned();
    draft.to_receipt = true;
    draft.related_parties = true;
    draft.excise_refund = true;
    draft.descriptions =
        vec![DescriptionDraft { line: "1".to_owned(), key: "kolor".to_owned(), value: "biały".to_owned() }];
    draft.others = vec![OtherPartyDraft {
        party: PartyDraft {
            id_kind: PartyIdKind::None,
            name: "Hurtownia Wschód".to_owned(),
            ..PartyDraft::default()
        },
        role: "2".to_owned(),
        ..OtherPartyDraft::default()
    }];
    draft.payment.paid = PaidState::Partly;
    draft.payment.parts = vec![PartPaymentDraft {
        amount: "140".to_owned(),
        date: "2026-11-20".to_owned(),
        form: "1".to_owned(),
        form_text: String::new(),
    }];
    draft.payment.terms = vec![
        TermDraft { days: "14".to_owned(), ..TermDraft::default() },
        TermDraft {
            count: "30".to_owned(),
            unit: "dzień".to_owned(),
            event: "otrzymanie faktury".to_owned(),
            ..TermDraft::default()
        },
    ];
    draft.payment.form = "6".to_owned();
    draft.payment.accounts = vec![ksef_invoice::draft::AccountDraft {
        number: "61 1090 1014 0000 0712 1981 2874".to_owned(),
        swift: "WBKPPLPP".to_owned(),
        bank: "Bank".to_owned(),
        ..Default::default()
    }];
    draft.payment.discount_terms = "zapłata w 7 dni".to_owned();
    draft.payment.discount_amount = "2%".to_owned();
    let check = checked(&draft);
    assert!(check.is_issuable(), "{:#?}", check.findings);
    assert_eq!(check.totals.lines[0].as_ref().unwrap().net, "18000.00");
    assert_eq!(check.totals.gross, "22140.00");
    assert_eq!(check.totals.to_pay.as_deref(), Some("22000.00"));
    let invoice = document(&draft);
    let payment = invoice.fa.platnosc.as_ref().unwrap();
    assert_eq!(payment.termin_platnosci[0].termin.unwrap().to_string(), "2026-12-05");
    assert_eq!(payment.rachunek_bankowy[0].nr_rb.as_str(), "61109010140000071219812874");
    assert!(matches!(payment.zaplata, Some(Zaplata::Czesci { znacznik_zaplaty_czesciowej: true, .. })));
    assert_eq!(invoice.fa.wz.len(), 2);
    assert_eq!(InvoiceDraft::of_document(&invoice).descriptions, draft.descriptions);
    xmllint_accepts(&[check.bytes.unwrap()]);
}

#[test]
fn buyers_of_every_sort() {
    let mut documents = Vec::new();
    for (id_kind, id, country) in [
        (PartyIdKind::Nip, "NIP: 111-111-11-11", ""),
        (PartyIdKind::VatUe, "de 123 456 789", ""),
        (PartyIdKind::VatUe, "GR123456789", ""),
        (PartyIdKind::Other, "US-99/1", "us"),
        (PartyIdKind::None, "", ""),
    ] {
        let mut draft = invoice(vec![line("usługa", "1", "100", "23")]);
        draft.buyer.party.id_kind = id_kind;
        draft.buyer.party.id = id.to_owned();
        draft.buyer.party.id_country = country.to_owned();
        let invoice = document(&draft);
        match (&invoice.podmiot2.dane_identyfikacyjne.id, id) {
            (IdNabywcy::Nip(nip), _) => assert_eq!(nip.as_str(), "1111111111"),
            (IdNabywcy::VatUe { kod_ue, nr_vat_ue }, "GR123456789") => {
                assert_eq!((kod_ue.as_str(), nr_vat_ue.as_str()), ("EL", "123456789"));
            }
            (IdNabywcy::VatUe { kod_ue, nr_vat_ue }, _) => {
                assert_eq!((kod_ue.as_str(), nr_vat_ue.as_str()), ("DE", "123456789"));
            }
            (IdNabywcy::Inny { kod_kraju, nr_id }, _) => {
                assert_eq!((kod_kraju.unwrap().as_str(), nr_id.as_str()), ("US", "US-99/1"));
            }
            (IdNabywcy::Brak, _) => assert_eq!(id, ""),
        }
        documents.push(sound(&invoice));
    }
    xmllint_accepts(&documents);
}
