//! Moving the simulator from outside: the same in Rust and over the management port.

mod certificates;
mod latarnia;
mod services;
mod types;

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use ksef_types::{ContextIdentifier, KsefToken, Nip, ReferenceNumber};

pub use self::types::*;
use crate::contract::{BatchStatus, EnrollmentStatus, ExportStatus, Group, InvoiceStatus, PermissionStatus};
use crate::limits::Counted;
use crate::model::{
    Company, Grant, GrantKind, Invoice, PeppolProvider, Person, PersonId, Subject, Token, TokenStatus,
};
use crate::process::{failure_by_code, step};
use crate::store::State;
use crate::world::{RotationFailed, World};
use crate::{Fault, Operation, Permission, Quirk, SimClock};

/// The hand on the simulator. Cheap to clone.
#[derive(Clone)]
pub struct Control(Arc<World>);

/// A guard against a step that moves for ever.
const MOST_ROUNDS: usize = 100;

impl Control {
    pub(crate) const fn new(world: Arc<World>) -> Self {
        Self(world)
    }

    /// Makes a company, or gives the one with that NIP another name.
    ///
    /// # Errors
    /// When the state cannot be written.
    pub fn make_company(&self, nip: Nip, name: &str) -> Result<Company, ControlError> {
        let made = self.0.change(|state| {
            let mut company = state.companies.get(nip.as_str()).cloned().unwrap_or(Company {
                nip,
                name: String::new(),
                blocked: false,
                max_invoices: 10_000,
            });
            name.clone_into(&mut company.name);
            state.companies.put(nip.as_str(), company.clone());
            company
        })?;
        Ok(made)
    }

    /// The companies that were made.
    ///
    /// # Errors
    /// When the state cannot be written.
    pub fn companies(&self) -> Result<Vec<Company>, ControlError> {
        Ok(self.0.look(|state| state.companies.rows().cloned().collect())?)
    }

    /// Blocks a company (480), or lets it go.
    ///
    /// # Errors
    /// When there is no such company.
    pub fn block(&self, nip: Nip, blocked: bool) -> Result<(), ControlError> {
        self.change_company(nip, |company| company.blocked = blocked)
    }

    /// The most documents of an interactive session of a company (`/limits/context`, 21155).
    ///
    /// # Errors
    /// When there is no such company.
    pub fn limit_invoices(&self, nip: Nip, most: u32) -> Result<(), ControlError> {
        self.change_company(nip, |company| company.max_invoices = most)
    }

    fn change_company(&self, nip: Nip, change: impl FnOnce(&mut Company)) -> Result<(), ControlError> {
        let found = self.0.change(|state| state.companies.change(nip.as_str()).map(change))?;
        found.ok_or(ControlError::NoCompany(nip))
    }

    /// Makes a person, or replaces the one with the same number.
    ///
    /// # Errors
    /// When the state cannot be written.
    pub fn make_person(&self, person: NewPerson) -> Result<Person, ControlError> {
        let NewPerson { id, given_name, surname, owner_of } = person;
        let person = Person { id, given_name, surname, owner_of, deceased: false, created: None };
        self.0.change(|state| state.people.put(id.subject().value, person.clone()))?;
        Ok(person)
    }

    /// Every authentication by the person ends with 470.
    ///
    /// # Errors
    /// When there is no such person.
    pub fn declare_deceased(&self, id: PersonId) -> Result<(), ControlError> {
        let key = id.subject().value;
        let found = self.0.change(|state| state.people.change(&key).map(|person| person.deceased = true))?;
        found.ok_or(ControlError::NoPerson)
    }

    /// Gives somebody permissions in a company's context.
    ///
    /// # Errors
    /// When there is no such company.
    pub fn grant(&self, to: PersonId, nip: Nip, permissions: &[Permission]) -> Result<(), ControlError> {
        self.grant_in(to.subject(), nip.into(), permissions)
    }

    fn grant_in(
        &self,
        to: Subject,
        context: ContextIdentifier,
        permissions: &[Permission],
    ) -> Result<(), ControlError> {
        let world = &self.0;
        let start = world.now();
        world.change(|state| {
            for permission in permissions {
                let grant = Grant {
                    id: world.chance.uuid(),
                    to: to.clone(),
                    context: context.clone(),
                    permission: *permission,
                    description: format!("Uprawnienie: {}", permission.in_polish()),
                    start,
                    active: true,
                    kind: GrantKind::Person,
                    author: None,
                    granted_in: None,
                    can_delegate: false,
                    target: None,
                    subject_details: None,
                    unit_name: None,
                    eu_details: None,
                };
                state.grants.put(grant.id.clone(), grant);
            }
        })?;
        Ok(())
    }

    /// Takes all permissions in a company's context away from somebody.
    ///
    /// # Errors
    /// When the state cannot be written.
    pub fn revoke_grants(&self, from: PersonId, nip: Nip) -> Result<(), ControlError> {
        let (subject, context) = (from.subject(), ContextIdentifier::from(nip));
        self.0.change(|state| {
            let theirs = |grant: &&Grant| grant.to == subject && grant.context == context;
            let ids: Vec<String> = state.grants.rows().filter(theirs).map(|grant| grant.id.clone()).collect();
            for id in ids {
                state.grants.change(&id).into_iter().for_each(|grant| grant.active = false);
            }
        })?;
        Ok(())
    }

