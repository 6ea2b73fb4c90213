use ksef_api::{
    GrantAuthorization, GrantEuAdministration, GrantEuRepresentation, GrantIndirectly,
    GrantSubunitAdministration, GrantToEntity, GrantToPerson, PermissionId, PersonIdentifier, StatusInfo,
    WaitError,
};
use ksef_types::{Environment, Nip, Pesel, ReferenceNumber};
use tokio_util::sync::CancellationToken;

use crate::connect::reason_of;
use crate::engine::Scope;
use crate::journal::{Act, Deed};
use crate::{ConnectionFailure, Engine};

/// What is granted, to whom: every kind of the contract, every field checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Grant {
    /// To a person, to work in this company.
    Person(GrantToPerson),
    /// To a firm, to handle invoices.
    Firm(GrantToEntity),
    /// To a firm, to act for this company: self-invoicing, tax representative, RR, PEF.
    Authorization(GrantAuthorization),
    /// To a person, for a partner who let permissions be passed on.
    Indirect(GrantIndirectly),
    /// Administrator of a unit.
    Subunit(GrantSubunitAdministration),
    /// Administrator of an EU entity that invoices itself.
    EuAdministrator(GrantEuAdministration),
    /// Representative of an EU entity.
    EuRepresentative(GrantEuRepresentation),
}

/// How a granted permission is taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RevocationKind {
    /// `/permissions/common/grants`.
    Common,
    /// `/permissions/authorizations/grants`.
    Authorization,
}

/// An operation on permissions, which KSeF does in its own time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PermissionWork {
    /// By which KSeF knows it, for 30 days.
    pub reference_number: ReferenceNumber,
    /// How it stands.
    pub state: WorkState,
}

/// How such an operation stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WorkState {
    /// KSeF has not finished.
    Pending,
    /// Done.
    Done,
    /// Refused.
    Failed(WorkRefusal),
}

/// Why KSeF did not do it. Source: OpenAPI `PermissionsOperationStatusResponse`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkRefusal {
    /// 400, 410, 420, 430, 440, 450, 500, 550, or one that came since.
    pub code: i32,
    /// KSeF's words.
    pub description: String,
}

impl Engine {
    /// Grants, and follows it to its end as far as that comes soon.
    ///
    /// # Errors
    /// When KSeF cannot be asked or refuses the request. What it decides afterwards stands in the answer.
    pub async fn grant(
        &self,
        nip: Nip,
        environment: Environment,
        grant: &Grant,
    ) -> Result<PermissionWork, ConnectionFailure> {
        let scope = Scope::new(nip, environment);
        let deed = describe(Deed::of(Act::PermissionGranted, nip, environment), grant);
        let begun = self
            .ask(scope, |client, token| {
                let grant = grant.clone();
                async move {
                    match &grant {
                        Grant::Person(grant) => client.grant_to_person(&token, grant).await,
                        Grant::Firm(grant) => client.grant_to_entity(&token, grant).await,
                        Grant::Authorization(grant) => client.grant_authorization(&token, grant).await,
                        Grant::Indirect(grant) => client.grant_indirectly(&token, grant).await,
                        Grant::Subunit(grant) => client.grant_subunit_administration(&token, grant).await,
                        Grant::EuAdministrator(grant) => client.grant_eu_administration(&token, grant).await,
                        Grant::EuRepresentative(grant) => client.grant_eu_representation(&token, grant).await,
                    }
                }
            })
            .await;
        self.follow_permission(scope, deed, begun.map(|operation| operation.reference_number)).await
    }

    /// Takes a permission back, and follows it likewise.
    ///
    /// # Errors
    /// When KSeF cannot be asked or refuses the request.
    pub async fn revoke_permission(
        &self,
        nip: Nip,
        environment: Environment,
        id: &PermissionId,
        kind: RevocationKind,
    ) -> Result<PermissionWork, ConnectionFailure> {
        let scope = Scope::new(nip, environment);
        let deed = Deed::of(Act::PermissionRevoked, nip, environment).object(id.as_str());
        let begun = self
            .ask(scope, |client, token| async move {
                match kind {
                    RevocationKind::Common => client.revoke_grant(&token, id).await,
                    RevocationKind::Authorization => client.revoke_authorization(&token, id).await,
                }
            })
            .await;
        self.follow_permission(scope, deed, begun.map(|operation| operation.reference_number)).await
    }

