use chrono::{DateTime, Utc};
use ksef_api::{
    AuthorizationGrant, AuthorizationGrantsQuery, AuthorizationsSide, EntityGrant, EntityGrantsQuery,
    EuEntityGrant, EuEntityGrantsQuery, OwnerPermission, PageOf, PermissionKind, PermissionState,
    PersonGrant, PersonGrantsQuery, PersonGrantsScope, PersonalGrant, PersonalGrantsQuery, SubunitGrant,
    SubunitGrantsQuery,
};
use ksef_types::{Environment, Nip};

use super::party::{Party, PartyKind, name_of};
use super::{RevocationKind, party};
use crate::engine::Scope;
use crate::{ConnectionFailure, Engine};

/// Which list of permissions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PermissionList {
    /// What I may do here.
    Mine,
    /// People and firms that may work in this company.
    People,
    /// What was granted from this company by the one who is logged in.
    GrantedHere,
    /// Rights to invoices that other firms gave to this company.
    FromFirms,
    /// Rights of firms given by this company (self-invoicing, tax representative, RR, PEF).
    AuthorizationsGiven,
    /// The same, received.
    AuthorizationsReceived,
    /// Administrators of units.
    Subunits,
    /// Administrators and representatives of EU entities.
    EuEntities,
}

/// A page of such a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PermissionPage {
    /// One row a permission, the newest first.
    pub rows: Vec<GrantedPermission>,
    /// The page that can be asked for next.
    pub next: Option<u32>,
}

/// One permission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GrantedPermission {
    /// By which it can be revoked; nothing where it cannot (an owner's own).
    pub id: Option<String>,
    /// As the contract names it: `InvoiceWrite`, `SelfInvoicing` …
    pub permission: String,
    /// Who has it; nothing for the one who is logged in.
    pub holder: Option<Party>,
    /// Who gave it.
    pub author: Option<Party>,
    /// Where it counts: the firm, unit or EU entity; nothing for this company.
    pub place: Option<Party>,
    /// For which client, where it was granted indirectly.
    pub partner: Option<Party>,
    /// It may be passed on.
    pub can_pass_on: bool,
    /// It counts now.
    pub active: bool,
    /// Description given when it was granted.
    pub description: String,
    /// Since when.
    pub since: Option<DateTime<Utc>>,
    /// How it is revoked; nothing where it cannot be.
    pub revocation: Option<RevocationKind>,
}

const SIZE: u32 = 50;

impl Engine {
    /// A page of a list of permissions; pages are counted from 0.
    ///
    /// # Errors
    /// When KSeF cannot be asked, or does not let one see.
    pub async fn permissions(
        &self,
        nip: Nip,
        environment: Environment,
        list: PermissionList,
        page: u32,
    ) -> Result<PermissionPage, ConnectionFailure> {
        let scope = Scope::new(nip, environment);
        let part = PageOf { offset: page, size: SIZE };
        let (rows, more) = match list {
            PermissionList::Mine => self.mine(scope, part).await?,
            PermissionList::People => self.people(scope, PersonGrantsScope::InCurrentContext, part).await?,
            PermissionList::GrantedHere => {
                self.people(scope, PersonGrantsScope::GrantedInCurrentContext, part).await?
            }
            PermissionList::FromFirms => {
                let query = EntityGrantsQuery::default();
                let found = self
                    .ask(scope, |client, token| {
                        let query = query.clone();
                        async move { client.entity_grants(&token, &query, part).await }
                    })
                    .await?;
                (found.items.into_iter().map(|grant| from_firm(nip, grant)).collect(), found.has_more)
            }
            PermissionList::AuthorizationsGiven => {
                self.authorizations(scope, AuthorizationsSide::Granted, part).await?
            }
            PermissionList::AuthorizationsReceived => {
                self.authorizations(scope, AuthorizationsSide::Received, part).await?
            }
            PermissionList::Subunits => {
                let found = self
                    .ask(scope, |client, token| async move {
                        client.subunit_grants(&token, &SubunitGrantsQuery::default(), part).await
                    })
                    .await?;
                (found.items.into_iter().map(of_subunit).collect(), found.has_more)
            }
            PermissionList::EuEntities => {
                let found = self
                    .ask(scope, |client, token| async move {
                        client.eu_entity_grants(&token, &EuEntityGrantsQuery::default(), part).await
                    })
                    .await?;
                (found.items.into_iter().map(of_eu_entity).collect(), found.has_more)
            }
        };
        Ok(PermissionPage { rows, next: more.then_some(page + 1) })
    }

    async fn mine(
        &self,
        scope: Scope,
        part: PageOf,
    ) -> Result<(Vec<GrantedPermission>, bool), ConnectionFailure> {
        let found = self
            .ask(scope, |client, token| async move {
                client.personal_grants(&token, &PersonalGrantsQuery::default(), part).await
            })
            .await?;
        // An owner's rights come with every page; they are shown once.
        let own = found.owner_permissions.iter().filter(|_| part.offset == 0).filter_map(own_right);
        let rows = own.chain(found.permissions.into_iter().map(personal)).collect();
        Ok((rows, found.has_more))
    }

    async fn people(
        &self,
        scope: Scope,
        which: PersonGrantsScope,
        part: PageOf,
    ) -> Result<(Vec<GrantedPermission>, bool), ConnectionFailure> {
        let found = self
            .ask(scope, |client, token| async move {
                client.person_grants(&token, &PersonGrantsQuery::all(which), part).await
            })
            .await?;
        Ok((found.items.into_iter().map(of_person).collect(), found.has_more))
    }

