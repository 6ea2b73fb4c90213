use std::collections::{BTreeMap, BTreeSet};

use ksef_api::{
    EntityGrant, EntityGrantsQuery, Identified, IdentifierKind, PageOf, PermissionState, PersonalGrant,
    PersonalGrantsQuery, SubordinateRolesQuery,
};
use ksef_crypto::Owner;
use ksef_types::{Environment, Nip, warsaw_date};

use crate::connect::owner_permissions;
use crate::engine::{Scope, locked};
use crate::{ConnectionCause, ConnectionFailure, Engine, LookupFailure};

/// A company in which the owner of a certificate may act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundCompany {
    /// Which.
    pub nip: Nip,
    /// Name, where the program or the white list knows it.
    pub name: Option<String>,
    /// What the owner may do there, as the contract names it; empty for a subordinate firm, of which only KSeF's answer
    /// to a login there says it.
    pub permissions: Vec<String>,
    /// It is on the list already.
    pub known: bool,
}

type Permissions = BTreeMap<Nip, BTreeSet<String>>;

/// More pages than any bookkeeper has clients for: 100 grants on each.
const MOST_PAGES: u32 = 50;
/// The white list has a limit for a day, which invoices need, too.
const MOST_LOOKUPS: usize = 20;

impl Engine {
    /// Companies in which the owner of this company's credential may act. KSeF has no list of them; they are gathered from
    /// one's own permissions (what other firms gave to this company and its owner, directly, indirectly, or for all
    /// partners), the certificate's own NIP, and the firms below this one.
    ///
    /// # Errors
    /// When KSeF cannot be asked.
    pub async fn found_companies(
        &self,
        nip: Nip,
        environment: Environment,
    ) -> Result<Vec<FoundCompany>, ConnectionFailure> {
        let scope = Scope::new(nip, environment);
        let grants = self.all_personal_grants(scope).await?;
        let mut found = Permissions::new();
        grants.iter().filter(|grant| counts(grant)).for_each(|grant| gather(&mut found, grant));
        let for_all_partners: BTreeSet<String> = grants
            .iter()
            .filter(|grant| counts(grant) && is_for_all_partners(grant, nip))
            .map(|grant| grant.permission_scope.as_str().to_owned())
            .collect();
        if !for_all_partners.is_empty() {
            for partner in self.partners(scope).await? {
                found.entry(partner).or_default().extend(for_all_partners.iter().cloned());
            }
        }
        if let Some(own) = self.owners_company(scope) {
            found.entry(own).or_default().extend(owner_permissions());
        }
        for below in self.firms_below(scope).await? {
            found.entry(below).or_default();
        }
        found.remove(&nip);
        self.with_names(environment, found).await
    }

    async fn all_personal_grants(&self, scope: Scope) -> Result<Vec<PersonalGrant>, ConnectionFailure> {
        let (mut all, mut part) = (Vec::new(), PageOf::FIRST);
        loop {
            let page = self
                .ask(scope, |client, token| async move {
                    client.personal_grants(&token, &PersonalGrantsQuery::default(), part).await
                })
                .await?;
            all.extend(page.permissions);
            part = part.next();
            if !page.has_more || part.offset >= MOST_PAGES {
                return Ok(all);
            }
        }
    }

    /// Firms that let this company pass on what they gave.
    async fn partners(&self, scope: Scope) -> Result<Vec<Nip>, ConnectionFailure> {
        let mut grants = Vec::new();
        self.every_page(scope, MOST_PAGES, &mut grants, |client, token, part| async move {
            client.entity_grants(&token, &EntityGrantsQuery::default(), part).await
        })
        .await
        .or_else(unless_forbidden)?;
        let passed_on = |grant: &EntityGrant| grant.context_identifier.nip().filter(|_| grant.can_delegate);
        Ok(grants.iter().filter_map(passed_on).collect())
    }

    async fn firms_below(&self, scope: Scope) -> Result<Vec<Nip>, ConnectionFailure> {
        let mut roles = Vec::new();
        self.every_page(scope, MOST_PAGES, &mut roles, |client, token, part| async move {
            client.subordinate_roles(&token, &SubordinateRolesQuery::default(), part).await
        })
        .await
        .or_else(unless_forbidden)?;
        Ok(roles.iter().filter_map(|role| role.subordinate_entity_identifier.nip()).collect())
    }

    /// The company whose NIP the certificate itself has.
    fn owners_company(&self, scope: Scope) -> Option<Nip> {
        let login = self.login(scope).ok()?;
        let facts = locked(&login.facts);
        match &facts.owner {
            Some(Owner::Seal(nip) | Owner::PersonByNip(nip)) => Some(*nip),
            _ => None,
        }
    }

    async fn with_names(
        &self,
        environment: Environment,
        found: Permissions,
    ) -> Result<Vec<FoundCompany>, ConnectionFailure> {
        let here = self.companies().map_err(|error| {
            tracing::error!(%error, "the companies could not be read");
            self.failure(ConnectionCause::Archive, None, None)
        })?;
        let (mut companies, mut lookups) = (Vec::with_capacity(found.len()), 0);
        for (nip, permissions) in found {
            let known = here.iter().find(|company| company.nip == nip);
            let mut name = known.and_then(|company| company.name.clone());
            if name.is_none() && lookups < MOST_LOOKUPS {
                lookups += 1;
                match self.payer(environment, nip.as_str(), warsaw_date(self.now())).await {
                    Ok(payer) => name = Some(payer.name).filter(|name| !name.is_empty()),
                    Err(LookupFailure::NotFound) => {}
                    // A name is a help, not a need.
                    Err(_) => lookups = MOST_LOOKUPS,
                }
            }
            let permissions = permissions.into_iter().collect();
            companies.push(FoundCompany { nip, name, permissions, known: known.is_some() });
        }
        Ok(companies)
    }
}

fn counts(grant: &PersonalGrant) -> bool {
    grant.permission_state == PermissionState::Active
}

/// For all partners of this company, and not for this company as another's partner.
fn is_for_all_partners(grant: &PersonalGrant, intermediary: Nip) -> bool {
    let giver = grant.context_identifier.as_ref();
    let is_for_all = |target: &Identified| target.kind == IdentifierKind::AllPartners;
    grant.target_identifier.as_ref().is_some_and(is_for_all)
        && giver.is_none_or(|giver| giver.nip() == Some(intermediary))
}

/// In the client's name where it was granted indirectly, else in the name of the firm that gave it.
fn gather(found: &mut Permissions, grant: &PersonalGrant) {
    let place = match &grant.target_identifier {
        Some(target) => target.nip(),
        None => grant.context_identifier.as_ref().and_then(Identified::nip),
    };
    if let Some(nip) = place {
        found.entry(nip).or_default().insert(grant.permission_scope.as_str().to_owned());
    }
}

/// One who may not see a list still may act where other lists say so.
fn unless_forbidden(failure: ConnectionFailure) -> Result<(), ConnectionFailure> {
    if matches!(failure.cause, ConnectionCause::Forbidden { .. }) { Ok(()) } else { Err(failure) }
}
