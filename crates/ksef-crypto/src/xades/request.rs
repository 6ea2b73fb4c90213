use ksef_types::{ContextIdentifier, ReferenceNumber};

use super::canonical::escape_text;

/// The namespace of the request. Source: `schemat_auth_v2-1.xsd`.
const NAMESPACE: &str = "http://ksef.mf.gov.pl/auth/token/2.1";

/// What is signed to authenticate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthTokenRequest {
    /// From `POST /auth/challenge`; lives for ten minutes and can be used once.
    pub challenge: ReferenceNumber,
    /// In whose name one wants to work.
    pub context: ContextIdentifier,
    /// By what KSeF knows the owner of the certificate.
    pub subject: SubjectIdentifierType,
}

/// By what KSeF knows the owner of the certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SubjectIdentifierType {
    /// By the NIP or PESEL in the certificate's subject.
    CertificateSubject,
    /// By the SHA-256 of the certificate; for certificates without NIP or PESEL.
    CertificateFingerprint,
}

impl AuthTokenRequest {
    /// The request without a signature, in exclusive canonical form; valid by the schema of KSeF.
    #[must_use]
    pub fn to_xml(&self) -> String {
        let kind = self.context.kind();
        let subject = match self.subject {
            SubjectIdentifierType::CertificateSubject => "certificateSubject",
            SubjectIdentifierType::CertificateFingerprint => "certificateFingerprint",
        };
        format!(
            "<AuthTokenRequest xmlns=\"{NAMESPACE}\"><Challenge>{challenge}</Challenge>\
             <ContextIdentifier><{kind}>{context}</{kind}></ContextIdentifier>\
             <SubjectIdentifierType>{subject}</SubjectIdentifierType>{END}",
            challenge = escape_text(self.challenge.as_str()),
            context = escape_text(self.context.value()),
        )
    }

    /// The request with a signature as its last element.
    pub(super) fn with_signature(&self, signature: &str) -> String {
        let mut document = self.to_xml();
        document.truncate(document.len() - END.len());
        document.push_str(signature);
        document.push_str(END);
        document
    }
}

const END: &str = "</AuthTokenRequest>";
