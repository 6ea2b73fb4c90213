//! One certificate, many companies: found, read from a list, added and checked many at once; in whose name one works.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ksef_engine::{self as engine, BulkAdd, BulkCompany, BulkStep, Engine};
use ksef_tables::{NipRow, NipRows, read_nip_file, read_nips};
use ksef_types::{ContextKind, Environment, Nip};
use tokio::sync::broadcast;
use tokio_util::sync::CancellationToken;

use super::{App, AppEvent, read_nip, read_scope};
use crate::views::{
    BulkRow, BulkState, BulkView, BulkWish, ChangedPart, ContextView, EnvironmentName, FoundCompany, NipLine,
    NipListPreview, PartyKind, Scope,
};
use crate::{NextStep, Problem, problems};

/// Adding, or checking, many companies: one at a time; what came of the last one stays to be looked at.
#[derive(Default)]
pub(super) struct Bulk(Mutex<State>);

#[derive(Default)]
struct State {
    rows: Vec<BulkRow>,
    running: bool,
    cancelled: bool,
    life: CancellationToken,
    /// Counts the lists: one that was replaced has no say any more.
    edition: u64,
}

impl Bulk {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A new list to work through.
    fn begin(&self, rows: Vec<BulkRow>) -> Result<(CancellationToken, u64), Problem> {
        let mut state = self.lock();
        if state.running {
            return Err(Problem::new("discovery.running", NextStep::Wait));
        }
        let life = CancellationToken::new();
        let edition = state.edition + 1;
        *state = State { rows, running: true, cancelled: false, life: life.clone(), edition };
        Ok((life, edition))
    }

    fn end(&self, edition: u64) {
        let mut state = self.lock();
        if state.edition == edition {
            state.running = false;
        }
    }

    fn step(&self, place: usize, step: BulkStep) {
        let mut state = self.lock();
        let Some(row) = state.rows.get_mut(place) else { return };
        match step {
            BulkStep::Checking => row.state = BulkState::Checking,
            BulkStep::Done { permissions } => {
                row.state = BulkState::Added;
                row.permissions = permissions;
            }
            BulkStep::Refused(refusal) => {
                row.state = BulkState::Refused;
                row.problem = row.nip.parse().ok().map(|nip| problems::bulk(&refusal, nip));
            }
            BulkStep::Cancelled => row.state = BulkState::Cancelled,
        }
    }

    fn view(&self) -> BulkView {
        let state = self.lock();
        let settled = |row: &&BulkRow| !matches!(row.state, BulkState::Waiting | BulkState::Checking);
        BulkView {
            rows: state.rows.clone(),
            done: count(state.rows.iter().filter(settled).count()),
            running: state.running,
            cancelled: state.cancelled,
        }
    }

    pub(super) fn cancel(&self) {
        let mut state = self.lock();
        if state.running {
            state.cancelled = true;
            state.life.cancel();
        }
    }
}

/// What a list that is worked through needs, without the program around it.
struct Worker {
    engine: Engine,
    bulk: Arc<Bulk>,
    edition: u64,
    events: broadcast::Sender<AppEvent>,
}

impl Worker {
    fn heard(&self, place: usize, step: BulkStep) {
        self.bulk.step(place, step);
        self.tell(AppEvent::PartChanged { part: ChangedPart::Bulk, scope: None });
    }

    fn ended(&self) {
        self.bulk.end(self.edition);
        self.tell(AppEvent::CompaniesChanged);
        self.tell(AppEvent::PartChanged { part: ChangedPart::Bulk, scope: None });
    }

    /// Nobody listening is no fault.
    fn tell(&self, event: AppEvent) {
        let _ = self.events.send(event);
    }
}

/// The list ends even when the work on it is dropped: another one can begin.
impl Drop for Worker {
    fn drop(&mut self) {
        self.bulk.end(self.edition);
    }
}

impl App {
    /// Companies in which the owner of this company's certificate may act.
    ///
    /// # Errors
    /// When KSeF cannot be asked, or refuses.
    pub async fn found_companies(&self, scope: &Scope) -> Result<Vec<FoundCompany>, Problem> {
        let (nip, environment) = self.enter(scope).await?;
        let found = self.engine.found_companies(nip, environment).await;
        let found = found.map_err(|failure| problems::operation(&failure, nip))?;
        let view = |company: engine::FoundCompany| FoundCompany {
            nip: company.nip.to_string(),
            name: company.name,
            permissions: company.permissions,
            known: company.known,
        };
        Ok(found.into_iter().map(view).collect())
    }