    /// Makes an active token of a company with fixed permissions. Its text is not kept.
    ///
    /// # Errors
    /// When there is no such company.
    pub fn make_token(&self, nip: Nip, permissions: &[Permission]) -> Result<KsefToken, ControlError> {
        let world = &self.0;
        if world.look(|state| state.companies.get(nip.as_str()).is_none())? {
            return Err(ControlError::NoCompany(nip));
        }
        let reference = world.chance.reference(world.today(), ['E', 'C']);
        // The secret part never comes from the seed.
        let mut secret = [0; 32];
        ksef_types::Randomness::fill(&ksef_crypto::OsRandomness, &mut secret);
        let text = format!("{reference}|nip-{nip}|{}", hex::encode(secret));
        let token = KsefToken::parse(&text).map_err(|_| ControlError::NotFound(reference.to_string()))?;
        let row = Token {
            hash: hex::encode(openssl::sha::sha256(text.as_bytes())),
            context: nip.into(),
            author: Subject::nip(&nip),
            description: "Token z zarządzania symulatorem".to_owned(),
            permissions: permissions.to_vec(),
            created: world.now(),
            last_use: None,
            status: TokenStatus::Active,
            status_details: Vec::new(),
            bound: false,
            reference,
        };
        world.change(|state| state.tokens.put(row.reference.to_string(), row))?;
        Ok(token)
    }

    /// Registers a provider of Peppol services, as its first login does.
    ///
    /// # Errors
    /// When the identifier has another shape, or the state cannot be written.
    pub fn make_peppol_provider(&self, id: &str, name: &str) -> Result<(), ControlError> {
        if ContextIdentifier::parse(ksef_types::ContextKind::PeppolId, id).is_err() {
            return Err(ControlError::NotFound(id.to_owned()));
        }
        let provider = PeppolProvider { id: id.to_owned(), name: name.to_owned(), registered: self.0.now() };
        Ok(self.0.change(|state| state.peppol.put(id, provider))?)
    }

    /// Gives a token another status, such as [`TokenStatus::Revoked`].
    ///
    /// # Errors
    /// When there is no such token.
    pub fn set_token_status(&self, token: &ReferenceNumber, status: TokenStatus) -> Result<(), ControlError> {
        let found =
            self.0.change(|state| state.tokens.change(token.as_str()).map(|row| row.status = status))?;
        found.ok_or_else(|| ControlError::NotFound(token.to_string()))
    }

    /// The clock; moving it moves the simulator's time.
    #[must_use]
    pub fn clock(&self) -> &SimClock {
        &self.0.clock
    }

    /// Lets everything that is due happen before something about the world changes.
    fn settle(&self) {
        if let Err(failure) = self.0.look(|_| ()) {
            tracing::error!(%failure, "the state could not be written");
        }
    }

    /// Jumps to a moment.
    pub fn set_clock(&self, moment: DateTime<Utc>) {
        self.settle();
        self.0.clock.set(moment);
    }

    /// Moves the clock on, or back for a negative duration.
    pub fn advance(&self, by: Duration) {
        self.settle();
        self.0.clock.advance(by);
    }

    /// What came to the simulator so far.
    ///
    /// # Errors
    /// When the state cannot be written.
    pub fn arrived(&self) -> Result<Arrived, ControlError> {
        let requests = self.0.arrived().requests.iter().cloned().collect();
        let mut rows: Vec<Invoice> = self.0.look(|state| state.invoices.rows().cloned().collect())?;
        rows.sort_by_key(|row| (row.invoicing, row.session.clone(), row.ordinal));
        let documents = rows.into_iter().map(|row| ArrivedDocument {
            bytes: row.document.as_deref().and_then(|text| ksef_crypto::base64::decode(text).ok()),
            reference: row.reference,
            session: row.session,
            declared_offline: row.declared_offline,
            status: row.status.code,
        });
        Ok(Arrived { requests, documents: documents.collect() })
    }

    /// The invoices that KSeF holds, in the order in which they got their numbers.
    ///
    /// # Errors
    /// When the state cannot be written.
    pub fn invoices(&self) -> Result<Vec<HeldInvoice>, ControlError> {
        let mut held: Vec<HeldInvoice> =
            self.0.look(|state| state.invoices.rows().filter_map(held).collect())?;
        held.sort_by_key(|invoice| invoice.acquired);
        Ok(held)
    }

    /// Lets something go wrong.
    pub fn fault(&self, fault: Fault) {
        self.0.faults().add(fault);
    }

