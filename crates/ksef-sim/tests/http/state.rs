use ksef_sim::{CertificateOwner, NewCertificate, Permission, SimulatorConfig, StateStore};
use serde_json::json;

use crate::harness::{SELLER, Sim, config, invoice};

#[test]
fn a_folder_survives_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let start = || {
        Sim::with(SimulatorConfig {
            state: StateStore::Folder(folder.path().join("żółty stan")), ..config()
        })
    };
    let sim = start();
    let nip = SELLER.parse().unwrap();
    sim.control().make_company(nip, "Sprzedawca").unwrap();
    let token = sim.control().make_token(nip, &[Permission::InvoiceWrite, Permission::InvoiceRead]).unwrap();
    sim.control().make_certificate(NewCertificate::for_owner(CertificateOwner::Company(nip))).unwrap();
    let (access, refresh) = sim.login_by(&token);
    let session = sim.open(&access);
    let reference = sim.send_invoice(&access, &session, &invoice("R"));
    let before = sim.invoice(&access, &session, &reference);
    let keys = sim.get("/security/public-key-certificates", None).json();
    sim.stop();

    let sim = start();
    assert_eq!(sim.get("/security/public-key-certificates", None).json(), keys);
    let after = sim.invoice(&access, &session, &reference);
    assert_eq!(after["ksefNumber"], before["ksefNumber"]);
    assert_eq!(sim.control().invoices().unwrap()[0].bytes, invoice("R"));
    sim.post_empty("/auth/token/refresh", Some(&refresh)).expect(200);
    sim.send_invoice(&access, &session, &invoice("R 2"));
    assert_eq!(sim.outcome(&access, &invoice("R"))["status"]["code"], 440);
    assert_eq!(sim.login_status(&sim.token_request(&token))["code"], 200);
    sim.stop();
}

#[test]
fn a_line_cut_off_by_a_crash_is_dropped_and_a_damaged_one_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let config = || SimulatorConfig { state: StateStore::Folder(folder.path().to_owned()), ..config() };
    let sim = Sim::with(config());
    sim.control().make_company(SELLER.parse().unwrap(), "Pierwsza").unwrap();
    sim.stop();
    let journal = folder.path().join("journal.jsonl");
    let whole = std::fs::read(&journal).unwrap();
    std::fs::write(&journal, [whole.as_slice(), br#"{"table":"companies","key":"11"#].concat()).unwrap();
    let sim = Sim::with(config());
    assert_eq!(sim.control().companies().unwrap()[0].name, "Pierwsza");
    sim.control().make_company(SELLER.parse().unwrap(), "Druga").unwrap();
    sim.stop();
    let sim = Sim::with(config());
    assert_eq!(sim.control().companies().unwrap()[0].name, "Druga");
    sim.stop();
    std::fs::write(&journal, b"nonsense\n").unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let failed = runtime.block_on(ksef_sim::Simulator::start(config())).unwrap_err();
    assert!(failed.to_string().contains("line 1"), "{failed}");
}

#[test]
fn a_long_journal_is_written_anew() {
    let folder = tempfile::tempdir().unwrap();
    let config = || SimulatorConfig { state: StateStore::Folder(folder.path().to_owned()), ..config() };
    let journal = folder.path().join("journal.jsonl");
    let sim = Sim::with(config());
    for number in 0..50 {
        sim.control().make_company(SELLER.parse().unwrap(), &format!("Nazwa {number}")).unwrap();
    }
    sim.stop();
    assert_eq!(std::fs::read_to_string(&journal).unwrap().lines().count(), 50);
    let sim = Sim::with(config());
    assert_eq!(std::fs::read_to_string(&journal).unwrap().lines().count(), 1);
    sim.login();
    sim.stop();
    let sim = Sim::with(config());
    assert_eq!(sim.control().companies().unwrap().len(), 1);
    sim.stop();
}

#[test]
fn the_token_is_not_written_down() {
    let folder = tempfile::tempdir().unwrap();
    let sim = Sim::with(SimulatorConfig { state: StateStore::Folder(folder.path().to_owned()), ..config() });
    let nip = SELLER.parse().unwrap();
    sim.control().make_company(nip, "S").unwrap();
    let token = sim.control().make_token(nip, &[Permission::InvoiceRead]).unwrap();
    let (access, refresh) = sim.login_by(&token);
    sim.stop();
    let journal = std::fs::read_to_string(folder.path().join("journal.jsonl")).unwrap();
    let secret = token.secret().expose().rsplit('|').next().unwrap();
    for text in [secret, access.as_str(), refresh.as_str()] {
        assert!(!journal.contains(text));
    }
    assert!(journal.contains(&json!(token.reference_number()).to_string()));
}
