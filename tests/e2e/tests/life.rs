//! The life of credentials, as a new user lives it: from an empty program by a signature made elsewhere to certificates of
//! one's own, which are used, renewed, handed over and revoked; and a bookkeeper with fifty companies. Everything that the
//! program wrote or told the web view is searched for the secrets used.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "what fails must stop the test")]

use std::path::Path;

use ksef_testkit::{ExternalForm, ExternalSigner, ExternalStyle};
use okienko_e2e::{
    Program, Recorder, Window, add_company, drop_files, id, nip, pesel, picture, search_for, wait_for,
    write_invoice,
};
use serde_json::json;

const PASSWORD: &str = "Tajne-Haslo-2026!";
const EXPORT_PASSWORD: &str = "Wynoszone-Haslo-26!";
/// A company that nobody in these tests has.
const OTHER_NIP: &str = "8130000008";

/// A moment back, as signing programs write it.
fn signing_time(window: &Window) -> String {
    let script = "return new Date(Date.now() - 60000).toISOString().slice(0, 19) + 'Z'";
    window.run(script, &[]).as_str().unwrap().to_owned()
}

fn open_ksef(window: &Window) {
    window.click(&id("nav-ksef"));
    window.see(&id("screen-ksef"));
}

/// Begins a login by signature and gives the text of the request that was saved.
fn begin_signing(window: &Window) -> String {
    window.click(&id("sign-in"));
    window.click(&id("signing-start"));
    window.see_in_time(&format!("{}[data-step='waiting']", id("signing")));
    window.see(&id("signing-countdown"));
    let file = window.text(&id("signing-file"));
    wait_for(|| std::fs::read_to_string(file.trim()).ok())
}

/// The document without a declaration in front.
fn body(request: &str) -> &str {
    request.find("<AuthTokenRequest").map_or(request, |start| &request[start..])
}

/// Writes a file into the folder of the test and drops it on the waiting login; waits for the reason of its refusal and
/// gives what is said of it.
fn refused(program: &Program, window: &Window, name: &str, bytes: &[u8], code: &str) -> String {
    std::fs::write(program.desk().join(name), bytes).unwrap();
    dropped(program, window, name, code)
}

fn dropped(program: &Program, window: &Window, name: &str, code: &str) -> String {
    drop_files(window, &id("signing-drop"), &[&program.desk().join(name)]);
    let said = format!("{}[data-file='{name}'] [data-code='{code}']", id("signing-refused-file"));
    window.see(&said);
    window.text(&said)
}

/// The first letters or digits of an element are exchanged for others.
fn with_other(document: &str, element: &str, other: &str) -> String {
    let start = document.find(element).unwrap() + element.len();
    format!("{}{other}{}", &document[..start], &document[start + other.len()..])
}

/// The last digit of the challenge is another: one that KSeF gave somebody else on the same day.
fn of_another_window(document: &str) -> String {
    let end = document.find("</Challenge>").unwrap();
    let other = if document.as_bytes()[end - 1] == b'0' { '1' } else { '0' };
    format!("{}{other}{}", &document[..end - 1], &document[end..])
}

/// A second signature beside the first.
fn signed_again(signed: &str) -> String {
    let (start, end) = signed.rsplit_once("</AuthTokenRequest>").unwrap();
    let signature = &start[start.find("<ds:Signature").unwrap()..];
    format!("{start}{}</AuthTokenRequest>{end}", signature.replace("\"Sig\"", "\"Sig2\""))
}

/// Waits until what was asked for is there, so many certificates of it.
fn ready(window: &Window, count: usize) {
    window.see_in_time(&format!("{}[data-phase='over']", id("enrolment-body")));
    window.see(&format!("{}[data-count='{count}']", id("enrolment-ready")));
}

/// The row of the table for the certificate in use.
fn held(kind: &str) -> String {
    format!("{}[data-kind='{kind}'][data-held='true']", id("held-row"))
}

fn menu(window: &Window, row: &str, entry: &str) {
    window.click(&format!("{row} {}", id("held-menu")));
    window.click(&id(&format!("held-menu-{entry}")));
}

