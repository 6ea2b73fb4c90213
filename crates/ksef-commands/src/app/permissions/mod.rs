//! "Uprawnienia": who may do what, granted and taken back, in sentences.

mod form;
mod sentence;

use ksef_engine::grants::PermissionId;
use ksef_engine::{self as engine, Grant};
use ksef_types::{Environment, Nip, warsaw_date};

use super::to_view::same;
use super::tokens::read_reference;
use super::{App, read_nip};
use crate::views::{
    AttachmentConsent, ChangedPart, CompanyStanding, GrantForm, GrantPreview, OperationState, OperationView,
    PartyKind, PartyView, PermissionList, PermissionRow, PermissionsPage, RevocationKind, RoleView, Scope,
    SubordinateView,
};
use crate::{NextStep, Problem, problems};
use sentence::Speaker;

impl App {
    /// A list of permissions; pages are counted from 0.
    ///
    /// # Errors
    /// When KSeF cannot be asked, or does not let one see.
    pub async fn permissions(
        &self,
        scope: &Scope,
        list: PermissionList,
        page: u32,
    ) -> Result<PermissionsPage, Problem> {
        let (nip, environment) = self.enter(scope).await?;
        let found = self.engine.permissions(nip, environment, list.into(), page).await;
        let found = found.map_err(|failure| problems::operation(&failure, nip))?;
        let speaker = Speaker::new(self.language(), nip);
        let rows = found.rows.into_iter().map(|granted| row(granted, &speaker, nip)).collect();
        Ok(PermissionsPage { rows, next: found.next })
    }

    /// What a grant will do, as a sentence, and what is wrong in the form.
    ///
    /// # Errors
    /// When the scope is none.
    pub async fn preview_grant(&self, scope: &Scope, grant: GrantForm) -> Result<GrantPreview, Problem> {
        let (nip, _) = super::read_scope(scope)?;
        Ok(match form::read(&grant, nip) {
            Ok(read) => GrantPreview {
                sentence: Some(Speaker::new(self.language(), nip).grant(&read)),
                problems: Vec::new(),
            },
            Err(problems) => GrantPreview { sentence: None, problems },
        })
    }

    /// Grants, and follows the operation to its end as far as that comes soon.
    ///
    /// # Errors
    /// When something in the form is wrong, or KSeF refuses the request.
    pub async fn grant_permission(&self, scope: &Scope, grant: GrantForm) -> Result<OperationView, Problem> {
        let (nip, environment) = self.enter(scope).await?;
        let grant = form::read(&grant, nip).map_err(first)?;
        let work = self.grant(nip, environment, &grant).await?;
        self.changed(ChangedPart::Credentials, scope);
        Ok(work)
    }

    /// "Daj dostęp mojej księgowej": the whole grant from a NIP. The name comes from the white list; where that does not
    /// know it, it stays empty and the form asks for it.
    ///
    /// # Errors
    /// When the NIP is none, or the company's own.
    pub async fn accountant_grant(&self, scope: &Scope, nip: &str) -> Result<GrantForm, Problem> {
        let (company, environment) = self.enter(scope).await?;
        let office = read_nip(nip)?;
        if office == company {
            return Err(Problem::new("permission.ownCompany", NextStep::CorrectField));
        }
        let today = warsaw_date(self.clock.now());
        let name = match self.engine.payer(environment, office.as_str(), today).await {
            Ok(payer) => payer.name,
            Err(failure) => {
                tracing::info!(%failure, "the name of the office was not looked up");
                String::new()
            }
        };
        Ok(GrantForm::Firm {
            nip: office.to_string(),
            // The contract takes 90 characters; people can shorten it better than a program, but rarely have to.
            name: name.chars().take(90).collect::<String>().trim().to_owned(),
            read: true,
            pass_read_on: true,
            write: true,
            pass_write_on: true,
            collective: false,
            pass_collective_on: false,
            description: self.text("grant.accountantDescription"),
        })
    }

    /// Takes a permission away, and follows the operation likewise.
    ///
    /// # Errors
    /// When it cannot be taken away, or KSeF refuses the request.
    pub async fn revoke_permission(
        &self,
        scope: &Scope,
        id: &str,
        kind: RevocationKind,
    ) -> Result<OperationView, Problem> {
        let (nip, environment) = self.enter(scope).await?;
        let unknown = || Problem::new("permission.notRevocable", NextStep::Retry);
        let id: PermissionId = id.parse().map_err(|_| unknown())?;
        let kind = match kind {
            RevocationKind::Common => engine::RevocationKind::Common,
            RevocationKind::Authorization => engine::RevocationKind::Authorization,
            RevocationKind::None => return Err(unknown()),
        };
        let work = self.engine.revoke_permission(nip, environment, &id, kind).await;
        let work = work.map_err(|failure| problems::operation(&failure, nip))?;
        self.changed(ChangedPart::Credentials, scope);
        Ok(work.into())
    }

