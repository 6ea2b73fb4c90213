//! The signed `AuthTokenRequest` that a person brings back from Profil Zaufany or from any signing program.
//!
//! The file is looked at before it is sent, so that a person learns here what KSeF would say in a code minutes later,
//! or never. What is right goes to KSeF byte by byte as it is in the file. Whether the signer's certificate is trusted
//! and not revoked is for KSeF.
//!
//! Source: the guide, "Podpis XAdES"; field notes 17 and 18.

use chrono::{DateTime, NaiveDate, Utc};
use ksef_types::{ContextIdentifier, ContextKind, ReferenceNumber};

use crate::xades::{AuthTokenRequest, SubjectIdentifierType};

mod algorithms;
mod content;
mod layout;
mod problem;
mod references;
mod signer;
mod source;
mod tree;

use content::Content;
use layout::{Layout, Request};
use tree::Node;

pub use problem::SignedRequestProblem;
pub use signer::{Signer, SignerKind};

/// The largest file that is looked at, in bytes: 5 MiB. A request signed with a long chain and timestamps has some 50 kB.
pub const MAX_BYTES: u64 = 5 << 20;

/// A request whose signature was verified: every digest, and the value under the key of the signer's certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedRequest {
    document: Vec<u8>,
    challenge: ReferenceNumber,
    context: ContextIdentifier,
    subject: SubjectIdentifierType,
    signer: Signer,
    form: SignatureForm,
}

/// Where the signature stands in relation to what it signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignatureForm {
    /// Inside the request.
    Enveloped,
    /// Around it.
    Enveloping,
}

/// Reads a file and verifies its signature, whatever challenge it answers.
///
/// # Errors
/// [`SignedRequestProblem`], one variant for each way of not being a signed request.
pub fn read(bytes: &[u8]) -> Result<SignedRequest, SignedRequestProblem> {
    let text = source::prepare(bytes)?;
    let document = tree::parse(&text)?;
    let layout = Layout::locate(&document)?;
    let parts = layout.parts()?;
    let certificates = signer::certificates(&parts)?;
    references::check_digests(&layout, &parts)?;
    let certificates = signer::named(certificates, &parts)?;
    let certificate = references::check_value(&parts, certificates)?;
    let content = content_of(&layout)?;
    Ok(SignedRequest {
        document: bytes.to_vec(),
        challenge: content.challenge,
        context: content.context,
        subject: content.subject,
        signer: signer::describe(certificate, &parts),
        form: layout.form(),
    })
}

fn content_of(layout: &Layout<'_, '_>) -> Result<Content, SignedRequestProblem> {
    match &layout.request {
        Request::Around(request) | Request::In { request, .. } => content::read(*request),
        Request::Encoded { text, .. } => {
            let inner = tree::parse(text)?;
            let request = Node::root(&inner).filter(|root| content::is_request(*root));
            content::read(request.ok_or(SignedRequestProblem::NotCovered)?)
        }
    }
}

/// Reads a file, verifies its signature, and compares it with the request that is waited for.
///
/// `expires_at` is the end of our challenge, by KSeF's clock as far as it is known.
///
/// # Errors
/// As [`read`] and [`SignedRequest::answers`].
pub fn check(
    bytes: &[u8],
    ours: &AuthTokenRequest,
    expires_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<SignedRequest, SignedRequestProblem> {
    let signed = read(bytes)?;
    signed.answers(ours, expires_at, now)?;
    Ok(signed)
}

impl SignedRequest {
    /// Whether it is the signed form of our request, in time, by somebody whom KSeF can know in the way that it names.
    ///
    /// # Errors
    /// [`SignedRequestProblem::OtherContext`], [`SignedRequestProblem::OtherChallenge`],
    /// [`SignedRequestProblem::OtherRequest`], [`SignedRequestProblem::Nameless`] or
    /// [`SignedRequestProblem::NotItsOwnCertificate`], [`SignedRequestProblem::Expired`], in this order: the more telling first.
    pub fn answers(
        &self,
        ours: &AuthTokenRequest,
        expires_at: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<(), SignedRequestProblem> {
        if self.context != ours.context {
            return Err(SignedRequestProblem::OtherContext { found: self.context.clone() });
        }
        if self.challenge != ours.challenge {
            let found = self.challenge.clone();
            return Err(SignedRequestProblem::OtherChallenge { made_on: day_of(&found), found });
        }
        if self.subject != ours.subject {
            return Err(SignedRequestProblem::OtherRequest);
        }
        self.signer_can_be_known()?;
        if now >= expires_at {
            return Err(SignedRequestProblem::Expired { since: expires_at });
        }
        Ok(())
    }

    fn signer_can_be_known(&self) -> Result<(), SignedRequestProblem> {
        use SubjectIdentifierType::{CertificateFingerprint, CertificateSubject};
        // A provider of Peppol services is known by the identifier of the provider.
        let provider = self.context.kind() == ContextKind::PeppolId;
        match (self.subject, self.signer.kind) {
            (CertificateSubject, SignerKind::Unknown) if !provider => {
                let fingerprint = self.signer.certificate.fingerprint().into();
                Err(SignedRequestProblem::Nameless { fingerprint })
            }
            (CertificateFingerprint, SignerKind::TrustedProfile) => {
                Err(SignedRequestProblem::NotItsOwnCertificate)
            }
            _ => Ok(()),
        }
    }

    /// The exact bytes of the file, for `POST /auth/xades-signature`.
    #[must_use]
    pub fn document(&self) -> &[u8] {
        &self.document
    }

    /// The challenge that it answers.
    #[must_use]
    pub const fn challenge(&self) -> &ReferenceNumber {
        &self.challenge
    }

    /// In whose name it asks.
    #[must_use]
    pub const fn context(&self) -> &ContextIdentifier {
        &self.context
    }

    /// By what KSeF is to know the signer.
    #[must_use]
    pub const fn subject(&self) -> SubjectIdentifierType {
        self.subject
    }

    /// Who signed.
    #[must_use]
    pub const fn signer(&self) -> &Signer {
        &self.signer
    }

    /// Where the signature stands.
    #[must_use]
    pub const fn form(&self) -> SignatureForm {
        self.form
    }
}

/// `YYYYMMDD` in front of a reference number.
fn day_of(number: &ReferenceNumber) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(number.as_str().get(..8)?, "%Y%m%d").ok()
}
