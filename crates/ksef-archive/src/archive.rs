use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use ksef_types::{Environment, Nip};
use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};

use crate::table::book::{Book, BookMut};
use crate::table::companies::{Companies, CompaniesMut};
use crate::table::company_environment::{CompanyEnvironment, CompanyEnvironmentMut};
use crate::table::contexts::{Contexts, ContextsMut};
use crate::table::credential_notes::{CredentialNotes, CredentialNotesMut};
use crate::table::drafts::{Drafts, DraftsMut};
use crate::table::enrolments::{Enrolments, EnrolmentsMut};
use crate::table::invoice_links::{InvoiceLinks, InvoiceLinksMut};
use crate::table::invoices::{Invoices, InvoicesMut};
use crate::table::issued_numbers::{IssuedNumbers, IssuedNumbersMut};
use crate::table::journal::{Journal, JournalMut};
use crate::table::known_certificates::{CertificateKind, KnownCertificates, KnownCertificatesMut};
use crate::table::known_tokens::{KnownTokens, KnownTokensMut};
use crate::table::left_keys::{LeftKeys, LeftKeysMut};
use crate::table::lookups::{Lookups, LookupsMut};
use crate::table::outbox::{Outbox, OutboxMut};
use crate::table::outbox_steps::{OutboxSteps, OutboxStepsMut};
use crate::table::profiles::{Profiles, ProfilesMut};
use crate::table::recurring::{RecurringInvoices, RecurringInvoicesMut};
use crate::table::series::{NumberSeries, NumberSeriesMut};
use crate::table::series_counters::{SeriesCounters, SeriesCountersMut};
use crate::table::sessions::{Sessions, SessionsMut};
use crate::table::templates::{Templates, TemplatesMut};
use crate::table::upo::{Upos, UposMut};
use crate::table::wanted_rights::{WantedRightsMut, WantedRightsTable};
use crate::{ArchiveError, Lease, migrations, table};

/// How long a statement waits for another process.
const BUSY: Duration = Duration::from_secs(30);
/// More than the program has, so that none is read twice.
const STATEMENTS: usize = 250;

/// The database of this computer's user: one file, opened by the window and the command line at once if need be.
///
/// Calls are short and block; many threads may share it.
#[derive(Debug)]
pub struct Archive {
    connection: Mutex<Connection>,
    path: PathBuf,
}

impl Archive {
    /// Opens the archive, makes it where there is none, and brings it to this program's version.
    ///
    /// # Errors
    /// [`ArchiveError::Newer`], [`ArchiveError::Damaged`] and [`ArchiveError::Foreign`] leave the file untouched;
    /// [`ArchiveError::NotWritable`] when file or folder cannot be written.
    pub fn open(path: &Path) -> Result<Self, ArchiveError> {
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(|_| ArchiveError::NotWritable)?;
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(path, flags)?;
        connection.busy_timeout(BUSY)?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        migrations::recognise(&connection)?;
        refuse_newer(&connection)?;
        set_up(&connection)?;
        migrations::migrate(&mut connection)?;
        Ok(Self { connection: Mutex::new(connection), path: path.to_owned() })
    }

    /// Reads; all that one call reads is of one moment.
    ///
    /// # Errors
    /// What `work` returns, or when the archive fails.
    pub fn read<T, E: From<ArchiveError>>(
        &self,
        work: impl FnOnce(&Reading<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.transaction(TransactionBehavior::Deferred, |writing| work(writing))
    }

    /// Changes; all of it or, after an error, nothing. No other process writes meanwhile, so that what was read inside
    /// is still true when it is written.
    ///
    /// # Errors
    /// What `work` returns, or when the archive fails.
    pub fn write<T, E: From<ArchiveError>>(
        &self,
        work: impl FnOnce(&Writing<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.transaction(TransactionBehavior::Immediate, work)
    }

    /// The right to send for a company in an environment; `None` while another process, or another part of this one, has it.
    ///
    /// # Errors
    /// [`ArchiveError::Lock`] when the lock file cannot be used.
    pub fn lease(&self, company: Nip, environment: Environment) -> Result<Option<Lease>, ArchiveError> {
        Lease::take(&self.path, &format!("{company}-{environment}"))
    }

    /// The right to work on a company's request for a certificate of that kind; `None` while another process, or another part of
    /// this one, has it.
    ///
    /// # Errors
    /// [`ArchiveError::Lock`] when the lock file cannot be used.
    pub fn enrolment_lease(
        &self,
        company: Nip,
        environment: Environment,
        kind: CertificateKind,
    ) -> Result<Option<Lease>, ArchiveError> {
        Lease::take(&self.path, &format!("{company}-{environment}-{}", kind.as_str()))
    }

    fn transaction<T, E: From<ArchiveError>>(
        &self,
        behavior: TransactionBehavior,
        work: impl FnOnce(&Writing<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut connection = self.lock();
        let transaction = connection.transaction_with_behavior(behavior).map_err(ArchiveError::from)?;
        let result = work(&Writing(Reading(&transaction)))?;
        transaction.commit().map_err(ArchiveError::from)?;
        Ok(result)
    }

    fn lock(&self) -> MutexGuard<'_, Connection> {
        // A panic in the middle rolled its transaction back: the connection is as good as before.
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn refuse_newer(connection: &Connection) -> Result<(), ArchiveError> {
    let found: u32 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let known = migrations::known();
    if found > known { Err(ArchiveError::Newer { found, known }) } else { Ok(()) }
}

fn set_up(connection: &Connection) -> Result<(), ArchiveError> {
    use_write_ahead_log(connection)?;
    // FULL: a committed row is on the disk when the call returns, also after a power failure.
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    Ok(())
}

/// Changing the mode does not wait for others as statements do: two processes that start at once would meet here.
fn use_write_ahead_log(connection: &Connection) -> Result<(), ArchiveError> {
    const ATTEMPTS: u32 = 100;
    for attempt in 1..=ATTEMPTS {
        match connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get::<_, String>(0)) {
            Ok(_) => return Ok(()),
            Err(error)
                if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) && attempt < ATTEMPTS =>
            {
                std::thread::sleep(Duration::from_millis(50));
            }
            Err(error) => return Err(error.into()),
        }
    }
    Err(ArchiveError::Busy)
}

/// The tables, for reading.
pub struct Reading<'c>(&'c Connection);

/// The tables, for reading and writing.
pub struct Writing<'c>(Reading<'c>);

