use rust_decimal::Decimal;
use serde_json::Value;

use super::described::{form_type, mode};
use crate::model::{Facts, Invoice};

/// Whether an invoice is what `InvoiceQueryFilters` ask for, besides role and range.
pub(crate) fn fits(filters: &Value, row: &Invoice) -> bool {
    let Some(facts) = &row.facts else { return false };
    let text = |pointer: &str, found: &str| {
        filters.pointer(pointer).and_then(Value::as_str).is_none_or(|wanted| wanted == found)
    };
    let listed = |field: &str, found: &str| {
        let list = filters.get(field).and_then(Value::as_array).filter(|list| !list.is_empty());
        list.is_none_or(|list| list.iter().any(|wanted| wanted == found))
    };
    let flag = |field: &str, found: bool| {
        filters.get(field).and_then(Value::as_bool).is_none_or(|wanted| wanted == found)
    };
    let number = row.ksef_number.as_ref().map(ToString::to_string).unwrap_or_default();
    text("/ksefNumber", &number)
        && text("/invoiceNumber", &facts.number)
        && text("/sellerNip", facts.seller.as_str())
        && text("/buyerIdentifier/type", &facts.buyer.0)
        && text("/buyerIdentifier/value", facts.buyer.1.as_deref().unwrap_or_default())
        && text("/invoicingMode", mode(row))
        && text("/formType", form_type(facts))
        && listed("currencyCodes", &facts.currency)
        && listed("invoiceTypes", &facts.kind)
        && flag("isSelfInvoicing", facts.self_invoicing)
        && flag("hasAttachment", facts.has_attachment)
        && amount_fits(filters, facts)
}

fn amount_fits(filters: &Value, facts: &Facts) -> bool {
    let amount = match filters.pointer("/amount/type").and_then(Value::as_str) {
        Some("Brutto") => facts.gross,
        Some("Netto") => facts.net,
        Some("Vat") => facts.vat,
        _ => return true,
    };
    let bound = |field: &str| {
        let number = filters.pointer(&format!("/amount/{field}"))?.as_number()?.to_string();
        number.parse::<Decimal>().ok()
    };
    bound("from").is_none_or(|from| amount >= from) && bound("to").is_none_or(|to| amount <= to)
}
