use ksef_types::{ContextIdentifier, ContextKind};

use crate::model::{Facts, Invoice};

/// The roles of the contract (`InvoiceQuerySubjectType`).
const ROLES: [&str; 4] = ["Subject1", "Subject2", "Subject3", "SubjectAuthorized"];

/// Whether a context stands on an invoice in a role.
pub(crate) fn in_role(context: &ContextIdentifier, role: &str, row: &Invoice) -> bool {
    let Some(facts) = &row.facts else { return false };
    match role {
        "Subject1" => is_seller(context, row, facts),
        "Subject2" => is_buyer(context, facts),
        "Subject3" => is_third(context, facts),
        "SubjectAuthorized" => is_authorised(context, facts),
        _ => false,
    }
}

/// Whether a context stands on an invoice in any role.
pub(crate) fn concerns(context: &ContextIdentifier, row: &Invoice) -> bool {
    ROLES.iter().any(|role| in_role(context, role, row))
}

fn is_seller(context: &ContextIdentifier, row: &Invoice, facts: &Facts) -> bool {
    match context.kind() {
        // A sub-unit has what was sent in its own context.
        ContextKind::InternalId => row.context == *context,
        ContextKind::Nip | ContextKind::NipVatUe => context.nip() == Some(facts.seller),
        ContextKind::PeppolId => false,
    }
}

fn is_buyer(context: &ContextIdentifier, facts: &Facts) -> bool {
    let (kind, value) = (facts.buyer.0.as_str(), facts.buyer.1.as_deref());
    match context.kind() {
        ContextKind::Nip => kind == "Nip" && value == Some(context.value()),
        // The firm of the Union by its number without the country's letters.
        ContextKind::NipVatUe => {
            let number = context.value().get(11..).unwrap_or_default();
            kind == "VatUe" && value.is_some_and(|value| !value.is_empty() && number.ends_with(value))
        }
        ContextKind::InternalId | ContextKind::PeppolId => false,
    }
}

fn is_third(context: &ContextIdentifier, facts: &Facts) -> bool {
    let wanted = match context.kind() {
        ContextKind::Nip => "Nip",
        ContextKind::InternalId => "InternalId",
        ContextKind::NipVatUe | ContextKind::PeppolId => return false,
    };
    facts.third.iter().any(|third| third.kind == wanted && third.value.as_deref() == Some(context.value()))
}

fn is_authorised(context: &ContextIdentifier, facts: &Facts) -> bool {
    context.kind() == ContextKind::Nip
        && facts.authorised.as_ref().is_some_and(|authorised| authorised.nip == context.value())
}
