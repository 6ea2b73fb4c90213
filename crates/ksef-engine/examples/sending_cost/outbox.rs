use std::error::Error;
use std::path::Path;
use std::sync::Arc;

use ksef_archive::Archive;
use ksef_crypto::OsRandomness;
use ksef_engine::{Addresses, Engine, Parts, SaleState, read_picked};
use ksef_types::{ApiAddress, Environment, Nip, SecretText, SystemClock};
use ksef_vault::MemoryVault;
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;

use crate::Task;

const SANDBOX: Environment = Environment::Sandbox;

/// The program's engine over an archive on the disk.
pub(crate) struct Sender {
    engine: Engine,
    nip: Nip,
    _folder: TempDir,
}

struct At(ApiAddress);

impl Addresses for At {
    fn api(&self, _environment: Environment) -> Option<ApiAddress> {
        Some(self.0.clone())
    }
}

impl Sender {
    pub(crate) async fn connect(task: &Task) -> Result<Self, Box<dyn Error>> {
        let folder = tempfile::tempdir()?;
        let engine = engine(folder.path(), task.api.clone())?;
        engine.add_company(task.nip, None, SANDBOX)?;
        engine.paste_token(task.nip, SANDBOX, SecretText::from(task.token.clone())).await?;
        engine.check_connection(task.nip, SANDBOX).await.map_err(|failure| format!("{failure:?}"))?;
        Ok(Self { engine, nip: task.nip, _folder: folder })
    }

    /// Sends, and says how many have a KSeF number and a UPO.
    pub(crate) async fn send(self, documents: &[String]) -> Result<usize, Box<dyn Error>> {
        let files: Vec<_> =
            documents.iter().map(|path| read_picked(Path::new(path))).collect::<Result<_, _>>()?;
        let prepared = self.engine.prepare(self.nip, SANDBOX, files)?;
        let ids: Vec<_> = prepared.iter().map(|one| one.id).collect();
        let mut sales = Vec::with_capacity(documents.len());
        for enqueued in self.engine.enqueue(self.nip, SANDBOX, &ids)? {
            sales.push(enqueued.sale?.id);
        }
        while self.engine.run_outbox(self.nip, SANDBOX, CancellationToken::new()).await?.waiting > 0 {}
        let mut accepted = 0;
        for id in sales {
            let done = self.engine.sale(id)?.state == SaleState::Accepted && self.engine.upo(id)?.is_some();
            accepted += usize::from(done);
        }
        Ok(accepted)
    }
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