    /// How an operation stands now.
    ///
    /// # Errors
    /// When KSeF cannot be asked, or knows no such operation.
    pub async fn permission_work(
        &self,
        nip: Nip,
        environment: Environment,
        reference: &ReferenceNumber,
    ) -> Result<PermissionWork, ConnectionFailure> {
        let asked = self
            .ask(Scope::new(nip, environment), |client, token| async move {
                client.permission_operation(&token, reference).await
            })
            .await?;
        Ok(PermissionWork { reference_number: reference.clone(), state: state_of(&asked.status) })
    }

    async fn follow_permission(
        &self,
        scope: Scope,
        deed: Deed,
        begun: Result<ReferenceNumber, ConnectionFailure>,
    ) -> Result<PermissionWork, ConnectionFailure> {
        let reference = match begun {
            Ok(reference) => reference,
            Err(failure) => {
                self.record(deed.failed(reason_of(&failure)));
                return Err(failure);
            }
        };
        let state = match self.work_state(scope, &reference).await {
            Ok(state) => state,
            // It has begun, whatever became of the question after it: it can be asked for again.
            Err(failure) => {
                tracing::info!(%failure, "how the operation stands could not be asked");
                WorkState::Pending
            }
        };
        let deed = deed.with("operation", reference.as_str());
        self.record(match &state {
            WorkState::Failed(refusal) => deed.failed(refusal.code.to_string()),
            WorkState::Pending | WorkState::Done => deed,
        });
        Ok(PermissionWork { reference_number: reference, state })
    }

    async fn work_state(
        &self,
        scope: Scope,
        reference: &ReferenceNumber,
    ) -> Result<WorkState, ConnectionFailure> {
        let login = self.login(scope).map_err(|cause| self.failure(cause, None, None))?;
        let token = login.access.token().await.map_err(|error| self.explain(scope, &login, &error.into()))?;
        let policy = self.shared.tuning.operation;
        let never = CancellationToken::new();
        match login.client.await_permission_operation(&token, reference, &policy, &never).await {
            Ok(answer) => Ok(state_of(&answer.status)),
            Err(WaitError::Deadline { .. } | WaitError::Cancelled) => Ok(WorkState::Pending),
            Err(WaitError::Api(error)) => Err(self.explain_api(scope, &login, error)),
        }
    }
}

fn state_of(status: &StatusInfo) -> WorkState {
    if status.is_under_way() {
        return WorkState::Pending;
    }
    if status.is_done() {
        return WorkState::Done;
    }
    let words = std::iter::once(status.description.as_str()).chain(status.details.iter().map(String::as_str));
    let description = words.collect::<Vec<_>>().join(" ").trim().to_owned();
    WorkState::Failed(WorkRefusal { code: status.code, description })
}

/// To whom and what; a PESEL masked.
fn describe(deed: Deed, grant: &Grant) -> Deed {
    let names = |names: Vec<&str>| names.join(" ");
    let (kind, object, permissions) = match grant {
        Grant::Person(grant) => (
            "person",
            shown(&grant.subject.identifier()),
            names(grant.permissions.iter().map(|one| one.as_str()).collect()),
        ),
        Grant::Firm(grant) => (
            "firm",
            grant.nip.to_string(),
            names(grant.permissions.iter().map(|one| one.permission.as_str()).collect()),
        ),
        Grant::Authorization(grant) => {
            let firm = match &grant.subject {
                ksef_api::AuthorizedEntity::Nip(nip) => nip.to_string(),
                ksef_api::AuthorizedEntity::PeppolId(provider) => provider.to_string(),
            };
            ("authorization", firm, grant.permission.as_str().to_owned())
        }
        Grant::Indirect(grant) => (
            "indirect",
            shown(&grant.subject.identifier()),
            names(grant.permissions.iter().map(|one| one.as_str()).collect()),
        ),
        Grant::Subunit(grant) => {
            ("subunit", shown(&grant.subject.identifier()), "CredentialsManage".to_owned())
        }
        Grant::EuAdministrator(grant) => {
            ("eu-administrator", grant.subject.fingerprint.to_string(), "VatUeManage".to_owned())
        }
        Grant::EuRepresentative(grant) => (
            "eu-representative",
            grant.subject.fingerprint.to_string(),
            names(grant.permissions.iter().map(|one| one.as_str()).collect()),
        ),
    };
    deed.object(object).with("kind", kind).with("permissions", permissions)
}

fn shown(person: &PersonIdentifier) -> String {
    match person {
        PersonIdentifier::Nip(nip) => nip.to_string(),
        PersonIdentifier::Pesel(pesel) => Pesel::masked(pesel),
        PersonIdentifier::Fingerprint(fingerprint) => fingerprint.to_string(),
    }
}
