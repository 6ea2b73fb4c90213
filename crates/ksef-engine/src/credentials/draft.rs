use chrono::{DateTime, Utc};
use ksef_crypto::{Certificate, Container, Credential, KeyFile, KeyProblem, PrivateKey, Purpose};
use ksef_types::{CertificateSerial, SecretText};

use super::translate::{certificate_problems, facts, key_problem};
use crate::{
    CertificateOverview, CertificateSlot, CredentialField, CredentialProblem, FieldProblem, KeyState,
};

/// What is being brought for one slot; in memory only, and gone with the program.
#[derive(Default)]
pub(crate) struct Draft {
    pub(crate) certificates: Vec<Certificate>,
    pub(crate) key: Option<BroughtKey>,
    pub(crate) password: Option<SecretText>,
    /// As written.
    pub(crate) typed_serial: Option<String>,
    /// What was wrong with the files loaded last, by field.
    pub(crate) file_problems: Vec<FieldProblem>,
    /// Everything that was wrong when it was judged last.
    pub(crate) problems: Vec<FieldProblem>,
    /// Dropped on the screen, not on a card: the certificate's purpose decides about the slot.
    pub(crate) placed_by_content: bool,
}

/// A key as far as it is open.
pub(crate) enum BroughtKey {
    Closed(KeyFile),
    ClosedContainer(Container),
    Open(PrivateKey),
}

/// What a draft has come to.
pub(crate) enum Settled {
    /// Whole and usable: to be saved.
    Whole(Credential),
    /// Something is missing or wrong; what, stands in [`Draft::problems`].
    Unfinished,
}

impl Draft {
    pub(crate) fn is_empty(&self) -> bool {
        self.certificates.is_empty() && self.key.is_none() && self.file_problems.is_empty()
    }

    /// Takes a certificate in; a key that was brought for another one stays, the pair is judged later.
    pub(crate) fn put_certificates(&mut self, certificates: Vec<Certificate>) {
        self.certificates = certificates;
        self.forget_problems_of(&[CredentialField::Certificate]);
    }

    pub(crate) fn put_key(&mut self, key: BroughtKey) {
        self.key = Some(key);
        self.forget_problems_of(&[CredentialField::Key, CredentialField::Password]);
    }

    /// A container stands for both fields.
    pub(crate) fn put_container(&mut self, container: Container) {
        self.certificates.clear();
        self.put_key(BroughtKey::ClosedContainer(container));
        self.forget_problems_of(&[CredentialField::Certificate]);
    }

    pub(crate) fn put_problem(&mut self, field: CredentialField, problem: CredentialProblem) {
        self.forget_problems_of(&[field]);
        self.file_problems.push(FieldProblem { field, problem });
    }

    fn forget_problems_of(&mut self, fields: &[CredentialField]) {
        self.file_problems.retain(|problem| !fields.contains(&problem.field));
    }

    /// The slot that the certificate itself asks for.
    pub(crate) fn purpose(&self) -> Option<Purpose> {
        self.certificates.first().and_then(Certificate::purpose)
    }

    /// Opens what can be opened, pairs what can be paired, and judges.
    pub(crate) fn settle(&mut self, slot: CertificateSlot, now: DateTime<Utc>) -> Settled {
        let mut problems = self.file_problems.clone();
        if let Err(problem) = self.open_key() {
            problems.push(key_problem(&problem));
            if problem == KeyProblem::WrongPassword {
                self.password = None;
            }
        }
        let pair = self.pair();
        if let Err(problem) = &pair {
            problems.push(FieldProblem { field: CredentialField::Key, problem: problem.clone() });
        }
        if let Some(certificate) = self.shown_certificate() {
            problems.extend(certificate_problems(certificate, slot, now));
            problems.extend(serial_problem(certificate, self.typed_serial.as_deref()));
        }
        let usable = problems.iter().all(|found| found.problem.is_warning());
        self.problems = problems;
        match pair {
            Ok(Some(credential)) if usable => Settled::Whole(credential),
            _ => Settled::Unfinished,
        }
    }

    pub(crate) fn overview(&self, now: DateTime<Utc>) -> CertificateOverview {
        CertificateOverview {
            certificate: self.shown_certificate().map(|certificate| facts(certificate, now)),
            key: match &self.key {
                None => KeyState::Missing,
                Some(BroughtKey::Open(_)) => KeyState::Ready,
                Some(_) => KeyState::NeedsPassword,
            },
            saved: false,
            typed_serial: self.typed_serial.clone(),
            problems: self.problems.clone(),
        }
    }

    /// The one that fits the key, else the first of the file.
    fn shown_certificate(&self) -> Option<&Certificate> {
        let fitting = match &self.key {
            Some(BroughtKey::Open(key)) => {
                self.certificates.iter().find(|certificate| key.belongs_to(certificate))
            }
            _ => None,
        };
        fitting.or_else(|| self.certificates.first())
    }

    fn open_key(&mut self) -> Result<(), KeyProblem> {
        let password = self.password.as_ref();
        match &self.key {
            None | Some(BroughtKey::Open(_)) => {}
            Some(BroughtKey::Closed(file)) => self.key = Some(BroughtKey::Open(file.open(password)?)),
            Some(BroughtKey::ClosedContainer(container)) => {
                let opened = container.open(password)?;
                self.certificates = opened.certificates;
                self.key = Some(BroughtKey::Open(opened.key));
            }
        }
        Ok(())
    }

    fn pair(&self) -> Result<Option<Credential>, CredentialProblem> {
        match &self.key {
            Some(BroughtKey::Open(key)) if !self.certificates.is_empty() => {
                Ok(Some(Credential::assemble_from_chain(self.certificates.clone(), key.clone())?))
            }
            _ => Ok(None),
        }
    }
}

/// Compares the serial number typed beside a certificate with its own.
pub(crate) fn serial_problem(certificate: &Certificate, typed: Option<&str>) -> Option<FieldProblem> {
    let field = CredentialField::Serial;
    match typed?.parse::<CertificateSerial>() {
        Ok(typed) if typed == certificate.serial() => None,
        Ok(typed) => {
            let certificate = certificate.serial();
            Some(FieldProblem { field, problem: CredentialProblem::SerialDiffers { certificate, typed } })
        }
        Err(_) => Some(FieldProblem { field, problem: CredentialProblem::SerialMalformed }),
    }
}
