use ksef_types::KsefToken;
use openssl::x509::X509Req;

use super::certificate::Certificate;
use super::container::Container;
use super::der::{Element, Extent, Reader, extent, tag};
use super::file_problem::{Field, FileProblem};
use super::key_file::KeyFile;
use super::legacy::{LegacyKey, is_protected};
use super::pem::{self, Block};
use super::text_form::{as_text, is_blank, is_html};

/// The largest file that is looked at, in bytes: 1 MiB. Certificates and keys have a few kilobytes.
pub const MAX_FILE_BYTES: u64 = 1 << 20;

/// What a file is, by its content.
#[derive(Debug, Clone)]
pub enum Recognised {
    /// One certificate or more, without a key.
    Certificates(Vec<Certificate>),
    /// A private key, encrypted or not.
    Key(KeyFile),
    /// Certificates and their key in one file.
    Both {
        /// In the order of the file.
        certificates: Vec<Certificate>,
        /// The one key.
        key: KeyFile,
    },
    /// A PKCS#12 container, whose content is known once it is opened.
    Container(Container),
}

impl Recognised {
    /// Whether the file may stand in this field of the dialog; both in one and containers may stand in either.
    ///
    /// # Errors
    /// [`FileProblem::CertificateInKeyField`], [`FileProblem::KeyInCertificateField`].
    pub fn expect_in(self, field: Field) -> Result<Self, FileProblem> {
        match (&self, field) {
            (Self::Certificates(_), Field::Key) => Err(FileProblem::CertificateInKeyField),
            (Self::Key(_), Field::Certificate) => Err(FileProblem::KeyInCertificateField),
            _ => Ok(self),
        }
    }
}

/// Says what a file is by its content, or why it is no credential.
///
/// Its name does not matter. The bytes may hold an unencrypted key: the caller wipes them, this function wipes every
/// copy that it makes. PEM, DER and bare Base64; UTF-8 with or without BOM, UTF-16, any line ends.
///
/// # Errors
/// [`FileProblem`], one variant for each way of not being a credential.
pub fn recognise(bytes: &[u8]) -> Result<Recognised, FileProblem> {
    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if size > MAX_FILE_BYTES {
        return Err(FileProblem::TooLarge { bytes: size });
    }
    if is_blank(bytes) {
        return Err(FileProblem::Empty);
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return Err(FileProblem::Archive);
    }
    match as_text(bytes) {
        // Exposed to be read.
        Some(text) => from_text(text.expose()),
        None => from_der(bytes).and_then(|piece| assemble([piece])),
    }
}

fn from_text(text: &str) -> Result<Recognised, FileProblem> {
    if is_html(text) {
        return Err(FileProblem::Html);
    }
    if pem::looks_like_pem(text) {
        return pem::blocks(text)?.iter().map(from_block).collect::<Result<Vec<_>, _>>().and_then(assemble);
    }
    if KsefToken::parse(text).is_ok() {
        return Err(FileProblem::Token);
    }
    match pem::decode_bare(text) {
        // Exposed to be read.
        Some(bytes) => from_der(bytes.expose()).and_then(|piece| assemble([piece])),
        None => Err(FileProblem::SomethingElse),
    }
}

/// What one block or one DER file holds.
enum Piece {
    Certificate(Certificate),
    Key(KeyFile),
    Container(Container),
    /// Whole, and of no use: told only when there is nothing of use beside it.
    Useless(FileProblem),
}

fn from_block(block: &Block<'_>) -> Result<Piece, FileProblem> {
    match block.label {
        "EC PARAMETERS" | "DH PARAMETERS" => return Ok(useless_label(block.label)),
        "RSA PRIVATE KEY" | "EC PRIVATE KEY" | "PRIVATE KEY" if is_protected(block) => {
            return LegacyKey::read(block).map(KeyFile::legacy).map(Piece::Key);
        }
        "CERTIFICATE"
        | "X509 CERTIFICATE"
        | "PRIVATE KEY"
        | "ENCRYPTED PRIVATE KEY"
        | "RSA PRIVATE KEY"
        | "EC PRIVATE KEY"
        | "PUBLIC KEY"
        | "RSA PUBLIC KEY"
        | "CERTIFICATE REQUEST"
        | "NEW CERTIFICATE REQUEST"
        | "PKCS12" => {}
        other => return Ok(useless_label(other)),
    }
    match from_der(block.body.expose()) {
        Err(FileProblem::SomethingElse | FileProblem::Damaged) if !block.ended => Err(FileProblem::CutOff),
        // Under a label of ours it can be nothing else: its bytes were changed, or lost from the beginning.
        Err(FileProblem::SomethingElse) if block.body.expose().is_empty() => Err(FileProblem::CutOff),
        Err(FileProblem::SomethingElse) => Err(FileProblem::Damaged),
        judged => judged,
    }
}

