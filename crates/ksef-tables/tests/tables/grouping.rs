//! Which rows are one invoice, and what is said of it.

use ksef_invoice::draft::{
    CorrectionMethod, DraftFinding, DraftKind, ExemptionBasis, PaidState, PartyIdKind, PriceBasis, SaleMoment,
};
use ksef_tables::{Columns as _, InvoiceColumn, import_invoices};

use super::{clean, codes, found};

fn rows(text: &str) -> Vec<Vec<u32>> {
    import_invoices(text.as_bytes()).invoices.into_iter().map(|invoice| invoice.rows).collect()
}

#[test]
fn rows_with_a_number_belong_together_wherever_they_stand() {
    assert_eq!(rows("Numer;Pozycja nazwa\n1;a\n2;b\n1;c\n;d"), [vec![2, 4, 5], vec![3]]);
}

#[test]
fn rows_without_a_number_are_grouped_by_their_group() {
    assert_eq!(rows("Grupa;Nabywca;Pozycja nazwa\nA;X;a\nB;Y;b\nA;X;c\n;;d"), [vec![2, 4, 5], vec![3]]);
    let imported = clean("Numer;Grupa;Pozycja nazwa\n7;A;a\n;A;b".as_bytes());
    assert_eq!((imported.invoices.len(), imported.invoices[0].draft.number.as_str()), (1, "7"));
}

#[test]
fn a_row_that_says_something_of_an_invoice_begins_one() {
    let text = "Nabywca;Pozycja nazwa\nX;a\n;b\nY;c\n";
    assert_eq!(rows(text), [vec![2, 3], vec![4]]);
    assert_eq!(codes("Nabywca;Pozycja nazwa\nX;a\nX;b\n".as_bytes()), ["import.sameAsAbove"]);
    assert!(!import_invoices("Nabywca;Pozycja nazwa\nX;a\nX;b\n".as_bytes()).has_errors());
}

#[test]
fn what_differs_within_an_invoice_is_told_with_both_values() {
    let imported = import_invoices("Numer;Waluta;Pozycja nazwa\n1;EUR;a\n1;USD;b\n1;;c\n".as_bytes());
    let finding = &imported.invoices[0].findings[0];
    assert_eq!((finding.row, finding.code.as_str(), finding.error), (Some(3), "import.differs", true));
    assert!(
        finding.pl.contains("USD") && finding.pl.contains("EUR") && finding.pl.contains("wierszu 2"),
        "{finding:?}"
    );
    assert_eq!(imported.invoices[0].findings.len(), 1);
}

