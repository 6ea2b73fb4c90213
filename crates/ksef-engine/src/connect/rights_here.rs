//! Which of one's own permissions hold in the context of the login. KSeF's list has others beside them: what an
//! intermediary passed on for its clients, and what other firms gave to the owner's firm. Source: OpenAPI
//! `POST /permissions/query/personal/grants`, the ministry's guide `uprawnienia.md`, "Pobranie listy własnych uprawnień".

use std::collections::BTreeSet;

use ksef_api::{
    Identified, IdentifierKind, PageOf, PermissionKind, PermissionState, PersonalGrant, PersonalGrants,
    PersonalGrantsQuery,
};
use ksef_types::ContextIdentifier;

use super::login::{Login, NoAccess};

/// More than any bookkeeper has clients for: 100 permissions on each.
const MOST_PAGES: u32 = 50;

impl Login {
    /// What may be done in this context, as the contract names it; from every page of the list.
    pub(super) async fn rights_here(&self) -> Result<BTreeSet<String>, NoAccess> {
        let (mut here, mut part) = (RightsHere::default(), PageOf::FIRST);
        loop {
            let page = self
                .with(|client, token| async move {
                    client.personal_grants(&token, &PersonalGrantsQuery::default(), part).await
                })
                .await?;
            here.take(&page, &self.context);
            part = part.next();
            if !page.has_more || here.is_owners || part.offset >= MOST_PAGES {
                return Ok(here.all());
            }
        }
    }
}

#[derive(Debug, Default)]
struct RightsHere {
    /// An owner's rights are whole: no grant adds to them.
    is_owners: bool,
    /// Given in this context itself, or the owner's.
    direct: BTreeSet<String>,
    /// Passed on by an intermediary for this firm.
    passed_on: BTreeSet<String>,
    /// For all partners of an intermediary that KSeF does not name.
    of_somebodys_partners: BTreeSet<String>,
}

/// Where a permission holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Here,
    HerePassedOn,
    Elsewhere,
    WithSomebodysPartners,
}

impl RightsHere {
    fn take(&mut self, page: &PersonalGrants, context: &ContextIdentifier) {
        self.is_owners |= !page.owner_permissions.is_empty();
        let own = page.owner_permissions.iter().filter_map(|own| own.permission.as_ref());
        self.direct.extend(own.map(named));
        for grant in page.permissions.iter().filter(|grant| grant.permission_state == PermissionState::Active)
        {
            let rights = match place_of(grant, context) {
                Place::Here => &mut self.direct,
                Place::HerePassedOn => &mut self.passed_on,
                Place::WithSomebodysPartners => &mut self.of_somebodys_partners,
                Place::Elsewhere => continue,
            };
            rights.insert(named(&grant.permission_scope));
        }
    }

    /// Nobody gets in without a right that holds here. So where nothing was given in this context itself, it is a partner's,
    /// and a right for all partners is meant for it; else it is the intermediary's, whose people have rights of their own.
    fn all(mut self) -> BTreeSet<String> {
        if self.direct.is_empty() || !self.passed_on.is_empty() {
            self.direct.append(&mut self.of_somebodys_partners);
        }
        self.direct.append(&mut self.passed_on);
        self.direct
    }
}

fn place_of(grant: &PersonalGrant, context: &ContextIdentifier) -> Place {
    let giver = grant.context_identifier.as_ref();
    match &grant.target_identifier {
        Some(target) if target.kind == IdentifierKind::AllPartners => match giver {
            Some(giver) if is(giver, context) => Place::Elsewhere,
            Some(_) => Place::HerePassedOn,
            None => Place::WithSomebodysPartners,
        },
        Some(target) if is(target, context) => Place::HerePassedOn,
        Some(_) => Place::Elsewhere,
        None if giver.is_none_or(|giver| is(giver, context) || !is_another_firms(grant, context)) => {
            Place::Here
        }
        None => Place::Elsewhere,
    }
}