impl<'c> Deref for Writing<'c> {
    type Target = Reading<'c>;

    fn deref(&self) -> &Reading<'c> {
        &self.0
    }
}

macro_rules! handles {
    ($($(#[$doc:meta])* $read:ident: $Read:ident, $write:ident: $Write:ident;)*) => {
        impl<'c> Reading<'c> {
            $($(#[$doc])* #[must_use] pub fn $read(&self) -> $Read<'c> { $Read(self.0) })*
        }
        impl<'c> Writing<'c> {
            $($(#[$doc])* #[must_use] pub fn $write(&self) -> $Write<'c> { $Write(self.0.0) })*
        }
    };
}

handles! {
    /// The table `companies`.
    companies: Companies, companies_mut: CompaniesMut;
    /// The table `company_environment`.
    company_environment: CompanyEnvironment, company_environment_mut: CompanyEnvironmentMut;
    /// The table `credential_notes`.
    credential_notes: CredentialNotes, credential_notes_mut: CredentialNotesMut;
    /// The table `sessions`.
    sessions: Sessions, sessions_mut: SessionsMut;
    /// The table `outbox`.
    outbox: Outbox, outbox_mut: OutboxMut;
    /// The table `outbox_steps`.
    outbox_steps: OutboxSteps, outbox_steps_mut: OutboxStepsMut;
    /// The table `invoices`.
    invoices: Invoices, invoices_mut: InvoicesMut;
    /// The table `upo`.
    upo: Upos, upo_mut: UposMut;
    /// The tables `payer_answers`, `rate_answers` and `service_requests`.
    lookups: Lookups, lookups_mut: LookupsMut;
    /// The table `profiles`.
    profiles: Profiles, profiles_mut: ProfilesMut;
    /// The table `drafts`.
    drafts: Drafts, drafts_mut: DraftsMut;
    /// The table `templates`.
    templates: Templates, templates_mut: TemplatesMut;
    /// The tables `recurring` and `recurring_made`.
    recurring: RecurringInvoices, recurring_mut: RecurringInvoicesMut;
    /// The tables `series` and `series_kinds`.
    series: NumberSeries, series_mut: NumberSeriesMut;
    /// The table `series_counters`.
    series_counters: SeriesCounters, series_counters_mut: SeriesCountersMut;
    /// The table `issued_numbers`.
    issued_numbers: IssuedNumbers, issued_numbers_mut: IssuedNumbersMut;
    /// The table `invoice_links`.
    invoice_links: InvoiceLinks, invoice_links_mut: InvoiceLinksMut;
    /// The table `journal`.
    journal: Journal, journal_mut: JournalMut;
    /// The table `enrolments`.
    enrolments: Enrolments, enrolments_mut: EnrolmentsMut;
    /// The table `known_certificates`.
    known_certificates: KnownCertificates, known_certificates_mut: KnownCertificatesMut;
    /// The table `known_tokens`.
    known_tokens: KnownTokens, known_tokens_mut: KnownTokensMut;
    /// The table `contexts`.
    contexts: Contexts, contexts_mut: ContextsMut;
    /// The table `wanted_rights`.
    wanted_rights: WantedRightsTable, wanted_rights_mut: WantedRightsMut;
    /// The table `left_keys`.
    left_keys: LeftKeys, left_keys_mut: LeftKeysMut;
}

impl<'c> Reading<'c> {
    /// The table `contractors`.
    #[must_use]
    pub fn contractors(&self) -> Book<'c> {
        Book::new(self.0, table::contractors::TABLE)
    }

    /// The table `goods`.
    #[must_use]
    pub fn goods(&self) -> Book<'c> {
        Book::new(self.0, table::goods::TABLE)
    }
}

impl<'c> Writing<'c> {
    /// The table `contractors`.
    #[must_use]
    pub fn contractors_mut(&self) -> BookMut<'c> {
        BookMut::new(self.0.0, table::contractors::TABLE)
    }

    /// The table `goods`.
    #[must_use]
    pub fn goods_mut(&self) -> BookMut<'c> {
        BookMut::new(self.0.0, table::goods::TABLE)
    }
}