fn send(window: &Window, desk: &Path, nip: &str, number: &str) -> String {
    window.click(&id("nav-send"));
    window.see(&id("screen-send"));
    let day = window.today();
    let invoice = write_invoice(desk, nip, number, &day);
    drop_files(window, &id("send-drop"), &[&invoice]);
    window.text_when(&id("send-table"), |text| text.contains(number));
    window.click(&id("send"));
    window.see_in_time(&id("ksef-number"));
    window.text_when(&id("ksef-number"), |text| text.len() > 34)
}

#[test]
fn from_a_signature_to_certificates_of_ones_own() {
    let (nip, pesel) = (nip(711_000_001), pesel(7));
    let Some(mut program) = Program::fresh() else { return };
    let window = program.open();
    window.see(&id("welcome"));
    let recorder = Recorder::start(&window);
    add_company(&window, &nip);
    let ministry = program.sandbox();
    ministry.make_company(&nip, "Zakład Usług Żółć");
    let certificate = ministry.make_owner(&pesel, &nip, PASSWORD);
    // The person's own certificate never enters the program: only what it signed does.
    let Some(person) = ExternalSigner::with(&certificate.crt, &certificate.key, PASSWORD) else { return };

    open_ksef(&window);
    let request = begin_signing(&window);
    picture(&window, "podpis-czeka");
    let time = signing_time(&window);
    let sign = |document: &str, style: &ExternalStyle| person.sign(body(document), &time, style);
    what_is_brought_instead_is_named(&program, &window, &request, &sign);

    // The browser saves the signed file where it saves everything: the program sees it there by itself.
    let signed = sign(&request, &ExternalStyle::default());
    std::fs::write(program.downloads().join("zadanie-podpisane.xml"), &signed).unwrap();
    // Who has no certificate goes straight on to asking for one.
    window.see_in_time(&id("enrol-offer"));
    window.see(&id("enrol-signed-in"));
    assert!(window.text(&id("enrol-subject")).contains("Żółć"), "{}", window.text(&id("enrol-subject")));
    picture(&window, "wniosek");
    window.fill(&id("enrol-offline-name"), "ab");
    window.see(&format!("{}:disabled", id("enrol-do")));
    window.fill(&id("enrol-offline-name"), "Kasa nr 2");
    window.see(&format!("{}:enabled", id("enrol-do")));
    window.click(&id("enrol-do"));
    ready(&window, 2);
    picture(&window, "wniosek-gotowe");
    window.click(&id("enrolment-close"));

    window.click(&id("connection-check"));
    window.see_in_time(&format!("{}[data-state='connected']", id("connection-report")));
    window.see(&format!("{}[data-state='saved']", id("authentication-key-held")));
    window.click(&id("held-ask"));
    for kind in ["authentication", "offline"] {
        window.see_in_time(&format!("{}[data-state='active']", held(kind)));
    }
    picture(&window, "certyfikaty");
    let number = send(&window, &program.desk(), &nip, "FV/2026/11/061");
    assert!(ministry.numbers().contains(&number.split_whitespace().next().unwrap().to_owned()));

    open_ksef(&window);
    let exported = export(&program, &window);
    let (old, new) = renew(&window);
    revoke(&window, &old, false);
    // The one in use can be taken away too, after it was said what stops working.
    window.click(&id("connection-check"));
    window.see_in_time(&format!("{}[data-state='connected']", id("connection-report")));
    window.click(&id("held-ask"));
    window.see_in_time(&format!("{}[data-state='active']", held("authentication")));
    revoke(&window, &new, true);
    window.click(&id("connection-check"));
    window.see_in_time(&format!("{}[data-state='refused']", id("connection-report")));
    picture(&window, "certyfikat-uniewazniony");

    window.click(&id("nav-access"));
    window.click(&id("access-tab-journal"));
    window.see(&format!("{}[data-state='whole']", id("journal-chain")));
    picture(&window, "dziennik");

    let keys: String = certificate.key.lines().filter(|line| !line.starts_with('-')).take(2).collect();
    let secrets = [
        PASSWORD,
        EXPORT_PASSWORD,
        &keys,
        &exported,
        "BEGIN PRIVATE",
        "BEGIN ENCRYPTED",
        "BEGIN EC",
        "eyJhbGciOi",
    ];
    search_for(&secrets, &program, &recorder.heard(&window));
}

