/// Which field of the dialog a file was chosen for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// Certyfikat.
    Certificate,
    /// Klucz prywatny.
    Key,
}

/// Why a file holds no credential that can be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FileProblem {
    /// No bytes, or nothing but white space.
    #[error("the file is empty")]
    Empty,
    /// Larger than [`MAX_FILE_BYTES`](crate::MAX_FILE_BYTES). The caller may give this without reading the file.
    #[error("the file has {bytes} bytes, too many for a certificate or a key")]
    TooLarge {
        /// Its size.
        bytes: u64,
    },
    /// A web page, saved instead of the file.
    #[error("a web page was saved instead of the file")]
    Html,
    /// A ZIP archive: to be unpacked first.
    #[error("an archive that must be unpacked first")]
    Archive,
    /// A token of KSeF, which belongs in the token's field. Its text is not kept.
    #[error("a token of KSeF, not a certificate or a key")]
    Token,
    /// The beginning of a certificate or a key whose end is missing.
    #[error("the file is cut off: its end is missing")]
    CutOff,
    /// It says that it is a certificate or a key, and is whole in length, but cannot be read.
    #[error("the file is damaged")]
    Damaged,
    /// A request for a certificate, not the certificate.
    #[error("a request for a certificate, not the certificate itself")]
    CertificateRequest,
    /// A public key alone.
    #[error("a public key, where a private key or a certificate is needed")]
    PublicKey,
    /// Two or more different private keys in one file.
    #[error("more than one private key in one file")]
    SeveralKeys,
    /// Another kind of cryptographic file, such as an OpenSSH key, a PGP message or PKCS#7.
    #[error("a file of another kind: {label}")]
    OtherKind {
        /// The label of its first PEM block, at most 64 characters.
        label: String,
    },
    /// Neither a certificate nor a key.
    #[error("neither a certificate nor a key")]
    SomethingElse,
    /// A certificate in the key's field: the files were swapped.
    #[error("a certificate where the private key is asked: were the files swapped?")]
    CertificateInKeyField,
    /// A key in the certificate's field: the files were swapped.
    #[error("a private key where the certificate is asked: were the files swapped?")]
    KeyInCertificateField,
}

/// Why a private key could not be opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyProblem {
    /// The key is encrypted and no password, or an empty one, was given.
    #[error("the key is encrypted and no password was given")]
    PasswordNeeded,
    /// The file is whole, and the password does not open it.
    #[error("the password does not open the key")]
    WrongPassword,
    /// Encrypted in a way that this program does not read.
    #[error("the key is encrypted in a way that is not supported: {scheme}")]
    UnsupportedEncryption {
        /// The name or object identifier of the scheme.
        scheme: String,
    },
    /// Made to take very long to open: far more rounds than any program writes.
    #[error("opening the key would take too long")]
    TooExpensive,
    /// Not encrypted, whole in length, and yet no key.
    #[error("the key is damaged")]
    Damaged,
    /// The container was opened, and there is no private key in it.
    #[error("there is no private key in the container")]
    NoKeyInside,
    /// The container was opened, and there is no certificate in it.
    #[error("there is no certificate in the container")]
    NoCertificateInside,
}
