//! The symmetric key that comes along with a session or an export.

use ksef_crypto::base64;

use super::call::Call;
use super::refusal::{Refusal, invalid};
use crate::judge::keys::{DecryptionRefusal, KeyPurpose};
use crate::world::World;

const IV_BYTES: usize = 16;
const KEY_BYTES: usize = 32;

/// Key and vector in hex; `None` where what was wrapped is no key: the operation ends with 415.
pub(super) fn symmetric_key(world: &World, call: &Call) -> Result<Option<(String, String)>, Refusal> {
    // Judged as Base64 before.
    let bytes = |field: &str| base64::decode(call.text(&format!("/encryption/{field}"))).unwrap_or_default();
    let iv = bytes("initializationVector");
    if iv.len() != IV_BYTES {
        return Err(invalid(vec![format!(
            "Pole 'encryption.initializationVector' musi mieć długość {IV_BYTES} bajtów."
        )]));
    }
    let id = call.optional_text("/encryption/publicKeyId");
    let wrapped = bytes("encryptedSymmetricKey");
    let opened = world.keys().ministry.decrypt(KeyPurpose::SymmetricKeyEncryption, id, &wrapped, world.now());
    match opened {
        Err(DecryptionRefusal::Key(exception)) => Err(exception.into()),
        Err(DecryptionRefusal::Undecryptable) => Ok(None),
        // Exposed to be kept as long as the operation needs it.
        Ok(key) if key.expose().len() == KEY_BYTES => Ok(Some((hex::encode(key.expose()), hex::encode(iv)))),
        Ok(_) => Ok(None),
    }
}
