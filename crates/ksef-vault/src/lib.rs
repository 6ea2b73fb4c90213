//! Credentials of a company in the operating system's keychain.
//!
//! A [`Vault`] keeps, for each company and environment, the certificate and key for authentication, those for
//! offline invoices, the token, and keys that wait for their certificates; and, for the program itself, the hash of
//! the password that unlocks it. [`OsVault`] is the real one; [`MemoryVault`] is for tests and passes the
//! same conformance suite. What keeps bytes under names becomes a vault by implementing [`Entries`].
//!
//! # What is stored, and how
//!
//! Service `Okienko`, account `{environment}/{NIP}/{slot}/{part}`, such as `test/5265877635/offline/key`. Parts are
//! `key` (PKCS#8 in DER), `certificate` (DER) and `token` (UTF-8): entries of their own and bytes, because
//! Windows holds 2560 bytes in one.
//!
//! The password of a key file is **not** kept. It protected the file on its way from the portal; from here on the
//! keychain protects the key, with the person's login, and one secret fewer is one fewer to lose.
//!
//! # Blocking
//!
//! Every call may block: the keychain is another process, and it may ask the person to unlock it, which takes as
//! long as the person takes. Asynchronous code calls through `tokio::task::spawn_blocking`, never directly. A call
//! cannot be cancelled; where nobody can be asked (no screen, no agent) it fails within a second.
//!
//! # Writing cut short
//!
//! A certificate and its key are two entries, and no keychain writes two at once. The old certificate is removed
//! first, then the key is written, then the certificate. Whatever cuts this short leaves a place that reads as
//! [`VaultError::Damaged`], and storing the pair again, or removing it, repairs the place.
//!
//! This crate must not know HTTP, SQL, the window, or files.

mod account;
mod entries;
mod error;
mod held;
mod key;
mod memory;
mod os;
mod vault;

pub use entries::Entries;
pub use error::{DamagedEntry, VaultError};
pub use held::{Held, Holding};
pub use key::{CredentialKey, Slot};
pub use memory::MemoryVault;
pub use os::OsVault;
pub use vault::Vault;
