//! "Wystąp o certyfikat": from a key made here to a certificate of KSeF in the keychain, one flow for both kinds, which can be cut
//! off at every step and taken up again. The key is in the keychain before anything is sent; after a lost answer KSeF is asked
//! before anything is sent again.

mod decide;
mod drive;
mod left;
mod look;
mod offer;
mod place;
mod problem;
mod prove;
mod send;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use ksef_archive::{ArchiveError, CertificateKind, EnrolmentRow, NewEnrolment};
pub use ksef_archive::{EnrolmentAlgorithm, EnrolmentStep};
use ksef_types::{
    CertificateName, CertificateSerial, Environment, InvalidCertificateName, Nip, ReferenceNumber,
    warsaw_day_ends,
};

pub(crate) use drive::Worker;
pub use offer::{EnrolmentOffer, LeftOver};
pub use problem::{EnrolmentProblem, Unfit};

use crate::engine::Scope;
use crate::ids::ids;
use crate::{CertificateSlot, ConnectionFailure, Engine, EngineError, EngineEvent};

ids! {
    /// A request for a certificate in the archive.
    EnrolmentId;
}

/// What a person asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnrolmentWish {
    /// Name of the authentication certificate; nothing when none is wanted.
    pub authentication_name: Option<String>,
    /// Name of the offline certificate; nothing when none is wanted.
    pub offline_name: Option<String>,
    /// With which key.
    pub algorithm: EnrolmentAlgorithm,
    /// The first day (in Poland) of its validity; at once where nothing is given.
    pub valid_from: Option<NaiveDate>,
}

/// One request, from the key to the keychain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolment {
    /// Its row.
    pub id: EnrolmentId,
    /// What for.
    pub slot: CertificateSlot,
    /// Name of the certificate.
    pub name: CertificateName,
    /// With which key.
    pub algorithm: EnrolmentAlgorithm,
    /// How far it is.
    pub step: EnrolmentStep,
    /// KSeF's number of the request.
    pub reference_number: Option<ReferenceNumber>,
    /// The certificate's serial number.
    pub serial: Option<CertificateSerial>,
    /// The certificate that it shall replace.
    pub renews: Option<CertificateSerial>,
    /// When the person asked.
    pub started_at: DateTime<Utc>,
    /// Why it stands still, or ended.
    pub problem: Option<EnrolmentProblem>,
}

