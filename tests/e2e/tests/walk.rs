//! The main job, as a new user does it: from an empty program to a KSeF number and a UPO, in the real window with the
//! real keychain. Everything that the program wrote or told the web view is searched for the secrets used.

#![cfg(target_os = "linux")]

use okienko_e2e::{
    Clipboard, Program, Recorder, Window, add_company, drop_files, id, nip, picture, search_for, wait_for,
    write_invoice,
};

/// The keychain outlives a test's data folder, as it outlives a person's: each test has a company of its own.
const NIP: &str = "5265877635";
const TOKEN_NIP: &str = "7980332920";
const PASSWORD: &str = "Tajne-Haslo-2026!";
const OFFLINE_PASSWORD: &str = "Inne-Haslo-2026!!";

/// Sends what is on the screen "Wczytaj i wyślij" and gives the KSeF number.
fn send(window: &Window, name: &str) -> String {
    window.click(&id("send"));
    let number = window.text_when(&id("ksef-number"), |text| text.len() > 34);
    window.text_when(&format!("{} {}", id("send-row"), id("state")), |text| text.contains("rzyjęta"));
    picture(window, name);
    number.split_whitespace().next().unwrap_or_default().to_owned()
}

/// Saves the UPO of the one row of "Sprzedaż" and gives its text.
fn save_upo(program: &Program, window: &Window, number: &str) -> String {
    window.click(&id("nav-sales"));
    window.see(&id("sale-row"));
    assert!(window.text(&id("sale-row")).contains(number), "{}", window.text(&id("sale-row")));
    picture(window, "sprzedaz");
    let target = program.desk().join("UPO – żółć.xml");
    program.answer_dialog(&[&target]);
    window.click(&id("row-details"));
    window.click(&id("save-upo"));
    picture(window, "sprzedaz-szczegoly");
    // All of it: a file that is just being written is there already.
    wait_for(|| std::fs::read_to_string(&target).ok().filter(|text| text.trim_end().ends_with('>')))
}

