//! Every failure code of logging in and of asking for a certificate, on the screen with its next step.

#![cfg(target_os = "linux")]

use ksef_testkit::{ExternalSigner, ExternalStyle};
use okienko_e2e::{
    Management, Program, Window, add_company, drop_files, give_token, id, nip, pesel, picture, wait_for,
};

const PASSWORD: &str = "Tajne-Haslo-2026!";

/// How KSeF's refusal is arranged, and the code on the screen.
enum Refusal {
    /// The login ends with this status and detail.
    Status(u16, &'static str),
    /// The request is refused with this exception.
    Exception(u32),
}

use Refusal::{Exception, Status};

const OF_A_TOKEN: [(Refusal, &str); 18] = [
    (Status(415, "Brak przypisanych uprawnień"), "ksef.auth415"),
    (Status(425, ""), "ksef.auth425"),
    (Status(450, "Nieprawidłowe wyzwanie autoryzacyjne"), "ksef.auth450.challenge"),
    (Status(450, "Nieprawidłowy token"), "ksef.auth450.invalid"),
    (Status(450, "Nieprawidłowy czas tokena"), "ksef.auth450.time"),
    (Status(450, "Token unieważniony"), "ksef.auth450.revoked"),
    (Status(450, "Token nieaktywny"), "ksef.auth450.inactive"),
    (Status(450, "Nieprawidłowe szyfrowanie tokena"), "ksef.auth450.encryption"),
    (Status(450, "Nieprawidłowe kodowanie tokena"), "ksef.auth450.encoding"),
    (Status(450, "Token nie może być użyty w kontekście Nip"), "ksef.auth450.context"),
    (Status(450, "Coś, czego nie ma w dokumentacji"), "ksef.auth450.other"),
    (Status(470, ""), "ksef.auth470"),
    (Status(480, ""), "ksef.auth480"),
    (Status(500, ""), "ksef.auth500"),
    (Status(550, ""), "ksef.auth550"),
    (Exception(21111), "ksef.challenge"),
    (Exception(21405), "ksef.refused"),
    (Exception(21301), "ksef.auth425"),
];

const OF_A_CERTIFICATE: [(Refusal, &str); 18] = [
    (Status(415, "Brak przypisanych uprawnień"), "ksef.auth415"),
    (Status(460, "Nieważny certyfikat"), "ksef.auth460.expired"),
    (Status(460, "Błąd weryfikacji łańcucha certyfikatów"), "ksef.auth460.chainUnverified"),
    (Status(460, "Niezaufany łańcuch certyfikatów"), "ksef.auth460.chainUntrusted"),
    (Status(460, "Certyfikat odwołany"), "ksef.auth460.revoked"),
    (Status(460, "Certyfikat zawieszony"), "ksef.auth460.suspended"),
    (Status(460, "Niepoprawny certyfikat"), "ksef.auth460.invalid"),
    (Status(460, "Coś, czego nie ma w dokumentacji"), "ksef.auth460.other"),
    (Status(480, ""), "ksef.auth480"),
    (Exception(9101), "ksef.signature"),
    (Exception(9102), "ksef.signature"),
    (Exception(9103), "ksef.signature"),
    (Exception(9105), "ksef.signature"),
    (Exception(21406), "ksef.signature"),
    (Exception(21111), "ksef.challenge"),
    (Exception(21115), "ksef.certificateNotAccepted"),
    (Exception(21117), "ksef.context"),
    (Exception(21401), "ksef.refused"),
];

fn arrange(ministry: &Management, operation: &str, refusal: &Refusal) {
    match refusal {
        Status(code, "") => ministry.end_next("authentication", *code, None),
        Status(code, detail) => ministry.end_next("authentication", *code, Some(detail)),
        Exception(code) => ministry.refuse(operation, *code),
    }
}

/// Every problem has sentences and a next step: a button, or words that say what to do.
fn has_a_next_step(window: &Window, problem: &str) {
    window.see(problem);
    let words = window.text(problem);
    // What happened, and what to do now.
    let sentences = words.split(['.', '\n']).filter(|sentence| !sentence.trim().is_empty()).count();
    assert!(sentences >= 2, "{problem}: {words}");
    // No place for a value was left empty; what stands in technical details is KSeF's.
    let empty =
        words.split('{').skip(1).any(|rest| rest.starts_with(|letter: char| letter.is_ascii_lowercase()));
    assert!(!empty, "{problem}: {words}");
}

fn every_refusal(window: &Window, ministry: &Management, operation: &str, refusals: &[(Refusal, &str)]) {
    for (refusal, code) in refusals {
        arrange(ministry, operation, refusal);
        window.click(&id("connection-check"));
        let problem = format!("{}[data-state='refused'] [data-code='{code}']", id("connection-report"));
        window.see_in_time(&problem);
        has_a_next_step(window, &problem);
        ministry.clear_faults();
        // And once KSeF is in a better mood, the same click connects.
        window.click(&id("connection-check"));
        window.see_in_time(&format!("{}[data-state='connected']", id("connection-report")));
    }
}

#[test]
fn every_refusal_of_a_token() {
    let nip = nip(733_000_001);
    let Some(mut program) = Program::fresh() else { return };
    let window = program.open();
    add_company(&window, &nip);
    let ministry = program.sandbox();
    give_token(&window, &ministry, &nip);
    every_refusal(&window, &ministry, "authenticate-by-token", &OF_A_TOKEN);
}

#[test]
fn every_refusal_of_a_certificate() {
    let nip = nip(744_000_001);
    let Some(mut program) = Program::fresh() else { return };
    let window = program.open();
    add_company(&window, &nip);
    let ministry = program.sandbox();
    ministry.make_company(&nip, "Zakład Usług Żółć");
    let certificate = ministry.make_certificate(&nip, "Authentication", PASSWORD);
    let desk = program.desk();
    let file = |name: &str, text: &str| {
        let path = desk.join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let (crt, key) = (file("a.crt", &certificate.crt), file("a.key", &certificate.key));
    window.click(&id("nav-ksef"));
    drop_files(&window, &id("authentication-drop"), &[&crt, &key]);
    window.see(&id("authentication-certificate-held"));
    window.fill(&id("authentication-password"), PASSWORD);
    window.click(&id("authentication-password-save"));
    window.see(&format!("{}[data-state='saved']", id("authentication-key-held")));
    every_refusal(&window, &ministry, "authenticate-by-xades", &OF_A_CERTIFICATE);
}

/// How the sending, or the work on a request for a certificate, is refused; each ends that request.
const OF_A_REQUEST: [(Refusal, &str); 11] = [
    (Exception(25003), "enrolment.refused25003"),
    (Exception(25004), "enrolment.refused25004"),
    (Exception(25006), "enrolment.refused25006"),
    (Exception(25007), "enrolment.refused25007"),
    (Exception(25010), "enrolment.refused25010"),
    (Exception(25011), "enrolment.refused25011"),
    (Exception(21405), "enrolment.refused21405"),
    (Status(400, "Klucz publiczny został już certyfikowany przez inny podmiot."), "enrolment.keyTaken"),
    (Status(400, "Osiągnięto dopuszczalny limit posiadanych certyfikatów."), "enrolment.refused25007"),
    (Status(500, ""), "enrolment.status500"),
    (Status(550, ""), "enrolment.status550"),
];

#[test]
fn every_refusal_of_a_request_for_a_certificate() {
    let (nip, pesel) = (nip(755_000_001), pesel(9));
    let Some(mut program) = Program::fresh() else { return };
    let window = program.open();
    add_company(&window, &nip);
    let ministry = program.sandbox();
    ministry.make_company(&nip, "Zakład Usług Żółć");
    let certificate = ministry.make_owner(&pesel, &nip, PASSWORD);
    let Some(person) = ExternalSigner::with(&certificate.crt, &certificate.key, PASSWORD) else { return };
    window.click(&id("nav-ksef"));
    window.click(&id("sign-in"));
    window.click(&id("signing-start"));
    let file = window.text_when(&id("signing-file"), |text| text.contains(".xml"));
    let request = wait_for(|| std::fs::read_to_string(file.trim()).ok());
    let document = &request[request.find("<AuthTokenRequest").unwrap_or_default()..];
    let time = window.run("return new Date(Date.now() - 60000).toISOString().slice(0, 19) + 'Z'", &[]);
    let signed = person.sign(document, time.as_str().unwrap(), &ExternalStyle::default());
    std::fs::write(program.downloads().join("podpisane.xml"), signed).unwrap();
    for (refusal, code) in &OF_A_REQUEST {
        window.see_in_time(&id("enrol-offer"));
        match refusal {
            Status(status, "") => ministry.end_next("enrollment", *status, None),
            Status(status, detail) => ministry.end_next("enrollment", *status, Some(detail)),
            Exception(exception) => ministry.refuse("enroll", *exception),
        }
        // One kind at a time: the other would go through.
        window.click(&id("enrol-offline"));
        window.see_no_more(&id("enrol-offline-name"));
        window.click(&id("enrol-do"));
        window.see_in_time(&format!("{}[data-step='failed']", id("enrolment")));
        has_a_next_step(&window, &format!("{} [data-code='{code}']", id("enrolment")));
        ministry.clear_faults();
        window.click(&id("enrol-anew"));
    }
    picture(&window, "wniosek-po-odmowach");
    // After all that the same click brings a certificate.
    window.see_in_time(&id("enrol-offer"));
    window.click(&id("enrol-do"));
    window.see_in_time(&format!("{}[data-count='2']", id("enrolment-ready")));
}
