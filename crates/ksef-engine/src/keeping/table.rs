use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use ksef_api::{CertificateInfo, CertificatesQuery, KsefCertificateStatus, KsefCertificateType, PageOf};
use ksef_archive::{
    ArchiveError, CertificateKind, CertificateState, CredentialNote, KnownCertificate, ListedCertificate,
    NoteSlot, Reading, TokenState,
};
use ksef_crypto::Certificate;
use ksef_types::{Environment, Nip, Pesel, TOKENS_LAST_DAY, tokens_end};
use ksef_vault::{Held, Holding};

use super::reminders::due;
use crate::credentials::days_left;
use crate::engine::Scope;
use crate::{
    CertificateSlot, ConnectionFailure, CredentialSlot, Engine, EngineError, EngineEvent, KeychainProblem,
};

/// As many as the contract lets one list on a page.
const PAGE: u32 = 50;
/// An owner may have 300 requests; more pages than that are a fault of the one who answers.
const PAGES: u32 = 20;

/// What a company has, and what KSeF's list says of it.
#[derive(Debug, Clone)]
pub struct CredentialTable {
    /// Those in use first, then by end, the latest first.
    pub rows: Vec<CredentialRow>,
    /// When KSeF was last asked.
    pub asked_at: Option<DateTime<Utc>>,
    /// Why it could not be asked now.
    pub failure: Option<ConnectionFailure>,
    /// Why the keychain cannot say what it has; the rows are then as noted.
    pub keychain: Option<KeychainProblem>,
}

/// A certificate or the token.
#[derive(Debug, Clone)]
pub struct CredentialRow {
    /// What for.
    pub slot: CredentialSlot,
    /// Its name in KSeF's list; of a token its description.
    pub name: Option<String>,
    /// Whose.
    pub owner: String,
    /// Serial number; of a token its reference number.
    pub identifier: String,
    /// Valid from.
    pub valid_from: Option<DateTime<Utc>>,
    /// Valid until.
    pub valid_to: Option<DateTime<Utc>>,
    /// Whole days until the end; negative after it.
    pub days_left: Option<i64>,
    /// Last use as KSeF knows it.
    pub last_use: Option<DateTime<Utc>>,
    /// State as KSeF knows it.
    pub state: CredentialState,
    /// It is in this computer's keychain for this company.
    pub held: bool,
    /// Other companies here that use the same one.
    pub shared_with: Vec<Nip>,
    /// The reminder that is due.
    pub reminder: Option<u32>,
    /// It can be renewed now.
    pub can_renew: bool,
    /// It can be revoked now.
    pub can_revoke: bool,
}

/// State of a credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CredentialState {
    /// It works.
    Active,
    /// Blocked by KSeF, on the way to being revoked.
    Blocked,
    /// Revoked.
    Revoked,
    /// Its time is over.
    Expired,
    /// KSeF was not asked yet, or does not list it for this login.
    Unknown,
    /// Not made by KSeF.
    Foreign,
}

/// What the archive knows for the table.
struct Known {
    certificates: Vec<KnownCertificate>,
    notes: Vec<(NoteSlot, CredentialNote)>,
    /// Companies by the place and the identifier of what they have.
    elsewhere: BTreeMap<(&'static str, String), Vec<Nip>>,
}

impl Engine {
    /// The table of credentials; with `ask` KSeF is asked first, and what it says is kept for the next time.
    ///
    /// # Errors
    /// When the archive fails. A KSeF that does not answer is told inside.
    pub async fn credential_table(
        &self,
        nip: Nip,
        environment: Environment,
        ask: bool,
    ) -> Result<CredentialTable, EngineError> {
        let scope = Scope::new(nip, environment);
        self.company(nip)?;
        let failure = if ask { self.read_list(scope).await?.err() } else { None };
        let held = self.vault(move |vault| vault.held(nip, environment)).await;
        let (held, keychain) = match held {
            Ok(held) => (Some(held), None),
            Err(error) => (None, Some(KeychainProblem::from(error))),
        };
        let rows = self.archive().read::<_, ArchiveError>(|tables| {
            let known = known(tables, scope)?;
            let mut rows = self.rows(scope, &known, held.as_ref());
            rows.extend(self.token_row(tables, scope, &known, held.as_ref())?);
            Ok((rows, known.certificates.iter().map(|known| known.seen_at).max()))
        })?;
        let (mut rows, asked_at) = rows;
        rows.sort_by_key(|row| (!row.held, std::cmp::Reverse(row.valid_to)));
        Ok(CredentialTable { rows, asked_at, failure, keychain })
    }

