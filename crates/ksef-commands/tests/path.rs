//! The whole path through the command surface: sandbox, real SQLite, real HTTP; secrets in a store of memory.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "what fails must stop the test")]

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use ksef_commands::views::{
    CertificateSlot, ConnectionMethod, ConnectionView, CredentialSlot, DoctorCheck, DoctorOutcome,
    EnrolmentStep, EnrolmentWish, EnvironmentName, ExportForm, JournalFilter, KeyAlgorithm, Language,
    LoadTarget, NewCompany, SaleState, SaleView, SalesFilter, Scope, WantedRights,
};
use ksef_commands::{App, AppEvent, NextStep, Options, catalogue};
use ksef_testkit::Management;
use ksef_vault::MemoryVault;
use serde_json::json;

const PATIENCE: Duration = Duration::from_secs(180);

async fn program(folder: &Path) -> Arc<App> {
    let options = Options {
        data_folder: Some(folder.join("Księgowość Żółć")),
        vault: Arc::new(MemoryVault::default()),
        ..Options::default()
    };
    App::start(options).await.unwrap()
}

/// Sends a sample invoice and waits until it is settled and has its UPO.
async fn send_sample(app: &Arc<App>, scope: &Scope) -> String {
    let prepared = app.make_sample_invoice(scope).await.unwrap();
    assert!(prepared.sendable, "{:?}", prepared.findings);
    let mut events = app.events();
    let sales = app.send_prepared(scope, &[prepared.id]).await.unwrap();
    assert_eq!(sales.len(), 1);
    let settled = async {
        while let Some(event) = events.next().await {
            if let AppEvent::SaleChanged(sale) = event
                && sale.state == SaleState::Accepted
                && sale.has_upo
            {
                return sale;
            }
        }
        unreachable!("the program ended")
    };
    let sale = tokio::time::timeout(PATIENCE, settled).await.expect("the invoice is settled");
    sale.id
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sandbox_gives_a_number_and_a_upo() {
    let folder = tempfile::tempdir().unwrap();
    let app = program(folder.path()).await;
    let scope = app.make_sample_company().await.unwrap();
    let connected = app.check_connection(&scope).await.unwrap();
    let ConnectionView::Connected { method, permissions, company, .. } = connected else {
        panic!("{connected:?}")
    };
    assert_eq!((method, company.as_str()), (ConnectionMethod::Certificate, scope.nip.as_str()));
    assert!(permissions.contains(&"InvoiceWrite".to_owned()), "{permissions:?}");

    let id = send_sample(&app, &scope).await;
    let sale = app.sale(&id).await.unwrap();
    let number = sale.ksef_number.unwrap();
    let upo = String::from_utf8(app.upo(&id).await.unwrap().bytes).unwrap();
    assert!(upo.contains(&number), "the UPO names the invoice");
    let listed =
        app.sales(&scope, SalesFilter { text: number.clone(), ..SalesFilter::default() }).await.unwrap();
    assert_eq!(listed.rows.len(), 1);
    assert_eq!(listed.rows[0].invoice.gross, "123.00");
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_alone_is_enough() {
    let folder = tempfile::tempdir().unwrap();
    let app = program(folder.path()).await;
    let scope = app.make_sample_company().await.unwrap();
    app.remove_credential(&scope, CredentialSlot::Authentication).await.unwrap();
    let connected = app.check_connection(&scope).await.unwrap();
    assert!(
        matches!(connected, ConnectionView::Connected { method: ConnectionMethod::Token, .. }),
        "{connected:?}"
    );
    let id = send_sample(&app, &scope).await;
    assert!(app.sale(&id).await.unwrap().ksef_number.is_some());
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_click_finds_the_same_company_and_another_start_the_same_sandbox() {
    let folder = tempfile::tempdir().unwrap();
    let vault = Arc::new(MemoryVault::default());
    let options = || Options {
        data_folder: Some(folder.path().to_owned()),
        vault: Arc::clone(&vault) as Arc<dyn ksef_vault::Vault>,
        ..Options::default()
    };
    let app = App::start(options()).await.unwrap();
    let scope = app.make_sample_company().await.unwrap();
    assert_eq!(app.make_sample_company().await.unwrap(), scope);
    let id = send_sample(&app, &scope).await;
    app.stop().await;
    drop(app);

    let again = App::start(options()).await.unwrap();
    let connected = again.check_connection(&scope).await.unwrap();
    assert!(matches!(connected, ConnectionView::Connected { .. }), "{connected:?}");
    assert_eq!(again.sale(&id).await.unwrap().state, SaleState::Accepted);
    again.stop().await;
}

/// What Latarnia announces, in whole sentences, and a tick when it is over.
#[tokio::test(flavor = "multi_thread")]
async fn the_doctor_says_what_was_announced_about_ksef() {
    let folder = tempfile::tempdir().unwrap();
    let app = program(folder.path()).await;
    let scope = app.make_sample_company().await.unwrap();
    let note = folder.path().join("Księgowość Żółć").join("piaskownica").join("adres.json");
    let sandbox = Management::at(&std::fs::read_to_string(note).unwrap());
    let said = async || {
        let wanted = WantedRights { issue: true, read: true, offline: false };
        let report = app.examine(&scope, wanted).await.unwrap();
        let item = report.items.into_iter().find(|item| item.check == DoctorCheck::Availability).unwrap();
        (item.outcome, item.problem)
    };
    assert_eq!(said().await, (DoctorOutcome::Passed, None));
    for (kind, sentence) in [
        ("MAINTENANCE", "Trwa przerwa w działaniu KSeF, którą ministerstwo zapowiedziało."),
        ("FAILURE", "Ministerstwo ogłosiło awarię KSeF."),
        ("TOTAL_FAILURE", "Ministerstwo ogłosiło awarię całkowitą KSeF."),
    ] {
        let event = json!({ "kind": kind, "text": "Usuwamy usterkę." });
        let event = sandbox.post("/latarnia/events", &event)["eventId"].as_u64().unwrap();
        let (outcome, problem) = said().await;
        let problem = problem.unwrap();
        assert_eq!(outcome, DoctorOutcome::Warning, "{kind}");
        assert_eq!(catalogue::sentences(&problem, Language::Pl).what, sentence);
        assert_eq!((problem.next, problem.technical.as_deref()), (NextStep::Wait, Some("Usuwamy usterkę.")));
        sandbox.delete(&format!("/latarnia/events/{event}"));
        assert_eq!(said().await, (DoctorOutcome::Passed, None), "{kind} has ended");
    }
    app.stop().await;
}

/// Queued without a credential in one environment, while another one is on the screen: a credential sends it.
#[tokio::test(flavor = "multi_thread")]
async fn what_stopped_for_want_of_a_credential_goes_on_when_one_comes() {
    let folder = tempfile::tempdir().unwrap();
    let app = program(folder.path()).await;
    let scope = app.make_sample_company().await.unwrap();
    app.remove_credential(&scope, CredentialSlot::Authentication).await.unwrap();
    app.remove_credential(&scope, CredentialSlot::Token).await.unwrap();
    let prepared = app.make_sample_invoice(&scope).await.unwrap();
    let mut events = app.events();
    let sales = app.send_prepared(&scope, &[prepared.id]).await.unwrap();
    let until = async |events: &mut ksef_commands::Events, wanted: &dyn Fn(&SaleView) -> bool| {
        let seen = async {
            while let Some(event) = events.next().await {
                if matches!(event, AppEvent::SaleChanged(sale) if wanted(&sale)) {
                    return;
                }
            }
            unreachable!("the program ended")
        };
        tokio::time::timeout(PATIENCE, seen).await.expect("the invoice gets there");
    };
    until(&mut events, &|sale| sale.problem.is_some()).await;
    app.choose_environment(&scope.nip, EnvironmentName::Test).await.unwrap();
    app.make_sample_company().await.unwrap();
    until(&mut events, &|sale| sale.has_upo).await;
    assert_eq!(app.sale(&sales[0].id).await.unwrap().state, SaleState::Accepted);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_cancelled_is_sent_neither_now_nor_after_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let app = program(folder.path()).await;
    let scope = app.make_sample_company().await.unwrap();
    let prepared = app.make_sample_invoice(&scope).await.unwrap();
    let sales = app.enqueue_prepared(&scope, &[prepared.id]).await.unwrap();
    app.cancel_sending(&scope).await.unwrap();
    assert_eq!(app.sale(&sales[0].id).await.unwrap().state, SaleState::Withdrawn);

    // Another invoice goes its way, the cancelled one stays, and its file may be loaded and sent again.
    send_sample(&app, &scope).await;
    assert_eq!(app.sale(&sales[0].id).await.unwrap().state, SaleState::Withdrawn);
    let file = folder.path().join("ponownie.xml");
    std::fs::write(&file, app.invoice_xml(&sales[0].id).await.unwrap().bytes).unwrap();
    let again = app.load_invoices(&scope, vec![file]).await.unwrap();
    assert!(again.iter().any(|row| row.sendable), "{again:?}");
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_read_is_a_row_with_its_problem() {
    let folder = tempfile::tempdir().unwrap();
    let app = program(folder.path()).await;
    let company =
        NewCompany { nip: "526-587-76-35".into(), name: None, environment: EnvironmentName::Sandbox };
    let company = app.add_company(company).await.unwrap();
    let scope = Scope { nip: company.nip, environment: company.environment };
    let rows = app
        .load_invoices(&scope, vec![folder.path().to_owned(), folder.path().join("nie ma.xml")])
        .await
        .unwrap();
    let mut codes: Vec<_> =
        rows.iter().filter_map(|row| row.problem.as_ref().map(|problem| problem.code.as_str())).collect();
    codes.sort_unstable();
    assert_eq!(codes, ["file.folder", "file.notFound"]);
    assert!(rows.iter().all(|row| !row.sendable));

    let loaded = app
        .load_credential_files(&scope, LoadTarget::Anywhere, vec![folder.path().to_owned()])
        .await
        .unwrap();
    assert_eq!(loaded.unplaced[0].problem.code, "file.folder");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_a_secret_stays_in_the_data_folder() {
    let folder = tempfile::tempdir().unwrap();
    let app = program(folder.path()).await;
    let scope = app.make_sample_company().await.unwrap();
    send_sample(&app, &scope).await;
    let mut shown = format!("{:?}", app.credentials(&scope).await.unwrap());
    // A new certificate, a file for another program, the table and the journal of all that.
    let wish = EnrolmentWish {
        authentication_name: None,
        offline_name: Some("Nowy offline".to_owned()),
        algorithm: KeyAlgorithm::P256,
        valid_from: None,
    };
    let mut events = app.events();
    app.enrol(&scope, wish).await.unwrap();
    let done = async {
        loop {
            let all = app.enrolments(&scope).await.unwrap();
            if all[0].step == EnrolmentStep::Done {
                return format!("{all:?}");
            }
            assert!(all[0].problem.as_ref().is_none_or(|problem| problem.next == NextStep::Wait), "{all:?}");
            let _ = tokio::time::timeout(Duration::from_millis(500), events.next()).await;
        }
    };
    shown += &tokio::time::timeout(PATIENCE, done).await.expect("the certificate comes");
    let elsewhere = tempfile::tempdir().unwrap();
    let path = elsewhere.path().join("kopia.crt");
    let exported =
        app.export_credential(&scope, CertificateSlot::Offline, ExportForm::Pair, None, path).await.unwrap();
    shown += &format!("{exported:?}");
    let handle = exported.password.unwrap();
    let password = app.once(&handle).unwrap().expose().clone();
    app.drop_once(&handle);
    assert!(app.once(&handle).is_err(), "shown once");
    shown += &format!("{:?}", app.certificates(&scope, true).await.unwrap());
    shown += &format!("{:?}", app.journal(JournalFilter::default()).await.unwrap());
    let csv = folder.path().join("Księgowość Żółć").join("dziennik.csv");
    app.save_journal(csv.clone()).await.unwrap();
    assert!(std::fs::read_to_string(&csv).unwrap().contains("credential-exported"));
    app.stop().await;
    let kept = search(folder.path(), &[&password]);
    assert!(kept.is_empty() && !shown.contains(&password), "the password of an export: {kept:?}");
    // The simulator's own state knows its tokens: it is the ministry here, and holds hashes of what it must recognise.
    let kept = search(folder.path(), &["-----BEGIN", "PRIVATE KEY", "|nip-"]);
    assert!(kept.is_empty(), "{kept:?}");
    assert!(!shown.contains("|nip-") && !shown.contains("PRIVATE"));
}

/// Every file outside the simulator's state that holds one of the texts.
fn search(folder: &Path, texts: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            if !path.ends_with("piaskownica") {
                found.extend(search(&path, texts));
            }
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        let holds = |text: &&&str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
        found.extend(texts.iter().filter(holds).map(|text| format!("{}: {text}", path.display())));
    }
    found
}
