//! "Sprawdź połączenie": every way of not getting in has its code, its next step, and no secret in it.

use std::sync::Arc;

use chrono::TimeDelta;
use ksef_commands::NextStep::{self, *};
use ksef_commands::views::{CertificateSlot, ConnectionView, EnvironmentName, LoadTarget, Scope};
use ksef_commands::{App, Problem};
use ksef_sim::{CertificateOwner, Ending, Fault, FaultKind, NewCertificate, Operation, Running};
use ksef_testkit::WrongClock;
use ksef_types::{ApiAddress, Clock, SecretText};

use crate::bench::{Bench, NIP, assert_keeps, assert_told, simulator, system_clock};

/// By what one logs in.
#[derive(Debug, Clone, Copy, PartialEq)]
enum By {
    Token,
    Certificate,
}

/// What the simulator is told to do.
#[derive(Debug, Clone)]
enum Trouble {
    /// The login ends with this status and detail.
    Status(u16, &'static str),
    /// The request is refused with this exception, again and again.
    Refusal(Operation, u32),
    /// This happens to every challenge.
    OnTheWay(FaultKind),
}

type Row = (By, Trouble, &'static str, NextStep);

/// The contract's table of `AuthenticationOperationStatusResponse.status`, each detail by itself.
fn statuses() -> Vec<Row> {
    use By::{Certificate, Token};
    use Trouble::Status;
    vec![
        (Token, Status(415, "Brak przypisanych uprawnień"), "ksef.auth415", OpenPortal),
        (Certificate, Status(415, "Brak przypisanych uprawnień"), "ksef.auth415", OpenPortal),
        (Token, Status(425, "Uwierzytelnienie unieważnione"), "ksef.auth425", Retry),
        (Token, Status(450, "Nieprawidłowe wyzwanie autoryzacyjne"), "ksef.auth450.challenge", Retry),
        (Token, Status(450, "Nieprawidłowy token"), "ksef.auth450.invalid", PasteToken),
        (Token, Status(450, "Nieprawidłowy czas tokena"), "ksef.auth450.time", SetClock),
        (Token, Status(450, "Token unieważniony"), "ksef.auth450.revoked", PasteToken),
        (Token, Status(450, "Token nieaktywny"), "ksef.auth450.inactive", OpenPortal),
        (Token, Status(450, "Nieprawidłowe szyfrowanie tokena"), "ksef.auth450.encryption", Retry),
        (Token, Status(450, "Nieprawidłowe kodowanie tokena"), "ksef.auth450.encoding", PasteToken),
        (
            Token,
            Status(450, "Token nie może być użyty w kontekście Nip: 5265877635"),
            "ksef.auth450.context",
            OpenCompany,
        ),
        (Token, Status(450, "Coś, czego kontrakt nie zna"), "ksef.auth450.other", PasteToken),
        (Certificate, Status(460, "Nieważny certyfikat"), "ksef.auth460.expired", RequestCertificate),
        (
            Certificate,
            Status(460, "Błąd weryfikacji łańcucha certyfikatów"),
            "ksef.auth460.chainUnverified",
            Retry,
        ),
        (
            Certificate,
            Status(460, "Niezaufany łańcuch certyfikatów"),
            "ksef.auth460.chainUntrusted",
            ChooseEnvironment,
        ),
        (Certificate, Status(460, "Certyfikat odwołany"), "ksef.auth460.revoked", RequestCertificate),
        (Certificate, Status(460, "Certyfikat zawieszony"), "ksef.auth460.suspended", RequestCertificate),
        (Certificate, Status(460, "Niepoprawny certyfikat"), "ksef.auth460.invalid", LoadCertificate),
        (Certificate, Status(460, "Coś, czego kontrakt nie zna"), "ksef.auth460.other", LoadCertificate),
        (
            Token,
            Status(470, "Próba wykorzystania metod autoryzacyjnych osoby zmarłej"),
            "ksef.auth470",
            LoadCertificate,
        ),
        (Token, Status(480, "Podejrzenie incydentu bezpieczeństwa"), "ksef.auth480", OpenPortal),
        (Token, Status(500, "Nieznany błąd"), "ksef.auth500", Retry),
        (Token, Status(550, "Przetwarzanie zostało przerwane"), "ksef.auth550", Retry),
    ]
}

fn refusals() -> Vec<Row> {
    use By::{Certificate, Token};
    use Operation::{AuthenticateByToken, AuthenticateByXades};
    use Trouble::Refusal;
    vec![
        (Certificate, Refusal(AuthenticateByXades, 21115), "ksef.certificateNotAccepted", LoadCertificate),
        (Certificate, Refusal(AuthenticateByXades, 9105), "ksef.signature", LoadCertificate),
        (Certificate, Refusal(AuthenticateByXades, 9101), "ksef.signature", LoadCertificate),
        (Certificate, Refusal(AuthenticateByXades, 21111), "ksef.challenge", Retry),
        (Certificate, Refusal(AuthenticateByXades, 21117), "ksef.context", OpenCompany),
        (Token, Refusal(AuthenticateByToken, 21111), "ksef.challenge", Retry),
        (Token, Refusal(AuthenticateByToken, 21470), "ksef.keyWithdrawn", Retry),
        (Token, Refusal(AuthenticateByToken, 21117), "ksef.context", OpenCompany),
    ]
}

fn ways() -> Vec<Row> {
    use By::Token;
    use Trouble::OnTheWay;
    vec![
        (Token, OnTheWay(FaultKind::Shield), "ksef.shielded", CheckNetwork),
        (Token, OnTheWay(FaultKind::ShieldHtml), "ksef.shielded", CheckNetwork),
        (Token, OnTheWay(FaultKind::TooManyRequests { retry_after: 600 }), "ksef.rateLimited", Wait),
        (Token, OnTheWay(FaultKind::Status { status: 500 }), "ksef.unavailable", Wait),
        (Token, OnTheWay(FaultKind::Status { status: 502 }), "ksef.unavailable", Wait),
        (Token, OnTheWay(FaultKind::Status { status: 503 }), "ksef.unavailable", Wait),
        (Token, OnTheWay(FaultKind::Html { status: 200 }), "network.notKsef", CheckNetwork),
        (Token, OnTheWay(FaultKind::NotJson), "network.notKsef", CheckNetwork),
        (Token, OnTheWay(FaultKind::WrongBody), "network.notKsef", CheckNetwork),
        (Token, OnTheWay(FaultKind::Endless), "network.notKsef", CheckNetwork),
        (Token, OnTheWay(FaultKind::Oversized { bytes: 100_000_000 }), "network.notKsef", CheckNetwork),
        (
            Token,
            OnTheWay(FaultKind::Redirect { location: "http://example.com/v2".to_owned() }),
            "network.notKsef",
            CheckNetwork,
        ),
        (Token, OnTheWay(FaultKind::DropBefore), "network.none", CheckNetwork),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn every_status_of_a_login() {
    judge_all(statuses()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_refusal_at_the_door() {
    judge_all(refusals()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_on_the_way_there() {
    judge_all(ways()).await;
}

async fn judge_all(rows: Vec<Row>) {
    let works: Vec<_> = rows.into_iter().map(|row| tokio::spawn(judge(row))).collect();
    for work in works {
        work.await.unwrap();
    }
}

async fn judge((by, trouble, code, next): Row) {
    let of = format!("{trouble:?} by {by:?}");
    let place = Place::new(by, system_clock()).await;
    place.arrange(&trouble);
    let problem = place.refused(&of).await;
    assert_eq!((problem.code.as_str(), problem.next), (code, next), "{of}: {problem:?}");
    if let Some(number) = code_of(&trouble) {
        let technical = problem.technical.as_deref().unwrap_or_default();
        assert!(technical.contains(&number.to_string()), "{of}: KSeF's own code in {technical:?}");
    }
    // It was the trouble and nothing else.
    place.sim.control().clear_faults();
    if code == "ksef.rateLimited" {
        // KSeF's pause is kept, and a second click is told of it instead of waiting for its end.
        assert_eq!(place.refused(&of).await.code, code, "{of}");
    } else {
        let connected = place.check().await;
        assert!(matches!(connected, ConnectionView::Connected { .. }), "{of}: {connected:?}");
    }
    place.end().await;
}

/// KSeF's own code.
fn code_of(trouble: &Trouble) -> Option<u32> {
    match trouble {
        Trouble::Status(code, _) => Some(u32::from(*code)),
        Trouble::Refusal(_, code) => Some(*code),
        Trouble::OnTheWay(_) => None,
    }
}

/// A simulator, the program, and the secrets that must not be shown.
struct Place {
    sim: Running,
    bench: Bench,
    secrets: Vec<SecretText>,
}

impl Place {
    async fn new(by: By, clock: Arc<dyn Clock>) -> Self {
        // A certificate of the simulator belongs into the sandbox; elsewhere the environment would be the cause.
        let environment = match by {
            By::Token => EnvironmentName::Test,
            By::Certificate => EnvironmentName::Sandbox,
        };
        let sim = simulator().await;
        let bench = Bench::at(clock, Some(sim.api().clone()), environment).await;
        let secrets = match by {
            By::Token => vec![bench.paste_fresh_token(&sim).await],
            By::Certificate => load_fresh_certificate(&bench, &sim, &bench.scope).await,
        };
        Self { sim, bench, secrets }
    }

    fn arrange(&self, trouble: &Trouble) {
        let control = self.sim.control();
        match trouble.clone() {
            Trouble::Status(code, detail) => {
                let details = vec![detail.to_owned()];
                control.end_next(Ending::Authentication { code, details }).unwrap();
            }
            Trouble::Refusal(operation, code) => {
                let kind = FaultKind::Refuse { code, description: String::new(), details: vec![] };
                control.fault(Fault::times(operation, 100, kind));
            }
            Trouble::OnTheWay(kind) => control.fault(Fault::times(Operation::Challenge, 100, kind)),
        }
    }

    async fn check(&self) -> ConnectionView {
        self.bench.app.check_connection(&self.bench.scope).await.unwrap()
    }

    async fn refused(&self, of: &str) -> Problem {
        let problem = refusal(&self.bench.app, &self.bench.scope, of).await;
        // Exposed to be looked for.
        let secrets = self.secrets.iter().map(|secret| secret.expose().as_str());
        let parts: Vec<&str> =
            secrets.flat_map(|secret| [secret, secret.rsplit('|').next().unwrap()]).collect();
        assert_keeps(&problem, &parts, of);
        problem
    }

    async fn end(self) {
        self.bench.app.stop().await;
        self.sim.stop().await;
    }
}

async fn refusal(app: &App, scope: &Scope, of: &str) -> Problem {
    let answer = app.check_connection(scope).await.unwrap();
    let ConnectionView::Refused { problem, .. } = answer else { panic!("{of}: {answer:?}") };
    assert_told(&problem, of);
    assert_ne!(problem.next, ContactSupport, "{of}");
    problem
}

async fn load_fresh_certificate(bench: &Bench, sim: &Running, scope: &Scope) -> Vec<SecretText> {
    let owner = CertificateOwner::Company(NIP.parse().unwrap());
    let made = sim.control().make_certificate(NewCertificate::for_owner(owner)).unwrap();
    let files = vec![
        bench.file("pieczec.crt", made.crt.as_bytes()),
        // Exposed to be written as the portal's file, encrypted.
        bench.file("pieczec.key", made.key.expose().as_bytes()),
    ];
    bench.app.load_credential_files(scope, LoadTarget::Anywhere, files).await.unwrap();
    let slot = CertificateSlot::Authentication;
    let view = bench.app.set_certificate_password(scope, slot, made.password.clone()).await.unwrap();
    assert!(view.authentication.saved, "{:?}", view.authentication.problems);
    vec![made.password, made.key]
}

fn wrong(ahead: TimeDelta) -> Arc<dyn Clock> {
    Arc::new(WrongClock::ahead(system_clock(), ahead))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_off_by_more_than_a_minute() {
    for (by, minutes, trouble) in [
        (By::Token, 5, Trouble::Status(450, "Nieprawidłowy czas tokena")),
        (By::Token, -5, Trouble::Status(450, "Nieprawidłowy token")),
        (By::Certificate, 125, Trouble::Status(460, "Nieważny certyfikat")),
        (By::Certificate, 3, Trouble::Refusal(Operation::AuthenticateByXades, 9105)),
    ] {
        let of = format!("{minutes} minutes, {trouble:?}");
        let place = Place::new(by, wrong(TimeDelta::minutes(minutes))).await;
        place.arrange(&trouble);
        let problem = place.refused(&of).await;
        assert_eq!((problem.code.as_str(), problem.next), ("ksef.clockOff", SetClock), "{of}");
        place.end().await;
    }
    // Within the minute it is not the clock.
    let place = Place::new(By::Token, wrong(TimeDelta::seconds(-20))).await;
    place.arrange(&Trouble::Status(450, "Nieprawidłowy czas tokena"));
    assert_eq!(place.refused("20 seconds").await.code, "ksef.auth450.time");
    place.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_clock_that_does_no_harm_is_a_warning() {
    let place = Place::new(By::Token, wrong(TimeDelta::minutes(2))).await;
    let ConnectionView::Connected { warnings, .. } = place.check().await else { panic!("refused") };
    let warning = warnings.iter().find(|warning| warning.code == "ksef.clockOff").unwrap();
    assert_told(warning, "clock");
    place.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_credential_of_another_environment_names_where_it_belongs() {
    // The token is kept for Demo as well; KSeF in Test does not know it.
    let place = Place::new(By::Token, system_clock()).await;
    let demo = Scope { environment: EnvironmentName::Demo, ..place.bench.scope.clone() };
    place.bench.app.set_token(&demo, place.secrets[0].clone()).await.unwrap();
    place.arrange(&Trouble::Status(450, "Nieprawidłowy token"));
    let problem = place.refused("token").await;
    assert_eq!((problem.code.as_str(), problem.next), ("ksef.wrongEnvironment", ChooseEnvironment));
    assert_eq!((&*problem.values["tried"], &*problem.values["belongs"]), ("test", "demo"));
    place.end().await;

    // A certificate of the sandbox in the demonstration environment: its issuer says so.
    let sim = simulator().await;
    let bench = Bench::at(system_clock(), Some(sim.api().clone()), EnvironmentName::Demo).await;
    let secrets = load_fresh_certificate(&bench, &sim, &bench.scope).await;
    let place = Place { sim, bench, secrets };
    place.arrange(&Trouble::Refusal(Operation::AuthenticateByXades, 21115));
    let problem = place.refused("certificate").await;
    assert_eq!((problem.code.as_str(), problem.next), ("ksef.wrongEnvironment", ChooseEnvironment));
    assert_eq!((&*problem.values["tried"], &*problem.values["belongs"]), ("demo", "sandbox"));
    place.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_network_without_a_name_and_without_trust() {
    let sim = simulator().await;
    // A server that does not speak TLS stands for one that nobody can trust.
    let plain = sim.api().to_string().replace("http://", "https://");
    for (address, code) in [
        // Nobody listens on the port of discard.
        ("http://127.0.0.1:9/v2".to_owned(), "network.none"),
        ("https://no-such-host.invalid/v2".to_owned(), "network.dns"),
        (plain, "network.tls"),
    ] {
        let api: ApiAddress = address.parse().unwrap();
        let bench = Bench::at(system_clock(), Some(api), EnvironmentName::Test).await;
        bench.paste_fresh_token(&sim).await;
        let problem = refusal(&bench.app, &bench.scope, &address).await;
        assert_eq!((problem.code.as_str(), problem.next), (code, CheckNetwork), "{address}: {problem:?}");
    }
    sim.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_credential_nothing_is_asked() {
    let sim = simulator().await;
    let bench = Bench::at(system_clock(), Some(sim.api().clone()), EnvironmentName::Test).await;
    let problem = refusal(&bench.app, &bench.scope, "no credential").await;
    assert_eq!((problem.code.as_str(), problem.next), ("credential.none", LoadCertificate));
    assert_eq!(sim.control().arrived().unwrap().requests.len(), 0);
    sim.stop().await;
}