    /// Reads the whole list of the one who is logged in, and writes it down.
    async fn read_list(&self, scope: Scope) -> Result<Result<(), ConnectionFailure>, EngineError> {
        let query = CertificatesQuery::default();
        let mut all = Vec::new();
        for offset in 0..PAGES {
            let page = PageOf { offset, size: PAGE };
            let asked = self.ask(scope, |client, token| {
                let query = query.clone();
                async move { client.query_certificates(&token, &query, page).await }
            });
            match asked.await {
                Ok(listed) => {
                    all.extend(listed.certificates);
                    if !listed.has_more {
                        break;
                    }
                }
                Err(failure) => return Ok(Err(failure)),
            }
        }
        let now = self.now();
        let Scope { company, environment } = scope;
        self.archive().write::<_, ArchiveError>(|tables| {
            for listed in all.into_iter().filter_map(listed) {
                tables.known_certificates_mut().seen(company, environment, &listed, now)?;
            }
            Ok(())
        })?;
        self.tell(EngineEvent::Credentials { company, environment });
        Ok(Ok(()))
    }

    fn rows(&self, scope: Scope, known: &Known, held: Option<&Held>) -> Vec<CredentialRow> {
        let mut rows = Vec::new();
        let mut listed: BTreeMap<&str, &KnownCertificate> =
            known.certificates.iter().map(|known| (known.listed.serial.as_str(), known)).collect();
        for (place, note) in &known.notes {
            let slot = match place {
                NoteSlot::Authentication => CertificateSlot::Authentication,
                NoteSlot::Offline => CertificateSlot::Offline,
                NoteSlot::Token => continue,
            };
            let certificate = note.certificate.as_deref().and_then(|der| Certificate::from_der(der).ok());
            let Some(certificate) = certificate else { continue };
            let serial = certificate.serial();
            let entry = listed.remove(serial.as_str());
            let held = held.is_none_or(|held| held.in_slot(slot.vault()) == Holding::Whole);
            rows.push(self.noted_row(scope, slot, &certificate, entry, held, known));
        }
        rows.extend(listed.into_values().map(|entry| self.listed_row(entry, known)));
        rows
    }

    fn noted_row(
        &self,
        scope: Scope,
        slot: CertificateSlot,
        certificate: &Certificate,
        entry: Option<&KnownCertificate>,
        held: bool,
        known: &Known,
    ) -> CredentialRow {
        let now = self.now();
        let days = days_left(certificate, now);
        let state = state_of(entry, certificate.not_after(), now);
        let by_ksef = certificate.issuer_rfc2253().to_uppercase().contains("KSEF");
        let state = match state {
            CredentialState::Unknown if !by_ksef => CredentialState::Foreign,
            state => state,
        };
        let identifier = certificate.serial().to_string();
        let usable = matches!(state, CredentialState::Active | CredentialState::Unknown);
        CredentialRow {
            slot: slot.into(),
            name: entry.map(|entry| entry.listed.name.clone()),
            owner: certificate.subject_name(),
            valid_from: Some(certificate.not_before()),
            valid_to: Some(certificate.not_after()),
            days_left: Some(days),
            last_use: entry.and_then(|entry| entry.listed.last_used_at),
            state,
            held,
            shared_with: known.others(slot.note(), &identifier),
            reminder: due(days),
            can_renew: held && usable && self.signs_in(scope, slot, known),
            can_revoke: state == CredentialState::Active,
            identifier,
        }
    }

    /// A certificate of the owner whose key is not here.
    fn listed_row(&self, entry: &KnownCertificate, known: &Known) -> CredentialRow {
        let (listed, now) = (&entry.listed, self.now());
        let slot = CertificateSlot::of_kind(listed.kind);
        let state = state_of(Some(entry), listed.valid_to, now);
        let days = (listed.valid_to - now).num_seconds().div_euclid(86_400);
        CredentialRow {
            slot: slot.into(),
            name: Some(listed.name.clone()),
            owner: listed.common_name.clone(),
            identifier: listed.serial.to_string(),
            valid_from: Some(listed.valid_from),
            valid_to: Some(listed.valid_to),
            days_left: Some(days),
            last_use: listed.last_used_at,
            state,
            held: false,
            shared_with: known.others(slot.note(), listed.serial.as_str()),
            reminder: None,
            can_renew: false,
            can_revoke: state == CredentialState::Active,
        }
    }

