use ksef_api::{CertificatesQuery, KsefCertificateStatus, PageOf};
use ksef_archive::ArchiveError;
pub use ksef_archive::RevocationReason;
use ksef_types::{CertificateSerial, Environment, Nip};
use ksef_vault::{Holding, Slot, VaultError};

use crate::engine::Scope;
use crate::{
    Act, CertificateSlot, ConnectionCause, ConnectionFailure, CredentialSlot, Deed, Engine, EngineError,
    EngineEvent, KeychainProblem,
};

/// The smallest page that the contract has.
const ONE: PageOf = PageOf { offset: 0, size: 10 };

/// What will stop working when a certificate or a token is revoked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RevocationPreview {
    /// Serial number or reference number.
    pub identifier: String,
    /// This company has it in the keychain.
    pub in_use: bool,
    /// Other companies here that have it, in this environment.
    pub companies: Vec<Nip>,
    /// Another way into KSeF stays for this company.
    pub other_way_in: bool,
    /// The login that is in use was had by it.
    pub ends_this_login: bool,
}

/// Why nothing was revoked.
#[derive(Debug, thiserror::Error)]
pub enum RevokeError {
    /// Nothing could be done at all.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// 25008: KSeF knows no such certificate of this owner.
    #[error("no such certificate (25008)")]
    Unknown,
    /// 25009: it is revoked, blocked or over already.
    #[error("it cannot be revoked (25009)")]
    NotRevocable,
    /// There is no connection, or KSeF refused otherwise.
    #[error(transparent)]
    Connection(Box<ConnectionFailure>),
}

impl From<ArchiveError> for RevokeError {
    fn from(error: ArchiveError) -> Self {
        Self::Engine(error.into())
    }
}

impl Engine {
    /// What will stop working.
    ///
    /// # Errors
    /// When the archive or the keychain fails.
    pub async fn revocation_preview(
        &self,
        nip: Nip,
        environment: Environment,
        identifier: &str,
    ) -> Result<RevocationPreview, EngineError> {
        let scope = Scope::new(nip, environment);
        self.company(nip)?;
        let held =
            self.vault(move |vault| vault.held(nip, environment)).await.map_err(KeychainProblem::from)?;
        let users = self.users_of(environment, identifier)?;
        let here = |slot: CredentialSlot| users.iter().any(|(user, used)| *user == scope && *used == slot);
        let token_stays = held.in_slot(Slot::Token) == Holding::Whole && !here(CredentialSlot::Token);
        let certificate_stays =
            held.in_slot(Slot::Authentication) == Holding::Whole && !here(CredentialSlot::Authentication);
        let ends_this_login = self.identifier_in_use(scope).as_deref() == Some(identifier);
        let signature_stays = self.signed_in_by_signature(scope) && !ends_this_login;
        let mut companies: Vec<Nip> =
            users.iter().map(|(user, _)| user.company).filter(|company| *company != nip).collect();
        companies.dedup();
        Ok(RevocationPreview {
            identifier: identifier.to_owned(),
            in_use: users.iter().any(|(user, _)| *user == scope),
            companies,
            other_way_in: token_stays || certificate_stays || signature_stays,
            ends_this_login,
        })
    }

    /// Revokes a certificate in KSeF. A revoked pair is of no use: it is taken out of the keychain of every company here that has
    /// it, and the logins made with it are forgotten.
    ///
    /// # Errors
    /// See [`RevokeError`]. Where the keychain fails after KSeF has revoked, the row says revoked, and the pair stays.
    pub async fn revoke_certificate(
        &self,
        nip: Nip,
        environment: Environment,
        serial: &CertificateSerial,
        reason: RevocationReason,
    ) -> Result<(), RevokeError> {
        let scope = Scope::new(nip, environment);
        self.company(nip)?;
        let deed = Deed::of(Act::CertificateRevoked, nip, environment).object(serial.as_str());
        let deed = deed.with("reason", reason_name(reason));
        if let Err(failure) = self.revoke_in_ksef(scope, serial, reason).await
            && !self.is_revoked(scope, serial).await
        {
            self.record(deed.failed(failure.cause.name()));
            return Err(match failure.cause {
                ConnectionCause::Refused { code: 25008, .. } => RevokeError::Unknown,
                ConnectionCause::Refused { code: 25009, .. } => RevokeError::NotRevocable,
                _ => RevokeError::Connection(Box::new(failure)),
            });
        }
        self.record(deed);
        let now = self.now();
        self.archive().write::<_, ArchiveError>(|tables| {
            tables.known_certificates_mut().revoked(nip, environment, serial, reason, now)
        })?;
        // A keychain that refuses for one company does not keep the pair in use in the others.
        let mut taken_out = Ok(());
        for (user, slot) in self.users_of(environment, serial.as_str())? {
            taken_out = taken_out.and(self.take_out(user, slot, serial).await);
        }
        self.tell(EngineEvent::Credentials { company: nip, environment });
        Ok(taken_out?)
    }

