//! The sending process is killed between any two steps, and started again: one invoice in KSeF, its number and its
//! UPO in the archive.
#![expect(clippy::unwrap_used, reason = "helpers of tests stop at what should not be")]

mod common;

use std::path::Path;
use std::sync::Arc;

use common::kill::{Ended, Fate, Process, Work, handed, killed_everywhere};
use common::{Bench, SANDBOX, nip};
use ksef_archive::ArchiveError;
use ksef_engine::{SaleId, SalesQuery};
use ksef_sim::{Fault, FaultKind, Operation, Running};
use ksef_types::{KsefToken, SystemClock};
use ksef_vault::MemoryVault;

/// Not a test by itself: the process that sends, and is killed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_process_that_sends() {
    let Some(work) = Work::given() else { return };
    let [api, folder] = &work.parts[..] else { unreachable!("{:?}", work.parts) };
    let vault = Arc::new(MemoryVault::new());
    common::put_token(&vault, SANDBOX, &KsefToken::parse(&handed()).unwrap());
    let folder = Path::new(folder);
    let engine = common::engine(folder, &vault, Arc::new(SystemClock), &api.parse().unwrap(), work.tuning());
    if engine.companies().unwrap().is_empty() {
        engine.add_company(nip(), None, SANDBOX).unwrap();
    }
    // What a person's click does; after a kill the person sees it in the list and does not click again.
    if engine.sales(nip(), SANDBOX, &SalesQuery::default()).unwrap().rows.is_empty() {
        let document = std::fs::read(folder.join("faktura.xml")).unwrap();
        common::queue(&engine, &document);
    }
    common::settle(&engine).await;
}

fn run_process(fate: Fate, sim: &Running, folder: &Path, token: &KsefToken) -> Ended {
    let folder = folder.display().to_string();
    let mut process = Process::start("the_process_that_sends", fate, &[sim.api().as_str(), &folder]);
    process.hand(token.secret().expose());
    process.ended()
}

/// Kills at every place in turn, with the faults that `prepare` sets; gives how many places there were.
async fn kill_everywhere(name: &str, prepare: impl Fn(&Running)) -> usize {
    let bench = Bench::new().await;
    let token = bench.make_token();
    let last = killed_everywhere(async |place| {
        let folder = tempfile::tempdir().unwrap();
        let number = format!("{name}/{place}");
        std::fs::write(folder.path().join("faktura.xml"), bench.document(&number)).unwrap();
        bench.sim.control().clear_faults();
        prepare(&bench.sim);
        let killed = run_process(Fate::KilledAt(place), &bench.sim, folder.path(), &token);
        if !killed.whole() {
            // Once more, somewhere else, before it may finish.
            run_process(Fate::KilledAt(place % 7 + 1), &bench.sim, folder.path(), &token);
        }
        let finished = run_process(Fate::Spared, &bench.sim, folder.path(), &token);
        assert!(finished.whole(), "{number}: {finished:?}");
        let vault = Arc::new(MemoryVault::new());
        let engine =
            common::engine(folder.path(), &vault, Arc::new(SystemClock), bench.sim.api(), common::quick());
        let rows = engine.sales(nip(), SANDBOX, &SalesQuery::default()).unwrap().rows;
        assert_eq!(rows.len(), 1, "{number}");
        let id: SaleId = rows[0].id;
        common::assert_sent_once(&engine, &bench.sim, id, &number);
        let archive = ksef_archive::Archive::open(&folder.path().join("archiwum.db")).unwrap();
        let unsettled = archive.read::<_, ArchiveError>(|tables| tables.sessions().unsettled(nip(), SANDBOX));
        assert!(unsettled.unwrap().is_empty(), "{number}: a session was left open");
        killed
    })
    .await;
    last.places.len()
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_every_step() {
    let places = kill_everywhere("FV", |_| {}).await;
    assert!(places > 20, "only {places} places");
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_every_step_after_the_answer_to_the_sending_was_lost() {
    let lost = |sim: &Running| sim.control().fault(Fault::next(Operation::SendInvoice, FaultKind::DropAfter));
    kill_everywhere("FZ", lost).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_every_step_when_the_sending_did_not_arrive() {
    let lost =
        |sim: &Running| sim.control().fault(Fault::next(Operation::SendInvoice, FaultKind::DropBefore));
    kill_everywhere("FN", lost).await;
}