    /// Reads a pasted list of NIPs; nothing is added.
    ///
    /// # Errors
    /// When the archive fails. What is wrong with a line stands beside it.
    pub async fn read_nip_list(&self, text: &str) -> Result<NipListPreview, Problem> {
        self.preview(read_nips(text))
    }

    /// Reads a list of NIPs from text or CSV files; nothing is added.
    ///
    /// # Errors
    /// When a file cannot be read, or is no text.
    pub async fn load_nip_list(&self, paths: Vec<PathBuf>) -> Result<NipListPreview, Problem> {
        let mut all = NipRows::default();
        for path in paths {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let read = tokio::task::spawn_blocking(move || engine::read_picked(&path)).await;
            let file = read.map_err(|_| Problem::new("program.stopped", NextStep::Retry))?;
            let file = file.map_err(|problem| problems::file(&problem, &name))?;
            // Exposed to be read: a list of NIPs is no secret.
            let rows = read_nip_file(file.bytes.expose()).map_err(|_| {
                Problem::new("discovery.notText", NextStep::ChooseFile).with("file", &file.name)
            })?;
            all.rows.extend(rows.rows);
            all.cut_off += rows.cut_off;
        }
        self.preview(all)
    }

    fn preview(&self, read: NipRows) -> Result<NipListPreview, Problem> {
        let known = self.engine.companies().map_err(|error| problems::engine(&error))?;
        let known: std::collections::HashSet<Nip> = known.into_iter().map(|company| company.nip).collect();
        // Lines of several files are counted in each of them: what repeats is told by the NIP.
        let mut seen: HashMap<Nip, u32> = HashMap::new();
        let rows: Vec<NipLine> = read.rows.into_iter().map(|row| line(row, &known, &mut seen)).collect();
        let ready = count(rows.iter().filter(|row| row.problem.is_none()).count());
        Ok(NipListPreview { rows, ready, cut_off: read.cut_off })
    }

    /// Adds many companies with one certificate; goes on by itself and tells its progress by events. What was called off
    /// goes on when the same is asked for again.
    ///
    /// # Errors
    /// When a NIP is none, or another list is being worked through.
    pub async fn add_companies(&self, wish: BulkWish) -> Result<BulkView, Problem> {
        let (source, environment) = self.enter(&wish.source).await?;
        let companies = distinct(wish.companies.iter().map(|one| (one.nip.as_str(), one.name.clone())))?;
        let rows = companies.iter().map(|(nip, name)| waiting(*nip, name.clone())).collect();
        let (life, edition) = self.bulk.begin(rows)?;
        let companies =
            companies.into_iter().map(|(nip, name)| BulkCompany { nip, name }).collect::<Vec<_>>();
        let add = BulkAdd { source, environment, companies, with_offline: wish.with_offline };
        let worker = self.worker(edition);
        let refuse_all = add.companies.len();
        tokio::spawn(async move {
            let heard = |place: usize, step: BulkStep| worker.heard(place, step);
            if let Err(failure) = worker.engine.add_companies(add, &life, &heard).await {
                for place in 0..refuse_all {
                    worker.heard(place, BulkStep::Refused(failure.clone().into()));
                }
            }
            worker.ended();
        });
        Ok(self.bulk.view())
    }

    /// Checks the connection of many companies at once.
    ///
    /// # Errors
    /// When a NIP is none, or another list is being worked through.
    pub async fn check_companies(
        &self,
        environment: EnvironmentName,
        nips: Vec<String>,
    ) -> Result<BulkView, Problem> {
        let environment = Environment::from(environment);
        if environment == Environment::Sandbox {
            self.sandbox.ready().await?;
        }
        let companies = distinct(nips.iter().map(|nip| (nip.as_str(), None)))?;
        let names = self.engine.companies().map_err(|error| problems::engine(&error))?;
        let name = |nip: Nip| names.iter().find(|company| company.nip == nip)?.name.clone();
        let rows = companies.iter().map(|(nip, _)| waiting(*nip, name(*nip))).collect();
        let (life, edition) = self.bulk.begin(rows)?;
        let worker = self.worker(edition);
        tokio::spawn(async move {
            let nips = companies.into_iter().map(|(nip, _)| nip).collect();
            let heard = |place: usize, step: BulkStep| worker.heard(place, step);
            worker.engine.check_companies(environment, nips, &life, &heard).await;
            worker.ended();
        });
        Ok(self.bulk.view())
    }

