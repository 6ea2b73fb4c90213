use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ksef_engine::{PickedFile, PreparedId};
use ksef_types::{Environment, Nip};

use super::credentials::read_files;
use super::{App, AppEvent, read_scope};
use crate::views::{PreparedView, SaleView, Scope};
use crate::{Problem, problems};

/// What was dropped in and not yet sent, as the screen shows it; the bytes are with the engine.
#[derive(Default)]
pub(super) struct Shelf(Mutex<HashMap<(Nip, Environment), Vec<PreparedView>>>);

impl Shelf {
    fn lock(&self) -> MutexGuard<'_, HashMap<(Nip, Environment), Vec<PreparedView>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn list(&self, of: (Nip, Environment)) -> Vec<PreparedView> {
        self.lock().get(&of).cloned().unwrap_or_default()
    }

    /// The numbers of the documents on the screen.
    pub(super) fn numbers(&self, of: (Nip, Environment)) -> Vec<String> {
        self.list(of).into_iter().filter_map(|row| Some(row.invoice?.number)).collect()
    }

    fn add(&self, of: (Nip, Environment), views: impl IntoIterator<Item = PreparedView>) {
        self.lock().entry(of).or_default().extend(views);
    }

    fn remove(&self, of: (Nip, Environment), ids: &[String]) {
        self.lock().entry(of).or_default().retain(|view| !ids.contains(&view.id));
    }
}

impl App {
    /// "Wczytaj i wyślij": reads and checks files. Nothing is stored and nothing leaves. A file that cannot be
    /// read is a row with its problem.
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn load_invoices(
        &self,
        scope: &Scope,
        paths: Vec<PathBuf>,
    ) -> Result<Vec<PreparedView>, Problem> {
        let of = read_scope(scope)?;
        let (files, unread) = read_files(paths).await;
        self.prepare(of, files)?;
        let rows = unread.into_iter().map(|file| self.unreadable(file.file_name, file.problem));
        self.prepared.add(of, rows.collect::<Vec<_>>());
        Ok(self.prepared.list(of))
    }

    /// What is checked and not yet sent.
    ///
    /// # Errors
    /// When the scope is none.
    pub async fn prepared(&self, scope: &Scope) -> Result<Vec<PreparedView>, Problem> {
        Ok(self.prepared.list(read_scope(scope)?))
    }

    /// Takes rows off the screen.
    ///
    /// # Errors
    /// When the scope is none.
    pub async fn drop_prepared(&self, scope: &Scope, ids: &[String]) -> Result<(), Problem> {
        let of = read_scope(scope)?;
        prepared_ids(ids).for_each(|id| self.engine.discard_prepared(id));
        self.prepared.remove(of, ids);
        Ok(())
    }

    /// "Wyślij do KSeF": puts the bytes into the outbox and starts sending in the background.
    ///
    /// # Errors
    /// When the archive fails: then none of them is in the outbox. A row that may not be sent stays on the screen with its problem.
    pub async fn send_prepared(
        self: &Arc<Self>,
        scope: &Scope,
        ids: &[String],
    ) -> Result<Vec<SaleView>, Problem> {
        let of @ (nip, environment) = self.enter(scope).await?;
        let sales = self.enqueue(of, ids)?;
        self.run_outbox(nip, environment);
        self.tell(AppEvent::CompaniesChanged);
        Ok(sales)
    }

    /// Puts checked files into the outbox; nothing leaves yet.
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn enqueue_prepared(&self, scope: &Scope, ids: &[String]) -> Result<Vec<SaleView>, Problem> {
        let of = self.enter(scope).await?;
        self.enqueue(of, ids)
    }

    pub(super) fn prepare(
        &self,
        of: (Nip, Environment),
        files: Vec<PickedFile>,
    ) -> Result<Vec<PreparedView>, Problem> {
        let prepared = self.engine.prepare(of.0, of.1, files).map_err(|error| problems::engine(&error))?;
        let views: Vec<PreparedView> = prepared.into_iter().map(Into::into).collect();
        self.prepared.add(of, views.clone());
        Ok(views)
    }

    fn enqueue(&self, of: (Nip, Environment), ids: &[String]) -> Result<Vec<SaleView>, Problem> {
        let wanted: Vec<PreparedId> = prepared_ids(ids).collect();
        let enqueued = self.engine.enqueue(of.0, of.1, &wanted).map_err(|error| problems::engine(&error))?;
        let mut sales = Vec::with_capacity(enqueued.len());
        for row in enqueued {
            let id = row.prepared.to_string();
            match row.sale {
                Ok(sale) => {
                    self.prepared.remove(of, &[id]);
                    sales.push(SaleView::from(sale));
                }
                Err(why) => self.mark(of, &id, problems::not_sendable(why)),
            }
        }
        Ok(sales)
    }

    fn mark(&self, of: (Nip, Environment), id: &str, problem: Problem) {
        for view in self.prepared.lock().entry(of).or_default().iter_mut().filter(|view| view.id == id) {
            view.sendable = false;
            view.problem = Some(problem.clone());
        }
    }

    /// A row for a file that is no document; its id is never one of the engine's numbers.
    fn unreadable(&self, file_name: String, problem: Problem) -> PreparedView {
        let mut number = [0; 8];
        self.random.fill(&mut number);
        PreparedView {
            id: format!("x{:016x}", u64::from_le_bytes(number)),
            file_name,
            invoice: None,
            findings: Vec::new(),
            sendable: false,
            already: None,
            problem: Some(problem),
        }
    }
}

fn prepared_ids(ids: &[String]) -> impl Iterator<Item = PreparedId> {
    ids.iter().filter_map(|id| id.parse().ok().map(PreparedId))
}
