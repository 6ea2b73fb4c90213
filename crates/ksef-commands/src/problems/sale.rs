use ksef_engine::{NotSendable, SaleProblem};
use ksef_types::Nip;

use super::{UNKNOWN, cause, moment};
use crate::{NextStep, Problem};

/// Statuses of an invoice in the contract that have sentences of their own, and what to do then: a fault of KSeF's own
/// is tried again, a missing permission is asked for, the rest is corrected where the invoice was made.
const REFUSALS: [(i32, &str, NextStep); 8] = [
    (405, "sending.refused405", NextStep::Retry),
    (410, "sending.refused410", NextStep::OpenPortal),
    (415, "sending.refused415", NextStep::CorrectInvoice),
    (430, "sending.refused430", NextStep::CorrectInvoice),
    (435, "sending.refused435", NextStep::Retry),
    (450, "sending.refused450", NextStep::CorrectInvoice),
    (500, "sending.refused500", NextStep::Retry),
    (550, "sending.refused550", NextStep::Retry),
];

/// Why an invoice is refused, held or waits.
pub(crate) fn sale(found: &SaleProblem, company: Nip) -> Problem {
    match found {
        SaleProblem::Refused { code, description, details } => refused(*code, description, details),
        SaleProblem::RequestRefused { code, description, details } => {
            request_refused(*code, description, details)
        }
        SaleProblem::DuplicateOfAnother { original } => {
            Problem::new("sending.duplicateOfAnother", NextStep::CorrectInvoice)
                .with("original", original.as_str())
        }
        SaleProblem::DuplicateUnproved { original, session, cause: why } => {
            let named = original.as_ref().map(ToString::to_string).unwrap_or_else(|| UNKNOWN.to_owned());
            let problem = Problem::new("sending.duplicateUnproved", NextStep::Retry).with("original", named);
            let session = session.as_ref().map(ToString::to_string).unwrap_or_default();
            problem.technical(format!(
                "440 {session} {}",
                why.as_ref().map(|why| cause(why, company).code).unwrap_or_default()
            ))
        }
        SaleProblem::KeptBack => Problem::new("sending.waits", NextStep::Retry),
        SaleProblem::Connection(why) => cause(why, company),
        SaleProblem::WaitsForKsef { since } => {
            Problem::new("sending.waitsForKsef", NextStep::Wait).with("since", moment(*since))
        }
        SaleProblem::UpoPending(why) => {
            Problem::new("sending.upoPending", NextStep::Wait).technical(cause(why, company).code)
        }
        SaleProblem::UpoWrong => Problem::new("sending.upoWrong", NextStep::ContactSupport),
    }
}

fn refused(code: i32, description: &str, details: &[String]) -> Problem {
    let known = REFUSALS.iter().find(|(status, ..)| *status == code);
    let (key, next) =
        known.map_or(("sending.refusedOther", NextStep::CorrectInvoice), |(_, key, next)| (*key, *next));
    Problem::new(key, next)
        .with("code", code.to_string())
        .with("description", description)
        .with("details", details.join(" "))
        .technical(words(code, description, details))
}

fn request_refused(code: i32, description: &str, details: &[String]) -> Problem {
    let (key, next) = match code {
        21217 => ("sending.request21217", NextStep::CorrectInvoice),
        21401 => ("sending.request21401", NextStep::CorrectInvoice),
        21402 => ("sending.request21402", NextStep::Retry),
        21403 => ("sending.request21403", NextStep::Retry),
        21405 => ("sending.request21405", NextStep::ContactSupport),
        21155 => ("sending.sessionFull", NextStep::Wait),
        21173 => ("sending.sessionUnknown", NextStep::Retry),
        21180 => ("sending.sessionClosed", NextStep::Retry),
        21184 => ("sending.sessionUnavailable", NextStep::Wait),
        _ => ("sending.requestRefused", NextStep::Retry),
    };
    Problem::new(key, next)
        .with("code", code.to_string())
        .with("description", description)
        .with("details", details.join(" "))
        .technical(words(code, description, details))
}

fn words(code: i32, description: &str, details: &[String]) -> String {
    format!("{code} {description} {}", details.join(" ")).trim_end().to_owned()
}

/// Why a checked file was not put into the outbox.
pub(crate) fn not_sendable(found: NotSendable) -> Problem {
    match found {
        NotSendable::HasErrors => Problem::new("invoice.hasErrors", NextStep::CorrectInvoice),
        NotSendable::NeedsBatch => super::issuing::attachment_needs_batch(),
        NotSendable::NotPrepared => Problem::new("invoice.notPrepared", NextStep::ChooseFile),
        NotSendable::Already(_) => {
            Problem::new("invoice.already", NextStep::OpenSales).with("number", UNKNOWN)
        }
    }
}
