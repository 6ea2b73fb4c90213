use chrono::{DateTime, Utc};
use ksef_crypto::signed_request::{self, SignedRequest, SignedRequestProblem};

use super::state::WaitedFor;
use crate::FileProblem;

/// Why a file is not taken for the signed request; the waiting goes on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignedFileProblem {
    /// It could not be read.
    #[error(transparent)]
    File(#[from] FileProblem),
    /// It is something else than the signed request.
    #[error(transparent)]
    Request(#[from] SignedRequestProblem),
}

impl SignedFileProblem {
    pub(super) const fn too_large(bytes: u64) -> Self {
        Self::Request(SignedRequestProblem::TooLarge { bytes })
    }

    /// Whether the file has to do with a login at all: other files in a watched folder are nobody's business.
    pub(super) const fn concerns_a_login(&self) -> bool {
        use SignedRequestProblem as Found;
        match self {
            Self::File(_) => false,
            Self::Request(found) => !matches!(
                found,
                Found::Empty
                    | Found::TooLarge { .. }
                    | Found::Pdf
                    | Found::Container
                    | Found::Pkcs7
                    | Found::Html
                    | Found::Credential
                    | Found::NotXml
                    | Found::BrokenXml
                    | Found::Encoding
                    | Found::Dtd
                    | Found::OtherDocument { .. }
            ),
        }
    }
}

/// Reads a file as the signed copy of the request.
pub(super) fn judge(
    document: &[u8],
    waited_for: &WaitedFor,
    now: DateTime<Utc>,
) -> Result<SignedRequest, SignedFileProblem> {
    Ok(signed_request::check(document, &waited_for.request, waited_for.expires_at, now)?)
}
