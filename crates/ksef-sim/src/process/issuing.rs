//! Whether a document may come from where it comes: for whom a context may issue, whether the one who opened the session
//! may issue at all, and with attachments.
//!
//! Source: the guide, "Uprawnienia". Rights of firms ("uprawnienia podmiotowe") are looked at document by document, for
//! "they may change during a session"; the permissions of the one who opened the session are those of its opening.

use chrono::{DateTime, Utc};
use ksef_types::ContextIdentifier;

use crate::Permission;
use crate::contract::InvoiceStatus;
use crate::model::{AuthorizationScope, EntityRole, Facts, Invoice, Session, StoredStatus};
use crate::store::State;

/// `RolaPU` of `PodmiotUpowazniony` in FA(3).
const ENFORCEMENT_AUTHORITY: i32 = 1;
const COURT_BAILIFF: i32 = 2;
const TAX_REPRESENTATIVE: i32 = 3;

/// 410 for somebody else's invoice or without the permission that such a document needs, 415 for attachments that may not
/// come.
pub(super) fn judge(
    state: &State,
    session: &Session,
    invoice: &Invoice,
    facts: &Facts,
    now: DateTime<Utc>,
) -> Result<(), StoredStatus> {
    let titles = titles(state, &session.context, facts);
    if titles.is_empty() {
        return Err(not_permitted(format!(
            "Kontekst sesji {} nie jest uprawniony do wystawiania faktur sprzedawcy {}.",
            session.context.value(),
            facts.seller
        )));
    }
    if !titles.iter().any(|title| session.permissions.contains(&title.permission())) {
        let needed: Vec<&str> = titles.iter().map(|title| title.permission().as_str()).collect();
        return Err(not_permitted(format!(
            "Podmiot, który otworzył sesję, nie ma uprawnienia wymaganego do wystawienia tej faktury: {}.",
            needed.join(", ")
        )));
    }
    // By batch sessions only, after a consent; a technical correction may bring them along.
    let brought = session.batch.is_some() || invoice.corrected_hash.is_some();
    if facts.has_attachment && !(brought && consented(state, &session.context, now)) {
        return Err(InvoiceStatus::AttachmentsNotAllowed.text().into());
    }
    Ok(())
}

fn not_permitted(detail: String) -> StoredStatus {
    StoredStatus::detailed(InvoiceStatus::WrongPermissions.text(), vec![detail])
}

fn consented(state: &State, context: &ContextIdentifier, now: DateTime<Utc>) -> bool {
    let consent = context.nip().and_then(|nip| state.attachments.get(nip.as_str()));
    consent.is_some_and(|consent| consent.holds_at(now))
}

/// By what a context issues a seller's invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Title {
    /// It is the seller.
    Own,
    /// It is the buyer, and the seller lets it; with the firm of the Union in the context as the buyer likewise.
    SelfInvoicing,
    /// It buys from a flat-rate farmer who lets it.
    Farmers,
    /// It is the seller's tax representative.
    Representative,
    /// It is the authority or the bailiff that sells for a debtor.
    Enforcement,
    /// It provides Peppol services, and the seller lets it.
    Peppol,
}

impl Title {
    /// What the one who opened the session needs for it.
    const fn permission(self) -> Permission {
        match self {
            Self::Own | Self::SelfInvoicing | Self::Farmers | Self::Representative => {
                Permission::InvoiceWrite
            }
            Self::Enforcement => Permission::EnforcementOperations,
            Self::Peppol => Permission::PefInvoiceWrite,
        }
    }
}

/// Every title that holds. Source: the guide, "Uprawnienia podmiotowe" and "Nadanie uprawnień administratora podmiotu
/// unijnego".
fn titles(state: &State, context: &ContextIdentifier, facts: &Facts) -> Vec<Title> {
    let pef = facts.form.as_ref().is_some_and(|form| form.value == "PEF");
    let Some(own) = context.nip() else {
        let lets = pef && authorised(state, context, facts, AuthorizationScope::PefInvoicing);
        return if lets { vec![Title::Peppol] } else { Vec::new() };
    };
    if let Some(union) = context.vat_ue() {
        let bought = facts.buyer.0 == "VatUe" && facts.buyer.1.as_deref() == Some(union.as_str());
        let holds = own == facts.seller && facts.self_invoicing && bought;
        return if holds { vec![Title::SelfInvoicing] } else { Vec::new() };
    }
    let firm = ContextIdentifier::Nip(own);
    let bought = facts.buyer.0 == "Nip" && facts.buyer.1.as_deref() == Some(own.as_str());
    let role = facts.authorised.as_ref().filter(|party| party.nip == own.as_str()).map(|party| party.role);
    let farmers = matches!(facts.kind.as_str(), "VatRr" | "KorVatRr");
    let lets = |scope| authorised(state, &firm, facts, scope);
    let enforces = match role {
        Some(ENFORCEMENT_AUTHORITY) => is(state, &firm, EntityRole::EnforcementAuthority),
        Some(COURT_BAILIFF) => is(state, &firm, EntityRole::CourtBailiff),
        _ => false,
    };
    [
        (Title::Own, own == facts.seller),
        (Title::SelfInvoicing, bought && facts.self_invoicing && lets(AuthorizationScope::SelfInvoicing)),
        (Title::Farmers, bought && farmers && lets(AuthorizationScope::RRInvoicing)),
        (
            Title::Representative,
            role == Some(TAX_REPRESENTATIVE) && lets(AuthorizationScope::TaxRepresentative),
        ),
        (Title::Enforcement, enforces),
    ]
    .into_iter()
    .filter_map(|(title, holds)| holds.then_some(title))
    .collect()
}

fn authorised(state: &State, context: &ContextIdentifier, facts: &Facts, scope: AuthorizationScope) -> bool {
    state.authorizations.rows().any(|row| {
        row.active && row.scope == scope && row.authorizing == facts.seller && row.authorized == *context
    })
}

fn is(state: &State, context: &ContextIdentifier, role: EntityRole) -> bool {
    state
        .roles
        .rows()
        .any(|row| row.active && row.role == role && *context == ContextIdentifier::Nip(row.nip))
}
