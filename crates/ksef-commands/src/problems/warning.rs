use ksef_engine::{CertificateSlot, ConnectionWarning};

use super::{clock_off, credential, day};
use crate::{NextStep, Problem};

/// It works; this could be better.
pub(crate) fn warning(found: &ConnectionWarning) -> Problem {
    match found {
        ConnectionWarning::NoOfflineCertificate => {
            Problem::new("credential.offlineMissing", NextStep::RequestCertificate)
        }
        ConnectionWarning::CertificateEnds { slot, on, days } => {
            let (code, slot) = match slot {
                CertificateSlot::Authentication => ("credential.expiresSoon", "authentication"),
                CertificateSlot::Offline => ("credential.offlineExpiresSoon", "offline"),
            };
            Problem::new(code, NextStep::RenewCertificate)
                .with("slot", slot)
                .with("date", day(*on))
                .with("days", days.to_string())
        }
        ConnectionWarning::TokensEnd { on } => {
            Problem::new("token.endsSoon", NextStep::RequestCertificate).with("date", on.to_string())
        }
        ConnectionWarning::MayNotSend => Problem::new("ksef.mayNotSend", NextStep::OpenPortal),
        ConnectionWarning::PermissionsUnknown => Problem::new("ksef.permissionsUnknown", NextStep::Retry),
        ConnectionWarning::CertificateUnusable(found) => {
            let why = credential(found);
            Problem::new("connection.certificateUnusable", NextStep::LoadCertificate).technical(why.code)
        }
        ConnectionWarning::ClockOff { seconds } => clock_off(*seconds),
        ConnectionWarning::System(text) => {
            Problem::new("ksef.systemWarning", NextStep::Wait).with("text", text)
        }
    }
}
