//! What the keychains of three systems say when they refuse, in our terms.

use keyring::v1::Error;

use crate::VaultError;
use crate::entries::ENTRY_BYTES;

/// Names of errors on D-Bus that mean: nobody answers as a keychain. They are parts of the protocol, not prose.
const NOBODY_THERE: [&str; 4] = [
    "org.freedesktop.DBus.Error.ServiceUnknown",
    "org.freedesktop.DBus.Error.NameHasNoOwner",
    "org.freedesktop.DBus.Error.Disconnected",
    "org.freedesktop.DBus.Error.NoServer",
];
const ACCESS_DENIED: &str = "org.freedesktop.DBus.Error.AccessDenied";
const IS_LOCKED: &str = "org.freedesktop.Secret.Error.IsLocked";

/// Codes of the Security framework: the person cancelled, the password was wrong, no right to the entry.
const MAC_DENIED: [&str; 3] = ["code: -128,", "code: -25293,", "code: -34018,"];
/// Nobody can be asked to unlock it.
const MAC_LOCKED: &str = "code: -25308,";

pub(super) fn translate(error: Error) -> VaultError {
    match error {
        Error::NoDefaultStore => VaultError::NoKeychain,
        // Windows has no locked state: without a session of logon there is no access.
        Error::NoStorageAccess(_) if cfg!(windows) => VaultError::Denied,
        // Of a prompt that was dismissed the Secret Service does not say by whom: without a screen it dismisses
        // the prompt itself.
        Error::NoStorageAccess(_) => VaultError::Locked,
        Error::TooLong(_, limit) => {
            VaultError::TooLarge { bytes: ENTRY_BYTES, limit: usize::try_from(limit).unwrap_or(ENTRY_BYTES) }
        }
        // The debug form is looked through for names and codes only; what is shown on is the display form.
        Error::PlatformFailure(reason) => platform(&format!("{reason:?}"), &reason.to_string()),
        // The display form of these never contains the bytes that they carry.
        other => VaultError::Other(other.to_string()),
    }
}

fn platform(codes: &str, words: &str) -> VaultError {
    let says = |name: &str| codes.contains(name) || words.contains(name);
    if NOBODY_THERE.iter().any(|name| says(name)) {
        VaultError::NoKeychain
    } else if says(IS_LOCKED) || says(MAC_LOCKED) {
        VaultError::Locked
    } else if says(ACCESS_DENIED) || MAC_DENIED.iter().any(|code| says(code)) {
        VaultError::Denied
    } else {
        VaultError::Other(words.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_refusal_keeps_its_meaning() {
        let judged = |codes: &str| platform(codes, "words");
        let unknown =
            r#"Zbus(MethodError(OwnedErrorName("org.freedesktop.DBus.Error.ServiceUnknown"), None, Msg))"#;
        assert!(matches!(judged(unknown), VaultError::NoKeychain));
        assert!(matches!(judged("MethodError(org.freedesktop.Secret.Error.IsLocked)"), VaultError::Locked));
        assert!(matches!(judged("org.freedesktop.DBus.Error.AccessDenied"), VaultError::Denied));
        assert!(matches!(judged(r#"Error { code: -128, message: "User canceled" }"#), VaultError::Denied));
        assert!(matches!(judged("Error { code: -25308, message: \"\" }"), VaultError::Locked));
        assert!(matches!(judged("Error { code: -1280, }"), VaultError::Other(words) if words == "words"));
        assert!(matches!(translate(Error::NoDefaultStore), VaultError::NoKeychain));
    }

    #[test]
    fn bytes_of_an_unreadable_entry_are_not_told() {
        let error = Error::BadEncoding(b"tajne".to_vec());
        let told = format!("{:?}", translate(error));
        assert!(!told.contains("tajne") && !told.contains("116"), "{told}");
    }
}