fn what_is_brought_instead_is_named(
    program: &Program,
    window: &Window,
    request: &str,
    sign: &dyn Fn(&str, &ExternalStyle) -> Vec<u8>,
) {
    let style = ExternalStyle::default;
    let signed = sign(request, &style());
    let text = String::from_utf8(signed.clone()).unwrap();
    refused(program, window, "nie-podpisany.xml", request.as_bytes(), "signing.notSigned");
    refused(program, window, "umowa.pdf", b"%PDF-1.7 1 0 obj", "signing.pdf");
    refused(program, window, "pojemnik.asice", b"PK\x03\x04mimetype", "signing.container");
    let changed = text.replacen("certificateSubject", "certificateFingerprint", 1);
    refused(program, window, "zmieniony.xml", changed.as_bytes(), "signing.changed");
    let detached = sign(request, &ExternalStyle { form: ExternalForm::Detached, ..style() });
    refused(program, window, "osobny.xades", &detached, "signing.detached");
    let weak = sign(request, &ExternalStyle { sha1: true, ..style() });
    refused(program, window, "slaby.xml", &weak, "signing.weak");
    let old = with_other(body(request), "<Challenge>", "20200101");
    let said = refused(program, window, "wczorajszy.xml", &sign(&old, &style()), "signing.olderDay");
    assert!(said.contains("Podpisany plik powstał") && said.contains("2020"), "{said}");
    picture(window, "podpis-inny-plik");
    let of_others = with_other(body(request), "<Nip>", OTHER_NIP);
    let said =
        refused(program, window, "inna-firma.xml", &sign(&of_others, &style()), "signing.otherCompany");
    assert!(said.contains("To żądanie innej firmy.") && said.contains(OTHER_NIP), "{said}");
    let elsewhere = of_another_window(body(request));
    let said = refused(program, window, "inne-okno.xml", &sign(&elsewhere, &style()), "signing.otherRequest");
    assert!(said.contains("Podpisz najnowszy plik, który zapisał program."), "{said}");
    let twice = signed_again(&text);
    let said = refused(program, window, "dwa-podpisy.xml", twice.as_bytes(), "signing.signedTwice");
    assert!(said.contains("Podpisów jest 2, a KSeF przyjmuje jeden."), "{said}");
    // A hundred megabytes of nothing: the file system need not have them.
    let large = std::fs::File::create(program.desk().join("film.xml")).unwrap();
    large.set_len(100 << 20).unwrap();
    let said = dropped(program, window, "film.xml", "signing.tooLarge");
    assert!(said.contains("Ten plik jest za duży.") && said.contains("100,0 MB"), "{said}");
    picture(window, "podpis-za-duzy");
}

/// Hands the authentication certificate over as a container, and gives the beginning of its key's file.
fn export(program: &Program, window: &Window) -> String {
    menu(window, &held("authentication"), "export");
    window.click(&id("export-form-pair"));
    window.click(&id("export-password-own"));
    window.fill(&id("export-password"), "za-krotkie");
    window.see(&format!("{}:disabled", id("export-confirm")));
    window.fill(&id("export-password"), EXPORT_PASSWORD);
    let folder = program.desk().join("kopia");
    std::fs::create_dir_all(&folder).unwrap();
    program.answer_dialog(&[&folder.join("kopia.crt")]);
    window.click(&id("export-confirm"));
    window.see(&id("export-done"));
    picture(window, "eksport");
    window.click(&id("export-close"));
    let files = || {
        std::fs::read_dir(&folder)
            .unwrap()
            .filter_map(|entry| std::fs::read_to_string(entry.unwrap().path()).ok())
    };
    let key = wait_for(|| files().find(|text| text.contains("BEGIN ENCRYPTED PRIVATE KEY")));
    assert!(files().any(|text| text.contains("BEGIN CERTIFICATE")));
    key.lines().nth(2).unwrap().to_owned()
}

/// Renews the authentication certificate; gives the numbers of the old one and of the new.
fn renew(window: &Window) -> (String, String) {
    let old = window.attribute(&held("authentication"), "data-id").unwrap();
    menu(window, &held("authentication"), "renew");
    window.click(&id("renew-dialog-confirm"));
    ready(window, 1);
    picture(window, "odnowienie");
    window.click(&id("enrolment-close"));
    let new = window.wait("another certificate is in use", || {
        window.attribute(&held("authentication"), "data-id").filter(|number| *number != old)
    });
    (old, new)
}

