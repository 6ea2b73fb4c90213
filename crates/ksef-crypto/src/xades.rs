//! The signed request by which a certificate authenticates: `AuthTokenRequest` with an enveloped XAdES-BES signature.
//!
//! Everything that is signed is written directly in exclusive canonical form: namespaces where they are first
//! used, no self-closing tags, no white space, characters escaped as the canonical form escapes them. So what is
//! hashed is what stands in the document, byte by byte, and no canonicaliser is needed to make it.
//!
//! The shape is the one of the ministry's own client, which the stricter checks
//! (`X-KSeF-Feature: enforce-xades-compliance`) accept: exclusive canonicalisation, SHA-256 throughout,
//! a reference to the document and one to `SignedProperties`, `SigningCertificate` in its first version.

mod canonical;
mod request;
mod signature;

pub use request::{AuthTokenRequest, SubjectIdentifierType};
pub use signature::{CLOCK_TOLERANCE, sign};