#[test]
fn everything_of_an_invoice_goes_into_its_draft() {
    let text = "Number;Kind;Issue date;Period from;Period to;Buyer EU VAT;Buyer;Buyer e-mail;Currency;Exchange rate;Price basis;\
        Line name;Quantity;Unit;Unit price;Discount;VAT rate;GTU;Procedure;Annex 15;PKWiU;Exemption basis;Payment form;Payment term;\
        Paid on;Account;Split payment;Notes;WZ;Third party name;Third party NIP\n\
        F/1;VAT;21.11.2026;1.11.2026;30.11.2026;DE123456789;Käufer GmbH;a@b.de;EUR;4,25;brutto;\
        Usługa;1,5;godz.;100;10%;0 WDT;12;i_42;tak;62.01;art. 113;kompensata;14 dni;2026-11-20;61109010140000071219812874;x;dwa\n";
    let text = text.trim_end().to_owned() + ";WZ/1, WZ/2;Odbiorca;5265877635\n";
    let imported = import_invoices(text.as_bytes());
    assert_eq!(
        found(&imported),
        [(Some(2), "Forma płatności".to_owned(), "import.otherPaymentForm".to_owned())]
    );
    let draft = &imported.invoices[0].draft;
    assert_eq!(
        (draft.number.as_str(), draft.kind, draft.issue_date.as_str()),
        ("F/1", DraftKind::Vat, "2026-11-21")
    );
    assert_eq!(draft.sale, SaleMoment::Period { from: "2026-11-01".into(), to: "2026-11-30".into() });
    assert_eq!(
        (draft.buyer.party.id_kind, draft.buyer.party.id.as_str()),
        (PartyIdKind::VatUe, "DE123456789")
    );
    assert_eq!(draft.buyer.party.contacts[0].email, "a@b.de");
    assert_eq!(
        (draft.currency.as_str(), draft.exchange.rate.as_str(), draft.prices),
        ("EUR", "4,25", PriceBasis::Gross)
    );
    let line = &draft.lines[0];
    assert_eq!(
        [&line.quantity, &line.discount, &line.rate, &line.gtu, &line.procedure],
        ["1,5", "10%", "0 WDT", "GTU_12", "I_42"]
    );
    assert!(line.annex_15 && draft.annotations.split_payment);
    assert_eq!(draft.annotations.exemption, ExemptionBasis::Act);
    assert_eq!((draft.payment.form.as_str(), draft.payment.form_text.as_str()), ("", "kompensata"));
    assert_eq!((draft.payment.terms[0].days.as_str(), draft.payment.terms[0].date.as_str()), ("14", ""));
    assert_eq!((draft.payment.paid, draft.payment.paid_on.as_str()), (PaidState::Paid, "2026-11-20"));
    assert_eq!(draft.payment.accounts[0].number, "61109010140000071219812874");
    assert_eq!(
        (draft.notes.as_str(), draft.delivery_notes.as_slice()),
        ("dwa", &["WZ/1".to_owned(), "WZ/2".to_owned()][..])
    );
    assert_eq!((draft.others[0].role.as_str(), draft.others[0].party.id.as_str()), ("2", "5265877635"));
}

#[test]
fn corrections_advances_and_finals() {
    let text = "Numer;Rodzaj;Korygowana numer;Korygowana data;Korygowana numer KSeF;Przyczyna korekty;Pozycja nazwa;Ilość;\
        Otrzymana zaliczka;Zaliczkowa numer;Zaliczkowa stawka;Zaliczkowa netto;Zaliczkowa VAT\n\
        K/1;korekta;F/1;2026-11-01;;zwrot;towar;-1;;;;;\n\
        Z/1;ZAL;;;;;zamówienie;1;123;;;;\n\
        R/1;ROZ;;;;;towar;1;;Z/1;23%;100;23\n\
        R/1;;;;;;;;;Z/1;8;50;4\n\
        R/1;;;;;;;;;Z/2;8;50;4\n";
    let imported = clean(text.as_bytes());
    let [correction, advance, last] = [0, 1, 2].map(|index| &imported.invoices[index].draft);
    let of = correction.correction.as_ref().unwrap();
    assert_eq!(
        (correction.kind, of.method, of.reason.as_str()),
        (DraftKind::Kor, CorrectionMethod::Difference, "zwrot")
    );
    assert_eq!((of.corrected[0].number.as_str(), of.corrected[0].issue_date.as_str()), ("F/1", "2026-11-01"));
    assert_eq!(advance.advance.as_ref().unwrap().received, "123");
    assert_eq!(last.lines.len(), 1);
    assert_eq!((last.settles.len(), last.settles[0].amounts.len()), (2, 2));
    assert_eq!(last.settles[0].amounts[1].rate, "8");
    assert_eq!(codes("Pozycja nazwa;Otrzymana zaliczka\na;5".as_bytes()), ["import.onlyWithKind"]);
    assert_eq!(codes("Pozycja nazwa;Korygowana numer\na;5".as_bytes()), ["import.onlyWithKind"]);
    assert_eq!(codes("Pozycja nazwa;Zaliczkowa netto\na;5".as_bytes()), ["import.advanceWithoutNumber"]);
    assert_eq!(codes("Pozycja nazwa;Zaliczkowa numer\na;Z/1".as_bytes()), ["import.onlyWithKind"]);
    // The last advance names the earlier ones, and takes nothing off.
    let named = "Rodzaj;Otrzymana zaliczka;Pozycja nazwa;Zaliczkowa numer;Zaliczkowa netto\n";
    let last = clean(format!("{named}ZAL;5;a;Z/1;\n").as_bytes());
    assert_eq!(last.invoices[0].draft.settles[0].number, "Z/1");
    assert_eq!(codes(format!("{named}ZAL;5;a;Z/1;100\n").as_bytes()), ["import.onlyWithKind"]);
}

