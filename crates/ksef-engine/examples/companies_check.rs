//! What fifty companies cost: added with one certificate, then all checked at once in another process, against a simulator at
//! automatic pace with the published limits. Prints a line for each figure, as `cargo xtask bench` reads them.
#![expect(clippy::print_stdout, reason = "a program for the terminal")]

use std::error::Error;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use ksef_archive::Archive;
use ksef_crypto::OsRandomness;
use ksef_engine::{
    Addresses, BulkAdd, BulkCompany, BulkStep, CertificateSlot, Engine, LoadTarget, Parts, PickedFile,
};
use ksef_sim::{CertificateOwner, NewCertificate, Permission, PersonId, Running, Simulator, SimulatorConfig};
use ksef_types::{ApiAddress, Environment, Nip, SecretBytes, SystemClock};
use ksef_vault::MemoryVault;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

const COMPANIES: usize = 50;
/// Seconds, for all of them.
const LIMIT: f64 = 30.0;
const HERE: Environment = Environment::Sandbox;

struct At(ApiAddress);

impl Addresses for At {
    fn api(&self, _environment: Environment) -> Option<ApiAddress> {
        Some(self.0.clone())
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let simulator = Simulator::start(SimulatorConfig::default()).await?;
    let folder = tempfile::tempdir()?;
    let vault = Arc::new(MemoryVault::new());
    let office: Nip = "5265877635".parse()?;
    let engine = engine(folder.path(), &vault, &simulator)?;
    equip(&engine, &simulator, office).await?;
    let clients = clients(&simulator, office)?;

    let began = Instant::now();
    let companies = clients.iter().map(|nip| BulkCompany { nip: *nip, name: None }).collect();
    let wish = BulkAdd { source: office, environment: HERE, companies, with_offline: false };
    let added = Counted::default();
    engine.add_companies(wish, &CancellationToken::new(), &|_, step| added.hear(&step)).await?;
    tell("fifty companies added with one certificate", began, added.done())?;

    // Another process: no login, no budget is left of the one before.
    let engine = self::engine(folder.path(), &vault, &simulator)?;
    let began = Instant::now();
    let checked = Counted::default();
    engine.check_companies(HERE, clients, &CancellationToken::new(), &|_, step| checked.hear(&step)).await;
    tell("fifty companies checked at once", began, checked.done())
}

/// How many came out well.
#[derive(Default)]
struct Counted(AtomicUsize);

impl Counted {
    fn hear(&self, step: &BulkStep) {
        if matches!(step, BulkStep::Done { .. }) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn done(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }
}

fn tell(figure: &str, began: Instant, done: usize) -> Result<(), Box<dyn Error>> {
    if done != COMPANIES {
        return Err(format!("{figure}: only {done} of {COMPANIES}").into());
    }
    let seconds = began.elapsed().as_secs_f64();
    println!(r#"{{"figure":"{figure}","value":{seconds:.2},"unit":"s","limit":{LIMIT}}}"#);
    Ok(())
}

fn engine(folder: &Path, vault: &Arc<MemoryVault>, simulator: &Running) -> Result<Engine, Box<dyn Error>> {
    Ok(Engine::new(Parts {
        archive: Arc::new(Archive::open(&folder.join("archiwum.db"))?),
        vault: Arc::clone(vault) as Arc<dyn ksef_vault::Vault>,
        clock: Arc::new(SystemClock),
        random: Arc::new(OsRandomness),
        addresses: Arc::new(At(simulator.api().clone())),
    }))
}

async fn equip(engine: &Engine, simulator: &Running, office: Nip) -> Result<(), Box<dyn Error>> {
    simulator.control().make_company(office, "Biuro rachunkowe")?;
    engine.add_company(office, None, HERE)?;
    let wanted = NewCertificate::for_owner(CertificateOwner::Company(office));
    let made = simulator.control().make_certificate(wanted)?;
    let file = |name: &str, bytes: &[u8]| PickedFile {
        name: name.to_owned(),
        bytes: SecretBytes::from(bytes.to_vec()),
    };
    // Exposed to be loaded, as a person loads the files.
    let files = vec![file("biuro.key", made.key.expose().as_bytes()), file("biuro.crt", made.crt.as_bytes())];
    engine.load_files(office, HERE, LoadTarget::Anywhere, files).await?;
    engine.set_password(office, HERE, CertificateSlot::Authentication, made.password).await?;
    Ok(())
}

/// Firms that let the office in.
fn clients(simulator: &Running, office: Nip) -> Result<Vec<Nip>, Box<dyn Error>> {
    let numbers = (5_260_000_000_u64..).filter_map(|number| number.to_string().parse::<Nip>().ok());
    let clients: Vec<Nip> = numbers.take(COMPANIES).collect();
    for client in &clients {
        simulator.control().make_company(*client, "Klient")?;
        let rights = [Permission::InvoiceRead, Permission::InvoiceWrite];
        simulator.control().grant(PersonId::Nip(office), *client, &rights)?;
    }
    Ok(clients)
}
