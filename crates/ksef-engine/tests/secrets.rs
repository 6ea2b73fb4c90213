//! No secret reaches a log, the archive or an event: everything that a run wrote is searched.
#![expect(clippy::unwrap_used, reason = "helpers of tests stop at what should not be")]

mod common;

use std::io::Write;
use std::sync::{Arc, Mutex};

use common::{Bench, SANDBOX, nip, picked, signing};
use ksef_engine::{CertificateSlot, EnrolmentStep, ExportForm, JournalFilter, LoadTarget, SigningStep};
use ksef_sim::{CertificateOwner, Fault, FaultKind, NewCertificate, Operation};

#[derive(Clone, Default)]
struct Captured(Arc<Mutex<Vec<u8>>>);

impl Write for Captured {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_secret_is_written_anywhere() {
    let log = Captured::default();
    let writer = log.clone();
    tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
        .with_writer(move || writer.clone())
        .init();
    let bench = Bench::new().await;
    let mut events = bench.engine.subscribe();
    let token = bench.make_token();
    let made = bench
        .sim
        .control()
        .make_certificate(NewCertificate::for_owner(CertificateOwner::Company(nip())))
        .unwrap();
    // Exposed to be looked for.
    let secret = token.secret().expose().rsplit('|').next().unwrap().to_owned();
    let password = made.password.expose().clone();
    let pasted = bench.engine.paste_token(nip(), SANDBOX, token.secret().clone()).await.unwrap();
    let mut seen = format!("{pasted:?}");
    let id = bench.queue("FV/1");
    for kind in [FaultKind::CutOff, FaultKind::NotJson, FaultKind::Status { status: 500 }] {
        bench.sim.control().fault(Fault::next(Operation::AuthenticateByToken, kind.clone()));
        bench.sim.control().fault(Fault::next(Operation::Redeem, kind));
        seen += &format!("{:?}", bench.engine.check_connection(nip(), SANDBOX).await);
    }
    bench.sim.control().clear_faults();
    let files = vec![picked("a.crt", made.crt.as_bytes()), picked("a.key", made.key.expose().as_bytes())];
    seen += &format!("{:?}", bench.engine.load_files(nip(), SANDBOX, LoadTarget::Anywhere, files).await);
    let slot = CertificateSlot::Authentication;
    seen += &format!("{:?}", bench.engine.set_password(nip(), SANDBOX, slot, made.password.clone()).await);
    seen += &format!("{:?}", bench.engine.check_connection(nip(), SANDBOX).await);
    bench.settle().await;
    bench.assert_sent_once(id, "secrets");
    // A signature that is not kept, new certificates, files for another program, the journal.
    let engine = bench.restarted(common::quick());
    let mut more = engine.subscribe();
    let seal = bench.seal();
    engine.sign_with_files(nip(), SANDBOX, signing::files(&seal)).await.unwrap();
    seen += &format!("{:?}", signing::signed(&engine, SigningStep::Connected).await);
    let wish = signing::wish(Some("Nowy do logowania"), Some("Nowy offline"));
    seen += &format!("{:?}", engine.enrol(nip(), SANDBOX, &wish).await.unwrap());
    for slot in [CertificateSlot::Authentication, CertificateSlot::Offline] {
        seen += &format!("{:?}", signing::enrolled(&engine, slot, EnrolmentStep::Done).await);
    }
    let elsewhere = tempfile::tempdir().unwrap();
    let exported = engine
        .export_credential(nip(), SANDBOX, slot, ExportForm::Pair, None, elsewhere.path().join("a"))
        .await
        .unwrap();
    seen += &format!("{exported:?}");
    let made_password = exported.password.unwrap().expose().clone();
    seen += &format!("{:?}", engine.credential_table(nip(), SANDBOX, true).await.unwrap());
    seen += &format!("{:?}", engine.journal(&JournalFilter::default()).unwrap());
    let mut csv = Vec::new();
    engine.write_journal(&mut csv).unwrap().unwrap();
    seen += &String::from_utf8(csv).unwrap();
    let sealed = seal.password.expose().clone();
    while let Ok(event) = more.try_recv() {
        seen += &format!("{event:?}");
    }
    while let Ok(event) = events.try_recv() {
        seen += &format!("{event:?}");
    }
    let mut written = vec![("what was shown".to_owned(), seen.into_bytes())];
    written.push(("the log".to_owned(), log.0.lock().unwrap().clone()));
    for file in std::fs::read_dir(bench.folder.path()).unwrap() {
        let path = file.unwrap().path();
        written.push((path.display().to_string(), std::fs::read(path).unwrap()));
    }
    // The beginning of every JWT.
    let needles = [
        secret.as_str(),
        password.as_str(),
        made_password.as_str(),
        sealed.as_str(),
        "eyJhbGciOi",
        "PRIVATE KEY",
    ];
    for needle in needles {
        for (place, bytes) in &written {
            assert!(!contains(bytes, needle.as_bytes()), "{place} holds {}…", &needle[..3]);
        }
    }
    assert!(written.iter().any(|(_, bytes)| contains(bytes, b"FV/1")), "the search finds what is there");
}