    /// How adding or checking goes on.
    ///
    /// # Errors
    /// None; a front asks like for everything else.
    pub async fn bulk(&self) -> Result<BulkView, Problem> {
        Ok(self.bulk.view())
    }

    /// Calls it off; what is done stays.
    ///
    /// # Errors
    /// None; a front asks like for everything else.
    pub async fn cancel_bulk(&self) -> Result<BulkView, Problem> {
        self.bulk.cancel();
        Ok(self.bulk.view())
    }

    /// In whose name the program acts for a company.
    ///
    /// # Errors
    /// When the company is unknown.
    pub async fn company_context(&self, scope: &Scope) -> Result<ContextView, Problem> {
        let (nip, environment) = read_scope(scope)?;
        let context = self.engine.company_context(nip, environment);
        context.map(Into::into).map_err(|error| problems::engine(&error))
    }

    /// Chooses it; the login of before is forgotten.
    ///
    /// # Errors
    /// When it has not the form of its kind, or belongs to another company.
    pub async fn set_company_context(
        &self,
        scope: &Scope,
        context: ContextView,
    ) -> Result<ContextView, Problem> {
        let (nip, environment) = read_scope(scope)?;
        let kind = match context.kind {
            PartyKind::Nip => ContextKind::Nip,
            PartyKind::InternalId => ContextKind::InternalId,
            PartyKind::NipVatUe => ContextKind::NipVatUe,
            PartyKind::PeppolId => ContextKind::PeppolId,
            _ => return Err(Problem::new("context.kind", NextStep::CorrectField)),
        };
        let chosen = self.engine.set_company_context(nip, environment, kind, &context.value);
        let chosen = chosen.map_err(|problem| problems::context(&problem))?;
        self.changed(ChangedPart::Credentials, scope);
        Ok(chosen.into())
    }

    fn worker(&self, edition: u64) -> Worker {
        Worker {
            engine: self.engine.clone(),
            bulk: Arc::clone(&self.bulk),
            edition,
            events: self.events.clone(),
        }
    }
}

fn line(row: NipRow, known: &std::collections::HashSet<Nip>, seen: &mut HashMap<Nip, u32>) -> NipLine {
    let field = |code| Problem::new(code, NextStep::CorrectField);
    let problem = match row.nip {
        Err(found) => Some(problems::nip(found)),
        Ok(nip) => match seen.get(&nip) {
            Some(first) => Some(field("discovery.repeat").with("line", first.to_string())),
            None if known.contains(&nip) => Some(field("discovery.known").with("nip", nip.as_str())),
            None => None,
        },
    };
    if let Ok(nip) = row.nip {
        seen.entry(nip).or_insert(row.line);
    }
    NipLine {
        line: row.line,
        text: row.text,
        nip: row.nip.ok().map(|nip| nip.to_string()),
        name: row.name,
        problem,
    }
}

/// Each company once, the first wins.
fn distinct<'a>(
    all: impl Iterator<Item = (&'a str, Option<String>)>,
) -> Result<Vec<(Nip, Option<String>)>, Problem> {
    let mut companies: Vec<(Nip, Option<String>)> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for (nip, name) in all {
        let nip = read_nip(nip)?;
        if seen.insert(nip) {
            companies.push((nip, name));
        }
    }
    Ok(companies)
}

fn waiting(nip: Nip, name: Option<String>) -> BulkRow {
    BulkRow { nip: nip.to_string(), name, state: BulkState::Waiting, permissions: Vec::new(), problem: None }
}

fn count(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

impl From<ksef_types::ContextIdentifier> for ContextView {
    fn from(context: ksef_types::ContextIdentifier) -> Self {
        let kind = match context.kind() {
            ContextKind::Nip => PartyKind::Nip,
            ContextKind::InternalId => PartyKind::InternalId,
            ContextKind::NipVatUe => PartyKind::NipVatUe,
            ContextKind::PeppolId => PartyKind::PeppolId,
        };
        Self { kind, value: context.value().to_owned() }
    }
}
