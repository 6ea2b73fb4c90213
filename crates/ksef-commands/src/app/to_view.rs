//! From the engine's values to what fronts show. One direction each, nothing decided.

use ksef_engine as engine;
use ksef_invoice::Severity;
use ksef_types::Environment;

use crate::problems;
use crate::views::{
    CertificateSlot, CertificateSlotView, CertificateView, CompanyView, ConnectionMethod, ConnectionView,
    CredentialField, CredentialSlot, CredentialsView, EnvironmentName, FieldProblem, FindingView,
    InvoiceView, KeyState, LoadTarget, OfflineCheck, OfflineCheckItem, OfflineCheckStep, OwnerKind,
    PreparedView, SaleState, SaleView, SalesPage, Scope, SignedBy, SigningStep, SubjectIdentifierType,
    TokenPasted, TokenView, UnplacedFile,
};

/// Two enumerations with the same names, in one or both directions.
macro_rules! same {
    ($($from:ty => $to:ty { $($name:ident),+ $(,)? })+) => {$(
        impl From<$from> for $to {
            fn from(value: $from) -> Self {
                match value { $(<$from>::$name => <$to>::$name,)+ }
            }
        }
    )+};
}
pub(super) use same;

same! {
    EnvironmentName => Environment { Production, Demo, Test, Sandbox }
    Environment => EnvironmentName { Production, Demo, Test, Sandbox }
    CertificateSlot => engine::CertificateSlot { Authentication, Offline }
    engine::CertificateSlot => CertificateSlot { Authentication, Offline }
    CredentialSlot => engine::CredentialSlot { Authentication, Offline, Token }
    engine::CredentialField => CredentialField { Certificate, Key, Password, Serial }
    engine::KeyState => KeyState { Missing, NeedsPassword, Ready, Saved }
    engine::OwnerKind => OwnerKind { PersonByPesel, PersonByNip, Seal, Fingerprint }
    engine::OfflineCheckItem => OfflineCheckItem { Present, Pair, Purpose, Validity, Serial, Signature }
    SubjectIdentifierType => engine::SubjectIdentifierType { CertificateSubject, CertificateFingerprint }
    engine::SubjectIdentifierType => SubjectIdentifierType { CertificateSubject, CertificateFingerprint }
    engine::SignedBy => SignedBy { Elsewhere, Files, Trial }
    engine::SigningStep => SigningStep { Idle, Waiting, Expired, Sending, Checking, Connected, Refused }
    engine::SaleState => SaleState { Queued, Sending, Processing, Accepted, Refused, Held, Withdrawn }
    SaleState => engine::SaleState { Queued, Sending, Processing, Accepted, Refused, Held, Withdrawn }
}

impl From<engine::ConnectionMethod> for ConnectionMethod {
    fn from(method: engine::ConnectionMethod) -> Self {
        match method {
            engine::ConnectionMethod::Certificate => Self::Certificate,
            engine::ConnectionMethod::Token => Self::Token,
            engine::ConnectionMethod::Signature(_) => Self::Signature,
        }
    }
}

impl From<LoadTarget> for engine::LoadTarget {
    fn from(target: LoadTarget) -> Self {
        match target {
            LoadTarget::Anywhere => Self::Anywhere,
            LoadTarget::Slot { slot } => Self::Slot(slot.into()),
            LoadTarget::Certificate { slot } => Self::Certificate(slot.into()),
            LoadTarget::Key { slot } => Self::Key(slot.into()),
        }
    }
}

impl From<engine::Company> for CompanyView {
    fn from(company: engine::Company) -> Self {
        Self {
            nip: company.nip.to_string(),
            name: company.name,
            environment: company.environment.into(),
            waiting: company.waiting,
        }
    }
}

impl From<engine::CredentialsOverview> for CredentialsView {
    fn from(overview: engine::CredentialsOverview) -> Self {
        let unplaced = |(file_name, problem): (String, engine::CredentialProblem)| UnplacedFile {
            file_name,
            problem: problems::credential(&problem),
        };
        Self {
            authentication: overview.authentication.into(),
            offline: overview.offline.into(),
            token: overview.token.into(),
            keychain: overview.keychain.map(problems::keychain),
            unplaced: overview.unplaced.into_iter().map(unplaced).collect(),
        }
    }
}

