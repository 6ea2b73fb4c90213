//! What the simulator decides and what it hands out: signatures verified, tokens opened, certificates and keys issued,
//! UPO signed.
//!
//! Nothing here knows HTTP or keeps state between calls beyond its own keys: the server asks, the judge answers with
//! a value or with a refusal in the contract's words. Signatures of requests are verified by the `bergshamra`
//! crates, never by the code that makes them.

pub mod authority;
pub mod csr;
mod der;
pub mod identity;
mod issuer;
pub mod jwt;
pub mod keys;
mod openssl_parts;
pub mod providers;
mod qualities;
pub mod refusal;
pub mod revocation;
pub mod token;
mod trusted_profile;
pub mod upo;
pub mod xades;

pub use openssl_parts::CryptoFailed;
pub use qualities::Quality;
pub use trusted_profile::{NotSignable, ProfileOwner};