fn useless_label(label: &str) -> Piece {
    Piece::Useless(FileProblem::OtherKind { label: label.chars().take(64).collect() })
}

fn from_der(bytes: &[u8]) -> Result<Piece, FileProblem> {
    // BER of unknown length: some programs write containers so.
    if bytes.starts_with(&[tag::SEQUENCE, 0x80]) {
        return Container::read(bytes).map(Piece::Container);
    }
    let trailing = match extent(bytes, tag::SEQUENCE) {
        Extent::Other => return Err(FileProblem::SomethingElse),
        Extent::CutOff => return Err(FileProblem::CutOff),
        Extent::Whole { trailing } => trailing,
    };
    let (der, rest) = bytes.split_at(bytes.len() - trailing);
    // Transfers add line ends and zeros.
    if !rest.iter().all(|byte| byte.is_ascii_whitespace() || *byte == 0) {
        return Err(FileProblem::SomethingElse);
    }
    by_shape(der)
}

/// The kinds differ in the tags of their first elements.
fn by_shape(der: &[u8]) -> Result<Piece, FileProblem> {
    const BIT_STRING: u8 = 0x03;
    let outer = Reader::new(der).next().ok_or(FileProblem::Damaged)?;
    let mut inside = outer.inside();
    let first = inside.next().ok_or(FileProblem::SomethingElse)?;
    let second = inside.next();
    let second_tag = second.map(|element| element.tag);
    match (first.tag, second_tag) {
        (tag::SEQUENCE, Some(tag::SEQUENCE)) => certificate(der),
        (tag::SEQUENCE, Some(tag::OCTET_STRING)) => KeyFile::read_encrypted(der).map(Piece::Key),
        (tag::SEQUENCE, Some(BIT_STRING)) => Ok(Piece::Useless(FileProblem::PublicKey)),
        (tag::INTEGER, _) if first.number() == Some(3) => Container::read(der).map(Piece::Container),
        (tag::INTEGER, Some(tag::SEQUENCE | tag::OCTET_STRING)) => KeyFile::read_open(der).map(Piece::Key),
        (tag::INTEGER, Some(tag::INTEGER)) if inside.is_empty() => Ok(Piece::Useless(FileProblem::PublicKey)),
        (tag::INTEGER, Some(tag::INTEGER)) => KeyFile::read_open(der).map(Piece::Key),
        (tag::OBJECT_IDENTIFIER, _) => Ok(useless_label(if is_pkcs7(&first) { "PKCS7" } else { "ASN.1" })),
        _ => Err(FileProblem::SomethingElse),
    }
}

fn is_pkcs7(element: &Element<'_>) -> bool {
    element.object_identifier().is_some_and(|name| name.starts_with("1.2.840.113549.1.7."))
}

fn certificate(der: &[u8]) -> Result<Piece, FileProblem> {
    match Certificate::from_der(der) {
        Ok(certificate) => Ok(Piece::Certificate(certificate)),
        Err(_) if X509Req::from_der(der).is_ok() => Ok(Piece::Useless(FileProblem::CertificateRequest)),
        Err(_) => Err(FileProblem::Damaged),
    }
}

fn assemble(pieces: impl IntoIterator<Item = Piece>) -> Result<Recognised, FileProblem> {
    let (mut certificates, mut key, mut container, mut useless) = (Vec::new(), None::<KeyFile>, None, None);
    for piece in pieces {
        match piece {
            Piece::Certificate(certificate) => certificates.push(certificate),
            Piece::Key(read) if key.as_ref().is_none_or(|known| known.same_as(&read)) => key = Some(read),
            Piece::Key(_) => return Err(FileProblem::SeveralKeys),
            Piece::Container(read) => container = Some(read),
            Piece::Useless(problem) => useless = useless.or(Some(problem)),
        }
    }
    certificates.dedup();
    match (certificates.is_empty(), key, container) {
        (false, Some(key), _) => Ok(Recognised::Both { certificates, key }),
        (false, None, _) => Ok(Recognised::Certificates(certificates)),
        (true, Some(key), _) => Ok(Recognised::Key(key)),
        (true, None, Some(container)) => Ok(Recognised::Container(container)),
        (true, None, None) => Err(useless.unwrap_or(FileProblem::SomethingElse)),
    }
}
