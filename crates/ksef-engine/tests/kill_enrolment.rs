//! The process that asks for a certificate is killed between any two steps, and started again; and two of them are at work on one
//! request at once: the key is not lost, and there is exactly one certificate.
#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests stop at what should not be")]

mod common;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use common::file_vault::FileVault;
use common::firms::load;
use common::kill::{Ended, Fate, Process, Work, killed_everywhere};
use common::signing::{enrolled, wish};
use common::{Bench, SANDBOX, nip, quick};
use ksef_engine::{
    Act, CertificateSlot, Engine, EnrolmentError, EnrolmentStep, EnrolmentWish, JournalFilter, Tuning,
};
use ksef_sim::{
    CertificateKind, CertificateOwner, Fault, FaultKind, MadeCertificate, NewCertificate, Operation, Running,
};
use ksef_types::SystemClock;
use ksef_vault::{CredentialKey, Holding, Slot, Vault};

use CertificateSlot::{Authentication, Offline};

fn wanted(slot: CertificateSlot, name: &str) -> EnrolmentWish {
    match slot {
        Authentication => wish(Some(name), None),
        Offline => wish(None, Some(name)),
    }
}

const fn word(slot: CertificateSlot) -> &'static str {
    match slot {
        Authentication => "authentication",
        Offline => "offline",
    }
}

/// Not a test by itself: the process that asks for a certificate, and is killed.
#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn the_process_that_enrols() {
    let Some(work) = Work::given() else { return };
    let [api, folder, slot, name] = &work.parts[..] else { unreachable!("{:?}", work.parts) };
    let slot = if slot == word(Offline) { Offline } else { Authentication };
    let folder = Path::new(folder);
    let vault = Arc::new(FileVault::in_folder(folder));
    let engine = common::engine(folder, &vault, Arc::new(SystemClock), &api.parse().unwrap(), work.tuning());
    // What a person's click does; who finds the request in the list, or comes a moment late, does not click again.
    if engine.enrolments(nip(), SANDBOX).unwrap().is_empty() {
        match engine.enrol(nip(), SANDBOX, &wanted(slot, name)).await {
            Ok(_) | Err(EnrolmentError::UnderWay(_)) => {}
            Err(error) => panic!("{error}"),
        }
    }
    engine.resume_enrolments().unwrap();
    enrolled(&engine, slot, EnrolmentStep::Done).await;
}

/// A company with a certificate of its own, in one data folder for all processes.
struct Desk<'b> {
    bench: &'b Bench,
    folder: tempfile::TempDir,
    slot: CertificateSlot,
    name: String,
}

impl<'b> Desk<'b> {
    async fn new(bench: &'b Bench, own: &MadeCertificate, slot: CertificateSlot, name: String) -> Self {
        let desk = Self { bench, folder: tempfile::tempdir().unwrap(), slot, name };
        let engine = desk.engine(quick());
        engine.add_company(nip(), None, SANDBOX).unwrap();
        load(&engine, nip(), own, CertificateKind::Authentication).await;
        desk
    }

    fn engine(&self, tuning: Tuning) -> Engine {
        let vault = Arc::new(FileVault::in_folder(self.folder.path()));
        common::engine(self.folder.path(), &vault, Arc::new(SystemClock), self.bench.sim.api(), tuning)
    }

    fn start(&self, fate: Fate) -> Process {
        let folder = self.folder.path().display().to_string();
        let parts = [self.bench.sim.api().as_str(), &folder, word(self.slot), &self.name];
        Process::start("the_process_that_enrols", fate, &parts)
    }

    /// One certificate in KSeF, and it is here with its key.
    async fn assert_one(&self) {
        let engine = self.engine(quick());
        let rows = engine.enrolments(nip(), SANDBOX).unwrap();
        assert_eq!(rows.len(), 1, "{}: {rows:?}", self.name);
        assert_eq!(rows[0].step, EnrolmentStep::Done, "{}: {rows:?}", self.name);
        let table = engine.credential_table(nip(), SANDBOX, true).await.unwrap();
        assert!(table.failure.is_none(), "{}: {:?}", self.name, table.failure);
        let made = table.rows.iter().filter(|row| row.name.as_deref() == Some(&self.name)).count();
        assert_eq!(made, 1, "{}: one certificate", self.name);
        let vault = FileVault::in_folder(self.folder.path());
        let place = match self.slot {
            Authentication => Slot::Authentication,
            Offline => Slot::Offline,
        };
        // A pair is read only when the key belongs to the certificate.
        let credential = vault.credential(&CredentialKey::new(nip(), SANDBOX, place)).unwrap().unwrap();
        assert_eq!(Some(credential.certificate().serial()), rows[0].serial, "{}", self.name);
        let held = vault.held(nip(), SANDBOX).unwrap();
        assert_eq!((held.pending_authentication, held.pending_offline), (Holding::Nothing, Holding::Nothing));
        assert!(engine.check_connection(nip(), SANDBOX).await.is_ok(), "{}", self.name);
        let journal = engine.journal(&JournalFilter::default()).unwrap();
        let received = journal.rows.iter().filter(|row| row.act == Act::CertificateReceived.as_str()).count();
        assert_eq!(received, 1, "{}: a line of the journal", self.name);
    }
}