/// Why nothing was asked for.
#[derive(Debug, thiserror::Error)]
pub enum EnrolmentError {
    /// Nothing could be done at all.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// There is no connection.
    #[error(transparent)]
    Connection(Box<ConnectionFailure>),
    /// KSeF, or the keychain, stands against it.
    #[error(transparent)]
    Problem(#[from] EnrolmentProblem),
    /// The name keeps not the rule.
    #[error(transparent)]
    Name(#[from] InvalidCertificateName),
    /// No certificate was wanted.
    #[error("no certificate was wanted")]
    NothingWanted,
    /// One of that kind is under way already.
    #[error("a request of this kind is under way")]
    UnderWay(CertificateSlot),
    /// There is none with that number.
    #[error("no request {0}")]
    Unknown(EnrolmentId),
    /// There is no certificate of that kind here that could be renewed.
    #[error("there is nothing to renew")]
    NothingToRenew(CertificateSlot),
}

impl From<ArchiveError> for EnrolmentError {
    fn from(error: ArchiveError) -> Self {
        Self::Engine(error.into())
    }
}

impl From<ConnectionFailure> for EnrolmentError {
    fn from(failure: ConnectionFailure) -> Self {
        Self::Connection(Box::new(failure))
    }
}

impl CertificateSlot {
    pub(crate) const fn kind(self) -> CertificateKind {
        match self {
            Self::Authentication => CertificateKind::Authentication,
            Self::Offline => CertificateKind::Offline,
        }
    }

    pub(crate) const fn of_kind(kind: CertificateKind) -> Self {
        match kind {
            CertificateKind::Authentication => Self::Authentication,
            CertificateKind::Offline => Self::Offline,
        }
    }
}

impl From<EnrolmentRow> for Enrolment {
    fn from(row: EnrolmentRow) -> Self {
        Self {
            id: EnrolmentId(row.id),
            slot: CertificateSlot::of_kind(row.kind),
            name: row.name,
            algorithm: row.algorithm,
            step: row.step,
            reference_number: row.reference_number,
            serial: row.serial,
            renews: row.renews,
            started_at: row.begun_at,
            problem: row.problem.as_ref().map(EnrolmentProblem::read),
        }
    }
}

/// One certificate to be asked for.
pub(crate) struct Wanted {
    pub(crate) slot: CertificateSlot,
    pub(crate) name: CertificateName,
    pub(crate) algorithm: EnrolmentAlgorithm,
    pub(crate) renews: Option<CertificateSerial>,
    pub(crate) valid_from: Option<DateTime<Utc>>,
}

impl Engine {
    /// Asks for the certificates, in the background; its steps are told by [`EngineEvent::Enrolments`].
    ///
    /// # Errors
    /// When nothing was begun; see [`EnrolmentError`].
    pub async fn enrol(
        &self,
        nip: Nip,
        environment: Environment,
        wish: &EnrolmentWish,
    ) -> Result<Vec<Enrolment>, EnrolmentError> {
        let valid_from = wish.valid_from.map(first_moment);
        let mut wanted = Vec::new();
        for (slot, name) in [
            (CertificateSlot::Authentication, &wish.authentication_name),
            (CertificateSlot::Offline, &wish.offline_name),
        ] {
            if let Some(name) = name {
                let (name, algorithm) = (name.parse()?, wish.algorithm);
                wanted.push(Wanted { slot, name, algorithm, renews: None, valid_from });
            }
        }
        if wanted.is_empty() {
            return Err(EnrolmentError::NothingWanted);
        }
        self.begin_enrolments(Scope::new(nip, environment), &wanted)
    }

    /// All or none are begun.
    pub(crate) fn begin_enrolments(
        &self,
        scope: Scope,
        wanted: &[Wanted],
    ) -> Result<Vec<Enrolment>, EnrolmentError> {
        let Scope { company, environment } = scope;
        self.company(company)?;
        let begun_at = self.now();
        let ids = self.archive().write::<_, EnrolmentError>(|tables| {
            let mut ids = Vec::new();
            for one in wanted {
                if tables.enrolments().open(company, environment, one.slot.kind())?.is_some() {
                    return Err(EnrolmentError::UnderWay(one.slot));
                }
                ids.push(tables.enrolments_mut().begin(&NewEnrolment {
                    company,
                    environment,
                    kind: one.slot.kind(),
                    name: &one.name,
                    algorithm: one.algorithm,
                    renews: one.renews.as_ref(),
                    valid_from: one.valid_from,
                    begun_at,
                })?);
            }
            Ok(ids)
        })?;
        self.enrolments_moved(scope);
        for id in &ids {
            self.drive(*id);
        }
        let all = self.enrolments(company, environment)?;
        Ok(all.into_iter().filter(|one| ids.contains(&one.id.0)).collect())
    }

    /// Requests of a company, newest first. Whoever looks at them gives an opportunity to remove the keys of those that have ended,
    /// where the keychain refused before.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn enrolments(&self, nip: Nip, environment: Environment) -> Result<Vec<Enrolment>, EngineError> {
        self.remove_left_keys_of(Scope::new(nip, environment));
        let rows =
            self.archive().read::<_, ArchiveError>(|tables| tables.enrolments().list(nip, environment))?;
        Ok(rows.into_iter().map(Into::into).collect())
    }

    /// Takes up one that stands still.
    ///
    /// # Errors
    /// [`EnrolmentError::Unknown`], or when the archive fails.
    pub async fn continue_enrolment(
        &self,
        nip: Nip,
        environment: Environment,
        id: EnrolmentId,
    ) -> Result<Vec<Enrolment>, EnrolmentError> {
        let row = self.own_enrolment(Scope::new(nip, environment), id)?;
        if !row.step.is_final() {
            self.drive(id.0);
        }
        Ok(self.enrolments(nip, environment)?)
    }

    /// Gives one up: its key is deleted. What KSeF has made already stays in its list, without a key to use it.
    ///
    /// # Errors
    /// [`EnrolmentError::Unknown`], or when archive or keychain fail. One that is given up while the keychain refuses is given up; its
    /// key goes at the next opportunity.
    pub async fn abandon_enrolment(
        &self,
        nip: Nip,
        environment: Environment,
        id: EnrolmentId,
    ) -> Result<Vec<Enrolment>, EnrolmentError> {
        let scope = Scope::new(nip, environment);
        let row = self.own_enrolment(scope, id)?;
        self.abandon(&row).await?;
        Ok(self.enrolments(nip, environment)?)
    }

    /// Takes up everything that was not finished, at the program's start, and removes the keys that a keychain did not let go.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn resume_enrolments(&self) -> Result<(), EngineError> {
        self.remove_all_left_keys();
        let rows = self.archive().read::<_, ArchiveError>(|tables| tables.enrolments().unfinished())?;
        for row in rows {
            self.drive(row.id);
        }
        Ok(())
    }

    /// Takes up what stands in a company for want of a login: another way in is there now. What cannot be taken up here and now waits
    /// for a person's click, or the next start.
    pub(crate) fn take_up_enrolments(&self, scope: Scope) {
        let Scope { company, environment } = scope;
        let Ok(_runtime) = tokio::runtime::Handle::try_current() else { return };
        self.remove_left_keys_of(scope);
        let rows = match self
            .archive()
            .read::<_, ArchiveError>(|tables| tables.enrolments().list(company, environment))
        {
            Ok(rows) => rows,
            Err(error) => return tracing::warn!(%error, "requests for certificates were not taken up"),
        };
        let stands = |row: &EnrolmentRow| {
            let problem = row.problem.as_ref().map(EnrolmentProblem::read);
            !row.step.is_final() && problem.is_some_and(|problem| problem.waits_for_a_login())
        };
        rows.iter().filter(|row| stands(row)).for_each(|row| self.drive(row.id));
    }

    /// Where there is something to be taken up.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn unfinished_enrolments(&self) -> Result<Vec<Environment>, EngineError> {
        let rows = self.archive().read::<_, ArchiveError>(|tables| tables.enrolments().unfinished())?;
        Ok(rows.into_iter().map(|row| row.environment).collect())
    }

    fn own_enrolment(&self, scope: Scope, id: EnrolmentId) -> Result<EnrolmentRow, EnrolmentError> {
        let row = self.archive().read::<_, ArchiveError>(|tables| tables.enrolments().get(id.0))?;
        row.filter(|row| row.company == scope.company && row.environment == scope.environment)
            .ok_or(EnrolmentError::Unknown(id))
    }

    pub(crate) fn enrolments_moved(&self, scope: Scope) {
        let Scope { company, environment } = scope;
        self.tell(EngineEvent::Enrolments { company, environment });
    }
}

/// Midnight in Poland at which a day begins.
fn first_moment(day: NaiveDate) -> DateTime<Utc> {
    let noon = day.and_hms_opt(12, 0, 0).unwrap_or_default().and_utc();
    warsaw_day_ends(noon - TimeDelta::days(1))
}
