//! Writing invoices, as a person does it in the real window: a VAT invoice, a correction of it, an advance invoice and the
//! final one, in złoty and in euro. What was written is read back from the screen, from the saved file, from the
//! archive and from what the ministry's simulator got, and `xmllint` judges it by the ministry's schema.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "what fails must stop the test")]
#![expect(clippy::print_stdout, reason = "tests say what they skip")]

use std::collections::BTreeSet;
use std::process::Command;

use okienko_e2e::{Document, Management, Program, Window, add_company, give_token, id, picture};
use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::{Value, json};

/// The keychain outlives a test's data folder: a company of this test's own.
const NIP: &str = "5250000015";
const ENTER: &str = "\u{E007}";

/// The window with what the tests know of the invoices so far.
struct Desk {
    program: Program,
    window: Window,
    ministry: Management,
    /// The day on which the test began, in Poland.
    began: String,
    /// Ids of the sales that were seen.
    seen: BTreeSet<String>,
}

/// An issued invoice that KSeF has accepted.
struct Issued {
    id: String,
    number: String,
    ksef_number: String,
    document: Document,
}

/// What an invoice has to say.
struct Expected<'a> {
    kind: &'a str,
    currency: &'a str,
    /// P_13_x and P_14_x, by their names.
    sums: &'a [(&'a str, &'a str)],
    gross: &'a str,
}

impl Desk {
    fn set_up() -> Option<Self> {
        let mut program = Program::fresh()?;
        let window = program.open();
        window.see(&id("welcome"));
        add_company(&window, NIP);
        let ministry = program.sandbox();
        give_token(&window, &ministry, NIP);
        let began = window.today();
        let desk = Self { program, window, ministry, began, seen: BTreeSet::new() };
        desk.fill_in_the_firm();
        Some(desk)
    }

    /// The seller's own data, from the white list.
    fn fill_in_the_firm(&self) {
        let window = &self.window;
        window.click(&id("nav-firm"));
        window.click(&id("seller-look-up"));
        window.see_value(&id("seller-name"), "Zakład Usług Żółć");
        assert!(!window.value(&id("seller-address-line1")).is_empty());
        window.click(&id("seller-save"));
        window.see(&format!("{}[data-state='saved']", id("seller-state")));
        picture(window, "dane-firmy");
    }

    fn begin(&self, kind: &str) {
        self.window.click(&id("nav-editor"));
        self.window.click(&id("new-invoice"));
        self.window.see(&id("draft-kind"));
        if kind != "VAT" {
            self.window.choose(&id("draft-kind"), kind);
        }
    }

    /// A NIP as it was copied from somewhere, and the white list does the rest.
    fn buyer(&self) {
        let window = &self.window;
        window.click(&id("buyer-search"));
        window.press("NIP: PL 111-111-11-11");
        window.see_value(&id("buyer-name"), "NABYWCA PRZYKŁADOWY SPÓŁKA AKCYJNA");
        window.see_value(&id("buyer-address1"), "PIASKOWA 1");
        window.see_value(&id("buyer-address2"), "00-001 WARSZAWA");
    }

    /// The currency, and with another than złoty its rate of the National Bank.
    fn currency(&self, currency: &str) {
        if currency != "PLN" {
            self.window.choose(&id("currency"), currency);
            self.see_rate(currency);
        }
    }

    /// The rate of the day before came by itself.
    fn see_rate(&self, currency: &str) {
        if currency != "PLN" {
            let rate = self.window.value(&id("exchange-rate"));
            let possible = [self.began.clone(), self.window.today()].map(|day| self.rate(currency, &day));
            assert!(possible.contains(&decimal(&rate)), "{rate} is the rate of the day before: {possible:?}");
        }
    }

    fn rate(&self, currency: &str, day: &str) -> Decimal {
        decimal(&self.ministry.rate_before(currency, day))
    }

    fn line(&self, index: usize, cells: [(&str, &str); 4], rate: &str) {
        self.window.choose(&id(&format!("line-{index}-rate")), rate);
        for (cell, text) in cells {
            self.window.fill(&id(&format!("line-{index}-{cell}")), text);
        }
    }

    /// Looks at the sums, issues and sends, and waits until KSeF has it.
    fn issue(&mut self, name: &str, expected: &Expected<'_>) -> Issued {
        let window = &self.window;
        window.see(&format!("{}[data-value='{}']", id("total-gross"), expected.gross));
        picture(window, name);
        window.click(&id("issue-send"));
        window.see(&id("issued"));
        picture(window, &format!("{name}-wystawiona"));
        window.click(&id("nav-sales"));
        let issued = self.accepted();
        self.check(&issued, expected);
        issued
    }

