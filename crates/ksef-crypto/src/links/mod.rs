//! Verification links in QR codes: KOD I names an invoice, KOD II proves who issued it offline.
//!
//! Source: the guide, "Kody QR". The host is the caller's: `qr.ksef.mf.gov.pl` and its sisters
//! ([`Environment::qr_host`](ksef_types::Environment::qr_host)), or a whole beginning such as
//! `http://127.0.0.1:4000` for the simulator. What is signed never contains `https://`.

mod certificate_link;
mod invoice_link;

pub use certificate_link::{CertificateLink, certificate_link, verify_certificate_link};
pub use invoice_link::{InvoiceLink, invoice_link};

/// Why a link is not what it ought to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LinkProblem {
    /// Not the shape of a verification link of this kind, or a part of it is not what it ought to be.
    #[error("not a verification link")]
    Shape,
    /// The serial number in the link is not the certificate's.
    #[error("the serial number in the link belongs to another certificate")]
    Serial,
    /// The certificate is not of the kind Offline.
    #[error("the certificate is not of the kind Offline")]
    NotOffline,
    /// The certificate's key is none that KSeF takes for KOD II: RSA from 2048 bits, or P-256.
    #[error("the certificate's key is of a kind that KSeF does not take")]
    KeyKind,
    /// The signature is not the certificate's, or something in the link was changed.
    #[error("the signature does not match")]
    Signature,
}

/// The beginning of a link: a bare host gets `https://`.
fn with_scheme(host: &str) -> String {
    if host.contains("://") { host.trim_end_matches('/').to_owned() } else { format!("https://{host}") }
}

/// The link without its scheme.
fn without_scheme(link: &str) -> &str {
    link.split_once("://").map_or(link, |(_, rest)| rest)
}
