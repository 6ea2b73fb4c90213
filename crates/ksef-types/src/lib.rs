//! Values with a meaning, parsed once at the border and trusted afterwards.
//!
//! This crate does no I/O: no files, no network, no system clock in its functions. The two things that
//! every program needs from outside, the time and chance, are the traits [`Clock`] and [`Randomness`].
//!
//! It must not know HTTP, XML, SQL, the keychain or the window.

mod announced;
mod certificate_name;
mod context;
mod environment;
mod fingerprint;
mod hash;
mod internal_id;
mod ksef_number;
mod letters;
mod nip;
mod pesel;
mod randomness;
mod reference_number;
mod secret;
mod serial_number;
mod text;
mod time;
mod token;
mod vat_ue;
mod working_days;

pub use announced::{TOKENS_LAST_DAY, tokens_end};
pub use certificate_name::{CertificateName, InvalidCertificateName};
pub use context::{ContextIdentifier, ContextKind, InvalidContext};
pub use environment::{ApiAddress, Environment, InvalidAddress, UnknownEnvironment};
pub use fingerprint::{Fingerprint, InvalidFingerprint};
pub use hash::{InvalidSha256, Sha256Hash};
pub use internal_id::{InternalId, InvalidInternalId};
pub use ksef_number::{InvalidKsefNumber, KsefNumber};
pub use letters::without_mark;
pub use nip::{InvalidNip, Nip};
pub use pesel::{InvalidPesel, Pesel};
pub use randomness::Randomness;
pub use reference_number::{InvalidReferenceNumber, ReferenceNumber};
pub use secret::{Secret, SecretBytes, SecretText};
pub use serial_number::{CertificateSerial, InvalidCertificateSerial};
pub use time::{Clock, SystemClock, warsaw_date, warsaw_day_ends};
pub use token::{InvalidToken, KsefToken};
pub use vat_ue::{InvalidVatUe, VatUe};
pub use working_days::{is_public_holiday, is_working_day, working_day_after, working_day_before};