    /// The sale that was not there before, once it has its KSeF number.
    fn accepted(&mut self) -> Issued {
        let script = r"
            return [...document.querySelectorAll(`[data-testid='sale-row'][data-state='accepted']`)].map((row) => ({
                id: row.dataset.id,
                number: row.dataset.number,
                ksef: row.querySelector(`[data-testid='ksef-number']`)?.innerText.trim().split(/\s/)[0],
            }));
        ";
        let row = self.window.wait("a new sale that KSeF accepted", || {
            let rows = self.window.run(script, &[]);
            let fresh = |row: &&Value| {
                row["id"].as_str().is_some_and(|id| !self.seen.contains(id)) && row["ksef"].is_string()
            };
            rows.as_array()?.iter().find(fresh).cloned()
        });
        let text = |name: &str| row[name].as_str().unwrap_or_else(|| panic!("no {name}: {row}")).to_owned();
        let (sale, number, ksef_number) = (text("id"), text("number"), text("ksef"));
        self.seen.insert(sale.clone());
        let document = self.save(&sale);
        Issued { id: sale, number, ksef_number, document }
    }

    /// Saves the XML of a sale out of the archive, by the program's own button.
    fn save(&self, sale: &str) -> Document {
        let target = self.program.desk().join(format!("{sale}.xml"));
        self.program.answer_dialog(&[&target]);
        let details = format!("{} {}", row(sale), id("row-details"));
        self.window.click(&details);
        self.window.click(&id("save-xml"));
        let bytes = self.window.wait("the saved file", || {
            std::fs::read(&target).ok().filter(|bytes| bytes.ends_with(b">") || bytes.ends_with(b"\n"))
        });
        self.window.click(&details);
        self.window.see_no_more(&id("save-xml"));
        Document::of(bytes)
    }

    fn check(&self, issued: &Issued, expected: &Expected<'_>) {
        let Issued { number, document, .. } = issued;
        let shown = self.window.text(&format!("{} {}", row(&issued.id), id("invoice-gross")));
        assert_eq!(figures(&shown), expected.gross, "{number} on the screen: {shown}");
        let value = |name: &str| document.value(name).unwrap_or_else(|| panic!("{number} has no {name}"));
        assert_eq!((value("RodzajFaktury"), value("KodWaluty")), (expected.kind, expected.currency));
        assert_eq!(value("P_2"), number);
        let (day, today) = (value("P_1"), self.window.today());
        assert!(
            (self.began.as_str()..=&today).contains(&day),
            "{number}: P_1 {day}, {} to {today}",
            self.began
        );
        assert_eq!(decimal(value("P_15")), decimal(expected.gross), "{number}: P_15");
        for (name, amount) in expected.sums {
            assert_eq!(decimal(value(name)), decimal(amount), "{number}: {name}");
            self.check_in_zloty(document, name, amount, expected.currency);
        }
        let held = self.ministry.document(&issued.ksef_number);
        assert_eq!(held, Some(document.base64()), "{number}: what was saved is what KSeF got");
        self.check_archive(issued, expected);
        if let Some(shared) = ksef_testkit::shared() {
            assert_eq!(document.objections(&shared), None, "{number}");
        } else {
            println!("skipped: the ministry's schemas are not here");
        }
    }

    /// VAT stands in złoty beside the other currency (art. 106e ust. 11), by the rate of the day before.
    fn check_in_zloty(&self, document: &Document, name: &str, amount: &str, currency: &str) {
        if !name.starts_with("P_14") {
            return;
        }
        let stated = document.value(&format!("{name}W")).map(decimal);
        let computed = || {
            let day = document.value("P_1").expect("a day of issue");
            let zloty = decimal(amount) * self.rate(currency, day);
            zloty.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
        };
        assert_eq!(stated, (currency != "PLN").then(computed), "{name}W");
    }

    /// The row of the archive itself, read by another program.
    fn check_archive(&self, issued: &Issued, expected: &Expected<'_>) {
        let query = format!(
            "SELECT number, kind, gross, currency FROM invoices WHERE ksef_number = '{}'",
            issued.ksef_number
        );
        let file = self.program.data().join("archiwum.sqlite");
        let output = Command::new("sqlite3").args(["-readonly", "-json"]).arg(file).arg(query).output();
        let Ok(output) = output else {
            println!("skipped: there is no sqlite3 here");
            return;
        };
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let rows: Value = serde_json::from_slice(&output.stdout).unwrap();
        let row = &rows[0];
        assert_eq!(
            (&row["number"], &row["kind"], &row["currency"]),
            (&json!(issued.number), &json!(expected.kind), &json!(expected.currency))
        );
        assert_eq!(decimal(row["gross"].as_str().unwrap()), decimal(expected.gross));
        assert_eq!(rows.as_array().map(Vec::len), Some(1));
    }

