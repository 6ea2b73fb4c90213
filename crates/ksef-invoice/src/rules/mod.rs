//! The rules that the schema does not say.
//!
//! [`technical`] looks on while bytes are validated; all others look at an invoice that has been read, so that they
//! serve files and the editor alike. A rule is an error only where KSeF refuses the invoice or where it contradicts
//! itself beyond doubt; what is only suspicious, or unlawful and accepted all the same, is a warning. KSeF checks no
//! sums, and files with sums of another rounding are sent every day: a wrong sum is a warning.

mod accounts;
mod advances;
mod annotations;
mod attachments;
mod corrections;
mod currency;
mod dates;
mod digits;
mod foreign;
mod identifiers;
mod limits;
mod line_numbers;
mod line_values;
mod locate;
mod parties;
mod payment;
mod review;
mod spot;
mod technical;
mod totals;

pub(crate) use locate::located;
pub(crate) use technical::Rules;

use ksef_types::Environment;

use crate::Finding;
use crate::fa3::Faktura;
use review::{Remark, Review};

/// What rules depend on besides the invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RuleOptions {
    /// Check digits of NIPs are errors in production and warnings elsewhere, as in KSeF itself.
    pub environment: Environment,
}

/// Looks at one thing.
type Rule = fn(&mut Review<'_>);

/// Every rule there is, in the order of the document, as far as a rule belongs to one place.
const RULES: &[Rule] = &[
    identifiers::nips,
    identifiers::internal_ids,
    identifiers::ksef_numbers,
    identifiers::locations,
    identifiers::goods,
    identifiers::registers,
    parties::local_government,
    parties::vat_group,
    parties::units_are_identified,
    parties::nip_in_wrong_field,
    parties::vat_numbers,
    parties::buyer_is_complete,
    parties::shares,
    currency::money,
    currency::exchange_rates,
    currency::missing_rates,
    currency::tax_in_pln,
    dates::period,
    dates::supply_ahead,
    dates::two_dates,
    totals::by_rate,
    totals::tax_fits_net,
    totals::grand_total,
    totals::final_invoice,
    foreign::wdt,
    foreign::services,
    foreign::export,
    foreign::triangular,
    annotations::exemption,
    annotations::reverse_charge,
    annotations::margin,
    limits::split_payment,
    limits::simplified,
    corrections::kind,
    corrections::references,
    corrections::paid_before,
    corrections::pairs,
    advances::parts,
    advances::order,
    advances::settled,
    line_numbers::numbers,
    line_numbers::identifiers,
    line_numbers::references,
    line_values::presence,
    line_values::products,
    line_values::taxes,
    dates::terms,
    dates::paid_after_issue,
    dates::transports,
    payment::partial,
    payment::settlement,
    payment::link,
    accounts::check_digits,
    accounts::swift,
    attachments::rows,
    attachments::cells,
];

/// Rules that [`technical`] has seen to already, on the bytes.
const ALSO_TECHNICAL: &[Rule] = &[identifiers::nips, identifiers::internal_ids, identifiers::ksef_numbers];

/// Looks at an invoice with every rule beyond the schema. For an invoice while it is written: what is found has a path
/// and no line.
///
/// Lengths, patterns and ranges are the schema's business: [`crate::validate_structure`], or
/// [`crate::describe::check_value`] for a single field.
#[must_use]
pub fn rules(invoice: &Faktura, options: &RuleOptions) -> Vec<Finding> {
    reviewed(invoice, options, RULES.iter()).into_iter().map(Remark::without_line).collect()
}

/// The same without those rules that the pass over the bytes has seen to.
pub(crate) fn beyond_the_bytes(invoice: &Faktura, options: &RuleOptions) -> Vec<Remark> {
    let is_new = |rule: &&Rule| !ALSO_TECHNICAL.iter().any(|known| std::ptr::fn_addr_eq(*known, **rule));
    reviewed(invoice, options, RULES.iter().filter(is_new))
}

fn reviewed<'r>(
    invoice: &Faktura,
    options: &RuleOptions,
    rules: impl Iterator<Item = &'r Rule>,
) -> Vec<Remark> {
    let mut review = Review::new(invoice, options);
    rules.for_each(|rule| rule(&mut review));
    review.into_remarks()
}