    /// The faults that still wait.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        self.0.faults().waiting().to_vec()
    }

    /// Forgets all faults that wait.
    pub fn clear_faults(&self) {
        self.0.faults().clear();
    }

    /// Switches a quirk on or off.
    pub fn quirk(&self, quirk: Quirk, on: bool) {
        self.settle();
        let mut quirks = self.0.quirks();
        if on {
            quirks.insert(quirk);
        } else {
            quirks.remove(&quirk);
        }
    }

    /// The quirks that are on.
    #[must_use]
    pub fn quirks(&self) -> Vec<Quirk> {
        self.0.quirks().iter().copied().collect()
    }

    /// Decides how the next operation of a kind ends.
    ///
    /// # Errors
    /// When the contract has no such status.
    pub fn end_next(&self, ending: Ending) -> Result<(), ControlError> {
        let (code, known) = match &ending {
            Ending::Authentication { code, .. } => (*code, failure_by_code(*code).is_some()),
            Ending::Export { code } => {
                (*code, *code > 200 && ExportStatus::ALL.iter().any(|status| status.text().code == *code))
            }
            Ending::Enrollment { code, .. } => {
                (*code, *code > 200 && EnrollmentStatus::ALL.iter().any(|status| status.text().code == *code))
            }
            Ending::Token { .. } => (400, true),
            Ending::Permission { code, .. } => {
                (*code, *code > 200 && PermissionStatus::ALL.iter().any(|status| status.text().code == *code))
            }
            Ending::Batch { code } => {
                (*code, *code > 200 && BatchStatus::ALL.iter().any(|status| status.text().code == *code))
            }
            Ending::Invoice { code, .. } => {
                (*code, *code > 200 && InvoiceStatus::ALL.iter().any(|status| status.text().code == *code))
            }
        };
        if !known {
            return Err(ControlError::NoSuchStatus(code));
        }
        self.settle();
        self.0.endings().push(ending);
        Ok(())
    }

    /// Moves what is in progress, in the explicit pace; in the automatic one it moves things before their time.
    ///
    /// # Errors
    /// When the state cannot be written.
    pub fn step(&self, target: &StepTarget) -> Result<Vec<Moved>, ControlError> {
        let world = &self.0;
        let moved = match target {
            StepTarget::All => world.change(|state| step(world, state, None))?,
            StepTarget::One(reference) => world.change(|state| step(world, state, Some(reference)))?,
            StepTarget::UntilNothingMoves => world.change(|state| {
                let mut all = Vec::new();
                for _ in 0..MOST_ROUNDS {
                    let moved = step(world, state, None);
                    if moved.is_empty() {
                        break;
                    }
                    all.extend(moved);
                }
                all
            })?,
        };
        Ok(moved)
    }

    /// Ends every access token now (401); refresh tokens go on working.
    ///
    /// # Errors
    /// When the state cannot be written.
    pub fn expire_tokens(&self) -> Result<(), ControlError> {
        Ok(self.0.change(end_access_tokens)?)
    }

    /// New keys of the ministry; what names the old ones is answered with 21470.
    ///
    /// # Errors
    /// When they cannot be made or kept.
    pub fn rotate_keys(&self) -> Result<(), RotationFailed> {
        self.0.rotate_keys()
    }

    /// Sets or clears the text of `X-System-Warning`, `[code]: message`.
    pub fn warn(&self, warning: Option<&str>) {
        *self.0.warning() = warning.map(str::to_owned);
    }

    /// Makes the limits of exports smaller, or as they were by [`ExportLimits::default`].
    pub fn limit_exports(&self, limits: ExportLimits) {
        *self.0.export_limits() = limits;
    }

    /// Keeps the high water mark so far behind, as it is in a service under load; zero is the start's.
    pub fn delay_mark(&self, by: Duration) {
        self.0.set_mark_lag(by);
    }

    /// Uses up part of a company's budget, as another program of the same office would.
    pub fn spend(&self, nip: Nip, operation: Operation, count: u32) {
        let group = crate::contract::of(operation).map_or(Group::Other, |contract| contract.group);
        let context = (group != Group::Public).then(|| format!("Nip:{nip}"));
        let counted = Counted { group, context, address: "127.0.0.1".to_owned() };
        self.0.windows().spend(counted, count, self.0.now());
    }

    /// Forgets what was counted for the rate limits.
    pub fn reset_rate_limits(&self) {
        self.0.windows().clear();
        self.0.services().used.clear();
    }
}

impl std::fmt::Debug for Control {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Control")
    }
}

fn held(row: &Invoice) -> Option<HeldInvoice> {
    let facts = row.facts.as_ref()?;
    Some(HeldInvoice {
        ksef_number: row.ksef_number.clone()?,
        session: row.session.clone(),
        reference: row.reference.clone(),
        seller: facts.seller,
        number: facts.number.clone(),
        offline: row.offline.unwrap_or_default(),
        acquired: row.acquisition?,
        bytes: ksef_crypto::base64::decode(row.document.as_deref()?).ok()?,
    })
}

/// Every access token that was handed out is over.
pub(crate) fn end_access_tokens(state: &mut State) {
    let references: Vec<String> = state.authentications.rows().map(|row| row.reference.to_string()).collect();
    for reference in references {
        state.authentications.change(&reference).into_iter().for_each(|row| row.access.clear());
    }
}