/// Rights to handle invoices are what one firm gives another; the others come from a superior one, for this place. To a
/// firm of the Union and to a provider of Peppol services nobody gives any.
fn is_another_firms(grant: &PersonalGrant, context: &ContextIdentifier) -> bool {
    matches!(context, ContextIdentifier::Nip(_) | ContextIdentifier::InternalId(_))
        && matches!(
            grant.permission_scope,
            PermissionKind::InvoiceRead
                | PermissionKind::InvoiceWrite
                | PermissionKind::CollectiveIdentifierManage
        )
}

fn is(one: &Identified, context: &ContextIdentifier) -> bool {
    one.kind.as_str() == context.kind().to_string() && one.value() == context.value()
}

fn named(permission: &PermissionKind) -> String {
    permission.as_str().to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const OFFICE: &str = "1111111111";
    const CLIENT: &str = "7980332920";

    fn nip(nip: &str) -> Value {
        json!({ "type": "Nip", "value": nip })
    }

    /// A permission, who gave it, and for whom.
    fn row(permission: &str, giver: Value, target: Value) -> Value {
        json!({
            "id": "0c9a72e8-f344-457f-9c16-7c640eb60242", "permissionScope": permission,
            "contextIdentifier": giver, "targetIdentifier": target, "description": "Uprawnienie",
            "permissionState": "Active", "startDate": "2026-11-23T10:00:00Z", "canDelegate": false,
        })
    }

    fn rights(context: &str, rows: &[Value], owners: &[&str]) -> Vec<String> {
        let page = json!({ "permissions": rows, "hasMore": false, "ownerPermissions": owners });
        let mut here = RightsHere::default();
        here.take(&serde_json::from_value(page).unwrap(), &ContextIdentifier::Nip(context.parse().unwrap()));
        here.all().into_iter().collect()
    }

    #[test]
    fn what_is_passed_on_holds_at_the_client_and_not_at_the_office() {
        let all = json!({ "type": "AllPartners", "value": null });
        for target in [nip(CLIENT), all] {
            for giver in [Value::Null, nip(OFFICE)] {
                let passed_on = row("InvoiceWrite", giver, target.clone());
                let own = row("InvoiceRead", Value::Null, Value::Null);
                assert_eq!(rights(OFFICE, &[own, passed_on.clone()], &[]), ["InvoiceRead"], "{passed_on}");
                assert_eq!(
                    rights(CLIENT, std::slice::from_ref(&passed_on), &[]),
                    ["InvoiceWrite"],
                    "{passed_on}"
                );
            }
        }
        let (one, for_all) = (
            row("InvoiceRead", Value::Null, nip(CLIENT)),
            row("InvoiceWrite", Value::Null, json!({ "type": "AllPartners" })),
        );
        assert_eq!(rights(CLIENT, &[one, for_all], &[]), ["InvoiceRead", "InvoiceWrite"]);
    }

    #[test]
    fn what_other_firms_gave_to_the_owners_firm_holds_with_them() {
        let given = row("InvoiceWrite", nip(CLIENT), Value::Null);
        assert!(rights(OFFICE, std::slice::from_ref(&given), &[]).is_empty());
        assert_eq!(rights(CLIENT, std::slice::from_ref(&given), &[]), ["InvoiceWrite"]);
        assert_eq!(rights(OFFICE, &[given], &["InvoiceRead"]), ["InvoiceRead"]);
        // What no firm gives another comes from above.
        assert_eq!(rights(CLIENT, &[row("SubunitManage", nip(OFFICE), Value::Null)], &[]), ["SubunitManage"]);
    }

    #[test]
    fn what_does_not_count_any_more_does_not_count() {
        let mut ended = row("InvoiceWrite", Value::Null, Value::Null);
        ended["permissionState"] = json!("Inactive");
        assert!(rights(OFFICE, &[ended], &[]).is_empty());
    }
}
