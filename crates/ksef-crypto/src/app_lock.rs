//! The password that unlocks the program: hashed by Argon2id, checked against the hash.
//!
//! It protects a program left open from a passer-by. The secrets themselves are protected by the operating system's
//! keychain, and no key is derived from this password.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{CustomizedPasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use ksef_types::{Randomness, SecretText};

/// 19 MiB, two passes, one lane. Source: OWASP Password Storage Cheat Sheet, the first choice for Argon2id.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// The length of a salt, in bytes.
const SALT_BYTES: usize = 16;
/// The most memory that a hash from outside may ask for, in KiB: one made to exhaust the computer asks for more.
const MOST_MEMORY_KIB: u32 = 256 * 1024;
const MOST_PASSES: u32 = 16;

/// Why a hash could not be made or compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AppLockProblem {
    /// The stored text is no hash of Argon2id, or asks for more memory than any that this program makes.
    #[error("the stored hash of the password is damaged")]
    Damaged,
    /// The library failed; memory, as a rule.
    #[error("the password could not be hashed")]
    Library,
}

/// The hash of a password as a PHC string, with a fresh salt. Takes about 20 ms and 19 MiB.
///
/// # Errors
/// [`AppLockProblem::Library`].
pub fn hash(password: &SecretText, random: &dyn Randomness) -> Result<SecretText, AppLockProblem> {
    let mut salt = [0; SALT_BYTES];
    random.fill(&mut salt);
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(|_| AppLockProblem::Library)?;
    let hasher = Argon2::new(Algorithm::Argon2id, Version::V0x13, params.clone());
    // Exposed to be hashed.
    let password = password.expose().as_bytes();
    let hash = hasher
        .hash_password_customized(password, &salt, Some(Algorithm::Argon2id.as_str()), None, params)
        .map_err(|_| AppLockProblem::Library)?;
    Ok(SecretText::from(hash.to_string()))
}

/// Whether this is the password of the hash. The comparison takes the same time wherever they differ.
///
/// # Errors
/// [`AppLockProblem::Damaged`] for a text that [`hash`] did not make.
pub fn verify(password: &SecretText, hash: &SecretText) -> Result<bool, AppLockProblem> {
    // Exposed to be compared.
    let hash = PasswordHash::new(hash.expose()).map_err(|_| AppLockProblem::Damaged)?;
    let params = Params::try_from(&hash).map_err(|_| AppLockProblem::Damaged)?;
    let ours = hash.algorithm.as_str() == Algorithm::Argon2id.as_str()
        && params.m_cost() <= MOST_MEMORY_KIB
        && params.t_cost() <= MOST_PASSES;
    if !ours || hash.salt.is_none() || hash.hash.is_none() {
        return Err(AppLockProblem::Damaged);
    }
    Ok(Argon2::default().verify_password(password.expose().as_bytes(), &hash).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::OsRandomness;

    fn text(text: &str) -> SecretText {
        SecretText::from(text.to_owned())
    }

    #[test]
    fn the_right_password_and_no_other() {
        let hash = hash(&text("Zażółć gęślą"), &OsRandomness).unwrap();
        // Exposed to look at its parameters.
        assert!(hash.expose().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{}", hash.expose());
        assert_eq!(verify(&text("Zażółć gęślą"), &hash), Ok(true));
        for wrong in ["", "zażółć gęślą", "Zażółć gęślą "] {
            assert_eq!(verify(&text(wrong), &hash), Ok(false), "{wrong}");
        }
    }

    #[test]
    fn one_password_has_many_hashes() {
        let [one, other] = [(); 2].map(|()| hash(&text("a"), &OsRandomness).unwrap());
        assert_ne!(one.expose(), other.expose());
    }

    #[test]
    fn a_hash_made_elsewhere_to_do_harm_is_damaged() {
        let salt_and_hash = "c29tZXNhbHRzb21lc2FsdA$MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE";
        for hash in [
            "",
            "plain",
            "$argon2id$v=19$m=19456,t=2,p=1",
            &format!("$argon2id$v=19$m=4194304,t=2,p=1${salt_and_hash}"),
            &format!("$argon2id$v=19$m=19456,t=4000000,p=1${salt_and_hash}"),
            &format!("$argon2i$v=19$m=19456,t=2,p=1${salt_and_hash}"),
        ] {
            assert_eq!(verify(&text("a"), &text(hash)), Err(AppLockProblem::Damaged), "{hash}");
        }
    }
}
