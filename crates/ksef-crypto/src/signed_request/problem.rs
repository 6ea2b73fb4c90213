use chrono::{DateTime, NaiveDate, Utc};
use ksef_types::{ContextIdentifier, Fingerprint, ReferenceNumber};

/// Why a file that a person brings back is not the signed request that was waited for. Nothing of it is sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignedRequestProblem {
    /// No bytes, or nothing but white space.
    #[error("the file is empty")]
    Empty,
    /// Larger than [`MAX_BYTES`](super::MAX_BYTES). The caller may give this without reading the file.
    #[error("the file has {bytes} bytes, too many for a signed request")]
    TooLarge {
        /// Its size.
        bytes: u64,
    },
    /// A PDF: another file was signed, or the request was printed and signed (PAdES).
    #[error("a PDF document")]
    Pdf,
    /// A ZIP archive or a signature container (ASiC, `.asice`, `.sdoc`): another form of signing was chosen.
    #[error("an archive or a signature container")]
    Container,
    /// A CMS or PKCS#7 signature (`.p7m`, `.p7s`, `.sig`): another form of signing was chosen.
    #[error("a PKCS#7 signature")]
    Pkcs7,
    /// A web page, saved instead of the file.
    #[error("a web page was saved instead of the file")]
    Html,
    /// A certificate or a key.
    #[error("a certificate or a key, not a signed document")]
    Credential,
    /// No XML at all.
    #[error("not an XML document")]
    NotXml,
    /// XML that cannot be read: cut off or damaged.
    #[error("the XML document is cut off or damaged")]
    BrokenXml,
    /// XML in another encoding than UTF-8; KSeF takes no other.
    #[error("the XML document is not in UTF-8")]
    Encoding,
    /// A document type declaration, which KSeF refuses and which can do harm.
    #[error("the document has a document type declaration")]
    Dtd,
    /// Another XML document, such as an invoice.
    #[error("another document: {root}")]
    OtherDocument {
        /// The name of its first element, at most 64 characters.
        root: String,
    },
    /// Our request, or one like it, without a signature: the file before signing.
    #[error("the request has no signature")]
    NotSigned,
    /// More than one signature; KSeF takes one.
    #[error("the request has {count} signatures")]
    SignedTwice {
        /// How many there are.
        count: usize,
    },
    /// A signature that stands apart from what it signs, alone in its file or beside it; KSeF does not take such.
    #[error("a detached signature")]
    Detached,
    /// The signature does not stand where it must, or what it covers is not the request.
    #[error("the signature does not cover the request")]
    NotCovered,
    /// An XML signature without the properties of XAdES.
    #[error("the signature is no XAdES")]
    NotXades,
    /// No certificate of the signer in the signature.
    #[error("there is no certificate in the signature")]
    NoCertificate,
    /// The signer's certificate cannot be read.
    #[error("the certificate in the signature cannot be read")]
    UnreadableCertificate,
    /// Nothing that is signed says whose certificate it is; KSeF takes such signatures no more.
    #[error("the signature does not name the signer's certificate")]
    Unbound,
    /// The signature names another certificate than the one that stands in it.
    #[error("the signature names another certificate than the one in it")]
    OtherCertificate,
    /// SHA-1, or a key that is too short: refused by KSeF in production.
    #[error("the signature uses {name}, which is too weak")]
    Weak {
        /// Such as `SHA-1` or `RSA 1024`.
        name: &'static str,
    },
    /// An algorithm that KSeF does not list.
    #[error("the signature uses an algorithm that KSeF does not know: {algorithm}")]
    UnknownAlgorithm {
        /// Its identifier, at most 128 characters.
        algorithm: String,
    },
    /// What was signed and what stands in the file differ: the file was changed after signing.
    #[error("the document was changed after it was signed")]
    Changed,
    /// The signature was not made with the key of its certificate.
    #[error("the signature value is wrong")]
    WrongValue,
    /// Made for another company, or another context of it.
    #[error("a request for {found:?}")]
    OtherContext {
        /// In whose name it asks.
        found: ContextIdentifier,
    },
    /// The answer to another challenge: an older file, or one of another window.
    #[error("a request for the challenge {found}")]
    OtherChallenge {
        /// The challenge that it answers.
        found: ReferenceNumber,
        /// The Polish day in the challenge's number.
        made_on: Option<NaiveDate>,
    },
    /// The answer to our challenge, with other words around it than those that were saved.
    #[error("the request says something else than what was saved")]
    OtherRequest,
    /// The request is to know the signer by the certificate's subject, and the certificate names neither PESEL nor NIP: KSeF
    /// would refuse it (21115). A request by the fingerprint is needed.
    #[error("the signer's certificate names neither PESEL nor NIP")]
    Nameless {
        /// Of that certificate: what permissions are granted to.
        fingerprint: Fingerprint,
    },
    /// The request is to know the signer by the certificate's fingerprint, and was signed by Profil Zaufany, whose certificate is
    /// the ministry's. A request by the subject is needed.
    #[error("a request by fingerprint, signed by Profil Zaufany")]
    NotItsOwnCertificate,
    /// The answer to our challenge, whose ten minutes are over.
    #[error("the challenge expired at {since}")]
    Expired {
        /// When its time was over.
        since: DateTime<Utc>,
    },
}
