use super::App;
use crate::views::{
    CompanyStanding, GrantForm, GrantPreview, OperationView, PermissionList, PermissionsPage, RevocationKind,
    Scope,
};
use crate::{NextStep, Problem};

impl App {
    /// A list of permissions.
    ///
    /// # Errors
    /// When it cannot be done; the problem says why.
    pub async fn permissions(
        &self,
        scope: &Scope,
        list: PermissionList,
        page: u32,
    ) -> Result<PermissionsPage, Problem> {
        let _ = (scope, list, page);
        Err(Problem::new("program.stopped", NextStep::Retry))
    }

    /// What a grant will do, as a sentence, and what is wrong in the form.
    ///
    /// # Errors
    /// When it cannot be done; the problem says why.
    pub async fn preview_grant(&self, scope: &Scope, grant: GrantForm) -> Result<GrantPreview, Problem> {
        let _ = (scope, grant);
        Err(Problem::new("program.stopped", NextStep::Retry))
    }

    /// Grants.
    ///
    /// # Errors
    /// When it cannot be done; the problem says why.
    pub async fn grant_permission(&self, scope: &Scope, grant: GrantForm) -> Result<OperationView, Problem> {
        let _ = (scope, grant);
        Err(Problem::new("program.stopped", NextStep::Retry))
    }

    /// "Daj dostęp mojej księgowej": the whole grant from a NIP.
    ///
    /// # Errors
    /// When it cannot be done; the problem says why.
    pub async fn accountant_grant(&self, scope: &Scope, nip: &str) -> Result<GrantForm, Problem> {
        let _ = (scope, nip);
        Err(Problem::new("program.stopped", NextStep::Retry))
    }

    /// Takes a permission away.
    ///
    /// # Errors
    /// When it cannot be done; the problem says why.
    pub async fn revoke_permission(
        &self,
        scope: &Scope,
        id: &str,
        kind: RevocationKind,
    ) -> Result<OperationView, Problem> {
        let _ = (scope, id, kind);
        Err(Problem::new("program.stopped", NextStep::Retry))
    }

    /// How an operation stands.
    ///
    /// # Errors
    /// When it cannot be done; the problem says why.
    pub async fn permission_operation(
        &self,
        scope: &Scope,
        reference_number: &str,
    ) -> Result<OperationView, Problem> {
        let _ = (scope, reference_number);
        Err(Problem::new("program.stopped", NextStep::Retry))
    }

    /// Roles, subordinate entities, consent for attachments.
    ///
    /// # Errors
    /// When it cannot be done; the problem says why.
    pub async fn company_standing(&self, scope: &Scope) -> Result<CompanyStanding, Problem> {
        let _ = (scope);
        Err(Problem::new("program.stopped", NextStep::Retry))
    }
}
