//! What sending costs this process: used by `cargo xtask bench sending`, which speaks to it in lines of JSON.
//!
//! It reads `{"api", "nip", "token", "documents": [PATH]}`, connects, prints `{"connected": true}`, waits for another line,
//! sends the documents, and prints `{"accepted", "processorMilliseconds"}`. Without a second line it ends.
//!
//! Its argument is the way: `outbox` is what the program does, with checks, archive and every step on disk; `client` is the
//! client alone, as another program would use it: encrypt, send, status, UPO, one document after the other.

mod client;
mod outbox;
mod processor;

use std::error::Error;
use std::io::{Lines, StdinLock, Write as _};

use ksef_types::{ApiAddress, Nip};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::runtime::Builder;

/// What is to be done.
#[derive(Deserialize)]
struct Task {
    api: ApiAddress,
    nip: Nip,
    token: String,
    documents: Vec<String>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut lines = std::io::stdin().lines();
    let task: Task = serde_json::from_str(&lines.next().ok_or("no task")??)?;
    match std::env::args().nth(1).as_deref() {
        // As in the window: the engine works beside other things.
        Some("outbox") => Builder::new_multi_thread().enable_all().build()?.block_on(async {
            let sender = outbox::Sender::connect(&task).await?;
            measured(&mut lines, sender.send(&task.documents)).await
        }),
        // One document after the other, and nothing else.
        Some("client") => Builder::new_current_thread().enable_all().build()?.block_on(async {
            let sender = client::Sender::connect(&task).await?;
            measured(&mut lines, sender.send(&task.documents)).await
        }),
        _ => Err("the argument is outbox or client".into()),
    }
}

/// Waits for the word to go, and measures the work. Nothing of it has been done before.
async fn measured(
    lines: &mut Lines<StdinLock<'static>>,
    work: impl Future<Output = Result<usize, Box<dyn Error>>>,
) -> Result<(), Box<dyn Error>> {
    say(&json!({ "connected": true }))?;
    if lines.next().is_none() {
        return Ok(());
    }
    let before = processor::milliseconds()?;
    let accepted = work.await?;
    let spent = processor::milliseconds()? - before;
    say(&json!({ "accepted": accepted, "processorMilliseconds": spent }))
}

fn say(message: &Value) -> Result<(), Box<dyn Error>> {
    let mut out = std::io::stdout();
    writeln!(out, "{message}")?;
    Ok(out.flush()?)
}