    async fn authorizations(
        &self,
        scope: Scope,
        side: AuthorizationsSide,
        part: PageOf,
    ) -> Result<(Vec<GrantedPermission>, bool), ConnectionFailure> {
        let found = self
            .ask(scope, |client, token| async move {
                client.authorization_grants(&token, &AuthorizationGrantsQuery::all(side), part).await
            })
            .await?;
        Ok((found.items.into_iter().map(|grant| authorization(side, grant)).collect(), found.has_more))
    }
}

fn own_right(own: &OwnerPermission) -> Option<GrantedPermission> {
    let permission = own.permission.as_ref()?.as_str().to_owned();
    Some(GrantedPermission {
        id: None,
        permission,
        holder: None,
        author: None,
        place: None,
        partner: None,
        can_pass_on: false,
        active: true,
        description: String::new(),
        since: None,
        revocation: None,
    })
}

fn personal(grant: PersonalGrant) -> GrantedPermission {
    let name = name_of(grant.subject_person_details.as_ref(), grant.subject_entity_details.as_ref());
    GrantedPermission {
        id: Some(grant.id.to_string()),
        permission: grant.permission_scope.as_str().to_owned(),
        holder: grant.authorized_identifier.as_ref().map(|holder| Party::of(holder).named(name)),
        author: None,
        place: grant.context_identifier.as_ref().map(Party::of),
        partner: grant.target_identifier.as_ref().map(Party::of),
        can_pass_on: grant.can_delegate,
        active: grant.permission_state == PermissionState::Active,
        description: grant.description,
        since: Some(grant.start_date),
        revocation: Some(RevocationKind::Common),
    }
}

fn of_person(grant: PersonGrant) -> GrantedPermission {
    let name = name_of(grant.subject_person_details.as_ref(), grant.subject_entity_details.as_ref());
    GrantedPermission {
        id: Some(grant.id.to_string()),
        permission: grant.permission_scope.as_str().to_owned(),
        holder: Some(Party::of(&grant.authorized_identifier).named(name)),
        author: Some(Party::of(&grant.author_identifier)),
        place: grant.context_identifier.as_ref().map(Party::of),
        partner: grant.target_identifier.as_ref().map(Party::of),
        can_pass_on: grant.can_delegate,
        active: grant.permission_state == PermissionState::Active,
        description: grant.description,
        since: Some(grant.start_date),
        revocation: Some(RevocationKind::Common),
    }
}

/// The one who gave it takes it back, not we.
fn from_firm(company: Nip, grant: EntityGrant) -> GrantedPermission {
    GrantedPermission {
        id: None,
        permission: grant.permission_scope.as_str().to_owned(),
        holder: Some(Party::new(PartyKind::Nip, company.as_str())),
        author: Some(Party::of(&grant.context_identifier)),
        place: Some(Party::of(&grant.context_identifier)),
        partner: None,
        can_pass_on: grant.can_delegate,
        active: true,
        description: grant.description,
        since: Some(grant.start_date),
        revocation: None,
    }
}

fn authorization(side: AuthorizationsSide, grant: AuthorizationGrant) -> GrantedPermission {
    let given = side == AuthorizationsSide::Granted;
    let name = name_of(None, grant.subject_entity_details.as_ref());
    GrantedPermission {
        id: given.then(|| grant.id.to_string()),
        permission: grant.authorization_scope.as_str().to_owned(),
        holder: Some(Party::of(&grant.authorized_entity_identifier).named(name)),
        author: grant.author_identifier.as_ref().map(Party::of),
        place: Some(Party::of(&grant.authorizing_entity_identifier)),
        partner: None,
        can_pass_on: false,
        active: true,
        description: grant.description,
        since: Some(grant.start_date),
        revocation: given.then_some(RevocationKind::Authorization),
    }
}

fn of_subunit(grant: SubunitGrant) -> GrantedPermission {
    GrantedPermission {
        id: Some(grant.id.to_string()),
        permission: grant.permission_scope.as_str().to_owned(),
        holder: Some(
            Party::of(&grant.authorized_identifier)
                .named(name_of(grant.subject_person_details.as_ref(), None)),
        ),
        author: Some(Party::of(&grant.author_identifier)),
        place: Some(Party::of(&grant.subunit_identifier).named(grant.subunit_name)),
        partner: None,
        can_pass_on: false,
        active: true,
        description: grant.description,
        since: Some(grant.start_date),
        revocation: Some(RevocationKind::Common),
    }
}

fn of_eu_entity(grant: EuEntityGrant) -> GrantedPermission {
    let name = party::name_of(grant.subject_person_details.as_ref(), grant.subject_entity_details.as_ref());
    let entity = grant.eu_entity_details.and_then(|entity| entity.full_name);
    let entity = entity.or_else(|| Some(grant.eu_entity_name).filter(|name| !name.is_empty()));
    GrantedPermission {
        id: Some(grant.id.to_string()),
        permission: PermissionKind::from(grant.permission_scope.as_str()).as_str().to_owned(),
        holder: Some(Party::new(PartyKind::Fingerprint, grant.authorized_fingerprint_identifier).named(name)),
        author: Some(Party::of(&grant.author_identifier)),
        place: Some(Party::new(PartyKind::NipVatUe, grant.vat_ue_identifier).named(entity)),
        partner: None,
        can_pass_on: false,
        active: true,
        description: grant.description,
        since: Some(grant.start_date),
        revocation: Some(RevocationKind::Common),
    }
}
