use std::fmt;

use zeroize::Zeroize;

/// A value that cannot be printed, compared or serialised, and is wiped from memory when dropped.
///
/// `Debug` says `[secret]`; there is no `Display`, `Serialize`, `Deserialize` or `PartialEq`, on purpose: what cannot
/// be written by accident does not end in a log, a database or the web view. [`Secret::expose`] is the one
/// way to the value; each call says in a comment why it is needed.
pub struct Secret<T: Zeroize>(T);

/// A secret text: a token, a password, an access token.
pub type SecretText = Secret<String>;
/// Secret bytes: a private key in DER, a session key.
pub type SecretBytes = Secret<Vec<u8>>;

impl<T: Zeroize> Secret<T> {
    /// Takes the value in; the caller keeps no copy.
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// The value, for the moment in which it is used.
    pub const fn expose(&self) -> &T {
        &self.0
    }
}

impl<T: Zeroize + Clone> Clone for Secret<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T: Zeroize> Drop for Secret<T> {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl<T: Zeroize> fmt::Debug for Secret<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("[secret]")
    }
}

impl From<String> for SecretText {
    fn from(value: String) -> Self {
        Self::new(value)
    }
}

impl From<Vec<u8>> for SecretBytes {
    fn from(value: Vec<u8>) -> Self {
        Self::new(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_nothing() {
        assert_eq!(format!("{:?}", Some(SecretText::from("Tajne-Haslo-2026!".to_owned()))), "Some([secret])");
    }
}
