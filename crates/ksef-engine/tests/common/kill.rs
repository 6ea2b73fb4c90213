//! Processes that are killed between two steps, or held there. Such a process is the test's own program, started again with one
//! test of it and with its work in the environment.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use ksef_engine::{Checkpoints, Tuning};

use super::quick;

const WORK: &str = "OKIENKO_TEST_WORK";
/// Before the name of a place on the process's output.
const PLACE: &str = "place: ";

/// What becomes of the process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It comes to its end.
    Spared,
    /// It ends at the place with that number, counted from 1, without tidying up anything.
    KilledAt(u64),
    /// It stands still there until it is told to go on.
    HeldAt(u64),
}

/// What a process was started for.
pub(crate) struct Work {
    fate: Fate,
    pub(crate) parts: Vec<String>,
}

impl Work {
    /// Nothing in the process of the tests themselves.
    pub(crate) fn given() -> Option<Self> {
        let work = std::env::var(WORK).ok()?;
        let mut parts = work.split('\n').map(str::to_owned);
        let mut part = || parts.next().unwrap();
        let (fate, place) = (part(), part().parse().unwrap());
        let fate = match fate.as_str() {
            "killed" => Fate::KilledAt(place),
            "held" => Fate::HeldAt(place),
            _ => Fate::Spared,
        };
        Some(Self { fate, parts: parts.collect() })
    }

    /// The rhythm of tests, with the fate at its place.
    pub(crate) fn tuning(&self) -> Tuning {
        let checkpoints = Arc::new(Halt { fate: self.fate, passed: AtomicU64::new(0) });
        Tuning { checkpoints, ..quick() }
    }
}

struct Halt {
    fate: Fate,
    passed: AtomicU64,
}

impl Checkpoints for Halt {
    fn reached(&self, place: &'static str) {
        let number = self.passed.fetch_add(1, Ordering::SeqCst) + 1;
        // On a line of its own, whatever the test's program wrote before. Nobody may be listening any more.
        let _ = writeln!(std::io::stdout().lock(), "\n{PLACE}{place}");
        match self.fate {
            Fate::KilledAt(fatal) if fatal == number => std::process::abort(),
            Fate::HeldAt(still) if still == number => {
                let _ = writeln!(std::io::stdout().lock(), "\nheld");
                let _ = std::io::stdin().lock().read_line(&mut String::new());
            }
            _ => {}
        }
    }
}

/// A process at work. Dropped, it is killed.
pub(crate) struct Process {
    child: Child,
    output: BufReader<std::process::ChildStdout>,
    places: Vec<String>,
}

impl Process {
    /// Starts the test of that name of this same program with that work.
    pub(crate) fn start(test: &str, fate: Fate, parts: &[&str]) -> Self {
        let (fate, place) = match fate {
            Fate::Spared => ("spared", 0),
            Fate::KilledAt(place) => ("killed", place),
            Fate::HeldAt(place) => ("held", place),
        };
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", test, "--test-threads=1", "--nocapture"])
            .env(WORK, format!("{fate}\n{place}\n{}", parts.join("\n")))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        Self { child, output, places: Vec::new() }
    }

    /// What it reads from its standard input, to the end.
    pub(crate) fn hand(&mut self, secret: &str) {
        self.child.stdin.take().unwrap().write_all(secret.as_bytes()).unwrap();
    }

    /// Waits until it stands still at its place; `false` when it came to its end before.
    pub(crate) fn is_held(&mut self) -> bool {
        self.read_until(|line| line == "held")
    }

    /// Waits until it passes the place of that name; `false` when it came to its end before.
    pub(crate) fn passes(&mut self, place: &str) -> bool {
        self.read_until(|line| line.strip_prefix(PLACE) == Some(place))
    }

    /// Lets it go on from where it is held.
    pub(crate) fn go_on(&mut self) {
        self.child.stdin.as_mut().unwrap().write_all(b"\n").unwrap();
    }

    /// Kills it wherever it is.
    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Waits for its end.
    pub(crate) fn ended(mut self) -> Ended {
        self.read_until(|_| false);
        let status = self.child.wait().unwrap();
        Ended { status, places: std::mem::take(&mut self.places) }
    }

    fn read_until(&mut self, wanted: impl Fn(&str) -> bool) -> bool {
        let mut line = String::new();
        while self.output.read_line(&mut line).unwrap() > 0 {
            let text = line.trim_end();
            self.places.extend(text.strip_prefix(PLACE).map(str::to_owned));
            if wanted(text) {
                return true;
            }
            line.clear();
        }
        false
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// How a process ended.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) status: ExitStatus,
    /// The places that it came through.
    pub(crate) places: Vec<String>,
}

impl Ended {
    pub(crate) fn whole(&self) -> bool {
        self.status.success()
    }
}

/// Kills at every place in turn: `once` starts the process that is killed at the place with that number, does what it wants with
/// what is left, and gives how the process ended. Gives the last one, which came to its end.
pub(crate) async fn killed_everywhere(once: impl AsyncFn(u64) -> Ended) -> Ended {
    for place in 1..1000 {
        let ended = once(place).await;
        // With that a test's program ends of which an assertion failed.
        assert_ne!(ended.status.code(), Some(101), "{ended:?}");
        if ended.whole() {
            return ended;
        }
    }
    panic!("the work never came to its end");
}

/// All that the tests' program was handed on its standard input.
pub(crate) fn handed() -> String {
    let mut text = String::new();
    std::io::stdin().lock().read_to_string(&mut text).unwrap();
    text
}
