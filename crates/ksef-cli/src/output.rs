//! How values look in a terminal.

use ksef_commands::views::{InvoiceView, SaleState, SaleView};

use crate::terminal::Terminal;

/// `526-587-76-35`
pub(crate) fn nip(digits: &str) -> String {
    match (digits.get(..3), digits.get(3..6), digits.get(6..8), digits.get(8..)) {
        (Some(a), Some(b), Some(c), Some(d)) if digits.len() == 10 => format!("{a}-{b}-{c}-{d}"),
        _ => digits.to_owned(),
    }
}

/// `1 234,56 PLN` from `1234.56`: a narrow gap between thousands, a comma before the cents.
pub(crate) fn amount(text: &str, currency: &str) -> String {
    let (sign, digits) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest));
    let (whole, cents) = digits.split_once('.').unwrap_or((digits, "00"));
    let grouped: Vec<&str> =
        whole.as_bytes().rchunks(3).rev().filter_map(|group| std::str::from_utf8(group).ok()).collect();
    format!("{sign}{},{cents:0<2} {currency}", grouped.join("\u{a0}"))
}

/// `21.11.2026` from `2026-11-21`
pub(crate) fn date(iso: &str) -> String {
    let mut parts = iso.get(..10).unwrap_or(iso).split('-').rev();
    match (parts.next(), parts.next(), parts.next()) {
        (Some(day), Some(month), Some(year)) => format!("{day}.{month}.{year}"),
        _ => iso.to_owned(),
    }
}

/// Number, date, buyer, amount.
pub(crate) fn invoice(invoice: &InvoiceView) -> String {
    let buyer = invoice.buyer_name.as_deref().or(invoice.buyer_identifier.as_deref()).unwrap_or("–");
    format!(
        "{}  {}  {buyer}  {}",
        invoice.number,
        date(&invoice.issue_date),
        amount(&invoice.gross, &invoice.currency)
    )
}

/// One issued invoice on a line.
pub(crate) fn sale(terminal: &Terminal, sale: &SaleView) -> String {
    let number = sale.ksef_number.as_deref().unwrap_or("–");
    format!("{:>5}  {:<12} {}  {number}", sale.id, state(terminal, sale.state), invoice(&sale.invoice))
}

/// The state in the person's language.
pub(crate) fn state(terminal: &Terminal, state: SaleState) -> String {
    terminal.word(match state {
        SaleState::Queued => "state.queued",
        SaleState::Sending => "state.sending",
        SaleState::Processing => "state.processing",
        SaleState::Accepted => "state.accepted",
        SaleState::Refused => "state.refused",
        SaleState::Held => "state.held",
        SaleState::Withdrawn => "state.withdrawn",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_read_amounts_dates_and_nips() {
        assert_eq!(amount("1234567.5", "PLN"), "1\u{a0}234\u{a0}567,50 PLN");
        assert_eq!(amount("-12", "EUR"), "-12,00 EUR");
        assert_eq!(date("2026-11-21"), "21.11.2026");
        assert_eq!(nip("5265877635"), "526-587-76-35");
    }
}
