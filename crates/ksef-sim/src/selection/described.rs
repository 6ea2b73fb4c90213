use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use serde_json::{Value, json};

use crate::api::moment;
use crate::model::{Facts, FormCode, Invoice};

pub(super) const fn mode(row: &Invoice) -> &'static str {
    match row.offline {
        Some(true) => "Offline",
        _ => "Online",
    }
}

pub(super) fn form_type(facts: &Facts) -> &'static str {
    match &facts.form {
        Some(form) if form.value == "PEF" => "PEF",
        Some(form) if form.value == "FA_RR" => "FA_RR",
        None if facts.kind.ends_with("VatRr") => "FA_RR",
        _ => "FA",
    }
}

/// `InvoiceMetadata`
pub(crate) fn described(row: &Invoice) -> Option<Value> {
    let facts = row.facts.as_ref()?;
    let number = |amount: Decimal| amount.to_f64();
    let mut metadata = json!({
        "ksefNumber": row.ksef_number,
        "invoiceNumber": facts.number,
        "issueDate": facts.issue_date,
        "invoicingDate": moment(row.invoicing),
        "acquisitionDate": moment(row.acquisition?),
        "permanentStorageDate": moment(row.permanent_storage?),
        "seller": { "nip": facts.seller, "name": facts.seller_name },
        "buyer": {
            "identifier": { "type": facts.buyer.0, "value": facts.buyer.1 },
            "name": facts.buyer_name,
        },
        "netAmount": number(facts.net),
        "grossAmount": number(facts.gross),
        "vatAmount": number(facts.vat),
        "currency": facts.currency,
        "invoicingMode": mode(row),
        "invoiceType": facts.kind,
        "formCode": facts.form.clone().unwrap_or_else(|| FormCode::usual(form_type(facts))),
        "isSelfInvoicing": facts.self_invoicing,
        "hasAttachment": facts.has_attachment,
        "invoiceHash": row.hash,
    });
    if let Some(hash) = &row.corrected_hash {
        metadata["hashOfCorrectedInvoice"] = json!(hash);
    }
    if !facts.third.is_empty() {
        metadata["thirdSubjects"] = facts
            .third
            .iter()
            .map(|third| {
                json!({
                    "identifier": { "type": third.kind, "value": third.value },
                    "name": third.name,
                    "role": third.role,
                })
            })
            .collect();
    }
    if let Some(authorised) = &facts.authorised {
        metadata["authorizedSubject"] =
            json!({ "nip": authorised.nip, "name": authorised.name, "role": authorised.role });
    }
    Some(metadata)
}