    /// Opens the menu of a sale and takes an entry.
    fn menu(&self, sale: &str, entry: &str) {
        self.window.click(&id("nav-sales"));
        self.window.click(&format!("{} {}", row(sale), id("sale-menu")));
        self.window.click(&id(&format!("sale-menu-{entry}")));
        self.window.see(&id("draft-kind"));
    }
}

fn row(sale: &str) -> String {
    format!("[data-testid='sale-row'][data-id='{sale}']")
}

/// As people write numbers: `1 234,50`.
fn decimal(text: &str) -> Decimal {
    let plain: String = text.chars().filter(|character| !character.is_whitespace()).collect();
    plain.replace(',', ".").parse().unwrap_or_else(|_| panic!("no number: {text:?}"))
}

/// The number in an amount on the screen: `−1 234,50 zł`.
fn figures(text: &str) -> String {
    let kept =
        text.chars().filter(|character| character.is_ascii_digit() || matches!(character, '-' | '−' | ','));
    kept.collect::<String>().replace('−', "-").replace(',', ".")
}

/// Two lines with two rates; the second one is begun with Enter.
fn vat_invoice(desk: &mut Desk, currency: &str) -> Issued {
    desk.begin("VAT");
    desk.buyer();
    desk.currency(currency);
    desk.line(0, [("name", "Przewóz gęsi"), ("quantity", "3"), ("unit", "usł."), ("unitPrice", "100")], "23");
    desk.window.press(ENTER);
    desk.line(
        1,
        [("name", "Książka „Żółw”"), ("quantity", "10"), ("unit", "szt."), ("unitPrice", "19,99")],
        "8",
    );
    desk.issue(
        &format!("edytor-vat-{currency}"),
        &Expected {
            kind: "VAT",
            currency,
            sums: &[("P_13_1", "300.00"), ("P_14_1", "69.00"), ("P_13_2", "199.90"), ("P_14_2", "15.99")],
            gross: "584.89",
        },
    )
}

/// Two came instead of three.
fn correction(desk: &mut Desk, currency: &str, of: &Issued) {
    desk.menu(&of.id, "correct");
    desk.window.fill(&id("correction-reason"), "zwrot jednej usługi");
    desk.window.fill(&id("line-0-quantity"), "2");
    let corrected = desk.issue(
        &format!("edytor-korekta-{currency}"),
        &Expected {
            kind: "KOR",
            currency,
            sums: &[("P_13_1", "-100.00"), ("P_14_1", "-23.00")],
            gross: "-123.00",
        },
    );
    let document = &corrected.document;
    assert_eq!(document.value("NrFaKorygowanej"), Some(of.number.as_str()));
    assert_eq!(document.value("NrKSeFFaKorygowanej"), Some(of.ksef_number.as_str()));
    assert_eq!(document.value("PrzyczynaKorekty"), Some("zwrot jednej usługi"));
}

/// Half of an order is paid in advance.
fn advance(desk: &mut Desk, currency: &str) -> Issued {
    desk.begin("ZAL");
    desk.buyer();
    desk.currency(currency);
    desk.line(
        0,
        [("name", "Szafa na miarę"), ("quantity", "1"), ("unit", "szt."), ("unitPrice", "1000")],
        "23",
    );
    desk.window.fill(&id("advance-received"), "615,00");
    desk.issue(
        &format!("edytor-zaliczka-{currency}"),
        &Expected {
            kind: "ZAL",
            currency,
            sums: &[("P_13_1", "500.00"), ("P_14_1", "115.00")],
            gross: "615.00",
        },
    )
}

/// The other half.
fn final_invoice(desk: &mut Desk, currency: &str, of: &Issued) {
    desk.menu(&of.id, "final");
    desk.see_rate(currency);
    let settled = desk.issue(
        &format!("edytor-rozliczenie-{currency}"),
        &Expected {
            kind: "ROZ",
            currency,
            sums: &[("P_13_1", "500.00"), ("P_14_1", "115.00")],
            gross: "615.00",
        },
    );
    assert_eq!(settled.document.value("NrKSeFFaZaliczkowej"), Some(of.ksef_number.as_str()));
}

#[test]
fn invoices_corrections_advances_and_finals_in_zloty_and_euro() {
    let Some(mut desk) = Desk::set_up() else { return };
    for currency in ["PLN", "EUR"] {
        let invoice = vat_invoice(&mut desk, currency);
        correction(&mut desk, currency, &invoice);
        let part = advance(&mut desk, currency);
        final_invoice(&mut desk, currency, &part);
    }
    assert_eq!(desk.ministry.numbers().len(), 8, "each of them once");
}