fn own_certificate(bench: &Bench) -> MadeCertificate {
    let wanted = NewCertificate::for_owner(CertificateOwner::Company(nip()));
    bench.sim.control().make_certificate(wanted).unwrap()
}

/// Kills at every place in turn, with the faults that `prepare` sets; gives the places that the last process came through.
async fn kill_everywhere(slot: CertificateSlot, prepare: impl Fn(&Running)) -> BTreeSet<String> {
    let bench = Bench::instant().await;
    let own = own_certificate(&bench);
    let last = killed_everywhere(async |place| {
        let desk = Desk::new(&bench, &own, slot, format!("Miejsce {place}")).await;
        bench.sim.control().clear_faults();
        prepare(&bench.sim);
        let killed = desk.start(Fate::KilledAt(place)).ended();
        if !killed.whole() {
            // Once more, somewhere else, before it may finish.
            desk.start(Fate::KilledAt(place % 5 + 1)).ended();
        }
        let finished = desk.start(Fate::Spared).ended();
        assert!(finished.whole(), "{}, {:?}: {finished:?}", desk.name, killed.places.last());
        desk.assert_one().await;
        killed
    })
    .await;
    last.places.into_iter().collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_every_step() {
    let places = kill_everywhere(Authentication, |_| {}).await;
    for place in [
        "the key is in the keychain",
        "about to send the request",
        "the request was answered",
        "proved",
        "done",
    ] {
        assert!(places.contains(place), "{places:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_every_step_after_the_answer_to_the_request_was_lost() {
    let lost = |sim: &Running| sim.control().fault(Fault::next(Operation::Enroll, FaultKind::DropAfter));
    let places = kill_everywhere(Offline, lost).await;
    assert!(places.contains("the answer was lost"), "{places:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_every_step_when_the_request_did_not_arrive() {
    let lost = |sim: &Running| sim.control().fault(Fault::next(Operation::Enroll, FaultKind::DropBefore));
    kill_everywhere(Authentication, lost).await;
}

/// One process stands still at every place in turn, and a second one comes: it only watches.
async fn two_at_once(
    slot: CertificateSlot,
    name: &str,
    end_the_first: impl Fn(Process) -> Option<Ended>,
) -> u64 {
    let bench = Bench::instant().await;
    let own = own_certificate(&bench);
    for place in 1..100 {
        let desk = Desk::new(&bench, &own, slot, format!("{name} {place}")).await;
        let before = bench.sim.control().arrived().unwrap().count(Operation::Enroll);
        let mut first = desk.start(Fate::HeldAt(place));
        if !first.is_held() {
            assert!(first.ended().whole());
            return place - 1;
        }
        let mut second = desk.start(Fate::Spared);
        // At the last places there is nothing left to be done.
        let over = desk.engine(quick()).enrolments(nip(), SANDBOX).unwrap()[0].step.is_final();
        assert!(over || second.passes("another is at work"), "{}: it did not wait", desk.name);
        let first = end_the_first(first);
        assert!(first.is_none_or(|first| first.whole()), "{}", desk.name);
        let second = second.ended();
        assert!(second.whole(), "{}: {second:?}", desk.name);
        desk.assert_one().await;
        let sent = bench.sim.control().arrived().unwrap().count(Operation::Enroll) - before;
        assert_eq!(sent, 1, "{}: one request", desk.name);
    }
    panic!("the work never came to its end");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_processes_one_works_and_the_other_sees_what_comes_of_it() {
    let places = two_at_once(Offline, "Dwa okna", |mut first| {
        first.go_on();
        Some(first.ended())
    })
    .await;
    assert!(places > 10, "only {places} places");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_processes_one_takes_up_what_the_other_was_killed_over() {
    let places = two_at_once(Authentication, "Po śmierci", |mut first| {
        first.kill();
        None
    })
    .await;
    assert!(places > 10, "only {places} places");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_click_at_once_make_one_request() {
    let bench = Bench::instant().await;
    let own = own_certificate(&bench);
    for round in 0..5 {
        let desk = Desk::new(&bench, &own, Authentication, format!("Naraz {round}")).await;
        let both = [desk.start(Fate::Spared), desk.start(Fate::Spared)];
        for process in both {
            let ended = process.ended();
            assert!(ended.whole(), "{round}: {ended:?}");
        }
        desk.assert_one().await;
    }
}