impl From<engine::CertificateOverview> for CertificateSlotView {
    fn from(overview: engine::CertificateOverview) -> Self {
        Self {
            certificate: overview.certificate.map(Into::into),
            key: overview.key.into(),
            saved: overview.saved,
            typed_serial: overview.typed_serial,
            problems: overview.problems.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<engine::FieldProblem> for FieldProblem {
    fn from(found: engine::FieldProblem) -> Self {
        Self {
            field: found.field.into(),
            warning: found.problem.is_warning(),
            problem: problems::credential(&found.problem),
        }
    }
}

impl From<engine::CertificateFacts> for CertificateView {
    fn from(facts: engine::CertificateFacts) -> Self {
        Self {
            subject: facts.subject,
            owner: facts.owner.into(),
            owner_identifier: facts.owner_identifier,
            issuer: facts.issuer,
            serial: facts.serial.to_string(),
            not_before: facts.not_before.to_rfc3339(),
            not_after: facts.not_after.to_rfc3339(),
            days_left: i32::try_from(facts.days_left).unwrap_or(i32::MAX),
            purpose: facts.purpose.map(Into::into),
            key: facts.key,
        }
    }
}

impl From<engine::TokenOverview> for TokenView {
    fn from(overview: engine::TokenOverview) -> Self {
        Self {
            saved: overview.saved,
            reference_number: overview.reference_number.map(|number| number.to_string()),
            works_until: overview.works_until.map(|day| day.to_string()),
            problem: overview.problem.map(problems::token),
        }
    }
}

impl From<engine::TokenPasted> for TokenPasted {
    fn from(pasted: engine::TokenPasted) -> Self {
        Self { nip: pasted.nip.map(|nip| nip.to_string()), credentials: pasted.overview.into() }
    }
}

impl From<engine::OfflineCheck> for OfflineCheck {
    fn from(check: engine::OfflineCheck) -> Self {
        let passed = check.passed();
        let step = |step: engine::OfflineCheckStep| OfflineCheckStep {
            what: step.item.into(),
            problem: step.problem.as_ref().map(problems::credential),
        };
        Self { steps: check.steps.into_iter().map(step).collect(), passed }
    }
}

impl From<engine::ConnectionReport> for ConnectionView {
    fn from(report: engine::ConnectionReport) -> Self {
        Self::Connected {
            owner: report.owner,
            company: report.company.to_string(),
            method: report.method.into(),
            permissions: report.permissions,
            valid_until: report.valid_until.to_rfc3339(),
            checked_at: report.checked_at.to_rfc3339(),
            warnings: report.warnings.iter().map(problems::warning).collect(),
        }
    }
}

impl From<engine::SaleInvoice> for InvoiceView {
    fn from(invoice: engine::SaleInvoice) -> Self {
        Self {
            number: invoice.number,
            issue_date: invoice.issue_date.to_string(),
            kind: invoice.kind,
            seller_nip: invoice.seller_nip,
            seller_name: invoice.seller_name,
            buyer_identifier: invoice.buyer_identifier,
            buyer_name: invoice.buyer_name,
            gross: with_cents(invoice.gross),
            currency: invoice.currency,
        }
    }
}

/// `123` is as good an amount in a document as `123.00`; lists show cents.
fn with_cents(amount: String) -> String {
    match amount.split_once('.') {
        None => format!("{amount}.00"),
        Some((_, cents)) if cents.len() == 1 => format!("{amount}0"),
        Some(_) => amount,
    }
}

impl From<engine::Prepared> for PreparedView {
    fn from(prepared: engine::Prepared) -> Self {
        Self {
            id: prepared.id.to_string(),
            file_name: prepared.file_name,
            invoice: prepared.invoice.map(Into::into),
            findings: prepared.findings.iter().map(FindingView::from).collect(),
            sendable: prepared.sendable,
            already: prepared.already.map(|id| id.to_string()),
            problem: prepared
                .needs_batch
                .then(|| crate::problems::not_sendable(engine::NotSendable::NeedsBatch)),
        }
    }
}

impl From<&ksef_invoice::Finding> for FindingView {
    fn from(finding: &ksef_invoice::Finding) -> Self {
        let place = finding.place.as_ref();
        Self {
            code: code_of(finding.code),
            error: finding.severity == Severity::Error,
            pl: finding.message_pl().to_owned(),
            en: finding.message_en().to_owned(),
            line: place.map(|place| place.line),
            column: place.map(|place| place.column),
            path: place.map(|place| place.path.clone()).filter(|path| !path.is_empty()),
        }
    }
}

/// The code as JSON has it, such as `NOT_ALLOWED`.
fn code_of(code: ksef_invoice::FindingCode) -> String {
    serde_json::to_value(code).ok().and_then(|code| code.as_str().map(str::to_owned)).unwrap_or_default()
}

impl From<engine::Sale> for SaleView {
    fn from(sale: engine::Sale) -> Self {
        Self {
            id: sale.id.to_string(),
            scope: Scope { nip: sale.company.to_string(), environment: sale.environment.into() },
            file_name: sale.file_name,
            invoice: sale.invoice.into(),
            state: sale.state.into(),
            ksef_number: sale.ksef_number.map(|number| number.to_string()),
            has_upo: sale.has_upo,
            queued_at: sale.queued_at.to_rfc3339(),
            accepted_at: sale.accepted_at.map(|at| at.to_rfc3339()),
            problem: sale.problem.as_ref().map(|found| problems::sale(found, sale.company)),
            next_attempt_at: sale.next_attempt_at.map(|at| at.to_rfc3339()),
        }
    }
}

impl From<engine::SalesPage> for SalesPage {
    fn from(page: engine::SalesPage) -> Self {
        Self {
            rows: page.rows.into_iter().map(Into::into).collect(),
            next: page.next.map(|cursor| cursor.to_string()),
            total: page.total,
        }
    }
}
