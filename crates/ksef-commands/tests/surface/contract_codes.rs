//! Every code with which the contract refuses logging in, certificates and active logins: each was seen by a person as a problem
//! with its next step. The list is compared with the contract.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use ksef_commands::NextStep::{self, *};
use ksef_commands::Problem;
use ksef_commands::views::{
    ConnectionView, EnrolmentStep, EnrolmentView, EnrolmentWish, EnvironmentName, KeyAlgorithm,
    RevocationReason, SigningStep,
};
use ksef_sim::{CertificateOwner, Fault, FaultKind, NewCertificate, Operation, Running, contract};
use serde_json::Value;

use crate::bench::{Bench, NIP, assert_told, simulator};

const PATIENCE: Duration = Duration::from_secs(180);

/// Where a person meets the refusal.
#[derive(Debug, Clone, Copy, PartialEq)]
enum At {
    /// "Sprawdź połączenie", with the certificate.
    Connection,
    /// "Sprawdź połączenie", with the token.
    TokenConnection,
    /// The login by a signature, with files.
    Signing,
    /// "Wystąp o certyfikat", before asking.
    Offer,
    /// The request for a certificate.
    Request,
    /// The table of credentials.
    Table,
    /// Revoking.
    Revoking,
    /// The list of active logins.
    Logins,
    /// Ending another login.
    EndingAnother,
    /// Ending this login.
    EndingThis,
    /// Nowhere: the program finds its way.
    Nowhere,
}