    /// How an operation stands.
    ///
    /// # Errors
    /// When KSeF cannot be asked, or knows no such operation.
    pub async fn permission_operation(
        &self,
        scope: &Scope,
        reference_number: &str,
    ) -> Result<OperationView, Problem> {
        let (nip, environment) = self.enter(scope).await?;
        let reference = read_reference(reference_number)?;
        let work = self.engine.permission_work(nip, environment, &reference).await;
        work.map(Into::into).map_err(|failure| problems::operation(&failure, nip))
    }

    /// Roles, subordinate entities, consent for attachments.
    ///
    /// # Errors
    /// When KSeF cannot be asked, or does not let one see.
    pub async fn company_standing(&self, scope: &Scope) -> Result<CompanyStanding, Problem> {
        let (nip, environment) = self.enter(scope).await?;
        let standing = self.engine.company_standing(nip, environment).await;
        standing.map(Into::into).map_err(|failure| problems::operation(&failure, nip))
    }

    async fn grant(
        &self,
        nip: Nip,
        environment: Environment,
        grant: &Grant,
    ) -> Result<OperationView, Problem> {
        let work = self.engine.grant(nip, environment, grant).await;
        work.map(Into::into).map_err(|failure| problems::operation(&failure, nip))
    }
}

/// The form shows all of them before; whoever sends it all the same hears of the first.
fn first(problems: Vec<crate::views::GrantProblem>) -> Problem {
    let found = problems.into_iter().next().map(|found| found.problem.with("field", found.field));
    found.unwrap_or_else(|| Problem::new("program.internal", NextStep::ContactSupport))
}

fn row(granted: engine::GrantedPermission, speaker: &Speaker, company: Nip) -> PermissionRow {
    let sentence = speaker.granted(&granted);
    let myself = || PartyView { kind: PartyKind::Nip, identifier: company.to_string(), name: None };
    PermissionRow {
        sentence,
        permission: granted.permission,
        holder: granted.holder.map_or_else(myself, Into::into),
        author: granted.author.map(Into::into),
        can_pass_on: granted.can_pass_on,
        inactive: !granted.active,
        description: granted.description,
        since: granted.since.map(|at| at.to_rfc3339()),
        kind: match granted.revocation {
            Some(engine::RevocationKind::Common) => RevocationKind::Common,
            Some(engine::RevocationKind::Authorization) => RevocationKind::Authorization,
            None => RevocationKind::None,
        },
        id: granted.id,
    }
}

same! {
    PermissionList => engine::PermissionList {
        Mine, People, GrantedHere, FromFirms, AuthorizationsGiven, AuthorizationsReceived, Subunits, EuEntities
    }
    engine::PartyKind => PartyKind {
        Nip, Pesel, Fingerprint, InternalId, NipVatUe, PeppolId, AllPartners, System
    }
}

impl From<engine::Party> for PartyView {
    fn from(party: engine::Party) -> Self {
        Self { kind: party.kind.into(), identifier: party.identifier, name: party.name }
    }
}

impl From<engine::PermissionWork> for OperationView {
    fn from(work: engine::PermissionWork) -> Self {
        let (state, problem) = match work.state {
            engine::WorkState::Pending => (OperationState::Pending, None),
            engine::WorkState::Done => (OperationState::Done, None),
            engine::WorkState::Failed(refusal) => (OperationState::Failed, Some(problems::work(&refusal))),
        };
        Self { reference_number: work.reference_number.to_string(), state, problem }
    }
}

impl From<engine::CompanyStanding> for CompanyStanding {
    fn from(standing: engine::CompanyStanding) -> Self {
        let role = |role: engine::CompanyRole| RoleView {
            role: role.role,
            parent: role.parent.map(Into::into),
            since: role.since.to_rfc3339(),
        };
        let subordinate = |below: engine::Subordinate| SubordinateView {
            entity: below.entity.into(),
            role: below.role,
            since: below.since.to_rfc3339(),
        };
        Self {
            roles: standing.roles.into_iter().map(role).collect(),
            subordinates: standing.subordinates.into_iter().map(subordinate).collect(),
            attachments: AttachmentConsent {
                allowed: standing.attachments_allowed,
                revoked_from: standing.attachments_until.map(|at| at.to_rfc3339()),
            },
        }
    }
}