    /// The answer may have been lost, or somebody was quicker: KSeF's list says whether it is done.
    async fn is_revoked(&self, scope: Scope, serial: &CertificateSerial) -> bool {
        let query = CertificatesQuery { serial_number: Some(serial.clone()), ..CertificatesQuery::default() };
        let listed = self.ask(scope, |client, token| {
            let query = query.clone();
            async move { client.query_certificates(&token, &query, ONE).await }
        });
        let over = [KsefCertificateStatus::Blocked, KsefCertificateStatus::Revoked];
        listed.await.is_ok_and(|page| {
            let mut found = page.certificates.iter().filter(|found| found.serial_number == *serial);
            found.any(|found| over.contains(&found.status))
        })
    }

    async fn revoke_in_ksef(
        &self,
        scope: Scope,
        serial: &CertificateSerial,
        reason: RevocationReason,
    ) -> Result<(), ConnectionFailure> {
        let reason = match reason {
            RevocationReason::Unspecified => ksef_api::RevocationReason::Unspecified,
            RevocationReason::Superseded => ksef_api::RevocationReason::Superseded,
            RevocationReason::KeyCompromise => ksef_api::RevocationReason::KeyCompromise,
        };
        self.ask(scope, |client, token| {
            let serial = serial.clone();
            async move { client.revoke_certificate(&token, &serial, Some(reason)).await }
        })
        .await
    }

    /// Who here has this certificate or token, in this environment.
    fn users_of(
        &self,
        environment: Environment,
        identifier: &str,
    ) -> Result<Vec<(Scope, CredentialSlot)>, EngineError> {
        let notes = self.archive().read::<_, ArchiveError>(|tables| tables.credential_notes().all())?;
        let has = notes.into_iter().filter(|(_, place, _, note)| {
            let known = [note.serial.as_deref(), note.reference_number.as_deref()];
            *place == environment && known.contains(&Some(identifier))
        });
        Ok(has.map(|(nip, place, slot, _)| (Scope::new(nip, place), slot_of(slot))).collect())
    }

    async fn take_out(
        &self,
        scope: Scope,
        slot: CredentialSlot,
        serial: &CertificateSerial,
    ) -> Result<(), EngineError> {
        // A login by a signature made elsewhere has nothing to do with it.
        if let CredentialSlot::Authentication = slot
            && !self.signed_in_by_signature(scope)
        {
            self.forget_login(scope);
        }
        if self.has_another(scope, slot, serial).await? {
            return Ok(());
        }
        self.blocking(move |engine| engine.remove_saved(scope, slot)).await?;
        if let CredentialSlot::Authentication = slot {
            self.drop_draft(scope, CertificateSlot::Authentication);
        }
        let Scope { company, environment } = scope;
        let deed = Deed::of(Act::CredentialRemoved, company, environment);
        self.record(deed.with("kind", slot_name(slot)).with("why", "revoked"));
        self.tell(EngineEvent::Credential { company, environment });
        Ok(())
    }
}

impl Engine {
    /// A renewed one may stand in the place already, while the note still names the old one: what is in the keychain counts.
    async fn has_another(
        &self,
        scope: Scope,
        slot: CredentialSlot,
        serial: &CertificateSerial,
    ) -> Result<bool, EngineError> {
        let place = match slot {
            CredentialSlot::Authentication => Slot::Authentication,
            CredentialSlot::Offline => Slot::Offline,
            CredentialSlot::Token => return Ok(false),
        };
        let key = scope.key(place);
        match self.vault(move |vault| vault.credential(&key)).await {
            Ok(held) => Ok(held.is_some_and(|held| held.certificate().serial() != *serial)),
            Err(VaultError::Damaged(_)) => Ok(false),
            Err(error) => Err(KeychainProblem::from(error).into()),
        }
    }
}

const fn slot_of(slot: ksef_archive::NoteSlot) -> CredentialSlot {
    match slot {
        ksef_archive::NoteSlot::Authentication => CredentialSlot::Authentication,
        ksef_archive::NoteSlot::Offline => CredentialSlot::Offline,
        ksef_archive::NoteSlot::Token => CredentialSlot::Token,
    }
}

/// For the journal.
pub(crate) const fn slot_name(slot: CredentialSlot) -> &'static str {
    match slot {
        CredentialSlot::Authentication => "authentication",
        CredentialSlot::Offline => "offline",
        CredentialSlot::Token => "token",
    }
}

const fn reason_name(reason: RevocationReason) -> &'static str {
    match reason {
        RevocationReason::Unspecified => "unspecified",
        RevocationReason::Superseded => "superseded",
        RevocationReason::KeyCompromise => "keyCompromise",
    }
}
