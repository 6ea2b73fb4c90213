//! How drafts begin: empty, from an invoice as it is, as a correction of it, as the next one to the same order.

mod advances;
mod correction;
mod document;
mod lines;
mod merge;
mod parties;
mod payment;
mod state;

use crate::draft::{
    AdvanceDraft, CorrectionDraft, DraftKind, ExchangeDraft, InvoiceDraft, PaidState, PartPaymentDraft,
    SaleMoment, SellerProfile, TermDraft, parse,
};
use crate::fa3::Faktura;

pub use advances::{final_of, next_advance_of};
pub use correction::correction_of;
pub use state::{InvoiceState, UnclearState, state_of};

impl InvoiceDraft {
    /// An empty draft of a kind with what the company's data say: place, account, form and days of payment, notes.
    #[must_use]
    pub fn blank(kind: DraftKind, profile: &SellerProfile) -> Self {
        let mut draft = Self {
            kind,
            issue_place: profile.issue_place.clone(),
            notes: profile.notes.clone(),
            ..Self::default()
        };
        draft.annotations.cash_method = profile.cash_method;
        draft.payment.form = profile.payment_form.clone();
        draft.payment.accounts = profile.accounts.first().cloned().into_iter().collect();
        if !parse::trimmed(&profile.payment_days).is_empty() {
            draft
                .payment
                .terms
                .push(TermDraft { days: profile.payment_days.clone(), ..TermDraft::default() });
        }
        if kind.is_correction() {
            draft.correction = Some(CorrectionDraft::default());
        }
        if matches!(kind, DraftKind::Zal | DraftKind::KorZal) {
            draft.advance = Some(AdvanceDraft::default());
        }
        draft
    }

    /// "Kopiuj jako nową": all of an invoice but its number, its dates and exchange rates, what was paid, and the
    /// identifiers that only one invoice may have.
    #[must_use]
    pub fn from_invoice(invoice: &Faktura) -> Self {
        let mut draft = Self::of_document(invoice).as_template();
        draft.lines.iter_mut().for_each(|line| line.position.clear());
        draft
    }

    /// What of a draft fits any invoice like it: without its number, its dates, exchange rates and payments, what it
    /// settles or received, and the identifiers that only one invoice may have. A day of payment becomes so many days
    /// after issuing.
    #[must_use]
    pub fn as_template(mut self) -> Self {
        self.make_new();
        self.forget_the_only();
        self
    }

    /// What of a draft comes again and again: as [`Self::as_template`], but with the days of the sale and of payment, which
    /// move along with each date.
    #[must_use]
    pub fn as_recurring(mut self) -> Self {
        self.number.clear();
        self.issue_date.clear();
        self.forget_rates();
        self.forget_payments();
        self.forget_the_only();
        self
    }

    /// A whole invoice as a draft: composed again by the same company it is the same document. What an invoice of another
    /// program says in another way (sums of another rounding, several texts at the foot) is said in ours.
    #[must_use]
    pub fn of_document(invoice: &Faktura) -> Self {
        document::read(invoice)
    }

    /// Takes off what belongs to one invoice alone.
    fn make_new(&mut self) {
        let issued = parse::date(&self.issue_date);
        self.number.clear();
        self.issue_date.clear();
        self.sale = SaleMoment::Unsaid;
        self.lines.iter_mut().for_each(|line| line.sale_date.clear());
        self.forget_rates();
        self.forget_payments();
        let payment = &mut self.payment;
        for term in &mut payment.terms {
            // A day becomes so many days after issuing.
            if let (Some(due), Some(issued)) = (parse::date(&term.date), issued) {
                let days = (due - issued).num_days();
                term.days = if days >= 0 { days.to_string() } else { String::new() };
            }
            term.date.clear();
        }
        payment.terms.retain(|term| *term != TermDraft::default());
    }

    fn forget_rates(&mut self) {
        self.exchange = ExchangeDraft::default();
        self.lines.iter_mut().for_each(|line| line.exchange_rate.clear());
    }

    fn forget_payments(&mut self) {
        let payment = &mut self.payment;
        payment.paid = PaidState::Unpaid;
        payment.paid_on.clear();
        payment.parts = Vec::<PartPaymentDraft>::new();
        payment.link.clear();
        payment.ip_ksef.clear();
    }

    /// What two invoices never have in common: UU_ID of the lines, settled advances, what was received.
    fn forget_the_only(&mut self) {
        self.lines.iter_mut().for_each(|line| line.uuid.clear());
        self.settles.clear();
        self.based_on.clear();
        if let Some(advance) = &mut self.advance {
            *advance = AdvanceDraft::default();
        }
    }
}