    fn token_row(
        &self,
        tables: &Reading<'_>,
        scope: Scope,
        known: &Known,
        held: Option<&Held>,
    ) -> Result<Option<CredentialRow>, ArchiveError> {
        let noted = known.notes.iter().find(|(slot, _)| *slot == NoteSlot::Token);
        let Some(identifier) = noted.and_then(|(_, note)| note.reference_number.clone()) else {
            return Ok(None);
        };
        let seen = match identifier.parse() {
            Ok(reference) => tables.known_tokens().get(scope.company, scope.environment, &reference)?,
            Err(_) => None,
        };
        let days = (tokens_end() - self.now()).num_seconds().div_euclid(86_400);
        let state = match seen.as_ref().map(|seen| seen.state) {
            Some(TokenState::Revoked | TokenState::Failed) => CredentialState::Revoked,
            Some(TokenState::Revoking) => CredentialState::Blocked,
            _ if days < 0 => CredentialState::Expired,
            Some(TokenState::Active) => CredentialState::Active,
            Some(TokenState::Pending) | None => CredentialState::Unknown,
        };
        let noon = TOKENS_LAST_DAY.and_hms_opt(12, 0, 0).unwrap_or_default().and_utc();
        Ok(Some(CredentialRow {
            slot: CredentialSlot::Token,
            name: seen.as_ref().map(|seen| seen.description.clone()).filter(|text| !text.is_empty()),
            owner: seen.as_ref().and_then(|seen| seen.author.clone()).unwrap_or_default(),
            shared_with: known.others(NoteSlot::Token, &identifier),
            identifier,
            valid_from: seen.as_ref().map(|seen| seen.created_at),
            valid_to: Some(noon),
            days_left: Some(days),
            last_use: seen.as_ref().and_then(|seen| seen.last_used_at),
            state,
            held: held.is_none_or(|held| held.token != Holding::Nothing),
            reminder: due(days),
            can_renew: false,
            can_revoke: state == CredentialState::Active,
        }))
    }

    /// Whether one can log in by a signature now: only such a login may ask for certificates.
    fn signs_in(&self, scope: Scope, slot: CertificateSlot, known: &Known) -> bool {
        slot == CertificateSlot::Authentication
            || known.notes.iter().any(|(slot, note)| {
                *slot == NoteSlot::Authentication && note.not_after.is_some_and(|end| end > self.now())
            })
            || self.signed_in_by_signature(scope)
    }
}

impl Known {
    fn others(&self, slot: NoteSlot, identifier: &str) -> Vec<Nip> {
        self.elsewhere.get(&(place(slot), identifier.to_owned())).cloned().unwrap_or_default()
    }
}

fn known(tables: &Reading<'_>, scope: Scope) -> Result<Known, ArchiveError> {
    let mut notes = Vec::new();
    let mut elsewhere: BTreeMap<_, Vec<Nip>> = BTreeMap::new();
    for (nip, environment, slot, note) in tables.credential_notes().all()? {
        if environment != scope.environment {
            continue;
        }
        if nip == scope.company {
            notes.push((slot, note));
        } else if let Some(identifier) = note.serial.or(note.reference_number) {
            elsewhere.entry((place(slot), identifier)).or_default().push(nip);
        }
    }
    let certificates = tables.known_certificates().list(scope.company, scope.environment)?;
    Ok(Known { certificates, notes, elsewhere })
}

const fn place(slot: NoteSlot) -> &'static str {
    match slot {
        NoteSlot::Authentication => "authentication",
        NoteSlot::Offline => "offline",
        NoteSlot::Token => "token",
    }
}

/// What the list said last; the end of time is known without asking.
fn state_of(
    entry: Option<&KnownCertificate>,
    valid_to: DateTime<Utc>,
    now: DateTime<Utc>,
) -> CredentialState {
    match entry.map(|entry| entry.listed.state) {
        Some(CertificateState::Revoked) => CredentialState::Revoked,
        Some(CertificateState::Blocked) => CredentialState::Blocked,
        Some(CertificateState::Expired) => CredentialState::Expired,
        _ if now > valid_to => CredentialState::Expired,
        Some(CertificateState::Active) => CredentialState::Active,
        None => CredentialState::Unknown,
    }
}

impl From<CertificateSlot> for CredentialSlot {
    fn from(slot: CertificateSlot) -> Self {
        match slot {
            CertificateSlot::Authentication => Self::Authentication,
            CertificateSlot::Offline => Self::Offline,
        }
    }
}

/// A line of KSeF's list as it is kept; nothing for a kind or state that this program does not know.
fn listed(info: CertificateInfo) -> Option<ListedCertificate> {
    let owner_kind = info.subject_identifier.kind.to_string();
    let owner = info.subject_identifier.value.unwrap_or_default();
    Some(ListedCertificate {
        kind: match info.kind {
            KsefCertificateType::Authentication => CertificateKind::Authentication,
            KsefCertificateType::Offline => CertificateKind::Offline,
            _ => return None,
        },
        state: match info.status {
            KsefCertificateStatus::Active => CertificateState::Active,
            KsefCertificateStatus::Blocked => CertificateState::Blocked,
            KsefCertificateStatus::Revoked => CertificateState::Revoked,
            KsefCertificateStatus::Expired => CertificateState::Expired,
            _ => return None,
        },
        serial: info.serial_number,
        name: info.name,
        common_name: info.common_name,
        // A PESEL is kept masked.
        owner: Pesel::mask(&owner),
        owner_kind,
        valid_from: info.valid_from,
        valid_to: info.valid_to,
        requested_at: Some(info.request_date),
        last_used_at: info.last_use_date,
    })
}
