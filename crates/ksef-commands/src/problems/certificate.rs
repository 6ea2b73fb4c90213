use ksef_engine::{ExportError, PasswordProblem, RevokeError};
use ksef_types::Nip;

use super::{UNKNOWN, engine, failure, file};
use crate::{NextStep, Problem};

/// Why a certificate was not revoked.
pub(crate) fn revoking(error: &RevokeError, company: Nip) -> Problem {
    match error {
        RevokeError::Engine(found) => engine(found),
        RevokeError::Unknown => {
            Problem::new("certificate.unknown", NextStep::OpenCertificates).technical("KSeF 25008")
        }
        RevokeError::NotRevocable => {
            Problem::new("certificate.notRevocable", NextStep::OpenCertificates).technical("KSeF 25009")
        }
        RevokeError::Connection(found) => failure(found, company),
    }
}

/// Why a credential was not exported.
pub(crate) fn export(error: &ExportError) -> Problem {
    match error {
        ExportError::Engine(found) => engine(found),
        ExportError::Nothing(_) => Problem::new("certificate.nothingToExport", NextStep::LoadCertificate),
        ExportError::Password(found) => found
            .first()
            .map_or_else(|| Problem::new("program.badRequest", NextStep::Retry), |first| password(*first)),
        ExportError::Exists(path) => {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            Problem::new("certificate.fileExists", NextStep::ChooseFile).with("name", name)
        }
        ExportError::File(found) => file(found, UNKNOWN),
        ExportError::Encryption => Problem::new("program.internal", NextStep::ContactSupport),
    }
}

fn password(found: PasswordProblem) -> Problem {
    let code = match found {
        PasswordProblem::TooShort => "certificate.passwordShort",
        PasswordProblem::TooLong => "certificate.passwordLong",
        PasswordProblem::NoSmallLetter => "certificate.passwordSmallLetter",
        PasswordProblem::NoCapitalLetter => "certificate.passwordCapitalLetter",
        PasswordProblem::NoDigit => "certificate.passwordDigit",
        PasswordProblem::NoSpecial => "certificate.passwordSpecial",
        PasswordProblem::ForeignCharacter => "certificate.passwordCharacter",
    };
    Problem::new(code, NextStep::CorrectField)
}
