//! What sending costs this process: used by `cargo xtask bench sending`, which speaks to it in lines of JSON.
//!
//! It reads `{"api", "nip", "token", "documents": [PATH]}`, connects, prints `{"connected": true}`, waits for another line,
//! sends the documents through the outbox with everything that belongs to it (checks, archive, session, status, UPO), and
//! prints `{"accepted", "processorMilliseconds"}`. Without a second line it ends.

use std::error::Error;
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;

use ksef_archive::Archive;
use ksef_crypto::OsRandomness;
use ksef_engine::{Addresses, Engine, Parts, SaleState, read_picked};
use ksef_types::{ApiAddress, Environment, Nip, SecretText, SystemClock};
use ksef_vault::MemoryVault;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

const SANDBOX: Environment = Environment::Sandbox;

#[derive(Deserialize)]
struct Task {
    api: ApiAddress,
    nip: Nip,
    token: String,
    documents: Vec<String>,
}

struct At(ApiAddress);

impl Addresses for At {
    fn api(&self, _environment: Environment) -> Option<ApiAddress> {
        Some(self.0.clone())
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut lines = std::io::stdin().lines();
    let task: Task = serde_json::from_str(&lines.next().ok_or("no task")??)?;
    let folder = tempfile::tempdir()?;
    let engine = engine(folder.path(), task.api)?;
    engine.add_company(task.nip, None, SANDBOX)?;
    engine.paste_token(task.nip, SANDBOX, SecretText::from(task.token)).await?;
    engine.check_connection(task.nip, SANDBOX).await.map_err(|failure| format!("{failure:?}"))?;
    say(&json!({ "connected": true }))?;
    if lines.next().is_none() {
        return Ok(());
    }
    let before = processor_ticks()?;
    let accepted = send(&engine, task.nip, &task.documents).await?;
    let ticks = processor_ticks()? - before;
    say(&json!({ "accepted": accepted, "processorMilliseconds": ticks * MILLISECONDS_A_TICK }))
}

fn engine(folder: &Path, api: ApiAddress) -> Result<Engine, Box<dyn Error>> {
    Ok(Engine::new(Parts {
        archive: Arc::new(Archive::open(&folder.join("archiwum.sqlite"))?),
        vault: Arc::new(MemoryVault::new()),
        clock: Arc::new(SystemClock),
        random: Arc::new(OsRandomness),
        addresses: Arc::new(At(api)),
    }))
}

/// Sends, and says how many have a KSeF number and a UPO.
async fn send(engine: &Engine, nip: Nip, documents: &[String]) -> Result<usize, Box<dyn Error>> {
    let mut sales = Vec::with_capacity(documents.len());
    for path in documents {
        let prepared = engine.prepare(nip, SANDBOX, vec![read_picked(Path::new(path))?])?;
        let ids: Vec<_> = prepared.iter().map(|one| one.id).collect();
        for enqueued in engine.enqueue(nip, SANDBOX, &ids)? {
            sales.push(enqueued.sale?.id);
        }
    }
    while engine.run_outbox(nip, SANDBOX, CancellationToken::new()).await?.waiting > 0 {}
    let mut accepted = 0;
    for id in sales {
        let done = engine.sale(id)?.state == SaleState::Accepted && engine.upo(id)?.is_some();
        accepted += usize::from(done);
    }
    Ok(accepted)
}

/// The kernel counts in `USER_HZ`, 100 a second on every Linux that people run.
const MILLISECONDS_A_TICK: u64 = 10;

/// Processor time of this process so far, all threads, in user mode and in the kernel: fields 14 and 15 of
/// `/proc/self/stat`, counted after the name in parentheses.
fn processor_ticks() -> Result<u64, Box<dyn Error>> {
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    let (_, fields) = stat.rsplit_once(')').ok_or("no name in /proc/self/stat")?;
    let fields: Vec<&str> = fields.split_whitespace().collect();
    let (Some(user), Some(kernel)) = (fields.get(11), fields.get(12)) else {
        return Err("/proc/self/stat is short".into());
    };
    Ok(user.parse::<u64>()? + kernel.parse::<u64>()?)
}

fn say(message: &Value) -> Result<(), Box<dyn Error>> {
    let mut out = std::io::stdout();
    writeln!(out, "{message}")?;
    Ok(out.flush()?)
}
