//! What keeps documents and tokens secret on their way: AES-256-CBC for documents, RSA-OAEP for keys and tokens.
//!
//! Source: the guide, "Sesja interaktywna" and "Uwierzytelnianie"; the initialisation vector travels beside the
//! ciphertext and is never put in front of it.

mod ministry_key;
mod session_key;

pub use ministry_key::{MinistryKey, MinistryKeyProblem};
pub use session_key::{DecryptionFailed, SessionKey, UnwrapFailed};