#[test]
fn from_a_certificate_to_a_upo() {
    let Some(mut program) = Program::fresh() else { return };
    let window = program.open();
    window.see(&id("welcome"));
    picture(&window, "pierwszy-start");
    let recorder = Recorder::start(&window);
    add_company(&window, NIP);

    let ministry = program.sandbox();
    ministry.make_company(NIP, "Zakład Usług Żółć");
    let certificate = ministry.make_certificate(NIP, "Authentication", PASSWORD);
    let offline = ministry.make_certificate(NIP, "Offline", OFFLINE_PASSWORD);
    let desk = program.desk();
    let file = |name: &str, text: &str| {
        let path = desk.join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let (crt, key) = (file("żółć.crt", &certificate.crt), file("żółć.key", &certificate.key));
    let (offline_crt, offline_key) =
        (file("żółć offline.crt", &offline.crt), file("żółć offline.key", &offline.key));

    window.click(&id("nav-ksef"));
    window.see(&id("screen-ksef"));
    picture(&window, "ksef-pusty");
    // Swapped files are told apart before anything else.
    program.answer_dialog(&[&key]);
    window.click(&id("authentication-certificate-load"));
    window.see("[data-code='credential.keyInCertificateField']");
    picture(&window, "ksef-zamienione-pliki");
    program.answer_dialog(&[&crt]);
    window.click(&id("authentication-certificate-load"));
    window.see(&id("authentication-certificate-held"));
    program.answer_dialog(&[&key]);
    window.click(&id("authentication-key-load"));
    window.fill(&id("authentication-password"), "Nie-To-Haslo-2026!");
    window.click(&id("authentication-password-save"));
    window.see("[data-code='credential.wrongPassword']");
    picture(&window, "ksef-zle-haslo");
    window.fill(&id("authentication-password"), PASSWORD);
    window.click(&id("authentication-password-save"));
    window.see(&format!("{}[data-state='saved']", id("authentication-key-held")));

    // The offline certificate comes by a drop of both files at once.
    drop_files(&window, &id("offline-drop"), &[&offline_key, &offline_crt]);
    window.see(&id("offline-certificate-held"));
    window.fill(&id("offline-password"), OFFLINE_PASSWORD);
    window.click(&id("offline-password-save"));
    window.see(&format!("{}[data-state='saved']", id("offline-key-held")));
    let _clipboard = Clipboard::with(&offline.serial.to_lowercase());
    window.click(&id("offline-serial-paste"));
    window.see_value(&id("offline-serial"), &offline.serial.to_lowercase());
    window.click(&id("offline-check"));
    window.see(&format!("{}[data-passed='true']", id("offline-report")));

    window.click(&id("connection-check"));
    window.see(&format!("{}[data-state='connected']", id("connection-report")));
    picture(&window, "ksef");
    assert!(window.text(&id("connection-permissions")).contains("wystawianie faktur"));

    window.click(&id("nav-send"));
    window.see(&id("screen-send"));
    picture(&window, "wyslij-pusty");
    let day = window.today();
    let invoice = write_invoice(&desk, NIP, "FV/2026/11/041", &day);
    let broken = file("popsuta.xml", "<Faktura>");
    drop_files(&window, &id("send-drop"), &[&invoice, &broken]);
    window
        .text_when(&id("send-table"), |text| text.contains("FV/2026/11/041") && text.contains("popsuta.xml"));
    picture(&window, "wyslij-sprawdzone");
    let number = send(&window, "wyslij-przyjeta");

    let upo = save_upo(&program, &window, &number);
    assert!(upo.contains(&number), "the UPO names the invoice");
    assert_eq!(ministry.numbers(), [number.as_str()]);
    window.click(&id("nav-start"));
    window.see(&id("start-row"));
    let access = window.text(&id("start-access"));
    assert!(access.contains("ważny do") && !access.contains("+00:00"), "{access}");
    picture(&window, "start");
    window.resize(1024, 640);
    picture(&window, "start-maly");

    let keys: String = certificate.key.lines().filter(|line| !line.starts_with('-')).take(2).collect();
    let offline_keys = offline.key.lines().nth(1).unwrap_or_default().to_owned();
    let secrets = [
        PASSWORD,
        OFFLINE_PASSWORD,
        "Nie-To-Haslo-2026!",
        keys.as_str(),
        &offline_keys,
        "BEGIN PRIVATE",
        "BEGIN ENCRYPTED",
        "eyJhbGciOi",
    ];
    search_for(&secrets, &program, &recorder.heard(&window));
}

#[test]
fn from_a_token_to_a_upo() {
    let Some(mut program) = Program::fresh() else { return };
    let window = program.open();
    window.see(&id("welcome"));
    let recorder = Recorder::start(&window);
    add_company(&window, TOKEN_NIP);
    let ministry = program.sandbox();
    ministry.make_company(TOKEN_NIP, "Zakład Usług Żółć");
    let token = ministry.make_token(TOKEN_NIP);

    window.click(&id("nav-ksef"));
    {
        let _clipped = Clipboard::with(&token[..60]);
        window.click(&id("token-paste"));
        window.see("[data-code='token.clipped']");
        picture(&window, "ksef-uciety-token");
    }
    let _copied = Clipboard::with(&format!("{}\r\n {}\n", &token[..40], &token[40..]));
    window.click(&id("token-paste"));
    window.see(&id("token-held"));
    // What was pasted does not stay in the clipboard; what a person copied since then does.
    wait_for(|| Clipboard::found().is_empty().then_some(()));
    window.click(&id("connection-check"));
    window.see(&format!("{}[data-state='connected']", id("connection-report")));
    picture(&window, "ksef-token");

    window.click(&id("nav-send"));
    window.see(&id("screen-send"));
    let day = window.today();
    let invoice = write_invoice(&program.desk(), TOKEN_NIP, "FV/2026/11/042", &day);
    program.answer_dialog(&[&invoice]);
    window.click(&id("choose-invoices"));
    window.text_when(&id("send-table"), |text| text.contains("FV/2026/11/042"));
    let number = send(&window, "wyslij-tokenem");
    let upo = save_upo(&program, &window, &number);
    assert!(upo.contains(&number));

    let secret = token.rsplit('|').next().unwrap_or_default();
    search_for(&[secret, "eyJhbGciOi"], &program, &recorder.heard(&window));
}

#[test]
fn the_sandbox_is_a_minute_away() {
    let Some(mut program) = Program::fresh() else { return };
    let window = program.open();
    window.click(&id("make-sample-company"));
    window.see(&id("screen-start"));
    window.click(&id("nav-send"));
    window.click(&id("sample-invoice"));
    window.see(&id("send-row"));
    let number = send(&window, "piaskownica");
    assert!(number.starts_with("9999999999-"), "{number}");
}

/// No account, no certificate and no file: everything that a signature leads to, tried with clicks alone.
#[test]
fn a_trial_signature_leads_to_certificates_and_to_an_invoice() {
    let nip = nip(777_000_001);
    let Some(mut program) = Program::fresh() else { return };
    let window = program.open();
    window.see(&id("welcome"));
    let recorder = Recorder::start(&window);
    add_company(&window, &nip);
    window.click(&id("nav-ksef"));
    window.click(&id("sign-in"));
    window.click(&id("signing-start"));
    window.see_in_time(&format!("{}[data-step='waiting']", id("signing")));
    picture(&window, "podpis-probny");
    window.click(&id("signing-trial-do"));
    window.see_in_time(&id("enrol-offer"));
    assert!(window.text(&id("enrol-subject")).contains(&nip), "{}", window.text(&id("enrol-subject")));
    window.click(&id("enrol-do"));
    window.see_in_time(&format!("{}[data-phase='over']", id("enrolment-body")));
    window.see(&format!("{}[data-count='2']", id("enrolment-ready")));
    picture(&window, "podpis-probny-certyfikaty");
    window.click(&id("enrolment-close"));
    window.click(&id("connection-check"));
    window.see_in_time(&format!("{}[data-state='connected']", id("connection-report")));

    window.click(&id("nav-send"));
    window.see(&id("screen-send"));
    let day = window.today();
    let invoice = write_invoice(&program.desk(), &nip, "FV/2026/11/043", &day);
    drop_files(&window, &id("send-drop"), &[&invoice]);
    window.text_when(&id("send-table"), |text| text.contains("FV/2026/11/043"));
    let number = send(&window, "podpis-probny-faktura");
    assert!(number.starts_with(&nip), "{number}");
    search_for(&["BEGIN PRIVATE", "BEGIN ENCRYPTED", "eyJhbGciOi"], &program, &recorder.heard(&window));
}

#[test]
fn a_second_start_only_shows_the_first_window() {
    let Some(mut program) = Program::fresh() else { return };
    let window = program.open();
    window.see(&id("welcome"));
    assert!(program.start_again(), "the second program stayed");
    window.see(&id("welcome"));
}
