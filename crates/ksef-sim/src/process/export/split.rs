use std::fs::File;
use std::io::{self, Read, Write as _};

use ksef_crypto::base64;
use openssl::sha::sha256;
use openssl::symm::{Cipher, encrypt};

use crate::model::{Export, ExportPart};
use crate::storage::{Kept, Storage};

/// Cuts a package into parts and encrypts each by itself with the same key and vector.
pub(super) fn split(
    storage: &Storage,
    export: &Export,
    mut package: File,
    (key, iv): &(String, String),
    part_bytes: u64,
) -> io::Result<Vec<ExportPart>> {
    let damaged = |failure| io::Error::new(io::ErrorKind::InvalidData, failure);
    let (key, iv) = (hex::decode(key).map_err(damaged)?, hex::decode(iv).map_err(damaged)?);
    let mut parts = Vec::new();
    for ordinal in 1.. {
        let mut plain = Vec::new();
        Read::by_ref(&mut package).take(part_bytes).read_to_end(&mut plain)?;
        if plain.is_empty() {
            break;
        }
        let encrypted = encrypt(Cipher::aes_256_cbc(), &key, Some(&iv), &plain)?;
        let mut file = storage.beside()?;
        file.write_all(&encrypted)?;
        file.persist(storage.path(Kept::ExportPart, &export.reference, ordinal))
            .map_err(|failure| failure.error)?;
        parts.push(ExportPart {
            ordinal,
            name: format!("{}-{ordinal:03}.{}.aes", export.reference, export.compression.ending()),
            size: plain.len() as u64,
            hash: base64::encode(&sha256(&plain)),
            encrypted_size: encrypted.len() as u64,
            encrypted_hash: base64::encode(&sha256(&encrypted)),
        });
    }
    Ok(parts)
}
