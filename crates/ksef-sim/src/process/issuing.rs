//! Whether a document may come from where it comes: for whom a context may issue, and with attachments.

use chrono::{DateTime, Utc};
use ksef_types::ContextIdentifier;

use crate::contract::InvoiceStatus;
use crate::model::{AuthorizationScope, EntityRole, Facts, Invoice, Session, StoredStatus};
use crate::store::State;

/// `RolaPU` of `PodmiotUpowazniony`: enforcement authority, court bailiff, tax representative.
const ENFORCING: [i32; 2] = [1, 2];
const REPRESENTING: i32 = 3;

/// 410 for somebody else's invoice, 415 for attachments that may not come.
pub(super) fn judge(
    state: &State,
    session: &Session,
    invoice: &Invoice,
    facts: &Facts,
    now: DateTime<Utc>,
) -> Result<(), StoredStatus> {
    if !may_issue(state, &session.context, facts) {
        let sentence = format!(
            "Kontekst sesji {} nie jest uprawniony do wystawiania faktur sprzedawcy {}.",
            session.context.value(),
            facts.seller
        );
        return Err(StoredStatus::detailed(InvoiceStatus::WrongPermissions.text(), vec![sentence]));
    }
    // By batch sessions only, after a consent; a technical correction may bring them along.
    let brought = session.batch.is_some() || invoice.corrected_hash.is_some();
    if facts.has_attachment && !(brought && consented(state, &session.context, now)) {
        return Err(InvoiceStatus::AttachmentsNotAllowed.text().into());
    }
    Ok(())
}

fn consented(state: &State, context: &ContextIdentifier, now: DateTime<Utc>) -> bool {
    let consent = context.nip().and_then(|nip| state.attachments.get(nip.as_str()));
    consent.is_some_and(|consent| consent.holds_at(now))
}

/// The seller itself; or whom the seller or the law lets act for it. Source: the guide, "Uprawnienia podmiotowe".
fn may_issue(state: &State, context: &ContextIdentifier, facts: &Facts) -> bool {
    let Some(own) = context.nip() else {
        return authorised(state, context, facts, AuthorizationScope::PefInvoicing);
    };
    let firm = ContextIdentifier::Nip(own);
    let bought = facts.buyer.0 == "Nip" && facts.buyer.1.as_deref() == Some(own.as_str());
    let role = facts.authorised.as_ref().filter(|party| party.nip == own.as_str()).map(|party| party.role);
    let farmers = matches!(facts.kind.as_str(), "VatRr" | "KorVatRr");
    own == facts.seller
        || (bought
            && facts.self_invoicing
            && authorised(state, &firm, facts, AuthorizationScope::SelfInvoicing))
        || (bought && farmers && authorised(state, &firm, facts, AuthorizationScope::RRInvoicing))
        || (role == Some(REPRESENTING)
            && authorised(state, &firm, facts, AuthorizationScope::TaxRepresentative))
        || (role.is_some_and(|role| ENFORCING.contains(&role)) && enforces(state, &firm))
}

fn authorised(state: &State, context: &ContextIdentifier, facts: &Facts, scope: AuthorizationScope) -> bool {
    state.authorizations.rows().any(|row| {
        row.active && row.scope == scope && row.authorizing == facts.seller && row.authorized == *context
    })
}

fn enforces(state: &State, context: &ContextIdentifier) -> bool {
    state.roles.rows().any(|row| {
        row.active
            && *context == ContextIdentifier::Nip(row.nip)
            && matches!(row.role, EntityRole::EnforcementAuthority | EntityRole::CourtBailiff)
    })
}
