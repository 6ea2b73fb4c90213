//! The sending process is killed between any two steps, and started again: one invoice in KSeF, its number and its
//! UPO in the archive.
//!
//! The killed process is this test's own program, started again with the work in its environment.
#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests stop at what should not be")]

mod common;

use std::io::Write;
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use common::{Bench, SANDBOX, nip};
use ksef_archive::ArchiveError;
use ksef_engine::{Checkpoints, SaleId, SalesQuery};
use ksef_sim::{Fault, FaultKind, Operation, Running};
use ksef_types::{KsefToken, SystemClock};
use ksef_vault::MemoryVault;

const WORK: &str = "OKIENKO_TEST_KILL";
/// What the child says when the work came to its end before the kill.
const FINISHED: i32 = 0;

/// Aborts the process at the place with that number.
struct KillAt {
    place: u64,
    passed: AtomicU64,
}

impl Checkpoints for KillAt {
    fn reached(&self, _place: &'static str) {
        if self.passed.fetch_add(1, Ordering::SeqCst) + 1 == self.place {
            std::process::abort();
        }
    }
}

/// Not a test by itself: the process that sends, and is killed.
#[test]
fn the_process_that_sends() {
    let Ok(work) = std::env::var(WORK) else { return };
    let mut parts = work.split('\n');
    let mut part = || parts.next().unwrap().to_owned();
    let (place, api, folder) = (part().parse().unwrap(), part(), part());
    let token = std::io::read_to_string(std::io::stdin()).unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let vault = Arc::new(MemoryVault::new());
        common::put_token(&vault, SANDBOX, &KsefToken::parse(&token).unwrap());
        let checkpoints = Arc::new(KillAt { place, passed: AtomicU64::new(0) });
        let tuning = ksef_engine::Tuning { checkpoints, ..common::quick() };
        let folder = Path::new(&folder);
        let engine = common::engine(folder, &vault, Arc::new(SystemClock), &api.parse().unwrap(), tuning);
        if engine.companies().unwrap().is_empty() {
            engine.add_company(nip(), None, SANDBOX).unwrap();
        }
        // What a person's click does; after a kill the person sees it in the list and does not click again.
        if engine.sales(nip(), SANDBOX, &SalesQuery::default()).unwrap().rows.is_empty() {
            let document = std::fs::read(folder.join("faktura.xml")).unwrap();
            common::queue(&engine, &document);
        }
        common::settle(&engine).await;
    });
    std::process::exit(FINISHED);
}

fn run_process(place: u64, sim: &Running, folder: &Path, token: &KsefToken) -> ExitStatus {
    let work = format!("{place}\n{}\n{}", sim.api().as_str(), folder.display());
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "the_process_that_sends", "--test-threads=1"])
        .env(WORK, work)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(token.secret().expose().as_bytes()).unwrap();
    child.wait().unwrap()
}

const NEVER: u64 = 0;

/// Kills at every place in turn, with the faults that `prepare` sets; gives how many places there were.
async fn kill_everywhere(name: &str, prepare: impl Fn(&Running)) -> u64 {
    let bench = Bench::new().await;
    let token = bench.make_token();
    for place in 1..1000 {
        let folder = tempfile::tempdir().unwrap();
        let number = format!("{name}/{place}");
        std::fs::write(folder.path().join("faktura.xml"), bench.document(&number)).unwrap();
        bench.sim.control().clear_faults();
        prepare(&bench.sim);
        let killed = run_process(place, &bench.sim, folder.path(), &token);
        if !killed.success() {
            // Once more, somewhere else, before it may finish.
            run_process(place % 7 + 1, &bench.sim, folder.path(), &token);
        }
        let finished = run_process(NEVER, &bench.sim, folder.path(), &token);
        assert!(finished.success(), "{number}: {finished}");
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
        if killed.success() {
            return place;
        }
    }
    panic!("the work never came to its end");
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