type Row = (Operation, u32, At, &'static str, NextStep);

fn rows() -> Vec<Row> {
    use Operation::{
        ActiveSessions, AuthenticateByToken, AuthenticateByXades, AuthenticationStatus, EndCurrentSession,
        EndSession, Enroll, EnrollmentData, EnrollmentStatus, QueryCertificates, Redeem, Refresh,
        RetrieveCertificates, RevokeCertificate,
    };
    vec![
        (AuthenticateByXades, 9101, At::Connection, "ksef.signature", LoadCertificate),
        (AuthenticateByXades, 9102, At::Connection, "ksef.signature", LoadCertificate),
        (AuthenticateByXades, 9103, At::Connection, "ksef.signature", LoadCertificate),
        (AuthenticateByXades, 9105, At::Connection, "ksef.signature", LoadCertificate),
        (AuthenticateByXades, 21406, At::Connection, "ksef.signature", LoadCertificate),
        (AuthenticateByXades, 21001, At::Connection, "ksef.document", Retry),
        (AuthenticateByXades, 21217, At::Connection, "ksef.document", Retry),
        (AuthenticateByXades, 21401, At::Connection, "ksef.document", Retry),
        (AuthenticateByXades, 21111, At::Connection, "ksef.challenge", Retry),
        (AuthenticateByXades, 21115, At::Connection, "ksef.certificateNotAccepted", LoadCertificate),
        (AuthenticateByXades, 21117, At::Connection, "ksef.context", OpenCompany),
        (AuthenticateByXades, 21405, At::Connection, "ksef.refused", ContactSupport),
        // What was signed with files cannot be mended by loading a certificate.
        (AuthenticateByXades, 9101, At::Signing, "ksef.signatureByFiles", ChooseFile),
        (AuthenticateByXades, 9102, At::Signing, "ksef.signatureByFiles", ChooseFile),
        (AuthenticateByXades, 9103, At::Signing, "ksef.signatureByFiles", ChooseFile),
        (AuthenticateByXades, 9105, At::Signing, "ksef.signatureByFiles", ChooseFile),
        (AuthenticateByXades, 21406, At::Signing, "ksef.signatureByFiles", ChooseFile),
        (AuthenticateByXades, 21001, At::Signing, "ksef.document", Retry),
        (AuthenticateByXades, 21217, At::Signing, "ksef.document", Retry),
        (AuthenticateByXades, 21401, At::Signing, "ksef.document", Retry),
        (AuthenticateByXades, 21111, At::Signing, "ksef.challenge", Retry),
        (AuthenticateByXades, 21115, At::Signing, "ksef.certificateOfFiles", ChooseFile),
        (AuthenticateByXades, 21117, At::Signing, "ksef.context", OpenCompany),
        (AuthenticateByXades, 21405, At::Signing, "ksef.refused", ContactSupport),
        (AuthenticateByToken, 21111, At::TokenConnection, "ksef.challenge", Retry),
        (AuthenticateByToken, 21405, At::TokenConnection, "ksef.refused", ContactSupport),
        (AuthenticateByToken, 21470, At::TokenConnection, "ksef.keyWithdrawn", Retry),
        (AuthenticationStatus, 21304, At::Connection, "ksef.auth425", Retry),
        (Redeem, 21301, At::Connection, "ksef.auth425", Retry),
        (Redeem, 21304, At::Connection, "ksef.auth425", Retry),
        (Redeem, 21308, At::Connection, "ksef.auth470", LoadCertificate),
        (Redeem, 21308, At::Signing, "ksef.auth470", ChooseFile),
        // A login that cannot be renewed is made anew, by what is in the keychain.
        (Refresh, 21301, At::Nowhere, "", Retry),
        (Refresh, 21304, At::Nowhere, "", Retry),
        (Refresh, 21308, At::Nowhere, "", Retry),
        (ActiveSessions, 21405, At::Logins, "ksef.refused", ContactSupport),
        (ActiveSessions, 21418, At::Logins, "ksef.listing", Retry),
        (EndSession, 21405, At::EndingAnother, "ksef.refused", ContactSupport),
        (EndCurrentSession, 21405, At::EndingThis, "ksef.refused", ContactSupport),
        (EnrollmentData, 25001, At::Offer, "enrolment.notBySignature", SignAgain),
        (EnrollmentData, 25001, At::Request, "enrolment.notBySignature", SignAgain),
        (Enroll, 25002, At::Request, "enrolment.notBySignature", SignAgain),
        (Enroll, 25003, At::Request, "enrolment.refused25003", RequestCertificate),
        (Enroll, 25004, At::Request, "enrolment.refused25004", RequestCertificate),
        (Enroll, 25006, At::Request, "enrolment.refused25006", OpenCertificates),
        (Enroll, 25007, At::Request, "enrolment.refused25007", OpenCertificates),
        (Enroll, 25010, At::Request, "enrolment.refused25010", RequestCertificate),
        (Enroll, 25011, At::Request, "enrolment.refused25011", RequestCertificate),
        (Enroll, 21405, At::Request, "enrolment.refused21405", RequestCertificate),
        (EnrollmentStatus, 21405, At::Request, "ksef.refused", ContactSupport),
        // The certificate is found in KSeF's list by its key.
        (EnrollmentStatus, 25005, At::Nowhere, "", Retry),
        (RetrieveCertificates, 21405, At::Request, "ksef.refused", ContactSupport),
        (QueryCertificates, 21405, At::Table, "ksef.refused", ContactSupport),
        (RevokeCertificate, 21405, At::Revoking, "ksef.refused", ContactSupport),
        (RevokeCertificate, 25008, At::Revoking, "certificate.unknown", OpenCertificates),
        (RevokeCertificate, 25009, At::Revoking, "certificate.notRevocable", OpenCertificates),
    ]
}

#[test]
fn the_list_is_the_contracts() {
    let Some(shared) = ksef_testkit::shared() else {
        println!("skipped: the contract's files are not here");
        return;
    };
    let text = std::fs::read(shared.join("open-api.json")).unwrap();
    let contract: Value = serde_json::from_slice(&text).unwrap();
    let mut listed: BTreeMap<String, BTreeSet<u32>> = BTreeMap::new();
    for (operation, code, ..) in rows() {
        let line = contract::of(operation).unwrap();
        listed.entry(format!("{} {}", line.method.as_str(), line.path)).or_default().insert(code);
    }
    let mut published: BTreeMap<String, BTreeSet<u32>> = BTreeMap::new();
    for (path, operations) in contract["paths"].as_object().unwrap() {
        if !["/auth/", "/certificates/"].iter().any(|part| path.starts_with(part)) {
            continue;
        }
        for (method, operation) in operations.as_object().unwrap() {
            let table = operation["responses"]["400"]["description"].as_str().unwrap_or_default();
            let codes: BTreeSet<u32> = table.lines().filter_map(code).collect();
            if !codes.is_empty() {
                published.insert(format!("{} {path}", method.to_uppercase()), codes);
            }
        }
    }
    assert!(published.len() >= 13, "{published:?}");
    assert_eq!(listed, published);
}

/// `| 21405 | Błąd walidacji danych wejściowych. | … |`
fn code(line: &str) -> Option<u32> {
    line.split('|').nth(1)?.trim().parse().ok()
}

/// A company with a certificate of its own, signed in by files where that is wanted.
struct Desk {
    sim: Running,
    bench: Bench,
    files: Vec<std::path::PathBuf>,
    password: ksef_types::SecretText,
}

impl Desk {
    async fn new(at: At) -> Self {
        let sim = simulator().await;
        let clock = Arc::new(sim.control().clock().clone());
        let bench = Bench::at(clock, Some(sim.api().clone()), EnvironmentName::Sandbox).await;
        let owner = CertificateOwner::Company(NIP.parse().unwrap());
        let made = sim.control().make_certificate(NewCertificate::for_owner(owner)).unwrap();
        // Exposed to be written as the portal's file, encrypted.
        let key = bench.file("pieczec.key", made.key.expose().as_bytes());
        let files = vec![bench.file("pieczec.crt", made.crt.as_bytes()), key];
        let desk = Self { sim, bench, files, password: made.password };
        match at {
            At::TokenConnection => drop(desk.bench.paste_fresh_token(&desk.sim).await),
            At::Signing => {}
            _ => desk.load().await,
        }
        desk
    }

    async fn load(&self) {
        use ksef_commands::views::{CertificateSlot, LoadTarget};
        let (app, scope) = (&self.bench.app, &self.bench.scope);
        app.load_credential_files(scope, LoadTarget::Anywhere, self.files.clone()).await.unwrap();
        let slot = CertificateSlot::Authentication;
        let view = app.set_certificate_password(scope, slot, self.password.clone()).await.unwrap();
        assert!(view.authentication.saved);
    }

    fn refuse(&self, operation: Operation, code: u32) {
        let kind = FaultKind::Refuse { code, description: String::new(), details: vec![] };
        self.sim.control().fault(Fault::times(operation, 1000, kind));
    }

    async fn meet(&self, at: At) -> Option<Problem> {
        let (app, scope) = (&self.bench.app, &self.bench.scope);
        match at {
            At::Connection | At::TokenConnection => match app.check_connection(scope).await.unwrap() {
                ConnectionView::Refused { problem, .. } => Some(problem),
                _ => None,
            },
            At::Signing => self.sign().await,
            At::Offer => app.enrolment_offer(scope).await.err(),
            At::Request => self.request().await.problem,
            At::Table => app.certificates(scope, true).await.unwrap().problem,
            At::Revoking => {
                let held = app.certificates(scope, true).await.unwrap().rows.remove(0);
                app.revoke_certificate(scope, &held.identifier, RevocationReason::Superseded).await.err()
            }
            At::Logins => app.auth_sessions(scope, None).await.err(),
            At::EndingAnother => {
                let another = app.auth_sessions(scope, None).await.unwrap().rows.remove(0).reference_number;
                app.end_auth_session(scope, Some(another)).await.err()
            }
            At::EndingThis => app.end_auth_session(scope, None).await.err(),
            At::Nowhere => {
                // The access token is over: it would be renewed.
                self.sim.control().advance(chrono::TimeDelta::hours(1));
                let one = self.request().await;
                assert_eq!(one.step, EnrolmentStep::Done, "{one:?}");
                None
            }
        }
    }

    async fn sign(&self) -> Option<Problem> {
        let (app, scope) = (&self.bench.app, &self.bench.scope);
        let mut events = app.events();
        app.sign_with_files(scope, self.files.clone(), Some(self.password.clone())).await.unwrap();
        let ended = async {
            loop {
                let view = app.signing(scope).await.unwrap();
                if matches!(view.step, SigningStep::Connected | SigningStep::Refused) {
                    return view.problem;
                }
                let _ = tokio::time::timeout(Duration::from_millis(500), events.next()).await;
            }
        };
        tokio::time::timeout(PATIENCE, ended).await.unwrap()
    }

    /// Asks for an offline certificate, and waits until it is there or stands.
    async fn request(&self) -> EnrolmentView {
        let (app, scope) = (&self.bench.app, &self.bench.scope);
        let mut events = app.events();
        let wish = EnrolmentWish {
            authentication_name: None,
            offline_name: Some("Tryb offline".to_owned()),
            algorithm: KeyAlgorithm::P256,
            valid_from: None,
        };
        app.enrol(scope, wish).await.unwrap();
        let ended = async {
            loop {
                let one = app.enrolments(scope).await.unwrap().remove(0);
                if one.step == EnrolmentStep::Done || one.problem.is_some() {
                    return one;
                }
                let _ = tokio::time::timeout(Duration::from_millis(500), events.next()).await;
            }
        };
        tokio::time::timeout(PATIENCE, ended).await.unwrap()
    }
}

async fn judge((operation, code, at, expected, next): Row) {
    let of = format!("{operation:?} {code} at {at:?}");
    let desk = Desk::new(at).await;
    // What goes before it works.
    if matches!(at, At::Logins | At::EndingAnother | At::EndingThis | At::Revoking | At::Nowhere) {
        assert!(desk.meet(At::Connection).await.is_none(), "{of}");
    }
    desk.refuse(operation, code);
    let met = desk.meet(at).await;
    if at == At::Nowhere {
        assert!(met.is_none(), "{of}: {met:?}");
        assert!(desk.sim.control().arrived().unwrap().count(operation) > 0, "{of}: never asked");
    } else {
        let problem = met.unwrap_or_else(|| panic!("{of}: nothing was told"));
        assert_eq!((problem.code.as_str(), problem.next), (expected, next), "{of}: {problem:?}");
        assert_told(&problem, &of);
    }
    desk.bench.app.stop().await;
    desk.sim.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_refusal_of_the_contract_is_told_with_its_next_step() {
    let mut works = tokio::task::JoinSet::new();
    for row in rows() {
        if works.len() >= 4 {
            works.join_next().await.unwrap().unwrap();
        }
        works.spawn(judge(row));
    }
    while let Some(judged) = works.join_next().await {
        judged.unwrap();
    }
}