#[test]
fn cells_that_cannot_be_read_are_told_and_kept() {
    let text = "Numer;Rodzaj;Data wystawienia;NIP;Inny identyfikator;VAT UE;MPP;Ceny;Pozycja nazwa;Zał. 15;Rachunek;Data sprzedaży;Okres od\n\
        1;faktóra;wczoraj;1;2;;może;drogie;a;ba;6,1E+25;1.11.2026;1.11.2026\n";
    let imported = import_invoices(text.as_bytes());
    let mut all = codes(text.as_bytes());
    all.sort();
    assert_eq!(
        all,
        [
            "import.choice",
            "import.choice",
            "import.date",
            "import.dateAndPeriod",
            "import.lostDigits",
            "import.severalIds",
            "import.yesNo",
            "import.yesNo",
        ]
    );
    assert_eq!(imported.invoices[0].draft.issue_date, "wczoraj");
    assert_eq!(imported.invoices[0].draft.payment.accounts[0].number, "6,1E+25");
}

#[test]
fn columns_that_mean_nothing_are_told_once() {
    let text = "Pozycja nazwa;Rabta;#moje;Ilość;Quantity;\nx;5;6;7;8;9\ny;5;;;;9\n";
    let imported = import_invoices(text.as_bytes());
    assert_eq!(
        found(&imported),
        [
            (Some(1), "Quantity".to_owned(), "import.columnTwice".to_owned()),
            (Some(1), "Rabta".to_owned(), "import.unknownColumn".to_owned()),
            (Some(2), String::new(), "import.unnamedColumn".to_owned()),
        ]
    );
    assert!(imported.findings[1].pl.contains("„Rabat”"), "{:?}", imported.findings[1]);
    assert_eq!(codes(b"Numer;Waluta\n1;EUR\n"), ["import.missingColumn"]);
}

#[test]
fn findings_of_a_draft_go_to_their_cells() {
    let text = "Tytuł\n\nNumer;Nabywca;VAT UE;Data;Pozycja nazwa;Cena\n1;;;;a;1\n1;X;DE1;wczoraj;b;2\n";
    let imported = import_invoices(text.as_bytes());
    let invoice = &imported.invoices[0];
    let place = |field: &str| {
        let place = invoice.row_of(field);
        (place.row, place.column.map(|column| column.info().header))
    };
    assert_eq!(place("lines.1.unitPrice"), (5, Some("Cena jednostkowa")));
    assert_eq!(place("lines.0.unitPrice"), (4, Some("Cena jednostkowa")));
    assert_eq!(place("lines.1"), (5, None));
    assert_eq!(place("buyer.party.id"), (5, Some("Nabywca VAT-UE")));
    assert_eq!(place("buyer.party.name"), (5, Some("Nabywca nazwa")));
    assert_eq!(place("currency"), (4, Some("Waluta")));
    assert_eq!(place("payment.terms.0.days"), (4, Some("Termin płatności")));
    assert_eq!(place(""), (4, None));
    assert_eq!(place("extras.Fa/X"), (4, None));
    let finding = |field: &str| DraftFinding {
        field: field.into(),
        code: "draft.x".into(),
        error: true,
        pl: "źle".into(),
        en: "bad".into(),
    };
    // The date was told as a cell already.
    let told = invoice.rows_of(&[finding("issueDate"), finding("lines.1.name")]);
    assert_eq!(told.len(), 1);
    assert_eq!((told[0].row, told[0].column.as_deref()), (Some(5), Some("Pozycja nazwa")));
    assert!(InvoiceColumn::of_header("POZYCJA  Nazwa").is_some());
}