fn revoke(window: &Window, serial: &str, in_use: bool) {
    let row = format!("{}[data-id='{serial}']", id("held-row"));
    menu(window, &row, "revoke");
    window.see(&format!("{}[data-in-use='{in_use}']", id("revoke-preview")));
    window.click(&id("revoke-reason-superseded"));
    picture(window, if in_use { "uniewaznienie-uzywanego" } else { "uniewaznienie" });
    window.click(&id("revoke-confirm"));
    // The program waits where KSeF's limit of a minute is used up.
    window.see_in_time(&format!("{row}[data-state='revoked']"));
}

/// What pasting several lines does; typing a line break would be a key of its own.
fn paste(window: &Window, css: &str, text: &str) {
    window.see(css);
    let script = r"
        const field = document.querySelector(arguments[0]);
        field.focus();
        field.setRangeText(arguments[1], 0, field.value.length, 'end');
        field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertFromPaste' }));
    ";
    window.run(script, &[json!(css), json!(text)]);
}

#[test]
fn fifty_companies_at_once() {
    let (first, pesel) = (nip(722_000_001), pesel(8));
    let Some(mut program) = Program::fresh() else { return };
    let window = program.open();
    window.see(&id("welcome"));
    let recorder = Recorder::start(&window);
    add_company(&window, &first);
    let ministry = program.sandbox();
    ministry.make_company(&first, "Biuro rachunkowe Żółć");
    let certificate = ministry.make_owner(&pesel, &first, PASSWORD);
    let clients: Vec<String> = (0..50).map(|number| nip(723_000_000 + 20 * number)).collect();
    // Two clients forgot to let the bookkeeper in.
    for (number, client) in clients.iter().enumerate() {
        ministry.make_company(client, &format!("Klient {number}"));
        if number != 7 && number != 31 {
            ministry.grant(&pesel, client, &["InvoiceRead", "InvoiceWrite"]);
        }
    }
    let (crt, key) = (program.desk().join("a.crt"), program.desk().join("a.key"));
    std::fs::write(&crt, &certificate.crt).unwrap();
    std::fs::write(&key, &certificate.key).unwrap();
    open_ksef(&window);
    program.answer_dialog(&[&crt]);
    window.click(&id("authentication-certificate-load"));
    window.see(&id("authentication-certificate-held"));
    program.answer_dialog(&[&key]);
    window.click(&id("authentication-key-load"));
    window.fill(&id("authentication-password"), PASSWORD);
    window.click(&id("authentication-password-save"));
    window.see(&format!("{}[data-state='saved']", id("authentication-key-held")));

    window.click(&id("nav-access"));
    window.click(&id("access-tab-companies"));
    // A list as people keep it: a repeat, letters, a wrong check digit, the company that is there already.
    let wrong_digit = format!("{}{}", &clients[0][..9], (clients[0].as_bytes()[9] - b'0' + 1) % 10);
    let odd = [clients[0].clone(), "Kowalski i syn".to_owned(), wrong_digit, first.clone()];
    let list: Vec<&str> = clients.iter().chain(&odd).map(String::as_str).collect();
    paste(&window, &id("nip-list-text"), &list.join("\n"));
    window.see(&format!("{}[data-ready='50'][data-wrong='4']", id("nip-list-counts")));
    picture(&window, "firmy-lista");
    window.click(&id("nip-list-add"));
    window
        .see_in_time(&format!("{}[data-running='false'][data-done='50'][data-of='50']", id("bulk-progress")));
    picture(&window, "firmy-hurtem");
    let count = |state: &str| {
        let rows = format!("{}[data-state='{state}']", id("bulk-row"));
        window.run("return document.querySelectorAll(arguments[0]).length", &[json!(rows)]).as_u64()
    };
    assert_eq!((count("added"), count("refused")), (Some(48), Some(2)));
    window.see_in_time(&format!("{}[data-nip='{}'] [data-code='ksef.auth415']", id("bulk-row"), clients[7]));

    let keys: String = certificate.key.lines().filter(|line| !line.starts_with('-')).take(2).collect();
    search_for(&[PASSWORD, &keys, "BEGIN ENCRYPTED", "eyJhbGciOi"], &program, &recorder.heard(&window));
}
